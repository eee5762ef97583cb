(* Made by gcalc from proofs/split_backprop.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* planar filter gradient *)
Section claim_split_backprop_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable Psi : K -> subg_of H -> J -> X -> R.
Variable f : J -> X -> R.
Variable j : J.
Variable k : K.
Variable s : subg_of H.
Variable w : X.
Variable d_Psi : K -> subg_of H -> J -> X -> derivation R.
Hypothesis d_Psi_D : forall p0 p1 p2 p3 q0 q1, d_Psi p0 p1 p2 p3 (D q0 q1) = 0.
Hypothesis d_Psi_Psi : forall p0 p1 p2 p3 q0 q1 q2 q3, d_Psi p0 p1 p2 p3 (Psi q0 q1 q2 q3) = (q0 == p0)%:R * (q1 == p1)%:R * (q2 == p2)%:R * (q3 == p3)%:R.
Hypothesis d_Psi_f : forall p0 p1 p2 p3 q0 q1, d_Psi p0 p1 p2 p3 (f q0 q1) = 0.
Add Ring values : (values R).
(* ∂ is linear and a derivation; ring axioms *)
Lemma split_backprop_1_1 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * d_Psi k s j w (\sum_(x : X) \sum_(i : J) f i x * Psi l t i (sgval (z^-1) • x)%g) = \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) (i == j)%:R * (((sgval (z^-1) • x)%g == w)%:R * ((t == s)%:R * ((l == k)%:R * f i x)))) :> R.
Proof.
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) d_Psi k s j w (\sum_(i : J) f i x * Psi l t i (sgval (z^-1) • x)%g)) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). by_derivative. }
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) d_Psi k s j w (f i x * Psi l t i (sgval (z^-1) • x)%g)) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. by_derivative. }
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) ((d_Psi k s j w (f i x) * Psi l t i (sgval (z^-1) • x)%g) + (f i x * d_Psi k s j w (Psi l t i (sgval (z^-1) • x)%g)))) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => i _. by_derivative. }
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) ((0 * Psi l t i (sgval (z^-1) • x)%g) + (f i x * d_Psi k s j w (Psi l t i (sgval (z^-1) • x)%g)))) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (hole * Psi l t i (sgval (z^-1) • x)%g) + (f i x * d_Psi k s j w (Psi l t i (sgval (z^-1) • x)%g))) _). exact: d_Psi_f. }
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) ((0 * Psi l t i (sgval (z^-1) • x)%g) + (f i x * ((((l == k)%:R * (t == s)%:R) * (i == j)%:R) * ((sgval (z^-1) • x)%g == w)%:R)))) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (0 * Psi l t i (sgval (z^-1) • x)%g) + (f i x * hole)) _). exact: d_Psi_Psi. }
apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => i _. by_ring R.
Qed.
(* solve for the summation variable *)
Lemma split_backprop_1_2 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) (i == j)%:R * (((sgval (z^-1) • x)%g == w)%:R * ((t == s)%:R * ((l == k)%:R * f i x)))) = \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) (i == j)%:R * ((x == (sgval z • w)%g)%:R * ((t == s)%:R * ((l == k)%:R * f i x)))) :> R.
Proof.
apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => (i == j)%:R * (hole * ((t == s)%:R * ((l == k)%:R * f i x)))) _). by_delta_points (sgval z)%g.
Qed.
(* Kronecker delta *)
Lemma split_backprop_1_3 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) \sum_(i : J) (i == j)%:R * ((x == (sgval z • w)%g)%:R * ((t == s)%:R * ((l == k)%:R * f i x)))) = \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * ((t == s)%:R * ((l == k)%:R * f j (sgval z • w)%g)) :> R.
Proof.
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * (\sum_(x : X) (x == (sgval z • w)%g)%:R * ((t == s)%:R * ((l == k)%:R * f j x))) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). apply: eq_bigr => x _. by_kron. }
apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l (sgval z * sgval t)%g * hole) _). by_kron.
Qed.
(* ring axioms *)
Lemma split_backprop_1_4 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * ((t == s)%:R * ((l == k)%:R * f j (sgval z • w)%g)) = \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) (l == k)%:R * ((t == s)%:R * (D l (sgval z * sgval t)%g * f j (sgval z • w)%g)) :> R.
Proof.
apply: eq_bigr => z _. apply: eq_bigr => t _. apply: eq_bigr => l _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma split_backprop_1_5 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) (l == k)%:R * ((t == s)%:R * (D l (sgval z * sgval t)%g * f j (sgval z • w)%g)) = \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • w)%g :> R.
Proof.
transitivity (\sum_(z : subg_of T) \sum_(t : subg_of H) (t == s)%:R * (D k (sgval z * sgval t)%g * f j (sgval z • w)%g) : R).
{ apply: eq_bigr => z _. apply: eq_bigr => t _. by_kron. }
apply: eq_bigr => z _. by_kron.
Qed.
(* read as a function *)
Lemma split_backprop_1_6 : \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • w)%g = (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w :> R.
Proof.
by_definition.
Qed.
Theorem split_backprop_1 : \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g * d_Psi k s j w (\sum_(x : X) \sum_(i : J) f i x * Psi l t i (sgval (z^-1) • x)%g) = (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w :> R.
Proof. etransitivity; [exact: split_backprop_1_1|]. etransitivity; [exact: split_backprop_1_2|]. etransitivity; [exact: split_backprop_1_3|]. etransitivity; [exact: split_backprop_1_4|]. etransitivity; [exact: split_backprop_1_5|]. exact: split_backprop_1_6. Qed.
End claim_split_backprop_1.

(* filter gradient *)
Section claim_split_backprop_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Hypothesis T_H : factorizes T H.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma split_backprop_2_1 : filter_gradient1 X D f k j x = \sum_(h : G) D k h * f j (h • x)%g :> R.
Proof.
by_definition.
Qed.
(* every g is zs in one way *)
Lemma split_backprop_2_2 : \sum_(h : G) D k h * f j (h • x)%g = \sum_(z : subg_of T) \sum_(s : subg_of H) D k (sgval z * sgval s)%g * f j ((sgval z * sgval s) • x)%g :> R.
Proof.
by_split T_H.
Qed.
(* group axioms *)
Lemma split_backprop_2_3 : \sum_(z : subg_of T) \sum_(s : subg_of H) D k (sgval z * sgval s)%g * f j ((sgval z * sgval s) • x)%g = \sum_(z : subg_of T) \sum_(s : subg_of H) D k (sgval z * sgval s)%g * f j (sgval z • (sgval s • x))%g :> R.
Proof.
apply: eq_bigr => z _. apply: eq_bigr => s _. refine (congr1 (fun hole : X => D k (sgval z * sgval s)%g * f j hole) _). by_word.
Qed.
(* exchange the sums *)
Lemma split_backprop_2_4 : \sum_(z : subg_of T) \sum_(s : subg_of H) D k (sgval z * sgval s)%g * f j (sgval z • (sgval s • x))%g = \sum_(s : subg_of H) \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • (sgval s • x))%g :> R.
Proof.
by_exchange.
Qed.
(* read as a function *)
Lemma split_backprop_2_5 : \sum_(s : subg_of H) \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • (sgval s • x))%g = \sum_(s : subg_of H) (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w)%g) k s j (sgval s • x)%g :> R.
Proof.
by_definition.
Qed.
(* Kronecker delta *)
Lemma split_backprop_2_6 : \sum_(s : subg_of H) (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w)%g) k s j (sgval s • x)%g = \sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w :> R.
Proof.
apply: esym. apply: eq_bigr => s _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma split_backprop_2_7 : \sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w :> R.
Proof.
apply: eq_bigr => s _. apply: eq_bigr => w _. refine (congr1 (fun hole : R => hole * (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w) _). by_delta_points (sgval (s^-1))%g.
Qed.
(* definition of filter_transform_gradient *)
Lemma split_backprop_2_8 : \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * (fun (k1 : K) (s1 : subg_of H) (j1 : J) (w1 : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s1)%g * f j1 (sgval z • w1)%g) k s j w = filter_transform_gradient2 X H (fun (k1 : K) (s : subg_of H) (j1 : J) (w : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s)%g * f j1 (sgval z • w)%g) k j x :> R.
Proof.
by_definition.
Qed.
Theorem split_backprop_2 : filter_gradient1 X D f k j x = filter_transform_gradient2 X H (fun (k1 : K) (s : subg_of H) (j1 : J) (w : X) => \sum_(z : subg_of T) D k1 (sgval z * sgval s)%g * f j1 (sgval z • w)%g) k j x :> R.
Proof. etransitivity; [exact: split_backprop_2_1|]. etransitivity; [exact: split_backprop_2_2|]. etransitivity; [exact: split_backprop_2_3|]. etransitivity; [exact: split_backprop_2_4|]. etransitivity; [exact: split_backprop_2_5|]. etransitivity; [exact: split_backprop_2_6|]. etransitivity; [exact: split_backprop_2_7|]. exact: split_backprop_2_8. Qed.
End claim_split_backprop_2.

(* input gradient *)
Section claim_split_backprop_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable T : {group G}.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable x : X.
Hypothesis T_H : factorizes T H.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma split_backprop_3_1 : input_gradient1 X D psi j x = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* every g is zs in one way *)
Lemma split_backprop_3_2 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g = \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * psi k j ((sgval z * sgval s)^-1 • x)%g :> R.
Proof.
by_split T_H.
Qed.
(* group axioms *)
Lemma split_backprop_3_3 : \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * psi k j ((sgval z * sgval s)^-1 • x)%g = \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * psi k j (sgval (s^-1) • (sgval (z^-1) • x))%g :> R.
Proof.
apply: eq_bigr => z _. apply: eq_bigr => s _. apply: eq_bigr => k _. refine (congr1 (fun hole : X => D k (sgval z * sgval s)%g * psi k j hole) _). by_word.
Qed.
(* definition of filter_transform *)
Lemma split_backprop_3_4 : \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * psi k j (sgval (s^-1) • (sgval (z^-1) • x))%g = \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * filter_transform2 X H psi k s j (sgval (z^-1) • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem split_backprop_3 : input_gradient1 X D psi j x = \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K) D k (sgval z * sgval s)%g * filter_transform2 X H psi k s j (sgval (z^-1) • x)%g :> R.
Proof. etransitivity; [exact: split_backprop_3_1|]. etransitivity; [exact: split_backprop_3_2|]. etransitivity; [exact: split_backprop_3_3|]. exact: split_backprop_3_4. Qed.
End claim_split_backprop_3.

Definition ok : Stmt_split_backprop := conj (@split_backprop_1) (conj (@split_backprop_2) (@split_backprop_3)).
Print Assumptions ok.
