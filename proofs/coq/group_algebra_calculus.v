(* Made by gcalc from proofs/group_algebra_calculus.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* L_u f = u f *)
Section claim_group_algebra_calculus_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable g : G.
Variable u : G.
Add Ring values : (values R).
(* definition of left_translate *)
Lemma group_algebra_calculus_1_1 : left_translate (regular G) u a g = a (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* Kronecker delta *)
Lemma group_algebra_calculus_1_2 : a (u^-1 * g)%g = \sum_(h : G) (h == u)%:R * a (h^-1 * g)%g :> R.
Proof.
apply: esym. by_kron.
Qed.
(* read as a function *)
Lemma group_algebra_calculus_1_3 : \sum_(h : G) (h == u)%:R * a (h^-1 * g)%g = \sum_(h : G) (fun (q0 : G) => (q0 == u)%:R) h * a (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_1_4 : \sum_(h : G) (fun (q0 : G) => (q0 == u)%:R) h * a (h^-1 * g)%g = convolve G (fun (q0 : G) => (q0 == u)%:R) a g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_1 : left_translate (regular G) u a g = convolve G (fun (q0 : G) => (q0 == u)%:R) a g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_1_1|]. etransitivity; [exact: group_algebra_calculus_1_2|]. etransitivity; [exact: group_algebra_calculus_1_3|]. exact: group_algebra_calculus_1_4. Qed.
End claim_group_algebra_calculus_1.

(* (a b)* = b* a* *)
Section claim_group_algebra_calculus_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable b : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of involution *)
Lemma group_algebra_calculus_2_1 : involution G (convolve G a b) g = convolve G a b (g^-1)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_2_2 : convolve G a b (g^-1)%g = \sum_(h : G) a h * b (h^-1 * g^-1)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → g⁻¹h *)
Lemma group_algebra_calculus_2_3 : \sum_(h : G) a h * b (h^-1 * g^-1)%g = \sum_(h : G) a (g^-1 * h)%g * b ((g^-1 * h)^-1 * g^-1)%g :> R.
Proof.
exact: (reindex_left (g^-1)%g).
Qed.
(* group axioms *)
Lemma group_algebra_calculus_2_4 : \sum_(h : G) a (g^-1 * h)%g * b ((g^-1 * h)^-1 * g^-1)%g = \sum_(h : G) a ((h^-1 * g)^-1)%g * b (h^-1)%g :> R.
Proof.
transitivity (\sum_(h : G) a ((h^-1 * g)^-1)%g * b ((g^-1 * h)^-1 * g^-1)%g : R).
{ apply: eq_bigr => h _. refine (congr1 (fun hole : G => a hole * b ((g^-1 * h)^-1 * g^-1)%g) _). by_word. }
apply: eq_bigr => h _. refine (congr1 (fun hole : G => a ((h^-1 * g)^-1)%g * b hole) _). by_word.
Qed.
(* ring axioms *)
Lemma group_algebra_calculus_2_5 : \sum_(h : G) a ((h^-1 * g)^-1)%g * b (h^-1)%g = \sum_(h : G) b (h^-1)%g * a ((h^-1 * g)^-1)%g :> R.
Proof.
apply: eq_bigr => h _. by_ring R.
Qed.
(* definition of involution *)
Lemma group_algebra_calculus_2_6 : \sum_(h : G) b (h^-1)%g * a ((h^-1 * g)^-1)%g = \sum_(h : G) involution G b h * involution G a (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(h : G) b (h^-1)%g * involution G a (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_2_7 : \sum_(h : G) involution G b h * involution G a (h^-1 * g)%g = convolve G (involution G b) (involution G a) g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_2 : involution G (convolve G a b) g = convolve G (involution G b) (involution G a) g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_2_1|]. etransitivity; [exact: group_algebra_calculus_2_2|]. etransitivity; [exact: group_algebra_calculus_2_3|]. etransitivity; [exact: group_algebra_calculus_2_4|]. etransitivity; [exact: group_algebra_calculus_2_5|]. etransitivity; [exact: group_algebra_calculus_2_6|]. exact: group_algebra_calculus_2_7. Qed.
End claim_group_algebra_calculus_2.

(* (a b) c = a (b c) *)
Section claim_group_algebra_calculus_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable b : G -> R.
Variable c : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of convolve *)
Lemma group_algebra_calculus_3_1 : convolve G (convolve G a b) c g = \sum_(h : G) convolve G a b h * c (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_3_2 : \sum_(h : G) convolve G a b h * c (h^-1 * g)%g = \sum_(h : G) (\sum_(m : G) a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma group_algebra_calculus_3_3 : \sum_(h : G) (\sum_(m : G) a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(h : G) \sum_(m : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
apply: eq_bigr => h _. by_factor.
Qed.
(* exchange the sums *)
Lemma group_algebra_calculus_3_4 : \sum_(h : G) \sum_(m : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
by_exchange.
Qed.
(* reindex h → mh *)
Lemma group_algebra_calculus_3_5 : \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * (m * h))%g) * c ((m * h)^-1 * g)%g :> R.
Proof.
apply: eq_bigr => m _. exact: (reindex_left m).
Qed.
(* group axioms *)
Lemma group_algebra_calculus_3_6 : \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * (m * h))%g) * c ((m * h)^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b h) * c (h^-1 * (m^-1 * g))%g :> R.
Proof.
transitivity (\sum_(m : G) \sum_(h : G) (a m * b h) * c ((m * h)^-1 * g)%g : R).
{ apply: eq_bigr => m _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => (a m * b hole) * c ((m * h)^-1 * g)%g) _). by_word. }
apply: eq_bigr => m _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => (a m * b h) * c hole) _). by_word.
Qed.
(* ring axioms *)
Lemma group_algebra_calculus_3_7 : \sum_(m : G) \sum_(h : G) (a m * b h) * c (h^-1 * (m^-1 * g))%g = \sum_(m : G) \sum_(h : G) a m * (b h * c (h^-1 * (m^-1 * g))%g) :> R.
Proof.
apply: eq_bigr => m _. apply: eq_bigr => h _. by_ring R.
Qed.
(* distributivity *)
Lemma group_algebra_calculus_3_8 : \sum_(m : G) \sum_(h : G) a m * (b h * c (h^-1 * (m^-1 * g))%g) = \sum_(m : G) a m * (\sum_(h : G) b h * c (h^-1 * (m^-1 * g))%g) :> R.
Proof.
apply: esym. apply: eq_bigr => m _. by_factor.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_3_9 : \sum_(m : G) a m * (\sum_(h : G) b h * c (h^-1 * (m^-1 * g))%g) = \sum_(m : G) a m * convolve G b c (m^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_3_10 : \sum_(m : G) a m * convolve G b c (m^-1 * g)%g = convolve G a (convolve G b c) g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_3 : convolve G (convolve G a b) c g = convolve G a (convolve G b c) g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_3_1|]. etransitivity; [exact: group_algebra_calculus_3_2|]. etransitivity; [exact: group_algebra_calculus_3_3|]. etransitivity; [exact: group_algebra_calculus_3_4|]. etransitivity; [exact: group_algebra_calculus_3_5|]. etransitivity; [exact: group_algebra_calculus_3_6|]. etransitivity; [exact: group_algebra_calculus_3_7|]. etransitivity; [exact: group_algebra_calculus_3_8|]. etransitivity; [exact: group_algebra_calculus_3_9|]. exact: group_algebra_calculus_3_10. Qed.
End claim_group_algebra_calculus_3.

