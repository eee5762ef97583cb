(* Made by gcalc from proofs/planar_commutes_iff.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* if *)
Section claim_planar_commutes_iff_1.
Variable R : comRingType.
Variable T : finGroupType.
Variable J : finType.
Variable K : finType.
Variable r : automorphism T.
Variable f : J -> T -> R.
Variable psi : K -> J -> T -> R.
Variable k : K.
Variable x : T.
Hypothesis assumed1 : forall (k1 : K) (j : J) (x1 : T), psi k1 j (r x1)%g = psi k1 j x1 :> R. (* psi ∘ r = psi *)
Add Ring values : (values R).
(* definition of correlate *)
Lemma planar_commutes_iff_1_1 : correlate1 (regular T) (left_translate_aut1 T r f) psi k x = \sum_(y : T) \sum_(j : J) left_translate_aut1 T r f j y * psi k j (x^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma planar_commutes_iff_1_2 : \sum_(y : T) \sum_(j : J) left_translate_aut1 T r f j y * psi k j (x^-1 * y)%g = \sum_(y : T) \sum_(j : J) f j ((inverse r) y)%g * psi k j (x^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* reindex y → r(y); group axioms *)
Lemma planar_commutes_iff_1_3 : \sum_(y : T) \sum_(j : J) f j ((inverse r) y)%g * psi k j (x^-1 * y)%g = \sum_(y : T) \sum_(j : J) f j y * psi k j (x^-1 * r y)%g :> R.
Proof.
transitivity (\sum_(y : T) \sum_(j : J) f j ((inverse r) (r y))%g * psi k j (x^-1 * r y)%g : R).
{ exact: (reindex_automorphism (r)). }
apply: eq_bigr => y _. apply: eq_bigr => j _. refine (congr1 (fun hole : T => f j hole * psi k j (x^-1 * r y)%g) _). by_word.
Qed.
(* the automorphism is a homomorphism *)
Lemma planar_commutes_iff_1_4 : \sum_(y : T) \sum_(j : J) f j y * psi k j (x^-1 * r y)%g = \sum_(y : T) \sum_(j : J) f j y * psi k j (r (((inverse r) x)^-1 * y))%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => j _. refine (congr1 (fun hole : T => f j y * psi k j hole) _). by_word.
Qed.
(* psi ∘ r = psi *)
Lemma planar_commutes_iff_1_5 : \sum_(y : T) \sum_(j : J) f j y * psi k j (r (((inverse r) x)^-1 * y))%g = \sum_(y : T) \sum_(j : J) f j y * psi k j (((inverse r) x)^-1 * y)%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => j _. refine (congr1 (fun hole : R => f j y * hole) _). exact: (assumed1 k j (((inverse r) x)^-1 * y)%g).
Qed.
(* definition of correlate *)
Lemma planar_commutes_iff_1_6 : \sum_(y : T) \sum_(j : J) f j y * psi k j (((inverse r) x)^-1 * y)%g = correlate1 (regular T) f psi k ((inverse r) x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma planar_commutes_iff_1_7 : correlate1 (regular T) f psi k ((inverse r) x)%g = left_translate_aut1 T r (correlate1 (regular T) f psi) k x :> R.
Proof.
by_definition.
Qed.
Theorem planar_commutes_iff_1 : correlate1 (regular T) (left_translate_aut1 T r f) psi k x = left_translate_aut1 T r (correlate1 (regular T) f psi) k x :> R.
Proof. etransitivity; [exact: planar_commutes_iff_1_1|]. etransitivity; [exact: planar_commutes_iff_1_2|]. etransitivity; [exact: planar_commutes_iff_1_3|]. etransitivity; [exact: planar_commutes_iff_1_4|]. etransitivity; [exact: planar_commutes_iff_1_5|]. etransitivity; [exact: planar_commutes_iff_1_6|]. exact: planar_commutes_iff_1_7. Qed.
End claim_planar_commutes_iff_1.

(* only if *)
Section claim_planar_commutes_iff_2.
Variable R : comRingType.
Variable T : finGroupType.
Variable J : finType.
Variable K : finType.
Variable r : automorphism T.
Variable psi : K -> J -> T -> R.
Variable j : J.
Variable k : K.
Variable x : T.
Hypothesis assumed1 : forall (f : J -> T -> R) (k1 : K) (x1 : T), correlate1 (regular T) (left_translate_aut1 T r f) psi k1 x1 = left_translate_aut1 T r (correlate1 (regular T) f psi) k1 x1 :> R. (* [L_r f] ⋆ psi = L_r[f ⋆ psi] for all f *)
Add Ring values : (values R).
(* group axioms *)
Lemma planar_commutes_iff_2_1 : psi k j (r x)%g = psi k j (r (x * (1 : T)))%g :> R.
Proof.
refine (congr1 (fun hole : T => psi k j (r hole)%g) _). by_word.
Qed.
(* Kronecker delta *)
Lemma planar_commutes_iff_2_2 : psi k j (r (x * (1 : T)))%g = \sum_(y : T) (y == (1 : T)%g)%:R * psi k j (r (x * y))%g :> R.
Proof.
apply: esym. by_kron.
Qed.
(* Kronecker delta *)
Lemma planar_commutes_iff_2_3 : \sum_(y : T) (y == (1 : T)%g)%:R * psi k j (r (x * y))%g = \sum_(y : T) \sum_(i : J) (i == j)%:R * ((y == (1 : T)%g)%:R * psi k i (r (x * y))%g) :> R.
Proof.
apply: esym. apply: eq_bigr => y _. by_kron.
Qed.
(* ring axioms *)
Lemma planar_commutes_iff_2_4 : \sum_(y : T) \sum_(i : J) (i == j)%:R * ((y == (1 : T)%g)%:R * psi k i (r (x * y))%g) = \sum_(y : T) \sum_(i : J) ((i == j)%:R * (y == (1 : T)%g)%:R) * psi k i (r (x * y))%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* read as a function *)
Lemma planar_commutes_iff_2_5 : \sum_(y : T) \sum_(i : J) ((i == j)%:R * (y == (1 : T)%g)%:R) * psi k i (r (x * y))%g = \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (r (x * y))%g :> R.
Proof.
by_definition.
Qed.
(* reindex y → r⁻¹(y); the automorphism is a homomorphism *)
Lemma planar_commutes_iff_2_6 : \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (r (x * y))%g = \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i ((inverse r) y)%g * psi k i (r x * y)%g :> R.
Proof.
transitivity (\sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i ((inverse r) y)%g * psi k i (r (x * (inverse r) y))%g : R).
{ exact: (reindex_automorphism (inverse r)). }
apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : T => (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i ((inverse r) y)%g * psi k i hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma planar_commutes_iff_2_7 : \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i ((inverse r) y)%g * psi k i (r x * y)%g = \sum_(y : T) \sum_(i : J) left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (r x * y)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma planar_commutes_iff_2_8 : \sum_(y : T) \sum_(i : J) left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (r x * y)%g = \sum_(y : T) \sum_(i : J) left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (((r x)^-1)^-1 * y)%g :> R.
Proof.
apply: eq_bigr => y _. apply: eq_bigr => i _. refine (congr1 (fun hole : T => left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (hole * y)%g) _). by_word.
Qed.
(* definition of correlate *)
Lemma planar_commutes_iff_2_9 : \sum_(y : T) \sum_(i : J) left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i (((r x)^-1)^-1 * y)%g = correlate1 (regular T) (left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R)) psi k ((r x)^-1)%g :> R.
Proof.
by_definition.
Qed.
(* [L_r f] ⋆ psi = L_r[f ⋆ psi] for all f *)
Lemma planar_commutes_iff_2_10 : correlate1 (regular T) (left_translate_aut1 T r (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R)) psi k ((r x)^-1)%g = left_translate_aut1 T r (correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi) k ((r x)^-1)%g :> R.
Proof.
exact: (assumed1 (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) k ((r x)^-1)%g).
Qed.
(* definition of left_translate *)
Lemma planar_commutes_iff_2_11 : left_translate_aut1 T r (correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi) k ((r x)^-1)%g = correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi k ((inverse r) ((r x)^-1))%g :> R.
Proof.
by_definition.
Qed.
(* the automorphism is a homomorphism *)
Lemma planar_commutes_iff_2_12 : correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi k ((inverse r) ((r x)^-1))%g = correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi k (x^-1)%g :> R.
Proof.
refine (congr1 (fun hole : T => correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi k hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma planar_commutes_iff_2_13 : correlate1 (regular T) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) psi k (x^-1)%g = \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i ((x^-1)^-1 * y)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function; ring axioms *)
Lemma planar_commutes_iff_2_14 : \sum_(y : T) \sum_(i : J) (fun (q0 : J) (q1 : T) => (q0 == j)%:R * (q1 == (1 : T)%g)%:R) i y * psi k i ((x^-1)^-1 * y)%g = \sum_(y : T) \sum_(i : J) (i == j)%:R * ((y == (1 : T)%g)%:R * psi k i ((x^-1)^-1 * y)%g) :> R.
Proof.
transitivity (\sum_(y : T) \sum_(i : J) ((i == j)%:R * (y == (1 : T)%g)%:R) * psi k i ((x^-1)^-1 * y)%g : R).
{ by_definition. }
apply: eq_bigr => y _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma planar_commutes_iff_2_15 : \sum_(y : T) \sum_(i : J) (i == j)%:R * ((y == (1 : T)%g)%:R * psi k i ((x^-1)^-1 * y)%g) = psi k j ((x^-1)^-1 * (1 : T))%g :> R.
Proof.
transitivity (\sum_(y : T) (y == (1 : T)%g)%:R * psi k j ((x^-1)^-1 * y)%g : R).
{ apply: eq_bigr => y _. by_kron. }
by_kron.
Qed.
(* group axioms *)
Lemma planar_commutes_iff_2_16 : psi k j ((x^-1)^-1 * (1 : T))%g = psi k j x :> R.
Proof.
refine (congr1 (fun hole : T => psi k j hole) _). by_word.
Qed.
Theorem planar_commutes_iff_2 : psi k j (r x)%g = psi k j x :> R.
Proof. etransitivity; [exact: planar_commutes_iff_2_1|]. etransitivity; [exact: planar_commutes_iff_2_2|]. etransitivity; [exact: planar_commutes_iff_2_3|]. etransitivity; [exact: planar_commutes_iff_2_4|]. etransitivity; [exact: planar_commutes_iff_2_5|]. etransitivity; [exact: planar_commutes_iff_2_6|]. etransitivity; [exact: planar_commutes_iff_2_7|]. etransitivity; [exact: planar_commutes_iff_2_8|]. etransitivity; [exact: planar_commutes_iff_2_9|]. etransitivity; [exact: planar_commutes_iff_2_10|]. etransitivity; [exact: planar_commutes_iff_2_11|]. etransitivity; [exact: planar_commutes_iff_2_12|]. etransitivity; [exact: planar_commutes_iff_2_13|]. etransitivity; [exact: planar_commutes_iff_2_14|]. etransitivity; [exact: planar_commutes_iff_2_15|]. exact: planar_commutes_iff_2_16. Qed.
End claim_planar_commutes_iff_2.

Definition ok : Stmt_planar_commutes_iff := conj (@planar_commutes_iff_1) (@planar_commutes_iff_2).
Print Assumptions ok.
