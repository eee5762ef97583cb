(* Made by gcalc from proofs/split_theorem.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* planar correlation with K|H| filters *)
Section claim_split_theorem_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable k : K.
Variable s : subg_of H.
Variable z : subg_of T.
Add Ring values : (values R).
(* definition of correlate *)
Lemma split_theorem_1_1 : correlate1 X f psi k (sgval z * sgval s)%g = \sum_(x : X) \sum_(j : J) f j x * psi k j ((sgval z * sgval s)^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma split_theorem_1_2 : \sum_(x : X) \sum_(j : J) f j x * psi k j ((sgval z * sgval s)^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j x * psi k j (sgval (s^-1) • (sgval (z^-1) • x))%g :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of filter_transform *)
Lemma split_theorem_1_3 : \sum_(x : X) \sum_(j : J) f j x * psi k j (sgval (s^-1) • (sgval (z^-1) • x))%g = \sum_(x : X) \sum_(j : J) f j x * filter_transform2 X H psi k s j (sgval (z^-1) • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem split_theorem_1 : correlate1 X f psi k (sgval z * sgval s)%g = \sum_(x : X) \sum_(j : J) f j x * filter_transform2 X H psi k s j (sgval (z^-1) • x)%g :> R.
Proof. etransitivity; [exact: split_theorem_1_1|]. etransitivity; [exact: split_theorem_1_2|]. exact: split_theorem_1_3. Qed.
End claim_split_theorem_1.

(* planar correlation with K|H| × J|H| filters *)
Section claim_split_theorem_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable f : J -> G -> R.
Variable psi : K -> J -> G -> R.
Variable k : K.
Variable s : subg_of H.
Variable z : subg_of T.
Hypothesis T_H : factorizes T H.
Add Ring values : (values R).
(* definition of correlate *)
Lemma split_theorem_2_1 : correlate1 (regular G) f psi k (sgval z * sgval s)%g = \sum_(g : G) \sum_(j : J) f j g * psi k j ((sgval z * sgval s)^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma split_theorem_2_2 : \sum_(g : G) \sum_(j : J) f j g * psi k j ((sgval z * sgval s)^-1 * g)%g = \sum_(g : G) \sum_(j : J) f j g * psi k j (sgval (s^-1) * (sgval (z^-1) * g))%g :> R.
Proof.
apply: eq_bigr => g _. apply: eq_bigr => j _. refine (congr1 (fun hole : G => f j g * psi k j hole) _). by_word.
Qed.
(* definition of filter_transform *)
Lemma split_theorem_2_3 : \sum_(g : G) \sum_(j : J) f j g * psi k j (sgval (s^-1) * (sgval (z^-1) * g))%g = \sum_(g : G) \sum_(j : J) f j g * filter_transform2 (regular G) H psi k s j (sgval (z^-1) * g)%g :> R.
Proof.
by_definition.
Qed.
(* every g is yt in one way *)
Lemma split_theorem_2_4 : \sum_(g : G) \sum_(j : J) f j g * filter_transform2 (regular G) H psi k s j (sgval (z^-1) * g)%g = \sum_(y : subg_of T) \sum_(t : subg_of H) \sum_(j : J) f j (sgval y * sgval t)%g * filter_transform2 (regular G) H psi k s j (sgval (z^-1) * (sgval y * sgval t))%g :> R.
Proof.
by_split T_H.
Qed.
Theorem split_theorem_2 : correlate1 (regular G) f psi k (sgval z * sgval s)%g = \sum_(y : subg_of T) \sum_(t : subg_of H) \sum_(j : J) f j (sgval y * sgval t)%g * filter_transform2 (regular G) H psi k s j (sgval (z^-1) * (sgval y * sgval t))%g :> R.
Proof. etransitivity; [exact: split_theorem_2_1|]. etransitivity; [exact: split_theorem_2_2|]. etransitivity; [exact: split_theorem_2_3|]. exact: split_theorem_2_4. Qed.
End claim_split_theorem_2.

(* index formula *)
Section claim_split_theorem_3.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> G -> R.
Variable j : J.
Variable k : K.
Variable s : subg_of H.
Variable t : subg_of H.
Variable y : subg_of T.
(* definition of filter_transform *)
Lemma split_theorem_3_1 : filter_transform2 (regular G) H psi k s j (sgval y * sgval t)%g = psi k j (sgval (s^-1) * (sgval y * sgval t))%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma split_theorem_3_2 : psi k j (sgval (s^-1) * (sgval y * sgval t))%g = psi k j (((sgval (s^-1) * sgval y) * sgval s) * sgval (s^-1 * t))%g :> R.
Proof.
refine (congr1 (fun hole : G => psi k j hole) _). by_word.
Qed.
Theorem split_theorem_3 : filter_transform2 (regular G) H psi k s j (sgval y * sgval t)%g = psi k j (((sgval (s^-1) * sgval y) * sgval s) * sgval (s^-1 * t))%g :> R.
Proof. etransitivity; [exact: split_theorem_3_1|]. exact: split_theorem_3_2. Qed.
End claim_split_theorem_3.

Definition ok : Stmt_split_theorem := conj (@split_theorem_1) (conj (@split_theorem_2) (@split_theorem_3)).
Print Assumptions ok.
