(* Made by gcalc from proofs/correlation_flip.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* (f ⋆ psi)* = psi ⋆ f *)
Section claim_correlation_flip_1.
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
(* definition of involution *)
Lemma correlation_flip_1_1 : involution2 G (correlate2 X f psi) b k g = correlate2 X f psi b k (g^-1)%g :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma correlation_flip_1_2 : correlate2 X f psi b k (g^-1)%g = \sum_(x : X) \sum_(j : J) f b j x * psi k j ((g^-1)^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* reindex x → g⁻¹x; group axioms *)
Lemma correlation_flip_1_3 : \sum_(x : X) \sum_(j : J) f b j x * psi k j ((g^-1)^-1 • x)%g = \sum_(x : X) \sum_(j : J) f b j (g^-1 • x)%g * psi k j x :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) f b j (g^-1 • x)%g * psi k j ((g^-1)^-1 • (g^-1 • x))%g : R).
{ exact: (reindex_act X (g^-1)%g). }
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f b j (g^-1 • x)%g * psi k j hole) _). by_word.
Qed.
(* ring axioms *)
Lemma correlation_flip_1_4 : \sum_(x : X) \sum_(j : J) f b j (g^-1 • x)%g * psi k j x = \sum_(x : X) \sum_(j : J) psi k j x * f b j (g^-1 • x)%g :> R.
Proof.
apply: eq_bigr => x _. apply: eq_bigr => j _. by_ring R.
Qed.
(* definition of correlate *)
Lemma correlation_flip_1_5 : \sum_(x : X) \sum_(j : J) psi k j x * f b j (g^-1 • x)%g = correlate2 X psi f k b g :> R.
Proof.
by_definition.
Qed.
Theorem correlation_flip_1 : involution2 G (correlate2 X f psi) b k g = correlate2 X psi f k b g :> R.
Proof. etransitivity; [exact: correlation_flip_1_1|]. etransitivity; [exact: correlation_flip_1_2|]. etransitivity; [exact: correlation_flip_1_3|]. etransitivity; [exact: correlation_flip_1_4|]. exact: correlation_flip_1_5. Qed.
End claim_correlation_flip_1.

Definition ok : Stmt_correlation_flip := @correlation_flip_1.
Print Assumptions ok.
