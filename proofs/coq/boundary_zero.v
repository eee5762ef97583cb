(* Made by gcalc from proofs/boundary_zero.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_boundary_zero_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable m : X -> R.
Variable n : G -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Variable u : G.
Hypothesis assumed1 : forall (x : X), m (u^-1 • x)%g = m x :> R. (* m is u-invariant *)
Hypothesis assumed2 : forall (g1 : G), n (u^-1 * g1)%g = n g1 :> R. (* n is u-invariant *)
Add Ring values : (values R).
(* definition of correlate; apply the function *)
Lemma boundary_zero_1_1 : n g * correlate1 X (fun (j : J) (x : X) => m x * left_translate1 X u f j x) psi k g = n g * (\sum_(x : X) \sum_(j : J) (m x * left_translate1 X u f j x) * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (n g * (\sum_(x : X) \sum_(j : J) (fun (j1 : J) (x1 : X) => m x1 * left_translate1 X u f j1 x1) j x * psi k j (g^-1 • x)%g) : R).
{ by_definition. }
by_definition.
Qed.
(* definition of left_translate *)
Lemma boundary_zero_1_2 : n g * (\sum_(x : X) \sum_(j : J) (m x * left_translate1 X u f j x) * psi k j (g^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) (m x * f j (u^-1 • x)%g) * psi k j (g^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* m is u-invariant *)
Lemma boundary_zero_1_3 : n g * (\sum_(x : X) \sum_(j : J) (m x * f j (u^-1 • x)%g) * psi k j (g^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) (m (u^-1 • x)%g * f j (u^-1 • x)%g) * psi k j (g^-1 • x)%g) :> R.
Proof.
apply: esym. refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : R => (hole * f j (u^-1 • x)%g) * psi k j (g^-1 • x)%g) _). exact: (assumed1 x).
Qed.
(* reindex x → ux; group axioms *)
Lemma boundary_zero_1_4 : n g * (\sum_(x : X) \sum_(j : J) (m (u^-1 • x)%g * f j (u^-1 • x)%g) * psi k j (g^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) (m x * f j x) * psi k j ((u^-1 * g)^-1 • x)%g) :> R.
Proof.
transitivity (n g * (\sum_(x : X) \sum_(j : J) (m (u^-1 • (u • x))%g * f j (u^-1 • (u • x))%g) * psi k j (g^-1 • (u • x))%g) : R).
{ refine (congr1 (fun hole : R => n g * hole) _). exact: (reindex_act X u). }
transitivity (n g * (\sum_(x : X) \sum_(j : J) (m x * f j (u^-1 • (u • x))%g) * psi k j (g^-1 • (u • x))%g) : R).
{ refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => (m hole * f j (u^-1 • (u • x))%g) * psi k j (g^-1 • (u • x))%g) _). by_word. }
transitivity (n g * (\sum_(x : X) \sum_(j : J) (m x * f j x) * psi k j (g^-1 • (u • x))%g) : R).
{ refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => (m x * f j hole) * psi k j (g^-1 • (u • x))%g) _). by_word. }
refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => (m x * f j x) * psi k j hole) _). by_word.
Qed.
(* read as a function *)
Lemma boundary_zero_1_5 : n g * (\sum_(x : X) \sum_(j : J) (m x * f j x) * psi k j ((u^-1 * g)^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) (fun (j1 : J) (x1 : X) => m x1 * f j1 x1) j x * psi k j ((u^-1 * g)^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma boundary_zero_1_6 : n g * (\sum_(x : X) \sum_(j : J) (fun (j1 : J) (x1 : X) => m x1 * f j1 x1) j x * psi k j ((u^-1 * g)^-1 • x)%g) = n g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* n is u-invariant *)
Lemma boundary_zero_1_7 : n g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k (u^-1 * g)%g = n (u^-1 * g)%g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k (u^-1 * g)%g :> R.
Proof.
apply: esym. refine (congr1 (fun hole : R => hole * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k (u^-1 * g)%g) _). exact: (assumed2 g).
Qed.
(* read as a function *)
Lemma boundary_zero_1_8 : n (u^-1 * g)%g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k (u^-1 * g)%g = (fun (k1 : K) (g1 : G) => n g1 * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k1 g1) k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma boundary_zero_1_9 : (fun (k1 : K) (g1 : G) => n g1 * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k1 g1) k (u^-1 * g)%g = left_translate1 (regular G) u (fun (k1 : K) (g1 : G) => n g1 * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k1 g1) k g :> R.
Proof.
by_definition.
Qed.
Theorem boundary_zero_1 : n g * correlate1 X (fun (j : J) (x : X) => m x * left_translate1 X u f j x) psi k g = left_translate1 (regular G) u (fun (k1 : K) (g1 : G) => n g1 * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k1 g1) k g :> R.
Proof. etransitivity; [exact: boundary_zero_1_1|]. etransitivity; [exact: boundary_zero_1_2|]. etransitivity; [exact: boundary_zero_1_3|]. etransitivity; [exact: boundary_zero_1_4|]. etransitivity; [exact: boundary_zero_1_5|]. etransitivity; [exact: boundary_zero_1_6|]. etransitivity; [exact: boundary_zero_1_7|]. etransitivity; [exact: boundary_zero_1_8|]. exact: boundary_zero_1_9. Qed.
End claim_boundary_zero_1.

Definition ok : Stmt_boundary_zero := @boundary_zero_1.
Print Assumptions ok.
