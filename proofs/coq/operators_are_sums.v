(* Made by gcalc from proofs/operators_are_sums.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* left_translate(u, f)(x) *)
Section claim_operators_are_sums_1.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable f : X -> R.
Variable u : G.
Variable x : X.
(* definition of left_translate *)
Lemma operators_are_sums_1_1 : left_translate X u f x = f (u^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_1 : left_translate X u f x = f (u^-1 • x)%g :> R.
Proof. exact: operators_are_sums_1_1. Qed.
End claim_operators_are_sums_1.

(* left_translate(u, f)(j, x) *)
Section claim_operators_are_sums_2.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable f : J -> X -> R.
Variable j : J.
Variable u : G.
Variable x : X.
(* definition of left_translate *)
Lemma operators_are_sums_2_1 : left_translate1 X u f j x = f j (u^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_2 : left_translate1 X u f j x = f j (u^-1 • x)%g :> R.
Proof. exact: operators_are_sums_2_1. Qed.
End claim_operators_are_sums_2.

(* left_translate(u, psi)(k, j, x) *)
Section claim_operators_are_sums_3.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable u : G.
Variable x : X.
(* definition of left_translate *)
Lemma operators_are_sums_3_1 : left_translate2 X u psi k j x = psi k j (u^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_3 : left_translate2 X u psi k j x = psi k j (u^-1 • x)%g :> R.
Proof. exact: operators_are_sums_3_1. Qed.
End claim_operators_are_sums_3.

(* left_translate(r, f)(z) *)
Section claim_operators_are_sums_4.
Variable R : Type.
Variable G : finGroupType.
Variable r : automorphism G.
Variable f : G -> R.
Variable z : G.
(* definition of left_translate *)
Lemma operators_are_sums_4_1 : left_translate_aut G r f z = f ((inverse r) z)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_4 : left_translate_aut G r f z = f ((inverse r) z)%g :> R.
Proof. exact: operators_are_sums_4_1. Qed.
End claim_operators_are_sums_4.

(* left_translate(r, f)(j, z) *)
Section claim_operators_are_sums_5.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variable r : automorphism G.
Variable f : J -> G -> R.
Variable j : J.
Variable z : G.
(* definition of left_translate *)
Lemma operators_are_sums_5_1 : left_translate_aut1 G r f j z = f j ((inverse r) z)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_5 : left_translate_aut1 G r f j z = f j ((inverse r) z)%g :> R.
Proof. exact: operators_are_sums_5_1. Qed.
End claim_operators_are_sums_5.

(* left_translate(r, f)(k, j, z) *)
Section claim_operators_are_sums_6.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable r : automorphism G.
Variable f : K -> J -> G -> R.
Variable j : J.
Variable k : K.
Variable z : G.
(* definition of left_translate *)
Lemma operators_are_sums_6_1 : left_translate_aut2 G r f k j z = f k j ((inverse r) z)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_6 : left_translate_aut2 G r f k j z = f k j ((inverse r) z)%g :> R.
Proof. exact: operators_are_sums_6_1. Qed.
End claim_operators_are_sums_6.

(* correlate(f, psi)(k, g) *)
Section claim_operators_are_sums_7.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Add Ring values : (values R).
(* definition of correlate *)
Lemma operators_are_sums_7_1 : correlate1 X f psi k g = \sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_7 : correlate1 X f psi k g = \sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g :> R.
Proof. exact: operators_are_sums_7_1. Qed.
End claim_operators_are_sums_7.

(* correlate(f, psi)(g) *)
Section claim_operators_are_sums_8.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable f : X -> R.
Variable psi : X -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of correlate *)
Lemma operators_are_sums_8_1 : correlate X f psi g = \sum_(x : X) f x * psi (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_8 : correlate X f psi g = \sum_(x : X) f x * psi (g^-1 • x)%g :> R.
Proof. exact: operators_are_sums_8_1. Qed.
End claim_operators_are_sums_8.

(* convolve(a, c)(g) *)
Section claim_operators_are_sums_9.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable c : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of convolve *)
Lemma operators_are_sums_9_1 : convolve G a c g = \sum_(h : G) a h * c (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_9 : convolve G a c g = \sum_(h : G) a h * c (h^-1 * g)%g :> R.
Proof. exact: operators_are_sums_9_1. Qed.
End claim_operators_are_sums_9.

(* involution(a)(g) *)
Section claim_operators_are_sums_10.
Variable R : Type.
Variable G : finGroupType.
Variable a : G -> R.
Variable g : G.
(* definition of involution *)
Lemma operators_are_sums_10_1 : involution G a g = a (g^-1)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_10 : involution G a g = a (g^-1)%g :> R.
Proof. exact: operators_are_sums_10_1. Qed.
End claim_operators_are_sums_10.

(* involution(a)(j, g) *)
Section claim_operators_are_sums_11.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variable a : J -> G -> R.
Variable g : G.
Variable j : J.
(* definition of involution *)
Lemma operators_are_sums_11_1 : involution1 G a j g = a j (g^-1)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_11 : involution1 G a j g = a j (g^-1)%g :> R.
Proof. exact: operators_are_sums_11_1. Qed.
End claim_operators_are_sums_11.

(* involution(psi)(k, j, g) *)
Section claim_operators_are_sums_12.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
(* definition of involution *)
Lemma operators_are_sums_12_1 : involution2 G psi k j g = psi k j (g^-1)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_12 : involution2 G psi k j g = psi k j (g^-1)%g :> R.
Proof. exact: operators_are_sums_12_1. Qed.
End claim_operators_are_sums_12.

(* transpose(psi)(j, k, x) *)
Section claim_operators_are_sums_13.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
(* definition of transpose *)
Lemma operators_are_sums_13_1 : transpose2 X psi j k x = psi k j x :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_13 : transpose2 X psi j k x = psi k j x :> R.
Proof. exact: operators_are_sums_13_1. Qed.
End claim_operators_are_sums_13.

(* pool(a, U)(j, g) *)
Section claim_operators_are_sums_14.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable U : {set G}.
Variable a : J -> G -> R.
Variable g : G.
Variable j : J.
(* definition of pool *)
Lemma operators_are_sums_14_1 : pool1 G op a U j g = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) a j h :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_14 : pool1 G op a U j g = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) a j h :> R.
Proof. exact: operators_are_sums_14_1. Qed.
End claim_operators_are_sums_14.

(* sum_pool(a, U)(j, g) *)
Section claim_operators_are_sums_15.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable U : {set G}.
Variable a : J -> G -> R.
Variable g : G.
Variable j : J.
Add Ring values : (values R).
(* definition of sum_pool *)
Lemma operators_are_sums_15_1 : sum_pool1 G a U j g = \sum_(h : G | (g^-1 * h)%g \in U) a j h :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_15 : sum_pool1 G a U j g = \sum_(h : G | (g^-1 * h)%g \in U) a j h :> R.
Proof. exact: operators_are_sums_15_1. Qed.
End claim_operators_are_sums_15.

(* coset_pool(a)(j, g) *)
Section claim_operators_are_sums_16.
Variable R : Type.
Variable G : finGroupType.
Variable H : {group G}.
Variable J : finType.
Variables (idx : R) (op : Monoid.com_law idx).
Variable a : J -> G -> R.
Variable g : G.
Variable j : J.
(* definition of coset_pool *)
Lemma operators_are_sums_16_1 : coset_pool1 G H op a j g = \big[op/idx]_(s : subg_of H) a j (g * sgval s)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_16 : coset_pool1 G H op a j g = \big[op/idx]_(s : subg_of H) a j (g * sgval s)%g :> R.
Proof. exact: operators_are_sums_16_1. Qed.
End claim_operators_are_sums_16.

(* input_gradient(D, psi)(j, x) *)
Section claim_operators_are_sums_17.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable x : X.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma operators_are_sums_17_1 : input_gradient1 X D psi j x = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_17 : input_gradient1 X D psi j x = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g :> R.
Proof. exact: operators_are_sums_17_1. Qed.
End claim_operators_are_sums_17.

(* filter_gradient(D, f)(k, j, x) *)
Section claim_operators_are_sums_18.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma operators_are_sums_18_1 : filter_gradient1 X D f k j x = \sum_(h : G) D k h * f j (h • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_18 : filter_gradient1 X D f k j x = \sum_(h : G) D k h * f j (h • x)%g :> R.
Proof. exact: operators_are_sums_18_1. Qed.
End claim_operators_are_sums_18.

(* correlate(f, psi)(b, k, g) *)
Section claim_operators_are_sums_19.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable f : B -> J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable b : B.
Variable g : G.
Variable k : K.
Add Ring values : (values R).
(* definition of correlate *)
Lemma operators_are_sums_19_1 : correlate2 X f psi b k g = \sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_19 : correlate2 X f psi b k g = \sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1 • x)%g :> R.
Proof. exact: operators_are_sums_19_1. Qed.
End claim_operators_are_sums_19.

(* filter_gradient(D, f)(k, j, x) *)
Section claim_operators_are_sums_20.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable D : B -> K -> G -> R.
Variable f : B -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable x : X.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma operators_are_sums_20_1 : filter_gradient2 X D f k j x = \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_20 : filter_gradient2 X D f k j x = \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x)%g :> R.
Proof. exact: operators_are_sums_20_1. Qed.
End claim_operators_are_sums_20.

