(* Made by gcalc from proofs/eq6.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* chain rule *)
Section claim_eq6_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Variable d_psi : K -> J -> X -> derivation R.
Hypothesis d_psi_D : forall p0 p1 p2 q0 q1, d_psi p0 p1 p2 (D q0 q1) = 0.
Hypothesis d_psi_f : forall p0 p1 p2 q0 q1, d_psi p0 p1 p2 (f q0 q1) = 0.
Hypothesis d_psi_psi : forall p0 p1 p2 q0 q1 q2, d_psi p0 p1 p2 (psi q0 q1 q2) = (q0 == p0)%:R * (q1 == p1)%:R * (q2 == p2)%:R.
Add Ring values : (values R).
(* definition of correlate *)
Lemma eq6_1_1 : \sum_(h : G) \sum_(l : K) D l h * d_psi k j x (correlate1 X f psi l h) = \sum_(h : G) \sum_(l : K) D l h * d_psi k j x (\sum_(y : X) \sum_(i : J) f i y * psi l i (h^-1 • y)%g) :> R.
Proof.
by_definition.
Qed.
(* ∂ is linear and a derivation; ring axioms *)
Lemma eq6_1_2 : \sum_(h : G) \sum_(l : K) D l h * d_psi k j x (\sum_(y : X) \sum_(i : J) f i y * psi l i (h^-1 • y)%g) = \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((h^-1 • y)%g == x)%:R * ((l == k)%:R * f i y))) :> R.
Proof.
transitivity (\sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) d_psi k j x (\sum_(i : J) f i y * psi l i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). by_derivative. }
transitivity (\sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) d_psi k j x (f i y * psi l i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. by_derivative. }
transitivity (\sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) ((d_psi k j x (f i y) * psi l i (h^-1 • y)%g) + (f i y * d_psi k j x (psi l i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_derivative. }
transitivity (\sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) ((0 * psi l i (h^-1 • y)%g) + (f i y * d_psi k j x (psi l i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (hole * psi l i (h^-1 • y)%g) + (f i y * d_psi k j x (psi l i (h^-1 • y)%g))) _). exact: d_psi_f. }
transitivity (\sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) ((0 * psi l i (h^-1 • y)%g) + (f i y * (((l == k)%:R * (i == j)%:R) * ((h^-1 • y)%g == x)%:R)))) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (0 * psi l i (h^-1 • y)%g) + (f i y * hole)) _). exact: d_psi_psi. }
apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_1_3 : \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((h^-1 • y)%g == x)%:R * ((l == k)%:R * f i y))) = \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) ((h^-1 • y)%g == x)%:R * ((l == k)%:R * f j y)) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma eq6_1_4 : \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) ((h^-1 • y)%g == x)%:R * ((l == k)%:R * f j y)) = \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) (y == (h • x)%g)%:R * ((l == k)%:R * f j y)) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). apply: eq_bigr => y _. refine (congr1 (fun hole : R => hole * ((l == k)%:R * f j y)) _). by_delta_points h.
Qed.
(* Kronecker delta *)
Lemma eq6_1_5 : \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : X) (y == (h • x)%g)%:R * ((l == k)%:R * f j y)) = \sum_(h : G) \sum_(l : K) D l h * ((l == k)%:R * f j (h • x)%g) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma eq6_1_6 : \sum_(h : G) \sum_(l : K) D l h * ((l == k)%:R * f j (h • x)%g) = \sum_(h : G) \sum_(l : K) (l == k)%:R * (D l h * f j (h • x)%g) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_1_7 : \sum_(h : G) \sum_(l : K) (l == k)%:R * (D l h * f j (h • x)%g) = \sum_(h : G) D k h * f j (h • x)%g :> R.
Proof.
apply: eq_bigr => h _. by_kron.
Qed.
(* definition of filter_gradient *)
Lemma eq6_1_8 : \sum_(h : G) D k h * f j (h • x)%g = filter_gradient1 X D f k j x :> R.
Proof.
by_definition.
Qed.
Theorem eq6_1 : \sum_(h : G) \sum_(l : K) D l h * d_psi k j x (correlate1 X f psi l h) = filter_gradient1 X D f k j x :> R.
Proof. etransitivity; [exact: eq6_1_1|]. etransitivity; [exact: eq6_1_2|]. etransitivity; [exact: eq6_1_3|]. etransitivity; [exact: eq6_1_4|]. etransitivity; [exact: eq6_1_5|]. etransitivity; [exact: eq6_1_6|]. etransitivity; [exact: eq6_1_7|]. exact: eq6_1_8. Qed.
End claim_eq6_1.

(* closing line *)
Section claim_eq6_2.
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
Lemma eq6_2_1 : filter_gradient1 (regular G) D f k j g = \sum_(h : G) D k h * f j (h * g)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → h⁻¹ *)
Lemma eq6_2_2 : \sum_(h : G) D k h * f j (h * g)%g = \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g :> R.
Proof.
exact: reindex_inverse.
Qed.
(* read as a function *)
Lemma eq6_2_3 : \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g = \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma eq6_2_4 : \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g = \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma eq6_2_5 : \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof.
by_definition.
Qed.
Theorem eq6_2 : filter_gradient1 (regular G) D f k j g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof. etransitivity; [exact: eq6_2_1|]. etransitivity; [exact: eq6_2_2|]. etransitivity; [exact: eq6_2_3|]. etransitivity; [exact: eq6_2_4|]. exact: eq6_2_5. Qed.
End claim_eq6_2.

