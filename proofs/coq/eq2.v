(* Made by gcalc from proofs/eq2.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_eq2_1.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable U : {set G}.
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable u : G.
(* definition of pool *)
Lemma eq2_1_1 : pool1 G op (left_translate1 (regular G) u f) U j g = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) left_translate1 (regular G) u f j h :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma eq2_1_2 : \big[op/idx]_(h : G | (g^-1 * h)%g \in U) left_translate1 (regular G) u f j h = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) f j (u^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → uh; group axioms *)
Lemma eq2_1_3 : \big[op/idx]_(h : G | (g^-1 * h)%g \in U) f j (u^-1 * h)%g = \big[op/idx]_(h : G | (g^-1 * (u * h))%g \in U) f j h :> R.
Proof.
transitivity (\big[op/idx]_(h : G | (g^-1 * (u * h))%g \in U) f j (u^-1 * (u * h))%g : R).
{ exact: (reindex_left u). }
apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j hole) _). by_word.
Qed.
(* membership in a coset *)
Lemma eq2_1_4 : \big[op/idx]_(h : G | (g^-1 * (u * h))%g \in U) f j h = \big[op/idx]_(h : G | ((u^-1 * g)^-1 * h)%g \in U) f j h :> R.
Proof.
apply: eq_bigl => h. refine (congr1 (fun hole : G => hole \in U) _). by_word.
Qed.
(* definition of pool *)
Lemma eq2_1_5 : \big[op/idx]_(h : G | ((u^-1 * g)^-1 * h)%g \in U) f j h = pool1 G op f U j (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma eq2_1_6 : pool1 G op f U j (u^-1 * g)%g = left_translate1 (regular G) u (pool1 G op f U) j g :> R.
Proof.
by_definition.
Qed.
Theorem eq2_1 : pool1 G op (left_translate1 (regular G) u f) U j g = left_translate1 (regular G) u (pool1 G op f U) j g :> R.
Proof. etransitivity; [exact: eq2_1_1|]. etransitivity; [exact: eq2_1_2|]. etransitivity; [exact: eq2_1_3|]. etransitivity; [exact: eq2_1_4|]. etransitivity; [exact: eq2_1_5|]. exact: eq2_1_6. Qed.
End claim_eq2_1.

Definition ok : Stmt_eq2 := @eq2_1.
Print Assumptions ok.