(* Y = F Psi† *)
Section claim_group_algebra_calculus_4.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable f : J -> G -> R.
Variable psi : K -> J -> G -> R.
Variable g : G.
Variable k : K.
Add Ring values : (values R).
(* definition of correlate *)
Lemma group_algebra_calculus_4_1 : correlate1 (regular G) f psi k g = \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma group_algebra_calculus_4_2 : \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_exchange.
Qed.
(* group axioms *)
Lemma group_algebra_calculus_4_3 : \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g :> R.
Proof.
apply: eq_bigr => j _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j h * psi k j hole) _). by_word.
Qed.
(* read as a function *)
Lemma group_algebra_calculus_4_4 : \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g :> R.
Proof.
transitivity (\sum_(j : J) \sum_(h : G) f j h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma group_algebra_calculus_4_5 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_4_6 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_4 : correlate1 (regular G) f psi k g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_4_1|]. etransitivity; [exact: group_algebra_calculus_4_2|]. etransitivity; [exact: group_algebra_calculus_4_3|]. etransitivity; [exact: group_algebra_calculus_4_4|]. etransitivity; [exact: group_algebra_calculus_4_5|]. exact: group_algebra_calculus_4_6. Qed.
End claim_group_algebra_calculus_4.

(* dL/dF = D Psi *)
Section claim_group_algebra_calculus_5.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable Psi : K -> J -> G -> R.
Variable g : G.
Variable j : J.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma group_algebra_calculus_5_1 : input_gradient1 (regular G) D Psi j g = \sum_(h : G) \sum_(k : K) D k h * Psi k j (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma group_algebra_calculus_5_2 : \sum_(h : G) \sum_(k : K) D k h * Psi k j (h^-1 * g)%g = \sum_(k : K) \sum_(h : G) D k h * Psi k j (h^-1 * g)%g :> R.
Proof.
by_exchange.
Qed.
(* read as a function *)
Lemma group_algebra_calculus_5_3 : \sum_(k : K) \sum_(h : G) D k h * Psi k j (h^-1 * g)%g = \sum_(k : K) \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) D k h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_5_4 : \sum_(k : K) \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g = \sum_(k : K) convolve G (fun (h : G) => D k h) (fun (h : G) => Psi k j h) g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_5 : input_gradient1 (regular G) D Psi j g = \sum_(k : K) convolve G (fun (h : G) => D k h) (fun (h : G) => Psi k j h) g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_5_1|]. etransitivity; [exact: group_algebra_calculus_5_2|]. etransitivity; [exact: group_algebra_calculus_5_3|]. exact: group_algebra_calculus_5_4. Qed.
End claim_group_algebra_calculus_5.

