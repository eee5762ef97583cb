(* Made by gcalc from proofs/filter_transform_adjoint.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* chain rule is scatter *)
Section claim_filter_transform_adjoint_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable E : K -> subg_of H -> J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Variable d_psi : K -> J -> X -> derivation R.
Hypothesis d_psi_E : forall p0 p1 p2 q0 q1 q2 q3, d_psi p0 p1 p2 (E q0 q1 q2 q3) = 0.
Hypothesis d_psi_psi : forall p0 p1 p2 q0 q1 q2, d_psi p0 p1 p2 (psi q0 q1 q2) = (q0 == p0)%:R * (q1 == p1)%:R * (q2 == p2)%:R.
Add Ring values : (values R).
(* definition of filter_transform *)
Lemma filter_transform_adjoint_1_1 : \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * d_psi k j x (filter_transform2 X H psi l s i w) = \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * d_psi k j x (psi l i (sgval (s^-1) • w)%g) :> R.
Proof.
by_definition.
Qed.
(* ∂ is linear and a derivation; ring axioms *)
Lemma filter_transform_adjoint_1_2 : \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * d_psi k j x (psi l i (sgval (s^-1) • w)%g) = \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) (i == j)%:R * ((l == k)%:R * (((sgval (s^-1) • w)%g == x)%:R * E l s i w)) :> R.
Proof.
transitivity (\sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * (((l == k)%:R * (i == j)%:R) * ((sgval (s^-1) • w)%g == x)%:R) : R).
{ apply: eq_bigr => s _. apply: eq_bigr => w _. apply: eq_bigr => l _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => E l s i w * hole) _). exact: d_psi_psi. }
apply: eq_bigr => s _. apply: eq_bigr => w _. apply: eq_bigr => l _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma filter_transform_adjoint_1_3 : \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) (i == j)%:R * ((l == k)%:R * (((sgval (s^-1) • w)%g == x)%:R * E l s i w)) = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof.
transitivity (\sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) (l == k)%:R * (((sgval (s^-1) • w)%g == x)%:R * E l s j w) : R).
{ apply: eq_bigr => s _. apply: eq_bigr => w _. apply: eq_bigr => l _. by_kron. }
apply: eq_bigr => s _. apply: eq_bigr => w _. by_kron.
Qed.
(* definition of filter_transform_gradient *)
Lemma filter_transform_adjoint_1_4 : \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w = filter_transform_gradient2 X H E k j x :> R.
Proof.
by_definition.
Qed.
Theorem filter_transform_adjoint_1 : \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * d_psi k j x (filter_transform2 X H psi l s i w) = filter_transform_gradient2 X H E k j x :> R.
Proof. etransitivity; [exact: filter_transform_adjoint_1_1|]. etransitivity; [exact: filter_transform_adjoint_1_2|]. etransitivity; [exact: filter_transform_adjoint_1_3|]. exact: filter_transform_adjoint_1_4. Qed.
End claim_filter_transform_adjoint_1.

(* scatter is gather *)
Section claim_filter_transform_adjoint_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable E : K -> subg_of H -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Add Ring values : (values R).
(* definition of filter_transform_gradient *)
Lemma filter_transform_adjoint_2_1 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof.
by_definition.
Qed.
(* solve for the summation variable *)
Lemma filter_transform_adjoint_2_2 : \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w = \sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * E k s j w :> R.
Proof.
apply: eq_bigr => s _. apply: eq_bigr => w _. refine (congr1 (fun hole : R => hole * E k s j w) _). by_delta_points (sgval s)%g.
Qed.
(* Kronecker delta *)
Lemma filter_transform_adjoint_2_3 : \sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * E k s j w = \sum_(s : subg_of H) E k s j (sgval s • x)%g :> R.
Proof.
apply: eq_bigr => s _. by_kron.
Qed.
Theorem filter_transform_adjoint_2 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) E k s j (sgval s • x)%g :> R.
Proof. etransitivity; [exact: filter_transform_adjoint_2_1|]. etransitivity; [exact: filter_transform_adjoint_2_2|]. exact: filter_transform_adjoint_2_3. Qed.
End claim_filter_transform_adjoint_2.

