(* Made by gcalc from proofs/pointwise.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_pointwise_1.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable f : J -> X -> R.
Variable phi : R -> R.
Variable j : J.
Variable u : G.
Variable x : X.
(* definition of left_translate *)
Lemma pointwise_1_1 : left_translate1 X u (fun (j1 : J) (x1 : X) => phi (f j1 x1)) j x = (fun (j1 : J) (x1 : X) => phi (f j1 x1)) j (u^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma pointwise_1_2 : (fun (j1 : J) (x1 : X) => phi (f j1 x1)) j (u^-1 • x)%g = phi (f j (u^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma pointwise_1_3 : phi (f j (u^-1 • x)%g) = phi (left_translate1 X u f j x) :> R.
Proof.
by_definition.
Qed.
Theorem pointwise_1 : left_translate1 X u (fun (j1 : J) (x1 : X) => phi (f j1 x1)) j x = phi (left_translate1 X u f j x) :> R.
Proof. etransitivity; [exact: pointwise_1_1|]. etransitivity; [exact: pointwise_1_2|]. exact: pointwise_1_3. Qed.
End claim_pointwise_1.

Definition ok : Stmt_pointwise := @pointwise_1.
Print Assumptions ok.
