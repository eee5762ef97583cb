(* Made by gcalc from proofs/boundary_valid.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* nothing outside is read *)
Section claim_boundary_valid_1.
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
Hypothesis assumed1 : forall (g1 : G) (k1 : K) (j : J) (x : X), n g1 * (m x * psi k1 j (g1^-1 • x)%g) = n g1 * psi k1 j (g1^-1 • x)%g :> R. (* the filter lies inside *)
Add Ring values : (values R).
(* definition of correlate; apply the function *)
Lemma boundary_valid_1_1 : n g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k g = n g * (\sum_(x : X) \sum_(j : J) (m x * f j x) * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (n g * (\sum_(x : X) \sum_(j : J) (fun (j1 : J) (x1 : X) => m x1 * f j1 x1) j x * psi k j (g^-1 • x)%g) : R).
{ by_definition. }
by_definition.
Qed.
(* distributivity *)
Lemma boundary_valid_1_2 : n g * (\sum_(x : X) \sum_(j : J) (m x * f j x) * psi k j (g^-1 • x)%g) = \sum_(x : X) \sum_(j : J) n g * ((m x * f j x) * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(x : X) n g * (\sum_(j : J) (m x * f j x) * psi k j (g^-1 • x)%g) : R).
{ by_factor. }
apply: eq_bigr => x _. by_factor.
Qed.
(* ring axioms *)
Lemma boundary_valid_1_3 : \sum_(x : X) \sum_(j : J) n g * ((m x * f j x) * psi k j (g^-1 • x)%g) = \sum_(x : X) \sum_(j : J) f j x * (n g * (m x * psi k j (g^-1 • x)%g)) :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. by_ring R.
Qed.
(* the filter lies inside *)
Lemma boundary_valid_1_4 : \sum_(x : X) \sum_(j : J) f j x * (n g * (m x * psi k j (g^-1 • x)%g)) = \sum_(x : X) \sum_(j : J) f j x * (n g * psi k j (g^-1 • x)%g) :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : R => f j x * hole) _). exact: (assumed1 g k j x).
Qed.
(* ring axioms *)
Lemma boundary_valid_1_5 : \sum_(x : X) \sum_(j : J) f j x * (n g * psi k j (g^-1 • x)%g) = \sum_(x : X) \sum_(j : J) n g * (f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. by_ring R.
Qed.
(* distributivity *)
Lemma boundary_valid_1_6 : \sum_(x : X) \sum_(j : J) n g * (f j x * psi k j (g^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(x : X) n g * (\sum_(j : J) f j x * psi k j (g^-1 • x)%g) : R).
{ apply: esym. apply: eq_bigr => x _. by_factor. }
apply: esym. by_factor.
Qed.
(* definition of correlate *)
Lemma boundary_valid_1_7 : n g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) = n g * correlate1 X f psi k g :> R.
Proof.
by_definition.
Qed.
Theorem boundary_valid_1 : n g * correlate1 X (fun (j : J) (x : X) => m x * f j x) psi k g = n g * correlate1 X f psi k g :> R.
Proof. etransitivity; [exact: boundary_valid_1_1|]. etransitivity; [exact: boundary_valid_1_2|]. etransitivity; [exact: boundary_valid_1_3|]. etransitivity; [exact: boundary_valid_1_4|]. etransitivity; [exact: boundary_valid_1_5|]. etransitivity; [exact: boundary_valid_1_6|]. exact: boundary_valid_1_7. Qed.
End claim_boundary_valid_1.

(* equivariance *)
Section claim_boundary_valid_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable n : G -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Variable u : G.
Hypothesis assumed1 : forall (g1 : G), n (u^-1 * g1)%g = n g1 :> R. (* n is u-invariant *)
Add Ring values : (values R).
(* definition of correlate; definition of left_translate *)
Lemma boundary_valid_2_1 : n g * correlate1 X (left_translate1 X u f) psi k g = n g * (\sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g) :> R.
Proof.
transitivity (n g * (\sum_(x : X) \sum_(j : J) left_translate1 X u f j x * psi k j (g^-1 • x)%g) : R).
{ by_definition. }
by_definition.
Qed.
(* reindex x → ux; group axioms *)
Lemma boundary_valid_2_2 : n g * (\sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g) = n g * (\sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g) :> R.
Proof.
transitivity (n g * (\sum_(x : X) \sum_(j : J) f j (u^-1 • (u • x))%g * psi k j (g^-1 • (u • x))%g) : R).
{ refine (congr1 (fun hole : R => n g * hole) _). exact: (reindex_act X u). }
transitivity (n g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • (u • x))%g) : R).
{ refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j hole * psi k j (g^-1 • (u • x))%g) _). by_word. }
refine (congr1 (fun hole : R => n g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma boundary_valid_2_3 : n g * (\sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g) = n g * correlate1 X f psi k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* n is u-invariant *)
Lemma boundary_valid_2_4 : n g * correlate1 X f psi k (u^-1 * g)%g = n (u^-1 * g)%g * correlate1 X f psi k (u^-1 * g)%g :> R.
Proof.
apply: esym. refine (congr1 (fun hole : R => hole * correlate1 X f psi k (u^-1 * g)%g) _). exact: (assumed1 g).
Qed.
(* read as a function *)
Lemma boundary_valid_2_5 : n (u^-1 * g)%g * correlate1 X f psi k (u^-1 * g)%g = (fun (k1 : K) (g1 : G) => n g1 * correlate1 X f psi k1 g1) k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma boundary_valid_2_6 : (fun (k1 : K) (g1 : G) => n g1 * correlate1 X f psi k1 g1) k (u^-1 * g)%g = left_translate1 (regular G) u (fun (k1 : K) (g1 : G) => n g1 * correlate1 X f psi k1 g1) k g :> R.
Proof.
by_definition.
Qed.
Theorem boundary_valid_2 : n g * correlate1 X (left_translate1 X u f) psi k g = left_translate1 (regular G) u (fun (k1 : K) (g1 : G) => n g1 * correlate1 X f psi k1 g1) k g :> R.
Proof. etransitivity; [exact: boundary_valid_2_1|]. etransitivity; [exact: boundary_valid_2_2|]. etransitivity; [exact: boundary_valid_2_3|]. etransitivity; [exact: boundary_valid_2_4|]. etransitivity; [exact: boundary_valid_2_5|]. exact: boundary_valid_2_6. Qed.
End claim_boundary_valid_2.

Definition ok : Stmt_boundary_valid := conj (@boundary_valid_1) (@boundary_valid_2).
Print Assumptions ok.
