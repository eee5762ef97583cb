(* Made by gcalc from proofs/stride.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_stride_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable k : K.
Variable s : subg_of H.
Variable u : subg_of H.
Add Ring values : (values R).
(* definition of correlate *)
Lemma stride_1_1 : correlate1 X (left_translate1 X (sgval u)%g f) psi k (sgval s)%g = \sum_(x : X) \sum_(j : J) left_translate1 X (sgval u)%g f j x * psi k j (sgval (s^-1) • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma stride_1_2 : \sum_(x : X) \sum_(j : J) left_translate1 X (sgval u)%g f j x * psi k j (sgval (s^-1) • x)%g = \sum_(x : X) \sum_(j : J) f j (sgval (u^-1) • x)%g * psi k j (sgval (s^-1) • x)%g :> R.
Proof.
by_definition.
Qed.
(* reindex x → ux *)
Lemma stride_1_3 : \sum_(x : X) \sum_(j : J) f j (sgval (u^-1) • x)%g * psi k j (sgval (s^-1) • x)%g = \sum_(x : X) \sum_(j : J) f j (sgval (u^-1) • (sgval u • x))%g * psi k j (sgval (s^-1) • (sgval u • x))%g :> R.
Proof.
exact: (reindex_act X (sgval u)%g).
Qed.
(* group axioms *)
Lemma stride_1_4 : \sum_(x : X) \sum_(j : J) f j (sgval (u^-1) • (sgval u • x))%g * psi k j (sgval (s^-1) • (sgval u • x))%g = \sum_(x : X) \sum_(j : J) f j x * psi k j (sgval ((u^-1 * s)^-1) • x)%g :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) f j x * psi k j (sgval (s^-1) • (sgval u • x))%g : R).
{ apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j hole * psi k j (sgval (s^-1) • (sgval u • x))%g) _). by_word. }
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma stride_1_5 : \sum_(x : X) \sum_(j : J) f j x * psi k j (sgval ((u^-1 * s)^-1) • x)%g = correlate1 X f psi k (sgval (u^-1 * s))%g :> R.
Proof.
by_definition.
Qed.
(* read as a function *)
Lemma stride_1_6 : correlate1 X f psi k (sgval (u^-1 * s))%g = (fun (k1 : K) (s1 : subg_of H) => correlate1 X f psi k1 (sgval s1)%g) k (u^-1 * s)%g :> R.
Proof.
by_definition.
Qed.
Theorem stride_1 : correlate1 X (left_translate1 X (sgval u)%g f) psi k (sgval s)%g = (fun (k1 : K) (s1 : subg_of H) => correlate1 X f psi k1 (sgval s1)%g) k (u^-1 * s)%g :> R.
Proof. etransitivity; [exact: stride_1_1|]. etransitivity; [exact: stride_1_2|]. etransitivity; [exact: stride_1_3|]. etransitivity; [exact: stride_1_4|]. etransitivity; [exact: stride_1_5|]. exact: stride_1_6. Qed.
End claim_stride_1.

Definition ok : Stmt_stride := @stride_1.
Print Assumptions ok.