(* adjoint *)
Section claim_filter_transform_adjoint_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable E : K -> subg_of H -> J -> X -> R.
Variable psi : K -> J -> X -> R.
Add Ring values : (values R).
(* definition of filter_transform *)
Lemma filter_transform_adjoint_3_1 : \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j w * filter_transform2 X H psi k s j w = \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j w * psi k j (sgval (s^-1) • w)%g :> R.
Proof.
by_definition.
Qed.
(* reindex w → sw; group axioms *)
Lemma filter_transform_adjoint_3_2 : \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j w * psi k j (sgval (s^-1) • w)%g = \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(x : X) E k s j (sgval s • x)%g * psi k j x :> R.
Proof.
transitivity (\sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j (sgval s • w)%g * psi k j (sgval (s^-1) • (sgval s • w))%g : R).
{ apply: eq_bigr => k _. apply: eq_bigr => s _. apply: eq_bigr => j _. exact: (reindex_act X (sgval s)%g). }
apply: eq_bigr => k _. apply: eq_bigr => s _. apply: eq_bigr => j _. apply: eq_bigr => w _. refine (congr1 (fun hole : X => E k s j (sgval s • w)%g * psi k j hole) _). by_word.
Qed.
(* exchange the sums *)
Lemma filter_transform_adjoint_3_3 : \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(x : X) E k s j (sgval s • x)%g * psi k j x = \sum_(k : K) \sum_(j : J) \sum_(x : X) \sum_(s : subg_of H) E k s j (sgval s • x)%g * psi k j x :> R.
Proof.
transitivity (\sum_(k : K) \sum_(j : J) \sum_(s : subg_of H) \sum_(x : X) E k s j (sgval s • x)%g * psi k j x : R).
{ apply: eq_bigr => k _. by_exchange. }
apply: eq_bigr => k _. apply: eq_bigr => j _. by_exchange.
Qed.
(* distributivity *)
Lemma filter_transform_adjoint_3_4 : \sum_(k : K) \sum_(j : J) \sum_(x : X) \sum_(s : subg_of H) E k s j (sgval s • x)%g * psi k j x = \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) E k s j (sgval s • x)%g) * psi k j x :> R.
Proof.
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => j _. apply: eq_bigr => x _. by_factor.
Qed.
(* Kronecker delta *)
Lemma filter_transform_adjoint_3_5 : \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) E k s j (sgval s • x)%g) * psi k j x = \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * E k s j w) * psi k j x :> R.
Proof.
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => j _. apply: eq_bigr => x _. refine (congr1 (fun hole : R => hole * psi k j x) _). apply: eq_bigr => s _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma filter_transform_adjoint_3_6 : \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) \sum_(w : X) (w == (sgval s • x)%g)%:R * E k s j w) * psi k j x = \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w) * psi k j x :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => j _. apply: eq_bigr => x _. refine (congr1 (fun hole : R => hole * psi k j x) _). apply: eq_bigr => s _. apply: eq_bigr => w _. refine (congr1 (fun hole : R => hole * E k s j w) _). by_delta_points (sgval (s^-1))%g.
Qed.
(* definition of filter_transform_gradient *)
Lemma filter_transform_adjoint_3_7 : \sum_(k : K) \sum_(j : J) \sum_(x : X) (\sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w) * psi k j x = \sum_(k : K) \sum_(j : J) \sum_(x : X) filter_transform_gradient2 X H E k j x * psi k j x :> R.
Proof.
by_definition.
Qed.
Theorem filter_transform_adjoint_3 : \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j w * filter_transform2 X H psi k s j w = \sum_(k : K) \sum_(j : J) \sum_(x : X) filter_transform_gradient2 X H E k j x * psi k j x :> R.
Proof. etransitivity; [exact: filter_transform_adjoint_3_1|]. etransitivity; [exact: filter_transform_adjoint_3_2|]. etransitivity; [exact: filter_transform_adjoint_3_3|]. etransitivity; [exact: filter_transform_adjoint_3_4|]. etransitivity; [exact: filter_transform_adjoint_3_5|]. etransitivity; [exact: filter_transform_adjoint_3_6|]. exact: filter_transform_adjoint_3_7. Qed.
End claim_filter_transform_adjoint_3.

Definition ok : Stmt_filter_transform_adjoint := conj (@filter_transform_adjoint_1) (conj (@filter_transform_adjoint_2) (@filter_transform_adjoint_3)).
Print Assumptions ok.
