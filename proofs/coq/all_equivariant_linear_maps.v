(* Made by gcalc from proofs/all_equivariant_linear_maps.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* existence *)
Section claim_all_equivariant_linear_maps_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable phi : (J -> X -> R) -> K -> G -> R.
Hypothesis phi_extensional : forall f1 f2, (forall p0 p1, f1 p0 p1 = f2 p0 p1) -> forall q0 q1, phi f1 q0 q1 = phi f2 q0 q1.
Variable g : G.
Variable k : K.
Hypothesis assumed1 : forall (c : J -> X -> R) (F : J -> X -> J -> X -> R) (k1 : K) (g1 : G), phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) c i y * F i y j x) k1 g1 = \sum_(y : X) \sum_(i : J) c i y * phi (fun (j : J) (x : X) => F i y j x) k1 g1 :> R. (* Φ is linear *)
Hypothesis assumed2 : forall (f : J -> X -> R) (u : G) (k1 : K) (g1 : G), phi (left_translate1 X u f) k1 g1 = phi f k1 (u^-1 * g1)%g :> R. (* Φ is equivariant *)
Add Ring values : (values R).
(* a function is λ of its values *)
Lemma all_equivariant_linear_maps_1_1 : phi f k g = phi (fun (j : J) (x : X) => f j x) k g :> R.
Proof.
by_definition.
Qed.
(* Kronecker delta *)
Lemma all_equivariant_linear_maps_1_2 : phi (fun (j : J) (x : X) => f j x) k g = phi (fun (j : J) (x : X) => \sum_(y : X) (y == x)%:R * (\sum_(i : J) (i == j)%:R * f i y)) k g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => \sum_(i : J) (i == j)%:R * f i x) k g : R).
{ apply: esym. apply: phi_extensional => j x. by_kron. }
apply: esym. apply: phi_extensional => j x. by_kron.
Qed.
(* distributivity; ring axioms *)
Lemma all_equivariant_linear_maps_1_3 : phi (fun (j : J) (x : X) => \sum_(y : X) (y == x)%:R * (\sum_(i : J) (i == j)%:R * f i y)) k g = phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * ((i == j)%:R * (y == x)%:R)) k g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) (y == x)%:R * ((i == j)%:R * f i y)) k g : R).
{ apply: phi_extensional => j x. apply: eq_bigr => y _. by_factor. }
apply: phi_extensional => j x. apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* solve for the summation variable; read as a function *)
Lemma all_equivariant_linear_maps_1_4 : phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * ((i == j)%:R * (y == x)%:R)) k g = phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * (fun (i1 : J) (y1 : X) (j1 : J) (x1 : X) => (j1 == i1)%:R * (x1 == y1)%:R) i y j x) k g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * ((j == i)%:R * (y == x)%:R)) k g : R).
{ apply: phi_extensional => j x. apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => f i y * (hole * (y == x)%:R)) _). by_delta_swap. }
transitivity (phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * ((j == i)%:R * (x == y)%:R)) k g : R).
{ apply: phi_extensional => j x. apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => f i y * ((j == i)%:R * hole)) _). by_delta_points_swapped (1 : G)%g. }
by_definition.
Qed.
(* Φ is linear *)
Lemma all_equivariant_linear_maps_1_5 : phi (fun (j : J) (x : X) => \sum_(y : X) \sum_(i : J) f i y * (fun (i1 : J) (y1 : X) (j1 : J) (x1 : X) => (j1 == i1)%:R * (x1 == y1)%:R) i y j x) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (fun (i1 : J) (y1 : X) (j1 : J) (x1 : X) => (j1 == i1)%:R * (x1 == y1)%:R) i y j x) k g :> R.
Proof.
exact: (assumed1 f (fun (i : J) (y : X) (j : J) (x : X) => (j == i)%:R * (x == y)%:R) k g).
Qed.
(* apply the function *)
Lemma all_equivariant_linear_maps_1_6 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (fun (i1 : J) (y1 : X) (j1 : J) (x1 : X) => (j1 == i1)%:R * (x1 == y1)%:R) i y j x) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (j == i)%:R * (x == y)%:R) k g :> R.
Proof.
by_definition.
Qed.
(* solve for the summation variable *)
Lemma all_equivariant_linear_maps_1_7 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (j == i)%:R * (x == y)%:R) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (j == i)%:R * ((g^-1 • x)%g == (g^-1 • y)%g)%:R) k g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => f i y * hole) _). apply: phi_extensional => j x. refine (congr1 (fun hole : R => (j == i)%:R * hole) _). by_delta_points (g^-1)%g.
Qed.
(* read as a function *)
Lemma all_equivariant_linear_maps_1_8 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (j == i)%:R * ((g^-1 • x)%g == (g^-1 • y)%g)%:R) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) j (g^-1 • x)%g) k g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma all_equivariant_linear_maps_1_9 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) j (g^-1 • x)%g) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => left_translate1 X g (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) j x) k g :> R.
Proof.
by_definition.
Qed.
(* a function is λ of its values *)
Lemma all_equivariant_linear_maps_1_10 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (j : J) (x : X) => left_translate1 X g (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) j x) k g = \sum_(y : X) \sum_(i : J) f i y * phi (left_translate1 X g (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R)) k g :> R.
Proof.
by_definition.
Qed.
(* Φ is equivariant *)
Lemma all_equivariant_linear_maps_1_11 : \sum_(y : X) \sum_(i : J) f i y * phi (left_translate1 X g (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R)) k g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) k (g^-1 * g)%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => f i y * hole) _). exact: (assumed2 (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) g k g).
Qed.
(* group axioms *)
Lemma all_equivariant_linear_maps_1_12 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) k (g^-1 * g)%g = \sum_(y : X) \sum_(i : J) f i y * phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) k (1 : G)%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : G => f i y * phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) k hole) _). by_word.
Qed.
(* read as a function *)
Lemma all_equivariant_linear_maps_1_13 : \sum_(y : X) \sum_(i : J) f i y * phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == (g^-1 • y)%g)%:R) k (1 : G)%g = \sum_(y : X) \sum_(i : J) f i y * (fun (k1 : K) (i1 : J) (y1 : X) => phi (fun (q0 : J) (q1 : X) => (q0 == i1)%:R * (q1 == y1)%:R) k1 (1 : G)%g) k i (g^-1 • y)%g :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma all_equivariant_linear_maps_1_14 : \sum_(y : X) \sum_(i : J) f i y * (fun (k1 : K) (i1 : J) (y1 : X) => phi (fun (q0 : J) (q1 : X) => (q0 == i1)%:R * (q1 == y1)%:R) k1 (1 : G)%g) k i (g^-1 • y)%g = correlate1 X f (fun (k1 : K) (i : J) (y : X) => phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == y)%:R) k1 (1 : G)%g) k g :> R.
Proof.
by_definition.
Qed.
Theorem all_equivariant_linear_maps_1 : phi f k g = correlate1 X f (fun (k1 : K) (i : J) (y : X) => phi (fun (q0 : J) (q1 : X) => (q0 == i)%:R * (q1 == y)%:R) k1 (1 : G)%g) k g :> R.
Proof. etransitivity; [exact: all_equivariant_linear_maps_1_1|]. etransitivity; [exact: all_equivariant_linear_maps_1_2|]. etransitivity; [exact: all_equivariant_linear_maps_1_3|]. etransitivity; [exact: all_equivariant_linear_maps_1_4|]. etransitivity; [exact: all_equivariant_linear_maps_1_5|]. etransitivity; [exact: all_equivariant_linear_maps_1_6|]. etransitivity; [exact: all_equivariant_linear_maps_1_7|]. etransitivity; [exact: all_equivariant_linear_maps_1_8|]. etransitivity; [exact: all_equivariant_linear_maps_1_9|]. etransitivity; [exact: all_equivariant_linear_maps_1_10|]. etransitivity; [exact: all_equivariant_linear_maps_1_11|]. etransitivity; [exact: all_equivariant_linear_maps_1_12|]. etransitivity; [exact: all_equivariant_linear_maps_1_13|]. exact: all_equivariant_linear_maps_1_14. Qed.
End claim_all_equivariant_linear_maps_1.

