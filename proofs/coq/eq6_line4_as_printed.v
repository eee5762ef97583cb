(* Made by gcalc from proofs/eq6_line4_as_printed.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* D_k ∗ f_j, if *)
Section claim_eq6_line4_as_printed_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
Hypothesis assumed1 : forall (x : G), ((x^-1)%g == x)%:R = 1 :> R. (* every element is its own inverse *)
Add Ring values : (values R).
(* definition of convolve *)
Lemma eq6_line4_as_printed_1_1 : convolve G (fun (h : G) => D k h) (fun (h : G) => f j h) g = \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma eq6_line4_as_printed_1_2 : \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g = \sum_(h : G) D k h * f j (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k h * (fun (h1 : G) => f j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* ring axioms *)
Lemma eq6_line4_as_printed_1_3 : \sum_(h : G) D k h * f j (h^-1 * g)%g = \sum_(h : G) D k h * (1 * f j (h^-1 * g)%g) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_ring R.
Qed.
(* every element is its own inverse *)
Lemma eq6_line4_as_printed_1_4 : \sum_(h : G) D k h * (1 * f j (h^-1 * g)%g) = \sum_(h : G) D k h * (((h^-1)%g == h)%:R * f j (h^-1 * g)%g) :> R.
Proof.
apply: esym. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * (hole * f j (h^-1 * g)%g)) _). exact: (assumed1 h).
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_1_5 : \sum_(h : G) D k h * (((h^-1)%g == h)%:R * f j (h^-1 * g)%g) = \sum_(h : G) D k h * (\sum_(m : G) (m == (h^-1)%g)%:R * ((m == h)%:R * f j (m * g)%g)) :> R.
Proof.
apply: esym. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma eq6_line4_as_printed_1_6 : \sum_(h : G) D k h * (\sum_(m : G) (m == (h^-1)%g)%:R * ((m == h)%:R * f j (m * g)%g)) = \sum_(h : G) D k h * (\sum_(m : G) (m == h)%:R * ((m == (h^-1)%g)%:R * f j (m * g)%g)) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => m _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_1_7 : \sum_(h : G) D k h * (\sum_(m : G) (m == h)%:R * ((m == (h^-1)%g)%:R * f j (m * g)%g)) = \sum_(h : G) D k h * ((h == (h^-1)%g)%:R * f j (h * g)%g) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_kron.
Qed.
(* solve for the summation variable *)
Lemma eq6_line4_as_printed_1_8 : \sum_(h : G) D k h * ((h == (h^-1)%g)%:R * f j (h * g)%g) = \sum_(h : G) D k h * (((h^-1)%g == h)%:R * f j (h * g)%g) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * (hole * f j (h * g)%g)) _). by_delta_words_swapped (1 : G)%g.
Qed.
(* every element is its own inverse; ring axioms *)
Lemma eq6_line4_as_printed_1_9 : \sum_(h : G) D k h * (((h^-1)%g == h)%:R * f j (h * g)%g) = \sum_(h : G) D k h * f j (h * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k h * (1 * f j (h * g)%g) : R).
{ apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * (hole * f j (h * g)%g)) _). exact: (assumed1 h). }
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_ring R.
Qed.
(* definition of filter_gradient *)
Lemma eq6_line4_as_printed_1_10 : \sum_(h : G) D k h * f j (h * g)%g = filter_gradient1 (regular G) D f k j g :> R.
Proof.
by_definition.
Qed.
Theorem eq6_line4_as_printed_1 : convolve G (fun (h : G) => D k h) (fun (h : G) => f j h) g = filter_gradient1 (regular G) D f k j g :> R.
Proof. etransitivity; [exact: eq6_line4_as_printed_1_1|]. etransitivity; [exact: eq6_line4_as_printed_1_2|]. etransitivity; [exact: eq6_line4_as_printed_1_3|]. etransitivity; [exact: eq6_line4_as_printed_1_4|]. etransitivity; [exact: eq6_line4_as_printed_1_5|]. etransitivity; [exact: eq6_line4_as_printed_1_6|]. etransitivity; [exact: eq6_line4_as_printed_1_7|]. etransitivity; [exact: eq6_line4_as_printed_1_8|]. etransitivity; [exact: eq6_line4_as_printed_1_9|]. exact: eq6_line4_as_printed_1_10. Qed.
End claim_eq6_line4_as_printed_1.

