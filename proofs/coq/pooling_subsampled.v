(* Made by gcalc from proofs/pooling_subsampled.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_pooling_subsampled_1.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable U : {set G}.
Variable f : J -> G -> R.
Variable j : J.
Variable s : subg_of H.
Variable u : subg_of H.
(* definition of pool *)
Lemma pooling_subsampled_1_1 : pool1 G op (left_translate1 (regular G) (sgval u)%g f) U j (sgval s)%g = \big[op/idx]_(h : G | (sgval (s^-1) * h)%g \in U) left_translate1 (regular G) (sgval u)%g f j h :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma pooling_subsampled_1_2 : \big[op/idx]_(h : G | (sgval (s^-1) * h)%g \in U) left_translate1 (regular G) (sgval u)%g f j h = \big[op/idx]_(h : G | (sgval (s^-1) * h)%g \in U) f j (sgval (u^-1) * h)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → uh; group axioms *)
Lemma pooling_subsampled_1_3 : \big[op/idx]_(h : G | (sgval (s^-1) * h)%g \in U) f j (sgval (u^-1) * h)%g = \big[op/idx]_(h : G | (sgval (s^-1) * (sgval u * h))%g \in U) f j h :> R.
Proof.
transitivity (\big[op/idx]_(h : G | (sgval (s^-1) * (sgval u * h))%g \in U) f j (sgval (u^-1) * (sgval u * h))%g : R).
{ exact: (reindex_left (sgval u)%g). }
apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j hole) _). by_word.
Qed.
(* membership in a coset *)
Lemma pooling_subsampled_1_4 : \big[op/idx]_(h : G | (sgval (s^-1) * (sgval u * h))%g \in U) f j h = \big[op/idx]_(h : G | (sgval ((u^-1 * s)^-1) * h)%g \in U) f j h :> R.
Proof.
apply: eq_bigl => h. refine (congr1 (fun hole : G => hole \in U) _). by_word.
Qed.
(* definition of pool *)
Lemma pooling_subsampled_1_5 : \big[op/idx]_(h : G | (sgval ((u^-1 * s)^-1) * h)%g \in U) f j h = pool1 G op f U j (sgval (u^-1 * s))%g :> R.
Proof.
by_definition.
Qed.
(* read as a function *)
Lemma pooling_subsampled_1_6 : pool1 G op f U j (sgval (u^-1 * s))%g = (fun (j1 : J) (s1 : subg_of H) => pool1 G op f U j1 (sgval s1)%g) j (u^-1 * s)%g :> R.
Proof.
by_definition.
Qed.
Theorem pooling_subsampled_1 : pool1 G op (left_translate1 (regular G) (sgval u)%g f) U j (sgval s)%g = (fun (j1 : J) (s1 : subg_of H) => pool1 G op f U j1 (sgval s1)%g) j (u^-1 * s)%g :> R.
Proof. etransitivity; [exact: pooling_subsampled_1_1|]. etransitivity; [exact: pooling_subsampled_1_2|]. etransitivity; [exact: pooling_subsampled_1_3|]. etransitivity; [exact: pooling_subsampled_1_4|]. etransitivity; [exact: pooling_subsampled_1_5|]. exact: pooling_subsampled_1_6. Qed.
End claim_pooling_subsampled_1.

Definition ok : Stmt_pooling_subsampled := @pooling_subsampled_1.
Print Assumptions ok.
