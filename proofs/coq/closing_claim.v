(* Made by gcalc from proofs/closing_claim.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* forward: Σ_j f_j ∗ (psi_j^k)* *)
Section claim_closing_claim_1.
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
Lemma closing_claim_1_1 : correlate1 (regular G) f psi k g = \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma closing_claim_1_2 : \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_exchange.
Qed.
(* group axioms *)
Lemma closing_claim_1_3 : \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g :> R.
Proof.
apply: eq_bigr => j _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j h * psi k j hole) _). by_word.
Qed.
(* read as a function *)
Lemma closing_claim_1_4 : \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g :> R.
Proof.
transitivity (\sum_(j : J) \sum_(h : G) f j h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma closing_claim_1_5 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma closing_claim_1_6 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof.
by_definition.
Qed.
Theorem closing_claim_1 : correlate1 (regular G) f psi k g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof. etransitivity; [exact: closing_claim_1_1|]. etransitivity; [exact: closing_claim_1_2|]. etransitivity; [exact: closing_claim_1_3|]. etransitivity; [exact: closing_claim_1_4|]. etransitivity; [exact: closing_claim_1_5|]. exact: closing_claim_1_6. Qed.
End claim_closing_claim_1.

(* input gradient: D ⋆ psi_j* *)
Section claim_closing_claim_2.
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
Lemma closing_claim_2_1 : input_gradient1 (regular G) D psi j g = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma closing_claim_2_2 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) D k h * psi k j ((g^-1 * h)^-1)%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : G => D k h * psi k j hole) _). by_word.
Qed.
(* definition of transpose *)
Lemma closing_claim_2_3 : \sum_(h : G) \sum_(k : K) D k h * psi k j ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(k : K) D k h * transpose2 (regular G) psi j k ((g^-1 * h)^-1)%g :> R.
Proof.
by_definition.
Qed.
(* definition of involution *)
Lemma closing_claim_2_4 : \sum_(h : G) \sum_(k : K) D k h * transpose2 (regular G) psi j k ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(k : K) D k h * involution2 G (transpose2 (regular G) psi) j k (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma closing_claim_2_5 : \sum_(h : G) \sum_(k : K) D k h * involution2 G (transpose2 (regular G) psi) j k (g^-1 * h)%g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g :> R.
Proof.
by_definition.
Qed.
Theorem closing_claim_2 : input_gradient1 (regular G) D psi j g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g :> R.
Proof. etransitivity; [exact: closing_claim_2_1|]. etransitivity; [exact: closing_claim_2_2|]. etransitivity; [exact: closing_claim_2_3|]. etransitivity; [exact: closing_claim_2_4|]. exact: closing_claim_2_5. Qed.
End claim_closing_claim_2.

(* input gradient: Σ_k D_k ∗ psi_j^k *)
Section claim_closing_claim_3.
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
Lemma closing_claim_3_1 : input_gradient1 (regular G) D Psi j g = \sum_(h : G) \sum_(k : K) D k h * Psi k j (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma closing_claim_3_2 : \sum_(h : G) \sum_(k : K) D k h * Psi k j (h^-1 * g)%g = \sum_(k : K) \sum_(h : G) D k h * Psi k j (h^-1 * g)%g :> R.
Proof.
by_exchange.
Qed.
(* read as a function *)
Lemma closing_claim_3_3 : \sum_(k : K) \sum_(h : G) D k h * Psi k j (h^-1 * g)%g = \sum_(k : K) \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) D k h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of convolve *)
Lemma closing_claim_3_4 : \sum_(k : K) \sum_(h : G) (fun (h1 : G) => D k h1) h * (fun (h1 : G) => Psi k j h1) (h^-1 * g)%g = \sum_(k : K) convolve G (fun (h : G) => D k h) (fun (h : G) => Psi k j h) g :> R.
Proof.
by_definition.
Qed.
Theorem closing_claim_3 : input_gradient1 (regular G) D Psi j g = \sum_(k : K) convolve G (fun (h : G) => D k h) (fun (h : G) => Psi k j h) g :> R.
Proof. etransitivity; [exact: closing_claim_3_1|]. etransitivity; [exact: closing_claim_3_2|]. etransitivity; [exact: closing_claim_3_3|]. exact: closing_claim_3_4. Qed.
End claim_closing_claim_3.