(* D_k ∗ f_j, only if *)
Section claim_eq6_line4_as_printed_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable j : J.
Variable k : K.
Variable x : G.
Hypothesis assumed1 : forall (D : K -> G -> R) (f : J -> G -> R) (k1 : K) (j1 : J) (g : G), convolve G (fun (h : G) => D k1 h) (fun (h : G) => f j1 h) g = filter_gradient1 (regular G) D f k1 j1 g :> R. (* line 4 holds for all D, f *)
Add Ring values : (values R).
(* group axioms *)
Lemma eq6_line4_as_printed_2_1 : ((x^-1)%g == x)%:R = ((x^-1 * (1 : G))%g == x)%:R :> R.
Proof.
refine (congr1 (fun hole : G => (hole == x)%:R) _). by_word.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_2_2 : ((x^-1 * (1 : G))%g == x)%:R = \sum_(h : G) (h == x)%:R * ((h^-1 * (1 : G))%g == x)%:R :> R.
Proof.
apply: esym. by_kron.
Qed.
(* read as a function *)
Lemma eq6_line4_as_printed_2_3 : \sum_(h : G) (h == x)%:R * ((h^-1 * (1 : G))%g == x)%:R = \sum_(h : G) (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) h * (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == x)%:R) j h1) (h^-1 * (1 : G))%g :> R.
Proof.
transitivity (\sum_(h : G) (h == x)%:R * (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j (h^-1 * (1 : G))%g : R).
{ by_definition. }
transitivity (\sum_(h : G) (h == x)%:R * (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == x)%:R) j h1) (h^-1 * (1 : G))%g : R).
{ by_definition. }
transitivity (\sum_(h : G) (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h * (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == x)%:R) j h1) (h^-1 * (1 : G))%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of convolve *)
Lemma eq6_line4_as_printed_2_4 : \sum_(h : G) (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) h * (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == x)%:R) j h1) (h^-1 * (1 : G))%g = convolve G (fun (h : G) => (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h) (fun (h : G) => (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j h) (1 : G)%g :> R.
Proof.
by_definition.
Qed.
(* line 4 holds for all D, f *)
Lemma eq6_line4_as_printed_2_5 : convolve G (fun (h : G) => (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h) (fun (h : G) => (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j h) (1 : G)%g = filter_gradient1 (regular G) (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == x)%:R) k j (1 : G)%g :> R.
Proof.
exact: (assumed1 (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == x)%:R) k j (1 : G)%g).
Qed.
(* definition of filter_gradient *)
Lemma eq6_line4_as_printed_2_6 : filter_gradient1 (regular G) (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == x)%:R) k j (1 : G)%g = \sum_(h : G) (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h * (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j (h * (1 : G))%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma eq6_line4_as_printed_2_7 : \sum_(h : G) (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h * (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j (h * (1 : G))%g = \sum_(h : G) (h == x)%:R * ((h * (1 : G))%g == x)%:R :> R.
Proof.
transitivity (\sum_(h : G) (h == x)%:R * (fun (j1 : J) (h1 : G) => (h1 == x)%:R) j (h * (1 : G))%g : R).
{ by_definition. }
by_definition.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_2_8 : \sum_(h : G) (h == x)%:R * ((h * (1 : G))%g == x)%:R = ((x * (1 : G))%g == x)%:R :> R.
Proof.
by_kron.
Qed.
(* δ(a, a) = 1 *)
Lemma eq6_line4_as_printed_2_9 : ((x * (1 : G))%g == x)%:R = 1 :> R.
Proof.
by_delta_one.
Qed.
Theorem eq6_line4_as_printed_2 : ((x^-1)%g == x)%:R = 1 :> R.
Proof. etransitivity; [exact: eq6_line4_as_printed_2_1|]. etransitivity; [exact: eq6_line4_as_printed_2_2|]. etransitivity; [exact: eq6_line4_as_printed_2_3|]. etransitivity; [exact: eq6_line4_as_printed_2_4|]. etransitivity; [exact: eq6_line4_as_printed_2_5|]. etransitivity; [exact: eq6_line4_as_printed_2_6|]. etransitivity; [exact: eq6_line4_as_printed_2_7|]. etransitivity; [exact: eq6_line4_as_printed_2_8|]. exact: eq6_line4_as_printed_2_9. Qed.
End claim_eq6_line4_as_printed_2.

(* f_j ⋆ D_k, if *)
Section claim_eq6_line4_as_printed_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
Hypothesis assumed1 : forall (x : G) (y : G), ((x * y)%g == (y * x)%g)%:R = 1 :> R. (* G is abelian *)
Add Ring values : (values R).
(* definition of correlate *)
Lemma eq6_line4_as_printed_3_1 : correlate (regular G) (fun (h : G) => f j h) (fun (h : G) => D k h) g = \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => D k h1) (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma eq6_line4_as_printed_3_2 : \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => D k h1) (g^-1 * h)%g = \sum_(h : G) f j h * D k (g^-1 * h)%g :> R.
Proof.
transitivity (\sum_(h : G) f j h * (fun (h1 : G) => D k h1) (g^-1 * h)%g : R).
{ by_definition. }
by_definition.
Qed.
(* reindex h → gh; group axioms *)
Lemma eq6_line4_as_printed_3_3 : \sum_(h : G) f j h * D k (g^-1 * h)%g = \sum_(h : G) f j (g * h)%g * D k h :> R.
Proof.
transitivity (\sum_(h : G) f j (g * h)%g * D k (g^-1 * (g * h))%g : R).
{ exact: (reindex_left g). }
apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j (g * h)%g * D k hole) _). by_word.
Qed.
(* ring axioms *)
Lemma eq6_line4_as_printed_3_4 : \sum_(h : G) f j (g * h)%g * D k h = \sum_(h : G) D k h * (1 * f j (g * h)%g) :> R.
Proof.
apply: eq_bigr => h _. by_ring R.
Qed.
(* G is abelian *)
Lemma eq6_line4_as_printed_3_5 : \sum_(h : G) D k h * (1 * f j (g * h)%g) = \sum_(h : G) D k h * (((g * h)%g == (h * g)%g)%:R * f j (g * h)%g) :> R.
Proof.
apply: esym. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * (hole * f j (g * h)%g)) _). exact: (assumed1 g h).
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_3_6 : \sum_(h : G) D k h * (((g * h)%g == (h * g)%g)%:R * f j (g * h)%g) = \sum_(h : G) D k h * (\sum_(m : G) (m == (g * h)%g)%:R * ((m == (h * g)%g)%:R * f j m)) :> R.
Proof.
apply: esym. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma eq6_line4_as_printed_3_7 : \sum_(h : G) D k h * (\sum_(m : G) (m == (g * h)%g)%:R * ((m == (h * g)%g)%:R * f j m)) = \sum_(h : G) D k h * (\sum_(m : G) (m == (h * g)%g)%:R * ((m == (g * h)%g)%:R * f j m)) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => m _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_3_8 : \sum_(h : G) D k h * (\sum_(m : G) (m == (h * g)%g)%:R * ((m == (g * h)%g)%:R * f j m)) = \sum_(h : G) D k h * (((h * g)%g == (g * h)%g)%:R * f j (h * g)%g) :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_kron.
Qed.
(* G is abelian; ring axioms *)
Lemma eq6_line4_as_printed_3_9 : \sum_(h : G) D k h * (((h * g)%g == (g * h)%g)%:R * f j (h * g)%g) = \sum_(h : G) D k h * f j (h * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k h * (1 * f j (h * g)%g) : R).
{ apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * (hole * f j (h * g)%g)) _). exact: (assumed1 h g). }
apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). by_ring R.
Qed.
(* definition of filter_gradient *)
Lemma eq6_line4_as_printed_3_10 : \sum_(h : G) D k h * f j (h * g)%g = filter_gradient1 (regular G) D f k j g :> R.
Proof.
by_definition.
Qed.
Theorem eq6_line4_as_printed_3 : correlate (regular G) (fun (h : G) => f j h) (fun (h : G) => D k h) g = filter_gradient1 (regular G) D f k j g :> R.
Proof. etransitivity; [exact: eq6_line4_as_printed_3_1|]. etransitivity; [exact: eq6_line4_as_printed_3_2|]. etransitivity; [exact: eq6_line4_as_printed_3_3|]. etransitivity; [exact: eq6_line4_as_printed_3_4|]. etransitivity; [exact: eq6_line4_as_printed_3_5|]. etransitivity; [exact: eq6_line4_as_printed_3_6|]. etransitivity; [exact: eq6_line4_as_printed_3_7|]. etransitivity; [exact: eq6_line4_as_printed_3_8|]. etransitivity; [exact: eq6_line4_as_printed_3_9|]. exact: eq6_line4_as_printed_3_10. Qed.
End claim_eq6_line4_as_printed_3.

