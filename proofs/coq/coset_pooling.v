(* Made by gcalc from proofs/coset_pooling.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* constant on cosets *)
Section claim_coset_pooling_1.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable t : subg_of H.
(* definition of coset_pool *)
Lemma coset_pooling_1_1 : coset_pool1 G H op f j (g * sgval t)%g = \big[op/idx]_(s : subg_of H) f j ((g * sgval t) * sgval s)%g :> R.
Proof.
by_definition.
Qed.
(* reindex s → t⁻¹s; group axioms *)
Lemma coset_pooling_1_2 : \big[op/idx]_(s : subg_of H) f j ((g * sgval t) * sgval s)%g = \big[op/idx]_(s : subg_of H) f j (g * sgval s)%g :> R.
Proof.
transitivity (\big[op/idx]_(s : subg_of H) f j ((g * sgval t) * sgval (t^-1 * s))%g : R).
{ exact: (reindex_left (t^-1)%g). }
apply: eq_bigr => s _. refine (congr1 (fun hole : G => f j hole) _). by_word.
Qed.
(* definition of coset_pool *)
Lemma coset_pooling_1_3 : \big[op/idx]_(s : subg_of H) f j (g * sgval s)%g = coset_pool1 G H op f j g :> R.
Proof.
by_definition.
Qed.
Theorem coset_pooling_1 : coset_pool1 G H op f j (g * sgval t)%g = coset_pool1 G H op f j g :> R.
Proof. etransitivity; [exact: coset_pooling_1_1|]. etransitivity; [exact: coset_pooling_1_2|]. exact: coset_pooling_1_3. Qed.
End claim_coset_pooling_1.

(* equivariance *)
Section claim_coset_pooling_2.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable u : G.
(* definition of coset_pool *)
Lemma coset_pooling_2_1 : coset_pool1 G H op (left_translate1 (regular G) u f) j g = \big[op/idx]_(s : subg_of H) left_translate1 (regular G) u f j (g * sgval s)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma coset_pooling_2_2 : \big[op/idx]_(s : subg_of H) left_translate1 (regular G) u f j (g * sgval s)%g = \big[op/idx]_(s : subg_of H) f j (u^-1 * (g * sgval s))%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma coset_pooling_2_3 : \big[op/idx]_(s : subg_of H) f j (u^-1 * (g * sgval s))%g = \big[op/idx]_(s : subg_of H) f j ((u^-1 * g) * sgval s)%g :> R.
Proof.
apply: eq_bigr => s _. refine (congr1 (fun hole : G => f j hole) _). by_word.
Qed.
(* definition of coset_pool *)
Lemma coset_pooling_2_4 : \big[op/idx]_(s : subg_of H) f j ((u^-1 * g) * sgval s)%g = coset_pool1 G H op f j (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma coset_pooling_2_5 : coset_pool1 G H op f j (u^-1 * g)%g = left_translate1 (regular G) u (coset_pool1 G H op f) j g :> R.
Proof.
by_definition.
Qed.
Theorem coset_pooling_2 : coset_pool1 G H op (left_translate1 (regular G) u f) j g = left_translate1 (regular G) u (coset_pool1 G H op f) j g :> R.
Proof. etransitivity; [exact: coset_pooling_2_1|]. etransitivity; [exact: coset_pooling_2_2|]. etransitivity; [exact: coset_pooling_2_3|]. etransitivity; [exact: coset_pooling_2_4|]. exact: coset_pooling_2_5. Qed.
End claim_coset_pooling_2.

(* pooling with U = H *)
Section claim_coset_pooling_3.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable U : {set G}.
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Hypothesis assumed1 : forall (F : G -> R), \big[op/idx]_(h : G | h \in U) F h = \big[op/idx]_(s : subg_of H) F (sgval s)%g :> R. (* U = H *)
(* definition of pool *)
Lemma coset_pooling_3_1 : pool1 G op f U j g = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) f j h :> R.
Proof.
by_definition.
Qed.
(* reindex h → gh; group axioms *)
Lemma coset_pooling_3_2 : \big[op/idx]_(h : G | (g^-1 * h)%g \in U) f j h = \big[op/idx]_(h : G | h \in U) f j (g * h)%g :> R.
Proof.
transitivity (\big[op/idx]_(h : G | (g^-1 * (g * h))%g \in U) f j (g * h)%g : R).
{ exact: (reindex_left g). }
apply: eq_bigl => h. refine (congr1 (fun hole : G => hole \in U) _). by_word.
Qed.
(* read as a function *)
Lemma coset_pooling_3_3 : \big[op/idx]_(h : G | h \in U) f j (g * h)%g = \big[op/idx]_(h : G | h \in U) (fun (h1 : G) => f j (g * h1)%g) h :> R.
Proof.
by_definition.
Qed.
(* U = H *)
Lemma coset_pooling_3_4 : \big[op/idx]_(h : G | h \in U) (fun (h1 : G) => f j (g * h1)%g) h = \big[op/idx]_(s : subg_of H) (fun (h : G) => f j (g * h)%g) (sgval s)%g :> R.
Proof.
exact: (assumed1 (fun (h : G) => f j (g * h)%g)).
Qed.
(* apply the function *)
Lemma coset_pooling_3_5 : \big[op/idx]_(s : subg_of H) (fun (h : G) => f j (g * h)%g) (sgval s)%g = \big[op/idx]_(s : subg_of H) f j (g * sgval s)%g :> R.
Proof.
by_definition.
Qed.
(* definition of coset_pool *)
Lemma coset_pooling_3_6 : \big[op/idx]_(s : subg_of H) f j (g * sgval s)%g = coset_pool1 G H op f j g :> R.
Proof.
by_definition.
Qed.
Theorem coset_pooling_3 : pool1 G op f U j g = coset_pool1 G H op f j g :> R.
Proof. etransitivity; [exact: coset_pooling_3_1|]. etransitivity; [exact: coset_pooling_3_2|]. etransitivity; [exact: coset_pooling_3_3|]. etransitivity; [exact: coset_pooling_3_4|]. etransitivity; [exact: coset_pooling_3_5|]. exact: coset_pooling_3_6. Qed.
End claim_coset_pooling_3.

Definition ok : Stmt_coset_pooling := conj (@coset_pooling_1) (conj (@coset_pooling_2) (@coset_pooling_3)).
Print Assumptions ok.