(* uniqueness *)
Section claim_all_equivariant_linear_maps_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> X -> R.
Variable phi : (J -> X -> R) -> K -> G -> R.
Hypothesis phi_extensional : forall f1 f2, (forall p0 p1, f1 p0 p1 = f2 p0 p1) -> forall q0 q1, phi f1 q0 q1 = phi f2 q0 q1.
Variable j : J.
Variable k : K.
Variable x : X.
Hypothesis assumed1 : forall (f : J -> X -> R) (k1 : K) (g : G), phi f k1 g = correlate1 X f psi k1 g :> R. (* Φ f = f ⋆ psi *)
Add Ring values : (values R).
(* Φ f = f ⋆ psi *)
Lemma all_equivariant_linear_maps_2_1 : phi (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) k (1 : G)%g = correlate1 X (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) psi k (1 : G)%g :> R.
Proof.
exact: (assumed1 (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) k (1 : G)%g).
Qed.
(* definition of correlate; apply the function; ring axioms *)
Lemma all_equivariant_linear_maps_2_2 : correlate1 X (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) psi k (1 : G)%g = \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i ((1 : G)^-1 • y)%g) :> R.
Proof.
transitivity (\sum_(x_1 : X) \sum_(j_1 : J) (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) j_1 x_1 * psi k j_1 ((1 : G)^-1 • x_1)%g : R).
{ by_definition. }
transitivity (\sum_(x_1 : X) \sum_(j_1 : J) ((j_1 == j)%:R * (x_1 == x)%:R) * psi k j_1 ((1 : G)^-1 • x_1)%g : R).
{ by_definition. }
apply: eq_bigr => x_1 _. apply: eq_bigr => j_1 _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma all_equivariant_linear_maps_2_3 : \sum_(y : X) \sum_(i : J) (i == j)%:R * ((y == x)%:R * psi k i ((1 : G)^-1 • y)%g) = psi k j ((1 : G)^-1 • x)%g :> R.
Proof.
transitivity (\sum_(y : X) (y == x)%:R * psi k j ((1 : G)^-1 • y)%g : R).
{ apply: eq_bigr => y _. by_kron. }
by_kron.
Qed.
(* group axioms *)
Lemma all_equivariant_linear_maps_2_4 : psi k j ((1 : G)^-1 • x)%g = psi k j x :> R.
Proof.
refine (congr1 (fun hole : X => psi k j hole) _). by_word.
Qed.
Theorem all_equivariant_linear_maps_2 : phi (fun (q0 : J) (q1 : X) => (q0 == j)%:R * (q1 == x)%:R) k (1 : G)%g = psi k j x :> R.
Proof. etransitivity; [exact: all_equivariant_linear_maps_2_1|]. etransitivity; [exact: all_equivariant_linear_maps_2_2|]. etransitivity; [exact: all_equivariant_linear_maps_2_3|]. exact: all_equivariant_linear_maps_2_4. Qed.
End claim_all_equivariant_linear_maps_2.

Definition ok : Stmt_all_equivariant_linear_maps := conj (@all_equivariant_linear_maps_1) (@all_equivariant_linear_maps_2).
Print Assumptions ok.