(* f_j ⋆ D_k, only if *)
Section claim_eq6_line4_as_printed_4.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable j : J.
Variable k : K.
Variable x : G.
Variable y : G.
Hypothesis assumed1 : forall (D : K -> G -> R) (f : J -> G -> R) (k1 : K) (j1 : J) (g : G), correlate (regular G) (fun (h : G) => f j1 h) (fun (h : G) => D k1 h) g = filter_gradient1 (regular G) D f k1 j1 g :> R. (* f_j ⋆ D_k is the gradient for all D, f *)
Add Ring values : (values R).
(* solve for the summation variable *)
Lemma eq6_line4_as_printed_4_1 : ((x * y)%g == (y * x)%g)%:R = ((y^-1 * (x * y))%g == x)%:R :> R.
Proof.
by_delta_words (1 : G)%g.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_4_2 : ((y^-1 * (x * y))%g == x)%:R = \sum_(h : G) (h == (x * y)%g)%:R * ((y^-1 * h)%g == x)%:R :> R.
Proof.
apply: esym. by_kron.
Qed.
(* read as a function *)
Lemma eq6_line4_as_printed_4_3 : \sum_(h : G) (h == (x * y)%g)%:R * ((y^-1 * h)%g == x)%:R = \sum_(h : G) (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == (x * y)%g)%:R) j h1) h * (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) (y^-1 * h)%g :> R.
Proof.
transitivity (\sum_(h : G) (h == (x * y)%g)%:R * (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k (y^-1 * h)%g : R).
{ by_definition. }
transitivity (\sum_(h : G) (h == (x * y)%g)%:R * (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) (y^-1 * h)%g : R).
{ by_definition. }
transitivity (\sum_(h : G) (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j h * (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) (y^-1 * h)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of correlate *)
Lemma eq6_line4_as_printed_4_4 : \sum_(h : G) (fun (h1 : G) => (fun (j1 : J) (h : G) => (h == (x * y)%g)%:R) j h1) h * (fun (h1 : G) => (fun (k1 : K) (h : G) => (h == x)%:R) k h1) (y^-1 * h)%g = correlate (regular G) (fun (h : G) => (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j h) (fun (h : G) => (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h) y :> R.
Proof.
by_definition.
Qed.
(* f_j ⋆ D_k is the gradient for all D, f *)
Lemma eq6_line4_as_printed_4_5 : correlate (regular G) (fun (h : G) => (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j h) (fun (h : G) => (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h) y = filter_gradient1 (regular G) (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == (x * y)%g)%:R) k j y :> R.
Proof.
exact: (assumed1 (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == (x * y)%g)%:R) k j y).
Qed.
(* definition of filter_gradient *)
Lemma eq6_line4_as_printed_4_6 : filter_gradient1 (regular G) (fun (k1 : K) (h : G) => (h == x)%:R) (fun (j1 : J) (h : G) => (h == (x * y)%g)%:R) k j y = \sum_(h : G) (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h * (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j (h * y)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma eq6_line4_as_printed_4_7 : \sum_(h : G) (fun (k1 : K) (h1 : G) => (h1 == x)%:R) k h * (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j (h * y)%g = \sum_(h : G) (h == x)%:R * ((h * y)%g == (x * y)%g)%:R :> R.
Proof.
transitivity (\sum_(h : G) (h == x)%:R * (fun (j1 : J) (h1 : G) => (h1 == (x * y)%g)%:R) j (h * y)%g : R).
{ by_definition. }
by_definition.
Qed.
(* Kronecker delta *)
Lemma eq6_line4_as_printed_4_8 : \sum_(h : G) (h == x)%:R * ((h * y)%g == (x * y)%g)%:R = ((x * y)%g == (x * y)%g)%:R :> R.
Proof.
by_kron.
Qed.
(* δ(a, a) = 1 *)
Lemma eq6_line4_as_printed_4_9 : ((x * y)%g == (x * y)%g)%:R = 1 :> R.
Proof.
by_delta_one.
Qed.
Theorem eq6_line4_as_printed_4 : ((x * y)%g == (y * x)%g)%:R = 1 :> R.
Proof. etransitivity; [exact: eq6_line4_as_printed_4_1|]. etransitivity; [exact: eq6_line4_as_printed_4_2|]. etransitivity; [exact: eq6_line4_as_printed_4_3|]. etransitivity; [exact: eq6_line4_as_printed_4_4|]. etransitivity; [exact: eq6_line4_as_printed_4_5|]. etransitivity; [exact: eq6_line4_as_printed_4_6|]. etransitivity; [exact: eq6_line4_as_printed_4_7|]. etransitivity; [exact: eq6_line4_as_printed_4_8|]. exact: eq6_line4_as_printed_4_9. Qed.
End claim_eq6_line4_as_printed_4.

Definition ok : Stmt_eq6_line4_as_printed := conj (@eq6_line4_as_printed_1) (conj (@eq6_line4_as_printed_2) (conj (@eq6_line4_as_printed_3) (@eq6_line4_as_printed_4))).
Print Assumptions ok.
