(* Made by gcalc from proofs/gradient_unique.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* <a, f> = <b, f> for all f gives a = b *)
Section claim_gradient_unique_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable a : J -> X -> R.
Variable b : J -> X -> R.
Variable j : J.
Variable x : X.
Hypothesis assumed1 : forall (f : J -> X -> R), \sum_(y : X) \sum_(i : J) a i y * f i y = \sum_(y : X) \sum_(i : J) b i y * f i y :> R. (* <a, f> = <b, f> for all f *)
Add Ring values : (values R).
(* Kronecker delta *)
Lemma gradient_unique_1_1 : a j x = \sum_(y : X) (y == x)%:R * a j y :> R.
Proof.
apply: esym. by_kron.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_1_2 : \sum_(y : X) (y == x)%:R * a j y = \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * a i y) :> R.
Proof.
apply: esym. apply: eq_bigr => y _. by_kron.
Qed.
(* ring axioms *)
Lemma gradient_unique_1_3 : \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * a i y) = \sum_(y : X) \sum_(i : J) a i y * ((i == j)%:R * (y == x)%:R) :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* read as a function *)
Lemma gradient_unique_1_4 : \sum_(y : X) \sum_(i : J) a i y * ((i == j)%:R * (y == x)%:R) = \sum_(y : X) \sum_(i : J) a i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y :> R.
Proof.
by_definition.
Qed.
(* <a, f> = <b, f> for all f *)
Lemma gradient_unique_1_5 : \sum_(y : X) \sum_(i : J) a i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y = \sum_(y : X) \sum_(i : J) b i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y :> R.
Proof.
exact: (assumed1 (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R)).
Qed.
(* apply the function *)
Lemma gradient_unique_1_6 : \sum_(y : X) \sum_(i : J) b i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y = \sum_(y : X) \sum_(i : J) b i y * ((i == j)%:R * (y == x)%:R) :> R.
Proof.
by_definition.
Qed.
(* ring axioms *)
Lemma gradient_unique_1_7 : \sum_(y : X) \sum_(i : J) b i y * ((i == j)%:R * (y == x)%:R) = \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * b i y) :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_1_8 : \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * b i y) = b j x :> R.
Proof.
transitivity (\sum_(y : X) (y == x)%:R * b j y : R).
{ apply: eq_bigr => y _. by_kron. }
by_kron.
Qed.
Theorem gradient_unique_1 : a j x = b j x :> R.
Proof. etransitivity; [exact: gradient_unique_1_1|]. etransitivity; [exact: gradient_unique_1_2|]. etransitivity; [exact: gradient_unique_1_3|]. etransitivity; [exact: gradient_unique_1_4|]. etransitivity; [exact: gradient_unique_1_5|]. etransitivity; [exact: gradient_unique_1_6|]. etransitivity; [exact: gradient_unique_1_7|]. exact: gradient_unique_1_8. Qed.
End claim_gradient_unique_1.

