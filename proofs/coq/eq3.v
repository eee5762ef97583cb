(* Made by gcalc from proofs/eq3.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* chain rule *)
Section claim_eq3_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable x : X.
Variable d_f : J -> X -> derivation R.
Hypothesis d_f_D : forall p0 p1 q0 q1, d_f p0 p1 (D q0 q1) = 0.
Hypothesis d_f_f : forall p0 p1 q0 q1, d_f p0 p1 (f q0 q1) = (q0 == p0)%:R * (q1 == p1)%:R.
Hypothesis d_f_psi : forall p0 p1 q0 q1 q2, d_f p0 p1 (psi q0 q1 q2) = 0.
Add Ring values : (values R).
(* definition of correlate *)
Lemma eq3_1_1 : \sum_(h : G) \sum_(k : K) D k h * d_f j x (correlate1 X f psi k h) = \sum_(h : G) \sum_(k : K) D k h * d_f j x (\sum_(y : X) \sum_(i : J) f i y * psi k i (h^-1 • y)%g) :> R.
Proof.
by_definition.
Qed.
(* ∂ is linear and a derivation; ring axioms *)
Lemma eq3_1_2 : \sum_(h : G) \sum_(k : K) D k h * d_f j x (\sum_(y : X) \sum_(i : J) f i y * psi k i (h^-1 • y)%g) = \sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i (h^-1 • y)%g)) :> R.
Proof.
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) d_f j x (\sum_(i : J) f i y * psi k i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). by_derivative. }
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) d_f j x (f i y * psi k i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. by_derivative. }
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) ((d_f j x (f i y) * psi k i (h^-1 • y)%g) + (f i y * d_f j x (psi k i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_derivative. }
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) ((((i == j)%:R * (y == x)%:R) * psi k i (h^-1 • y)%g) + (f i y * d_f j x (psi k i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (hole * psi k i (h^-1 • y)%g) + (f i y * d_f j x (psi k i (h^-1 • y)%g))) _). exact: d_f_f. }
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) ((((i == j)%:R * (y == x)%:R) * psi k i (h^-1 • y)%g) + (f i y * 0))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (((i == j)%:R * (y == x)%:R) * psi k i (h^-1 • y)%g) + (f i y * hole)) _). exact: d_f_psi. }
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq3_1_3 : \sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i (h^-1 • y)%g)) = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g :> R.
Proof.
transitivity (\sum_(h : G) \sum_(k : K) D k h * (\sum_(y : X) (y == x)%:R * psi k j (h^-1 • y)%g) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => y _. by_kron. }
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k h * hole) _). by_kron.
Qed.
(* definition of input_gradient *)
Lemma eq3_1_4 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g = input_gradient1 X D psi j x :> R.
Proof.
by_definition.
Qed.
Theorem eq3_1 : \sum_(h : G) \sum_(k : K) D k h * d_f j x (correlate1 X f psi k h) = input_gradient1 X D psi j x :> R.
Proof. etransitivity; [exact: eq3_1_1|]. etransitivity; [exact: eq3_1_2|]. etransitivity; [exact: eq3_1_3|]. exact: eq3_1_4. Qed.
End claim_eq3_1.

(* closing line *)
Section claim_eq3_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable psi : K -> J -> G -> R.
Variable g : G.
Variable j : J.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma eq3_2_1 : input_gradient1 (regular G) D psi j g = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma eq3_2_2 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) D k h * psi k j ((g^-1 * h)^-1)%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : G => D k h * psi k j hole) _). by_word.
Qed.
(* definition of transpose *)
Lemma eq3_2_3 : \sum_(h : G) \sum_(k : K) D k h * psi k j ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(k : K) D k h * transpose2 (regular G) psi j k ((g^-1 * h)^-1)%g :> R.
Proof.
by_definition.
Qed.
(* definition of involution *)
Lemma eq3_2_4 : \sum_(h : G) \sum_(k : K) D k h * transpose2 (regular G) psi j k ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(k : K) D k h * involution2 G (transpose2 (regular G) psi) j k (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma eq3_2_5 : \sum_(h : G) \sum_(k : K) D k h * involution2 G (transpose2 (regular G) psi) j k (g^-1 * h)%g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g :> R.
Proof.
by_definition.
Qed.
Theorem eq3_2 : input_gradient1 (regular G) D psi j g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g :> R.
Proof. etransitivity; [exact: eq3_2_1|]. etransitivity; [exact: eq3_2_2|]. etransitivity; [exact: eq3_2_3|]. etransitivity; [exact: eq3_2_4|]. exact: eq3_2_5. Qed.
End claim_eq3_2.

Definition ok : Stmt_eq3 := conj (@eq3_1) (@eq3_2).
Print Assumptions ok.