(* input_gradient(D, psi)(b, j, x) *)
Section claim_operators_are_sums_21.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable D : B -> K -> G -> R.
Variable psi : K -> J -> X -> R.
Variable b : B.
Variable j : J.
Variable x : X.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma operators_are_sums_21_1 : input_gradient2 X D psi b j x = \sum_(h : G) \sum_(k : K) D b k h * psi k j (h^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_21 : input_gradient2 X D psi b j x = \sum_(h : G) \sum_(k : K) D b k h * psi k j (h^-1 • x)%g :> R.
Proof. exact: operators_are_sums_21_1. Qed.
End claim_operators_are_sums_21.

(* filter_transform(psi)(k, s, j, x) *)
Section claim_operators_are_sums_22.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable H : {group G}.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> X -> R.
Variable j : J.
Variable k : K.
Variable s : subg_of H.
Variable x : X.
(* definition of filter_transform *)
Lemma operators_are_sums_22_1 : filter_transform2 X H psi k s j x = psi k j (sgval (s^-1) • x)%g :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_22 : filter_transform2 X H psi k s j x = psi k j (sgval (s^-1) • x)%g :> R.
Proof. exact: operators_are_sums_22_1. Qed.
End claim_operators_are_sums_22.

(* filter_transform_gradient(E)(k, j, x) *)
Section claim_operators_are_sums_23.
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
Lemma operators_are_sums_23_1 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof.
by_definition.
Qed.
Theorem operators_are_sums_23 : filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) \sum_(w : X) ((sgval (s^-1) • w)%g == x)%:R * E k s j w :> R.
Proof. exact: operators_are_sums_23_1. Qed.
End claim_operators_are_sums_23.

Definition ok : Stmt_operators_are_sums := conj (@operators_are_sums_1) (conj (@operators_are_sums_2) (conj (@operators_are_sums_3) (conj (@operators_are_sums_4) (conj (@operators_are_sums_5) (conj (@operators_are_sums_6) (conj (@operators_are_sums_7) (conj (@operators_are_sums_8) (conj (@operators_are_sums_9) (conj (@operators_are_sums_10) (conj (@operators_are_sums_11) (conj (@operators_are_sums_12) (conj (@operators_are_sums_13) (conj (@operators_are_sums_14) (conj (@operators_are_sums_15) (conj (@operators_are_sums_16) (conj (@operators_are_sums_17) (conj (@operators_are_sums_18) (conj (@operators_are_sums_19) (conj (@operators_are_sums_20) (conj (@operators_are_sums_21) (conj (@operators_are_sums_22) (@operators_are_sums_23)))))))))))))))))))))).
Print Assumptions ok.
