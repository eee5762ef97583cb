(* Made by gcalc from proofs/permutation_matrix.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* selection *)
Section claim_permutation_matrix_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable s : subg_of H.
Variable w : X.
Add Ring values : (values R).
(* definition of filter_transform *)
Lemma permutation_matrix_1_1 : filter_transform2 X H psi k s j w = psi k j (sgval (s^-1) • w)%g :> R.
Proof.
by_definition.
Qed.
(* Kronecker delta *)
Lemma permutation_matrix_1_2 : psi k j (sgval (s^-1) • w)%g = \sum_(x : X) (x == (sgval (s^-1) • w)%g)%:R * psi k j x :> R.
Proof.
apply: esym. by_kron.
Qed.
(* solve for the summation variable *)
Lemma permutation_matrix_1_3 : \sum_(x : X) (x == (sgval (s^-1) • w)%g)%:R * psi k j x = \sum_(x : X) ((sgval (s^-1) • w)%g == x)%:R * psi k j x :> R.
Proof.
apply: eq_bigr => x _. refine (congr1 (fun hole : R => hole * psi k j x) _). by_delta_points_swapped (1 : G)%g.
Qed.
Theorem permutation_matrix_1 : filter_transform2 X H psi k s j w = \sum_(x : X) ((sgval (s^-1) • w)%g == x)%:R * psi k j x :> R.
Proof. etransitivity; [exact: permutation_matrix_1_1|]. etransitivity; [exact: permutation_matrix_1_2|]. exact: permutation_matrix_1_3. Qed.
End claim_permutation_matrix_1.

(* columns of a block are orthonormal *)
Section claim_permutation_matrix_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable s : subg_of H.
Variable x : X.
Variable y : X.
Add Ring values : (values R).
(* reindex w → sw; group axioms *)
Lemma permutation_matrix_2_1 : \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * ((sgval (s^-1) • w)%g == y)%:R = \sum_(w : X) (w == x)%:R * (w == y)%:R :> R.
Proof.
transitivity (\sum_(w : X) ((sgval (s^-1) • (sgval s • w))%g == x)%:R * ((sgval (s^-1) • (sgval s • w))%g == y)%:R : R).
{ exact: (reindex_act X (sgval s)%g). }
transitivity (\sum_(w : X) (w == x)%:R * ((sgval (s^-1) • (sgval s • w))%g == y)%:R : R).
{ apply: eq_bigr => w _. refine (congr1 (fun hole : X => (hole == x)%:R * ((sgval (s^-1) • (sgval s • w))%g == y)%:R) _). by_word. }
apply: eq_bigr => w _. refine (congr1 (fun hole : X => (w == x)%:R * (hole == y)%:R) _). by_word.
Qed.
(* Kronecker delta *)
Lemma permutation_matrix_2_2 : \sum_(w : X) (w == x)%:R * (w == y)%:R = (x == y)%:R :> R.
Proof.
by_kron.
Qed.
Theorem permutation_matrix_2 : \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * ((sgval (s^-1) • w)%g == y)%:R = (x == y)%:R :> R.
Proof. etransitivity; [exact: permutation_matrix_2_1|]. exact: permutation_matrix_2_2. Qed.
End claim_permutation_matrix_2.

(* rows of a block are orthonormal *)
Section claim_permutation_matrix_3.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable s : subg_of H.
Variable v : X.
Variable w : X.
Add Ring values : (values R).
(* solve for the summation variable *)
Lemma permutation_matrix_3_1 : \sum_(x : X) ((sgval (s^-1) • w)%g == x)%:R * ((sgval (s^-1) • v)%g == x)%:R = \sum_(x : X) (x == (sgval (s^-1) • w)%g)%:R * ((sgval (s^-1) • v)%g == x)%:R :> R.
Proof.
apply: eq_bigr => x _. refine (congr1 (fun hole : R => hole * ((sgval (s^-1) • v)%g == x)%:R) _). by_delta_points_swapped (1 : G)%g.
Qed.
(* Kronecker delta *)
Lemma permutation_matrix_3_2 : \sum_(x : X) (x == (sgval (s^-1) • w)%g)%:R * ((sgval (s^-1) • v)%g == x)%:R = ((sgval (s^-1) • v)%g == (sgval (s^-1) • w)%g)%:R :> R.
Proof.
by_kron.
Qed.
(* solve for the summation variable *)
Lemma permutation_matrix_3_3 : ((sgval (s^-1) • v)%g == (sgval (s^-1) • w)%g)%:R = (w == v)%:R :> R.
Proof.
by_delta_points_swapped (sgval s)%g.
Qed.
Theorem permutation_matrix_3 : \sum_(x : X) ((sgval (s^-1) • w)%g == x)%:R * ((sgval (s^-1) • v)%g == x)%:R = (w == v)%:R :> R.
Proof. etransitivity; [exact: permutation_matrix_3_1|]. etransitivity; [exact: permutation_matrix_3_2|]. exact: permutation_matrix_3_3. Qed.
End claim_permutation_matrix_3.

(* gradient is the transpose *)
Section claim_permutation_matrix_4.
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
Lemma permutation_matrix_4_1 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof.
by_definition.
Qed.
Theorem permutation_matrix_4 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof. exact: permutation_matrix_4_1. Qed.
End claim_permutation_matrix_4.

Definition ok : Stmt_permutation_matrix := conj (@permutation_matrix_1) (conj (@permutation_matrix_2) (conj (@permutation_matrix_3) (@permutation_matrix_4))).
Print Assumptions ok.
