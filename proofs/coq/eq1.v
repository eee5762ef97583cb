(* Made by gcalc from proofs/eq1.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* rotation *)
Section claim_eq1_1.
Variable R : comRingType.
Variable T : finGroupType.
Variable J : finType.
Variable K : finType.
Variable r : automorphism T.
Variable f : J -> T -> R.
Variable psi : K -> J -> T -> R.
Variable k : K.
Variable x : T.
Add Ring values : (values R).
(* definition of correlate *)
Lemma eq1_1_1 : correlate1 (regular T) (left_translate_aut1 T r f) psi k x = \sum_(y : T) \sum_(j : J) left_translate_aut1 T r f j y * psi k j (x^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma eq1_1_2 : \sum_(y : T) \sum_(j : J) left_translate_aut1 T r f j y * psi k j (x^-1 * y)%g = \sum_(y : T) \sum_(j : J) f j ((inverse r) y)%g * psi k j (x^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* reindex y → r(y); group axioms *)
Lemma eq1_1_3 : \sum_(y : T) \sum_(j : J) f j ((inverse r) y)%g * psi k j (x^-1 * y)%g = \sum_(y : T) \sum_(j : J) f j y * psi k j (x^-1 * r y)%g :> R.
Proof.
transitivity (\sum_(y : T) \sum_(j : J) f j ((inverse r) (r y))%g * psi k j (x^-1 * r y)%g : R).
{ exact: (reindex_automorphism (r)). }
apply: eq_bigr => y _. apply: eq_bigr => j _. refine (congr1 (fun hole : T => f j hole * psi k j (x^-1 * r y)%g) _). by_word.
Qed.
(* the automorphism is a homomorphism *)
Lemma eq1_1_4 : \sum_(y : T) \sum_(j : J) f j y * psi k j (x^-1 * r y)%g = \sum_(y : T) \sum_(j : J) f j y * psi k j (r (((inverse r) x)^-1 * y))%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => j _. refine (congr1 (fun hole : T => f j y * psi k j hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma eq1_1_5 : \sum_(y : T) \sum_(j : J) f j y * psi k j (r (((inverse r) x)^-1 * y))%g = \sum_(y : T) \sum_(j : J) f j y * left_translate_aut2 T (inverse r) psi k j (((inverse r) x)^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* definition of correlate *)
Lemma eq1_1_6 : \sum_(y : T) \sum_(j : J) f j y * left_translate_aut2 T (inverse r) psi k j (((inverse r) x)^-1 * y)%g = correlate1 (regular T) f (left_translate_aut2 T (inverse r) psi) k ((inverse r) x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma eq1_1_7 : correlate1 (regular T) f (left_translate_aut2 T (inverse r) psi) k ((inverse r) x)%g = left_translate_aut1 T r (correlate1 (regular T) f (left_translate_aut2 T (inverse r) psi)) k x :> R.
Proof.
by_definition.
Qed.
Theorem eq1_1 : correlate1 (regular T) (left_translate_aut1 T r f) psi k x = left_translate_aut1 T r (correlate1 (regular T) f (left_translate_aut2 T (inverse r) psi)) k x :> R.
Proof. etransitivity; [exact: eq1_1_1|]. etransitivity; [exact: eq1_1_2|]. etransitivity; [exact: eq1_1_3|]. etransitivity; [exact: eq1_1_4|]. etransitivity; [exact: eq1_1_5|]. etransitivity; [exact: eq1_1_6|]. exact: eq1_1_7. Qed.
End claim_eq1_1.

Definition ok : Stmt_eq1 := @eq1_1.
Print Assumptions ok.