(* dL/dPsi = D† F *)
Section claim_group_algebra_calculus_6.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma group_algebra_calculus_6_1 : filter_gradient1 (regular G) D f k j g = \sum_(h : G) D k h * f j (h * g)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → h⁻¹ *)
Lemma group_algebra_calculus_6_2 : \sum_(h : G) D k h * f j (h * g)%g = \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g :> R.
Proof.
exact: reindex_inverse.
Qed.
(* read as a function *)
Lemma group_algebra_calculus_6_3 : \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g = \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma group_algebra_calculus_6_4 : \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g = \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma group_algebra_calculus_6_5 : \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_6 : filter_gradient1 (regular G) D f k j g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_6_1|]. etransitivity; [exact: group_algebra_calculus_6_2|]. etransitivity; [exact: group_algebra_calculus_6_3|]. etransitivity; [exact: group_algebra_calculus_6_4|]. exact: group_algebra_calculus_6_5. Qed.
End claim_group_algebra_calculus_6.

(* (u f) ⋆ psi = u (f ⋆ psi) *)
Section claim_group_algebra_calculus_7.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Variable u : G.
Add Ring values : (values R).
(* definition of correlate *)
Lemma group_algebra_calculus_7_1 : correlate1 X (left_translate1 X u f) psi k g = \sum_(x : X) \sum_(j : J) left_translate1 X u f j x * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma group_algebra_calculus_7_2 : \sum_(x : X) \sum_(j : J) left_translate1 X u f j x * psi k j (g^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* reindex x → ux *)
Lemma group_algebra_calculus_7_3 : \sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j (u^-1 • (u • x))%g * psi k j (g^-1 • (u • x))%g :> R.
Proof.
exact: (reindex_act X u).
Qed.
(* group axioms *)
Lemma group_algebra_calculus_7_4 : \sum_(x : X) \sum_(j : J) f j (u^-1 • (u • x))%g * psi k j (g^-1 • (u • x))%g = \sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • (u • x))%g : R).
{ apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j hole * psi k j (g^-1 • (u • x))%g) _). by_word. }
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma group_algebra_calculus_7_5 : \sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g = correlate1 X f psi k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma group_algebra_calculus_7_6 : correlate1 X f psi k (u^-1 * g)%g = left_translate1 (regular G) u (correlate1 X f psi) k g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_7 : correlate1 X (left_translate1 X u f) psi k g = left_translate1 (regular G) u (correlate1 X f psi) k g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_7_1|]. etransitivity; [exact: group_algebra_calculus_7_2|]. etransitivity; [exact: group_algebra_calculus_7_3|]. etransitivity; [exact: group_algebra_calculus_7_4|]. etransitivity; [exact: group_algebra_calculus_7_5|]. exact: group_algebra_calculus_7_6. Qed.
End claim_group_algebra_calculus_7.

(* f ⋆ (u psi) = (f ⋆ psi) u⁻¹ *)
Section claim_group_algebra_calculus_8.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Variable u : G.
Add Ring values : (values R).
(* definition of correlate *)
Lemma group_algebra_calculus_8_1 : correlate1 X f (left_translate2 X u psi) k g = \sum_(x : X) \sum_(j : J) f j x * left_translate2 X u psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma group_algebra_calculus_8_2 : \sum_(x : X) \sum_(j : J) f j x * left_translate2 X u psi k j (g^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j x * psi k j (u^-1 • (g^-1 • x))%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma group_algebra_calculus_8_3 : \sum_(x : X) \sum_(j : J) f j x * psi k j (u^-1 • (g^-1 • x))%g = \sum_(x : X) \sum_(j : J) f j x * psi k j ((g * u)^-1 • x)%g :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma group_algebra_calculus_8_4 : \sum_(x : X) \sum_(j : J) f j x * psi k j ((g * u)^-1 • x)%g = correlate1 X f psi k (g * u)%g :> R.
Proof.
by_definition.
Qed.
Theorem group_algebra_calculus_8 : correlate1 X f (left_translate2 X u psi) k g = correlate1 X f psi k (g * u)%g :> R.
Proof. etransitivity; [exact: group_algebra_calculus_8_1|]. etransitivity; [exact: group_algebra_calculus_8_2|]. etransitivity; [exact: group_algebra_calculus_8_3|]. exact: group_algebra_calculus_8_4. Qed.
End claim_group_algebra_calculus_8.

Definition ok : Stmt_group_algebra_calculus := conj (@group_algebra_calculus_1) (conj (@group_algebra_calculus_2) (conj (@group_algebra_calculus_3) (conj (@group_algebra_calculus_4) (conj (@group_algebra_calculus_5) (conj (@group_algebra_calculus_6) (conj (@group_algebra_calculus_7) (@group_algebra_calculus_8))))))).
Print Assumptions ok.
