(* Made by gcalc from proofs/second_derivatives.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* <C, ig(D, psi)> = <D, C ⋆ psi> = <fg(D, C), psi> *)
Section claim_second_derivatives_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable C : J -> X -> R.
Variable D : K -> G -> R.
Variable psi : K -> J -> X -> R.
Add Ring values : (values R).
(* definition of input_gradient *)
Lemma second_derivatives_1_1 : \sum_(x : X) \sum_(j : J) C j x * input_gradient1 X D psi j x = \sum_(x : X) \sum_(j : J) C j x * (\sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma second_derivatives_1_2 : \sum_(x : X) \sum_(j : J) C j x * (\sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 • x)%g) = \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) C j x * (D k h * psi k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) \sum_(h : G) C j x * (\sum_(k : K) D k h * psi k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor. }
apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => h _. by_factor.
Qed.
(* exchange the sums *)
Lemma second_derivatives_1_3 : \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) C j x * (D k h * psi k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) C j x * (D k h * psi k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(x : X) \sum_(h : G) \sum_(j : J) \sum_(k : K) C j x * (D k h * psi k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => x _. by_exchange. }
transitivity (\sum_(h : G) \sum_(x : X) \sum_(j : J) \sum_(k : K) C j x * (D k h * psi k j (h^-1 • x)%g) : R).
{ by_exchange. }
transitivity (\sum_(h : G) \sum_(x : X) \sum_(k : K) \sum_(j : J) C j x * (D k h * psi k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => h _. apply: eq_bigr => x _. by_exchange. }
transitivity (\sum_(h : G) \sum_(k : K) \sum_(x : X) \sum_(j : J) C j x * (D k h * psi k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => h _. by_exchange. }
by_exchange.
Qed.
(* ring axioms *)
Lemma second_derivatives_1_4 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) C j x * (D k h * psi k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (C j x * psi k j (h^-1 • x)%g) :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_ring R.
Qed.
(* distributivity *)
Lemma second_derivatives_1_5 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (C j x * psi k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j x * psi k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) \sum_(x : X) D k h * (\sum_(j : J) C j x * psi k j (h^-1 • x)%g) : R).
{ apply: esym. apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. by_factor. }
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => h _. by_factor.
Qed.
(* definition of correlate *)
Lemma second_derivatives_1_6 : \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j x * psi k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) D k h * correlate1 X C psi k h :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma second_derivatives_1_7 : \sum_(k : K) \sum_(h : G) D k h * correlate1 X C psi k h = \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j x * psi k j (h^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* reindex x → hx; group axioms *)
Lemma second_derivatives_1_8 : \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j x * psi k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j (h • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j (h • x)%g * psi k j (h^-1 • (h • x))%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). exact: (reindex_act X h). }
apply: eq_bigr => k _. apply: eq_bigr => h _. refine (congr1 (fun hole : R => D k h * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => C j (h • x)%g * psi k j hole) _). by_word.
Qed.
(* distributivity *)
Lemma second_derivatives_1_9 : \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) C j (h • x)%g * psi k j x) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (C j (h • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) \sum_(x : X) D k h * (\sum_(j : J) C j (h • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => h _. by_factor. }
apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. by_factor.
Qed.
(* exchange the sums *)
Lemma second_derivatives_1_10 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (C j (h • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) D k h * (C j (h • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(x : X) \sum_(h : G) \sum_(j : J) D k h * (C j (h • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. by_exchange. }
apply: eq_bigr => k _. apply: eq_bigr => x _. by_exchange.
Qed.
(* ring axioms *)
Lemma second_derivatives_1_11 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) D k h * (C j (h • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) (D k h * C j (h • x)%g) * psi k j x :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => h _. by_ring R.
Qed.
(* distributivity *)
Lemma second_derivatives_1_12 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) (D k h * C j (h • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(h : G) D k h * C j (h • x)%g) * psi k j x :> R.
Proof.
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* definition of filter_gradient *)
Lemma second_derivatives_1_13 : \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(h : G) D k h * C j (h • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D C k j x * psi k j x :> R.
Proof.
by_definition.
Qed.
Theorem second_derivatives_1 : \sum_(x : X) \sum_(j : J) C j x * input_gradient1 X D psi j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D C k j x * psi k j x :> R.
Proof. etransitivity; [exact: second_derivatives_1_1|]. etransitivity; [exact: second_derivatives_1_2|]. etransitivity; [exact: second_derivatives_1_3|]. etransitivity; [exact: second_derivatives_1_4|]. etransitivity; [exact: second_derivatives_1_5|]. etransitivity; [exact: second_derivatives_1_6|]. etransitivity; [exact: second_derivatives_1_7|]. etransitivity; [exact: second_derivatives_1_8|]. etransitivity; [exact: second_derivatives_1_9|]. etransitivity; [exact: second_derivatives_1_10|]. etransitivity; [exact: second_derivatives_1_11|]. etransitivity; [exact: second_derivatives_1_12|]. exact: second_derivatives_1_13. Qed.
End claim_second_derivatives_1.

(* <E, fg(D, f)> = <D, f ⋆ E> = <ig(D, E), f> *)
Section claim_second_derivatives_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable E : K -> J -> X -> R.
Variable f : J -> X -> R.
Add Ring values : (values R).
(* definition of filter_gradient *)
Lemma second_derivatives_2_1 : \sum_(k : K) \sum_(x : X) \sum_(j : J) E k j x * filter_gradient1 X D f k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) E k j x * (\sum_(h : G) D k h * f j (h • x)%g) :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma second_derivatives_2_2 : \sum_(k : K) \sum_(x : X) \sum_(j : J) E k j x * (\sum_(h : G) D k h * f j (h • x)%g) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) E k j x * (D k h * f j (h • x)%g) :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* exchange the sums *)
Lemma second_derivatives_2_3 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(h : G) E k j x * (D k h * f j (h • x)%g) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) E k j x * (D k h * f j (h • x)%g) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(x : X) \sum_(h : G) \sum_(j : J) E k j x * (D k h * f j (h • x)%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => x _. by_exchange. }
apply: eq_bigr => k _. by_exchange.
Qed.
(* reindex x → h⁻¹x; group axioms *)
Lemma second_derivatives_2_4 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) E k j x * (D k h * f j (h • x)%g) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) E k j (h^-1 • x)%g * (D k h * f j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) E k j (h^-1 • x)%g * (D k h * f j (h • (h^-1 • x))%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => h _. exact: (reindex_act X (h^-1)%g). }
apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => E k j (h^-1 • x)%g * (D k h * f j hole)) _). by_word.
Qed.
(* ring axioms *)
Lemma second_derivatives_2_5 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) E k j (h^-1 • x)%g * (D k h * f j x) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_ring R.
Qed.
(* distributivity *)
Lemma second_derivatives_2_6 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) f j x * E k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) \sum_(x : X) D k h * (\sum_(j : J) f j x * E k j (h^-1 • x)%g) : R).
{ apply: esym. apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. by_factor. }
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => h _. by_factor.
Qed.
(* definition of correlate *)
Lemma second_derivatives_2_7 : \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) f j x * E k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) D k h * correlate1 X f E k h :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma second_derivatives_2_8 : \sum_(k : K) \sum_(h : G) D k h * correlate1 X f E k h = \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) f j x * E k j (h^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma second_derivatives_2_9 : \sum_(k : K) \sum_(h : G) D k h * (\sum_(x : X) \sum_(j : J) f j x * E k j (h^-1 • x)%g) = \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(h : G) \sum_(x : X) D k h * (\sum_(j : J) f j x * E k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => h _. by_factor. }
apply: eq_bigr => k _. apply: eq_bigr => h _. apply: eq_bigr => x _. by_factor.
Qed.
(* exchange the sums *)
Lemma second_derivatives_2_10 : \sum_(k : K) \sum_(h : G) \sum_(x : X) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) = \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) D k h * (f j x * E k j (h^-1 • x)%g) :> R.
Proof.
transitivity (\sum_(h : G) \sum_(k : K) \sum_(x : X) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) : R).
{ by_exchange. }
transitivity (\sum_(h : G) \sum_(x : X) \sum_(k : K) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => h _. by_exchange. }
transitivity (\sum_(x : X) \sum_(h : G) \sum_(k : K) \sum_(j : J) D k h * (f j x * E k j (h^-1 • x)%g) : R).
{ by_exchange. }
transitivity (\sum_(x : X) \sum_(h : G) \sum_(j : J) \sum_(k : K) D k h * (f j x * E k j (h^-1 • x)%g) : R).
{ apply: eq_bigr => x _. apply: eq_bigr => h _. by_exchange. }
apply: eq_bigr => x _. by_exchange.
Qed.
(* ring axioms *)
Lemma second_derivatives_2_11 : \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) D k h * (f j x * E k j (h^-1 • x)%g) = \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) (D k h * E k j (h^-1 • x)%g) * f j x :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => h _. apply: eq_bigr => k _. by_ring R.
Qed.
(* distributivity *)
Lemma second_derivatives_2_12 : \sum_(x : X) \sum_(j : J) \sum_(h : G) \sum_(k : K) (D k h * E k j (h^-1 • x)%g) * f j x = \sum_(x : X) \sum_(j : J) (\sum_(h : G) \sum_(k : K) D k h * E k j (h^-1 • x)%g) * f j x :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) \sum_(h : G) (\sum_(k : K) D k h * E k j (h^-1 • x)%g) * f j x : R).
{ apply: esym. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => h _. by_factor. }
apply: esym. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* definition of input_gradient *)
Lemma second_derivatives_2_13 : \sum_(x : X) \sum_(j : J) (\sum_(h : G) \sum_(k : K) D k h * E k j (h^-1 • x)%g) * f j x = \sum_(x : X) \sum_(j : J) input_gradient1 X D E j x * f j x :> R.
Proof.
by_definition.
Qed.
Theorem second_derivatives_2 : \sum_(k : K) \sum_(x : X) \sum_(j : J) E k j x * filter_gradient1 X D f k j x = \sum_(x : X) \sum_(j : J) input_gradient1 X D E j x * f j x :> R.
Proof. etransitivity; [exact: second_derivatives_2_1|]. etransitivity; [exact: second_derivatives_2_2|]. etransitivity; [exact: second_derivatives_2_3|]. etransitivity; [exact: second_derivatives_2_4|]. etransitivity; [exact: second_derivatives_2_5|]. etransitivity; [exact: second_derivatives_2_6|]. etransitivity; [exact: second_derivatives_2_7|]. etransitivity; [exact: second_derivatives_2_8|]. etransitivity; [exact: second_derivatives_2_9|]. etransitivity; [exact: second_derivatives_2_10|]. etransitivity; [exact: second_derivatives_2_11|]. etransitivity; [exact: second_derivatives_2_12|]. exact: second_derivatives_2_13. Qed.
End claim_second_derivatives_2.

Definition ok : Stmt_second_derivatives := conj (@second_derivatives_1) (@second_derivatives_2).
Print Assumptions ok.