(* the input gradient is the only adjoint *)
Section claim_gradient_unique_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable a : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable x : X.
Hypothesis assumed1 : forall (f : J -> X -> R), \sum_(y : X) \sum_(i : J) a i y * f i y = \sum_(g : G) \sum_(k : K) D k g * correlate1 X f psi k g :> R. (* <a, f> = <D, f ⋆ psi> for all f *)
Add Ring values : (values R).
(* Kronecker delta *)
Lemma gradient_unique_2_1 : a j x = \sum_(y : X) (y == x)%:R * a j y :> R.
Proof.
apply: esym. by_kron.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_2_2 : \sum_(y : X) (y == x)%:R * a j y = \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * a i y) :> R.
Proof.
apply: esym. apply: eq_bigr => y _. by_kron.
Qed.
(* ring axioms *)
Lemma gradient_unique_2_3 : \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * a i y) = \sum_(y : X) \sum_(i : J) a i y * ((i == j)%:R * (y == x)%:R) :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* read as a function *)
Lemma gradient_unique_2_4 : \sum_(y : X) \sum_(i : J) a i y * ((i == j)%:R * (y == x)%:R) = \sum_(y : X) \sum_(i : J) a i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y :> R.
Proof.
by_definition.
Qed.
(* <a, f> = <D, f ⋆ psi> for all f *)
Lemma gradient_unique_2_5 : \sum_(y : X) \sum_(i : J) a i y * (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y = \sum_(g : G) \sum_(k : K) D k g * correlate1 X (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) psi k g :> R.
Proof.
exact: (assumed1 (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R)).
Qed.
(* definition of correlate *)
Lemma gradient_unique_2_6 : \sum_(g : G) \sum_(k : K) D k g * correlate1 X (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) psi k g = \sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) \sum_(i : J) (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y * psi k i (g^-1 • y)%g) :> R.
Proof.
by_definition.
Qed.
(* apply the function; ring axioms *)
Lemma gradient_unique_2_7 : \sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) \sum_(i : J) (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) i y * psi k i (g^-1 • y)%g) = \sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i (g^-1 • y)%g)) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) \sum_(i : J) ((i == j)%:R * (y == x)%:R) * psi k i (g^-1 • y)%g) : R).
{ by_definition. }
apply: eq_bigr => g _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k g * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_2_8 : \sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i (g^-1 • y)%g)) = \sum_(g : G) \sum_(k : K) D k g * psi k j (g^-1 • x)%g :> R.
Proof.
transitivity (\sum_(g : G) \sum_(k : K) D k g * (\sum_(y : X) (y == x)%:R * psi k j (g^-1 • y)%g) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k g * hole) _). apply: eq_bigr => y _. by_kron. }
apply: eq_bigr => g _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => D k g * hole) _). by_kron.
Qed.
(* definition of input_gradient *)
Lemma gradient_unique_2_9 : \sum_(g : G) \sum_(k : K) D k g * psi k j (g^-1 • x)%g = input_gradient1 X D psi j x :> R.
Proof.
by_definition.
Qed.
Theorem gradient_unique_2 : a j x = input_gradient1 X D psi j x :> R.
Proof. etransitivity; [exact: gradient_unique_2_1|]. etransitivity; [exact: gradient_unique_2_2|]. etransitivity; [exact: gradient_unique_2_3|]. etransitivity; [exact: gradient_unique_2_4|]. etransitivity; [exact: gradient_unique_2_5|]. etransitivity; [exact: gradient_unique_2_6|]. etransitivity; [exact: gradient_unique_2_7|]. etransitivity; [exact: gradient_unique_2_8|]. exact: gradient_unique_2_9. Qed.
End claim_gradient_unique_2.