(* batch *)
Section claim_eq6_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable D : B -> K -> G -> R.
Variable f : B -> J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Variable d_psi : K -> J -> X -> derivation R.
Hypothesis d_psi_D : forall p0 p1 p2 q0 q1 q2, d_psi p0 p1 p2 (D q0 q1 q2) = 0.
Hypothesis d_psi_f : forall p0 p1 p2 q0 q1 q2, d_psi p0 p1 p2 (f q0 q1 q2) = 0.
Hypothesis d_psi_psi : forall p0 p1 p2 q0 q1 q2, d_psi p0 p1 p2 (psi q0 q1 q2) = (q0 == p0)%:R * (q1 == p1)%:R * (q2 == p2)%:R.
Add Ring values : (values R).
(* definition of correlate *)
Lemma eq6_3_1 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * d_psi k j x (correlate2 X f psi b l h) = \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * d_psi k j x (\sum_(y : X) \sum_(i : J) f b i y * psi l i (h^-1 • y)%g) :> R.
Proof.
by_definition.
Qed.
(* ∂ is linear and a derivation; ring axioms *)
Lemma eq6_3_2 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * d_psi k j x (\sum_(y : X) \sum_(i : J) f b i y * psi l i (h^-1 • y)%g) = \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((h^-1 • y)%g == x)%:R * ((l == k)%:R * f b i y))) :> R.
Proof.
transitivity (\sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) d_psi k j x (\sum_(i : J) f b i y * psi l i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). by_derivative. }
transitivity (\sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) d_psi k j x (f b i y * psi l i (h^-1 • y)%g)) : R).
{ apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. by_derivative. }
transitivity (\sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) ((d_psi k j x (f b i y) * psi l i (h^-1 • y)%g) + (f b i y * d_psi k j x (psi l i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_derivative. }
transitivity (\sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) ((0 * psi l i (h^-1 • y)%g) + (f b i y * d_psi k j x (psi l i (h^-1 • y)%g)))) : R).
{ apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (hole * psi l i (h^-1 • y)%g) + (f b i y * d_psi k j x (psi l i (h^-1 • y)%g))) _). exact: d_psi_f. }
transitivity (\sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) ((0 * psi l i (h^-1 • y)%g) + (f b i y * (((l == k)%:R * (i == j)%:R) * ((h^-1 • y)%g == x)%:R)))) : R).
{ apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (0 * psi l i (h^-1 • y)%g) + (f b i y * hole)) _). exact: d_psi_psi. }
apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_3_3 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) \sum_(i : J) (i == j)%:R * (((h^-1 • y)%g == x)%:R * ((l == k)%:R * f b i y))) = \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) ((h^-1 • y)%g == x)%:R * ((l == k)%:R * f b j y)) :> R.
Proof.
apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma eq6_3_4 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) ((h^-1 • y)%g == x)%:R * ((l == k)%:R * f b j y)) = \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) (y == (h • x)%g)%:R * ((l == k)%:R * f b j y)) :> R.
Proof.
apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). apply: eq_bigr => y _. refine (congr1 (fun hole : R => hole * ((l == k)%:R * f b j y)) _). by_delta_points h.
Qed.
(* Kronecker delta *)
Lemma eq6_3_5 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * (\sum_(y : X) (y == (h • x)%g)%:R * ((l == k)%:R * f b j y)) = \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * ((l == k)%:R * f b j (h • x)%g) :> R.
Proof.
apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D b l h * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma eq6_3_6 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * ((l == k)%:R * f b j (h • x)%g) = \sum_(b : B) \sum_(h : G) \sum_(l : K) (l == k)%:R * (D b l h * f b j (h • x)%g) :> R.
Proof.
apply: eq_bigr => b _. apply: eq_bigr => h _. apply: eq_bigr => l _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq6_3_7 : \sum_(b : B) \sum_(h : G) \sum_(l : K) (l == k)%:R * (D b l h * f b j (h • x)%g) = \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x)%g :> R.
Proof.
apply: eq_bigr => b _. apply: eq_bigr => h _. by_kron.
Qed.
(* definition of filter_gradient *)
Lemma eq6_3_8 : \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x)%g = filter_gradient2 X D f k j x :> R.
Proof.
by_definition.
Qed.
Theorem eq6_3 : \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * d_psi k j x (correlate2 X f psi b l h) = filter_gradient2 X D f k j x :> R.
Proof. etransitivity; [exact: eq6_3_1|]. etransitivity; [exact: eq6_3_2|]. etransitivity; [exact: eq6_3_3|]. etransitivity; [exact: eq6_3_4|]. etransitivity; [exact: eq6_3_5|]. etransitivity; [exact: eq6_3_6|]. etransitivity; [exact: eq6_3_7|]. exact: eq6_3_8. Qed.
End claim_eq6_3.

Definition ok : Stmt_eq6 := conj (@eq6_1) (conj (@eq6_2) (@eq6_3)).
Print Assumptions ok.
