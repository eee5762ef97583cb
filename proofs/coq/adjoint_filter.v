(* Made by gcalc from proofs/adjoint_filter.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* <D, f ⋆ psi> = <fg(D, f), psi> *)
Section claim_adjoint_filter_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Add Ring values : (values R).
(* definition of correlate *)
Lemma adjoint_filter_1_1 : \sum_(k : K) \sum_(g : G) D k g * correlate1 X f psi k g = \sum_(k : K) \sum_(g : G) D k g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* reindex x → gx; group axioms *)
Lemma adjoint_filter_1_2 : \sum_(k : K) \sum_(g : G) D k g * (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • x)%g) = \sum_(k : K) \sum_(g : G) D k g * (\sum_(x : X) \sum_(j : J) f j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(g : G) D k g * (\sum_(x : X) \sum_(j : J) f j (g • x)%g * psi k j (g^-1 • (g • x))%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => g _. refine (congr1 (fun hole : R => D k g * hole) _). exact: (reindex_act X g). }
apply: eq_bigr => k _. apply: eq_bigr => g _. refine (congr1 (fun hole : R => D k g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j (g • x)%g * psi k j hole) _). by_word.
Qed.
(* distributivity *)
Lemma adjoint_filter_1_3 : \sum_(k : K) \sum_(g : G) D k g * (\sum_(x : X) \sum_(j : J) f j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(g : G) \sum_(x : X) \sum_(j : J) D k g * (f j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(g : G) \sum_(x : X) D k g * (\sum_(j : J) f j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => g _. by_factor. }
apply: eq_bigr => k _. apply: eq_bigr => g _. apply: eq_bigr => x _. by_factor.
Qed.
(* exchange the sums *)
Lemma adjoint_filter_1_4 : \sum_(k : K) \sum_(g : G) \sum_(x : X) \sum_(j : J) D k g * (f j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(g : G) D k g * (f j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(x : X) \sum_(g : G) \sum_(j : J) D k g * (f j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. by_exchange. }
apply: eq_bigr => k _. apply: eq_bigr => x _. by_exchange.
Qed.
(* ring axioms *)
Lemma adjoint_filter_1_5 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(g : G) D k g * (f j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(g : G) (D k g * f j (g • x)%g) * psi k j x :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => g _. by_ring R.
Qed.
(* distributivity *)
Lemma adjoint_filter_1_6 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(g : G) (D k g * f j (g • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(g : G) D k g * f j (g • x)%g) * psi k j x :> R.
Proof.
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* definition of filter_gradient *)
Lemma adjoint_filter_1_7 : \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(g : G) D k g * f j (g • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D f k j x * psi k j x :> R.
Proof.
by_definition.
Qed.
Theorem adjoint_filter_1 : \sum_(k : K) \sum_(g : G) D k g * correlate1 X f psi k g = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D f k j x * psi k j x :> R.
Proof. etransitivity; [exact: adjoint_filter_1_1|]. etransitivity; [exact: adjoint_filter_1_2|]. etransitivity; [exact: adjoint_filter_1_3|]. etransitivity; [exact: adjoint_filter_1_4|]. etransitivity; [exact: adjoint_filter_1_5|]. etransitivity; [exact: adjoint_filter_1_6|]. exact: adjoint_filter_1_7. Qed.
End claim_adjoint_filter_1.

(* batch *)
Section claim_adjoint_filter_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable B : finType.
Variable J : finType.
Variable K : finType.
Variable D : B -> K -> G -> R.
Variable f : B -> J -> X -> R.
Variable psi : K -> J -> X -> R.
Add Ring values : (values R).
(* definition of correlate *)
Lemma adjoint_filter_2_1 : \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * correlate2 X f psi b k g = \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * (\sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1 • x)%g) :> R.
Proof.
by_definition.
Qed.
(* reindex x → gx; group axioms *)
Lemma adjoint_filter_2_2 : \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * (\sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1 • x)%g) = \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * (\sum_(x : X) \sum_(j : J) f b j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * (\sum_(x : X) \sum_(j : J) f b j (g • x)%g * psi k j (g^-1 • (g • x))%g) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => b _. apply: eq_bigr => g _. refine (congr1 (fun hole : R => D b k g * hole) _). exact: (reindex_act X g). }
apply: eq_bigr => k _. apply: eq_bigr => b _. apply: eq_bigr => g _. refine (congr1 (fun hole : R => D b k g * hole) _). apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f b j (g • x)%g * psi k j hole) _). by_word.
Qed.
(* distributivity *)
Lemma adjoint_filter_2_3 : \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * (\sum_(x : X) \sum_(j : J) f b j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(b : B) \sum_(g : G) \sum_(x : X) \sum_(j : J) D b k g * (f b j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(b : B) \sum_(g : G) \sum_(x : X) D b k g * (\sum_(j : J) f b j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => b _. apply: eq_bigr => g _. by_factor. }
apply: eq_bigr => k _. apply: eq_bigr => b _. apply: eq_bigr => g _. apply: eq_bigr => x _. by_factor.
Qed.
(* exchange the sums *)
Lemma adjoint_filter_2_4 : \sum_(k : K) \sum_(b : B) \sum_(g : G) \sum_(x : X) \sum_(j : J) D b k g * (f b j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(b : B) \sum_(g : G) D b k g * (f b j (g • x)%g * psi k j x) :> R.
Proof.
transitivity (\sum_(k : K) \sum_(b : B) \sum_(x : X) \sum_(g : G) \sum_(j : J) D b k g * (f b j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => b _. by_exchange. }
transitivity (\sum_(k : K) \sum_(x : X) \sum_(b : B) \sum_(g : G) \sum_(j : J) D b k g * (f b j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. by_exchange. }
transitivity (\sum_(k : K) \sum_(x : X) \sum_(b : B) \sum_(j : J) \sum_(g : G) D b k g * (f b j (g • x)%g * psi k j x) : R).
{ apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => b _. by_exchange. }
apply: eq_bigr => k _. apply: eq_bigr => x _. by_exchange.
Qed.
(* ring axioms *)
Lemma adjoint_filter_2_5 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(b : B) \sum_(g : G) D b k g * (f b j (g • x)%g * psi k j x) = \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(b : B) \sum_(g : G) (D b k g * f b j (g • x)%g) * psi k j x :> R.
Proof.
apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => b _. apply: eq_bigr => g _. by_ring R.
Qed.
(* distributivity *)
Lemma adjoint_filter_2_6 : \sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(b : B) \sum_(g : G) (D b k g * f b j (g • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(b : B) \sum_(g : G) D b k g * f b j (g • x)%g) * psi k j x :> R.
Proof.
transitivity (\sum_(k : K) \sum_(x : X) \sum_(j : J) \sum_(b : B) (\sum_(g : G) D b k g * f b j (g • x)%g) * psi k j x : R).
{ apply: esym. apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. apply: eq_bigr => b _. by_factor. }
apply: esym. apply: eq_bigr => k _. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
(* definition of filter_gradient *)
Lemma adjoint_filter_2_7 : \sum_(k : K) \sum_(x : X) \sum_(j : J) (\sum_(b : B) \sum_(g : G) D b k g * f b j (g • x)%g) * psi k j x = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient2 X D f k j x * psi k j x :> R.
Proof.
by_definition.
Qed.
Theorem adjoint_filter_2 : \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * correlate2 X f psi b k g = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient2 X D f k j x * psi k j x :> R.
Proof. etransitivity; [exact: adjoint_filter_2_1|]. etransitivity; [exact: adjoint_filter_2_2|]. etransitivity; [exact: adjoint_filter_2_3|]. etransitivity; [exact: adjoint_filter_2_4|]. etransitivity; [exact: adjoint_filter_2_5|]. etransitivity; [exact: adjoint_filter_2_6|]. exact: adjoint_filter_2_7. Qed.
End claim_adjoint_filter_2.

Definition ok : Stmt_adjoint_filter := conj (@adjoint_filter_1) (@adjoint_filter_2).
Print Assumptions ok.
