(* Made by gcalc from proofs/adjoint_input.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* <D, f ⋆ psi> = <ig(D, psi), f> *)
Section claim_adjoint_input_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Add Ring values : (values R).
(* definition of correlate *)
Lemma adjoint_input_1_1 : \sum_(g : G) \sum_(k : K) D k g * correlate1 X f psi k g = \sum_(g : G) \sum_(k : K) D k g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma adjoint_input_1_2 : \sum_(g : G) \sum_(k : K) D k g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) = \sum_(g : G) \sum_(k : K) \sum_(x : X) \sum_(j : J) D k g * (f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(k : K) \sum_(x : X) D k g * (\sum_(j : J) f j x * psi k j (g^-1 • x)%g) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => k _. by_factor. }
apply: eq_bigr => g _. apply: eq_bigr => k _. apply: eq_bigr => x _. by_factor.
Qed.
(* exchange the sums *)
Lemma adjoint_input_1_3 : \sum_(g : G) \sum_(k : K) \sum_(x : X) \sum_(j : J) D k g * (f j x * psi k j (g^-1 • x)%g) = \sum_(x : X) \sum_(j : J) \sum_(g : G) \sum_(k : K) D k g * (f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(x : X) \sum_(k : K) \sum_(j : J) D k g * (f j x * psi k j (g^-1 • x)%g) : R).
{ apply: eq_bigr => g _. by_exchange. }
transitivity (\sum_(x : X) \sum_(g : G) \sum_(k : K) \sum_(j : J) D k g * (f j x * psi k j (g^-1 • x)%g) : R).
{ by_exchange. }
transitivity (\sum_(x : X) \sum_(g : G) \sum_(j : J) \sum_(k : K) D k g * (f j x * psi k j (g^-1 • x)%g) : R).
{ apply: eq_bigr => x _. apply: eq_bigr => g _. by_exchange. }
apply: eq_bigr => x _. by_exchange.
Qed.
(* ring axioms *)
Lemma adjoint_input_1_4 : \sum_(x : X) \sum_(j : J) \sum_(g : G) \sum_(k : K) D k g * (f j x * psi k j (g^-1 • x)%g) = \sum_(x : X) \sum_(j : J) \sum_(g : G) \sum_(k : K) (D k g * psi k j (g^-1 • x)%g) * f j x :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => g _. apply: eq_bigr => k _. by_ring R.
Qed.
(* distributivity *)
Lemma adjoint_input_1_5 : \sum_(x : X) \sum_(j : J) \sum_(g : G) \sum_(k : K) (D k g * psi k j (g^-1 • x)%g) * f j x = \sum_(x : X) \sum_(j : J) (\sum_(g : G) \sum_(k : K) D k g * psi k j (g^-1 • x)%g) * f j x :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) \sum_(g : G) (\sum_(k : K) D k g * psi k j (g^-1 • x)%g) * f j x : R).
{ apply: esym. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => g _. by_factor. }
apply: esym. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* definition of input_gradient *)
Lemma adjoint_input_1_6 : \sum_(x : X) \sum_(j : J) (\sum_(g : G) \sum_(k : K) D k g * psi k j (g^-1 • x)%g) * f j x = \sum_(x : X) \sum_(j : J) input_gradient1 X D psi j x * f j x :> R.
Proof.
by_definition.
Qed.
Theorem adjoint_input_1 : \sum_(g : G) \sum_(k : K) D k g * correlate1 X f psi k g = \sum_(x : X) \sum_(j : J) input_gradient1 X D psi j x * f j x :> R.
Proof. etransitivity; [exact: adjoint_input_1_1|]. etransitivity; [exact: adjoint_input_1_2|]. etransitivity; [exact: adjoint_input_1_3|]. etransitivity; [exact: adjoint_input_1_4|]. etransitivity; [exact: adjoint_input_1_5|]. exact: adjoint_input_1_6. Qed.
End claim_adjoint_input_1.

Definition ok : Stmt_adjoint_input := @adjoint_input_1.
Print Assumptions ok.
