(* Made by gcalc from proofs/gradient_equivariance.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* ig(L_u D, psi) = L_u ig(D, psi) *)
Section claim_gradient_equivariance_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable u : G.
Variable x : X.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma gradient_equivariance_1_1 : input_gradient1 X (left_translate1 (regular G) u D) psi j x = \sum_(h : G) \sum_(k : K) left_translate1 (regular G) u D k h * psi k j (h^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma gradient_equivariance_1_2 : \sum_(h : G) \sum_(k : K) left_translate1 (regular G) u D k h * psi k j (h^-1 • x)%g = \sum_(h : G) \sum_(k : K) D k (u^-1 * h)%g * psi k j (h^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → uh; group axioms *)
Lemma gradient_equivariance_1_3 : \sum_(h : G) \sum_(k : K) D k (u^-1 * h)%g * psi k j (h^-1 • x)%g = \sum_(h : G) \sum_(k : K) D k h * psi k j ((u * h)^-1 • x)%g :> R.
Proof.
transitivity (\sum_(h : G) \sum_(k : K) D k (u^-1 * (u * h))%g * psi k j ((u * h)^-1 • x)%g : R).
{ exact: (reindex_left u). }
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : G => D k hole * psi k j ((u * h)^-1 • x)%g) _). by_word.
Qed.
(* group axioms *)
Lemma gradient_equivariance_1_4 : \sum_(h : G) \sum_(k : K) D k h * psi k j ((u * h)^-1 • x)%g = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • (u^-1 • x))%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : X => D k h * psi k j hole) _). by_word.
Qed.
(* definition of input_gradient *)
Lemma gradient_equivariance_1_5 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • (u^-1 • x))%g = input_gradient1 X D psi j (u^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma gradient_equivariance_1_6 : input_gradient1 X D psi j (u^-1 • x)%g = left_translate1 X u (input_gradient1 X D psi) j x :> R.
Proof.
by_definition.
Qed.
Theorem gradient_equivariance_1 : input_gradient1 X (left_translate1 (regular G) u D) psi j x = left_translate1 X u (input_gradient1 X D psi) j x :> R.
Proof. etransitivity; [exact: gradient_equivariance_1_1|]. etransitivity; [exact: gradient_equivariance_1_2|]. etransitivity; [exact: gradient_equivariance_1_3|]. etransitivity; [exact: gradient_equivariance_1_4|]. etransitivity; [exact: gradient_equivariance_1_5|]. exact: gradient_equivariance_1_6. Qed.
End claim_gradient_equivariance_1.

(* fg(L_u D, L_u f) = fg(D, f) *)
Section claim_gradient_equivariance_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable j : J.
Variable k : K.
Variable u : G.
Variable x : X.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma gradient_equivariance_2_1 : filter_gradient1 X (left_translate1 (regular G) u D) (left_translate1 X u f) k j x = \sum_(h : G) left_translate1 (regular G) u D k h * left_translate1 X u f j (h • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma gradient_equivariance_2_2 : \sum_(h : G) left_translate1 (regular G) u D k h * left_translate1 X u f j (h • x)%g = \sum_(h : G) D k (u^-1 * h)%g * f j (u^-1 • (h • x))%g :> R.
Proof.
transitivity (\sum_(h : G) D k (u^-1 * h)%g * left_translate1 X u f j (h • x)%g : R).
{ by_definition. }
by_definition.
Qed.
(* reindex h → uh; group axioms *)
Lemma gradient_equivariance_2_3 : \sum_(h : G) D k (u^-1 * h)%g * f j (u^-1 • (h • x))%g = \sum_(h : G) D k h * f j (h • x)%g :> R.
Proof.
transitivity (\sum_(h : G) D k (u^-1 * (u * h))%g * f j (u^-1 • ((u * h) • x))%g : R).
{ exact: (reindex_left u). }
transitivity (\sum_(h : G) D k h * f j (u^-1 • ((u * h) • x))%g : R).
{ apply: eq_bigr => h _. refine (congr1 (fun hole : G => D k hole * f j (u^-1 • ((u * h) • x))%g) _). by_word. }
apply: eq_bigr => h _. refine (congr1 (fun hole : X => D k h * f j hole) _). by_word.
Qed.
(* definition of filter_gradient *)
Lemma gradient_equivariance_2_4 : \sum_(h : G) D k h * f j (h • x)%g = filter_gradient1 X D f k j x :> R.
Proof.
by_definition.
Qed.
Theorem gradient_equivariance_2 : filter_gradient1 X (left_translate1 (regular G) u D) (left_translate1 X u f) k j x = filter_gradient1 X D f k j x :> R.
Proof. etransitivity; [exact: gradient_equivariance_2_1|]. etransitivity; [exact: gradient_equivariance_2_2|]. etransitivity; [exact: gradient_equivariance_2_3|]. exact: gradient_equivariance_2_4. Qed.
End claim_gradient_equivariance_2.

Definition ok : Stmt_gradient_equivariance := conj (@gradient_equivariance_1) (@gradient_equivariance_2).
Print Assumptions ok.