(* the filter gradient is the only adjoint *)
Section claim_gradient_unique_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable c : K -> J -> X -> R.
Variable f : J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Hypothesis assumed1 : forall (psi : K -> J -> X -> R), \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * psi l i y = \sum_(g : G) \sum_(l : K) D l g * correlate1 X f psi l g :> R. (* <c, psi> = <D, f ⋆ psi> for all psi *)
Add Ring values : (values R).
(* Kronecker delta *)
Lemma gradient_unique_3_1 : c k j x = \sum_(y : X) (y == x)%:R * c k j y :> R.
Proof.
apply: esym. by_kron.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_3_2 : \sum_(y : X) (y == x)%:R * c k j y = \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * c k i y) :> R.
Proof.
apply: esym. apply: eq_bigr => y _. by_kron.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_3_3 : \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * c k i y) = \sum_(y : X) \sum_(i : J) \sum_(l : K) (l == k)%:R * ((i == j)%:R * ((y == x)%:R * c l i y)) :> R.
Proof.
apply: esym. apply: eq_bigr => y _. apply: eq_bigr => i _. by_kron.
Qed.
(* ring axioms *)
Lemma gradient_unique_3_4 : \sum_(y : X) \sum_(i : J) \sum_(l : K) (l == k)%:R * ((i == j)%:R * ((y == x)%:R * c l i y)) = \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * (((l == k)%:R * (i == j)%:R) * (y == x)%:R) :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. apply: eq_bigr => l _. by_ring R.
Qed.
(* read as a function *)
Lemma gradient_unique_3_5 : \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * (((l == k)%:R * (i == j)%:R) * (y == x)%:R) = \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l i y :> R.
Proof.
by_definition.
Qed.
(* <c, psi> = <D, f ⋆ psi> for all psi *)
Lemma gradient_unique_3_6 : \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l i y = \sum_(g : G) \sum_(l : K) D l g * correlate1 X f (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l g :> R.
Proof.
exact: (assumed1 (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R)).
Qed.
(* definition of correlate *)
Lemma gradient_unique_3_7 : \sum_(g : G) \sum_(l : K) D l g * correlate1 X f (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l g = \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) \sum_(i : J) f i y * (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l i (g^-1 • y)%g) :> R.
Proof.
by_definition.
Qed.
(* apply the function; ring axioms *)
Lemma gradient_unique_3_8 : \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) \sum_(i : J) f i y * (fun (q0 : K) (q1 : J) (q2 : X) => ((q0 == k)%:R * (q1 == j)%:R) * (q2 == x)%:R) l i (g^-1 • y)%g) = \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((g^-1 • y)%g == x)%:R * ((l == k)%:R * f i y))) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) \sum_(i : J) f i y * (((l == k)%:R * (i == j)%:R) * ((g^-1 • y)%g == x)%:R)) : R).
{ by_definition. }
apply: eq_bigr => g _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l g * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_3_9 : \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((g^-1 • y)%g == x)%:R * ((l == k)%:R * f i y))) = \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) ((g^-1 • y)%g == x)%:R * ((l == k)%:R * f j y)) :> R.
Proof.
apply: eq_bigr => g _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l g * hole) _). apply: eq_bigr => y _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma gradient_unique_3_10 : \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) ((g^-1 • y)%g == x)%:R * ((l == k)%:R * f j y)) = \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) (y == (g • x)%g)%:R * ((l == k)%:R * f j y)) :> R.
Proof.
apply: eq_bigr => g _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l g * hole) _). apply: eq_bigr => y _. refine (congr1 (fun hole : R => hole * ((l == k)%:R * f j y)) _). by_delta_points g.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_3_11 : \sum_(g : G) \sum_(l : K) D l g * (\sum_(y : X) (y == (g • x)%g)%:R * ((l == k)%:R * f j y)) = \sum_(g : G) \sum_(l : K) D l g * ((l == k)%:R * f j (g • x)%g) :> R.
Proof.
apply: eq_bigr => g _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l g * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma gradient_unique_3_12 : \sum_(g : G) \sum_(l : K) D l g * ((l == k)%:R * f j (g • x)%g) = \sum_(g : G) \sum_(l : K) (l == k)%:R * (D l g * f j (g • x)%g) :> R.
Proof.
apply: eq_bigr => g _. apply: eq_bigr => l _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma gradient_unique_3_13 : \sum_(g : G) \sum_(l : K) (l == k)%:R * (D l g * f j (g • x)%g) = \sum_(g : G) D k g * f j (g • x)%g :> R.
Proof.
apply: eq_bigr => g _. by_kron.
Qed.
(* definition of filter_gradient *)
Lemma gradient_unique_3_14 : \sum_(g : G) D k g * f j (g • x)%g = filter_gradient1 X D f k j x :> R.
Proof.
by_definition.
Qed.
Theorem gradient_unique_3 : c k j x = filter_gradient1 X D f k j x :> R.
Proof. etransitivity; [exact: gradient_unique_3_1|]. etransitivity; [exact: gradient_unique_3_2|]. etransitivity; [exact: gradient_unique_3_3|]. etransitivity; [exact: gradient_unique_3_4|]. etransitivity; [exact: gradient_unique_3_5|]. etransitivity; [exact: gradient_unique_3_6|]. etransitivity; [exact: gradient_unique_3_7|]. etransitivity; [exact: gradient_unique_3_8|]. etransitivity; [exact: gradient_unique_3_9|]. etransitivity; [exact: gradient_unique_3_10|]. etransitivity; [exact: gradient_unique_3_11|]. etransitivity; [exact: gradient_unique_3_12|]. etransitivity; [exact: gradient_unique_3_13|]. exact: gradient_unique_3_14. Qed.
End claim_gradient_unique_3.

Definition ok : Stmt_gradient_unique := conj (@gradient_unique_1) (conj (@gradient_unique_2) (@gradient_unique_3)).
Print Assumptions ok.