(* filter gradient: D† ⋆ f† *)
Section claim_closing_claim_4.
Variable R : comRingType.
Variable G : finGroupType.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable D : B -> K -> G -> R.
Variable f : B -> J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma closing_claim_4_1 : filter_gradient2 (regular G) D f k j g = \sum_(b : B) \sum_(h : G) D b k h * f b j (h * g)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma closing_claim_4_2 : \sum_(b : B) \sum_(h : G) D b k h * f b j (h * g)%g = \sum_(h : G) \sum_(b : B) D b k h * f b j (h * g)%g :> R.
Proof.
by_exchange.
Qed.
(* reindex h → h⁻¹ *)
Lemma closing_claim_4_3 : \sum_(h : G) \sum_(b : B) D b k h * f b j (h * g)%g = \sum_(h : G) \sum_(b : B) D b k (h^-1)%g * f b j (h^-1 * g)%g :> R.
Proof.
exact: reindex_inverse.
Qed.
(* group axioms *)
Lemma closing_claim_4_4 : \sum_(h : G) \sum_(b : B) D b k (h^-1)%g * f b j (h^-1 * g)%g = \sum_(h : G) \sum_(b : B) D b k (h^-1)%g * f b j ((g^-1 * h)^-1)%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => b _. refine (congr1 (fun hole : G => D b k (h^-1)%g * f b j hole) _). by_word.
Qed.
(* definition of transpose *)
Lemma closing_claim_4_5 : \sum_(h : G) \sum_(b : B) D b k (h^-1)%g * f b j ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(b : B) transpose2 (regular G) D k b (h^-1)%g * transpose2 (regular G) f j b ((g^-1 * h)^-1)%g :> R.
Proof.
transitivity (\sum_(h : G) \sum_(b : B) D b k (h^-1)%g * transpose2 (regular G) f j b ((g^-1 * h)^-1)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma closing_claim_4_6 : \sum_(h : G) \sum_(b : B) transpose2 (regular G) D k b (h^-1)%g * transpose2 (regular G) f j b ((g^-1 * h)^-1)%g = \sum_(h : G) \sum_(b : B) involution2 G (transpose2 (regular G) D) k b h * involution2 G (transpose2 (regular G) f) j b (g^-1 * h)%g :> R.
Proof.
transitivity (\sum_(h : G) \sum_(b : B) transpose2 (regular G) D k b (h^-1)%g * involution2 G (transpose2 (regular G) f) j b (g^-1 * h)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of correlate *)
Lemma closing_claim_4_7 : \sum_(h : G) \sum_(b : B) involution2 G (transpose2 (regular G) D) k b h * involution2 G (transpose2 (regular G) f) j b (g^-1 * h)%g = correlate2 (regular G) (involution2 G (transpose2 (regular G) D)) (involution2 G (transpose2 (regular G) f)) k j g :> R.
Proof.
by_definition.
Qed.
Theorem closing_claim_4 : filter_gradient2 (regular G) D f k j g = correlate2 (regular G) (involution2 G (transpose2 (regular G) D)) (involution2 G (transpose2 (regular G) f)) k j g :> R.
Proof. etransitivity; [exact: closing_claim_4_1|]. etransitivity; [exact: closing_claim_4_2|]. etransitivity; [exact: closing_claim_4_3|]. etransitivity; [exact: closing_claim_4_4|]. etransitivity; [exact: closing_claim_4_5|]. etransitivity; [exact: closing_claim_4_6|]. exact: closing_claim_4_7. Qed.
End claim_closing_claim_4.

(* filter gradient: D_k* ∗ f_j *)
Section claim_closing_claim_5.
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
Lemma closing_claim_5_1 : filter_gradient1 (regular G) D f k j g = \sum_(h : G) D k h * f j (h * g)%g :> R.
Proof.
by_definition.
Qed.
(* reindex h → h⁻¹ *)
Lemma closing_claim_5_2 : \sum_(h : G) D k h * f j (h * g)%g = \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g :> R.
Proof.
exact: reindex_inverse.
Qed.
(* read as a function *)
Lemma closing_claim_5_3 : \sum_(h : G) D k (h^-1)%g * f j (h^-1 * g)%g = \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
transitivity (\sum_(h : G) D k (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma closing_claim_5_4 : \sum_(h : G) (fun (h1 : G) => D k h1) (h^-1)%g * (fun (h1 : G) => f j h1) (h^-1 * g)%g = \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma closing_claim_5_5 : \sum_(h : G) involution G (fun (h1 : G) => D k h1) h * (fun (h1 : G) => f j h1) (h^-1 * g)%g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof.
by_definition.
Qed.
Theorem closing_claim_5 : filter_gradient1 (regular G) D f k j g = convolve G (involution G (fun (h : G) => D k h)) (fun (h : G) => f j h) g :> R.
Proof. etransitivity; [exact: closing_claim_5_1|]. etransitivity; [exact: closing_claim_5_2|]. etransitivity; [exact: closing_claim_5_3|]. etransitivity; [exact: closing_claim_5_4|]. exact: closing_claim_5_5. Qed.
End claim_closing_claim_5.

Definition ok : Stmt_closing_claim := conj (@closing_claim_1) (conj (@closing_claim_2) (conj (@closing_claim_3) (conj (@closing_claim_4) (@closing_claim_5)))).
Print Assumptions ok.
