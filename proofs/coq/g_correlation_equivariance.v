(* Made by gcalc from proofs/g_correlation_equivariance.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* equivariance *)
Section claim_g_correlation_equivariance_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable psi : K -> J -> X -> R.
Variable g : G.
Variable k : K.
Variable u : G.
Add Ring values : (values R).
(* definition of correlate *)
Lemma g_correlation_equivariance_1_1 : correlate1 X (left_translate1 X u f) psi k g = \sum_(x : X) \sum_(j : J) left_translate1 X u f j x * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma g_correlation_equivariance_1_2 : \sum_(x : X) \sum_(j : J) left_translate1 X u f j x * psi k j (g^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g :> R.
Proof.
by_definition.
Qed.
(* reindex x → ux *)
Lemma g_correlation_equivariance_1_3 : \sum_(x : X) \sum_(j : J) f j (u^-1 • x)%g * psi k j (g^-1 • x)%g = \sum_(x : X) \sum_(j : J) f j (u^-1 • (u • x))%g * psi k j (g^-1 • (u • x))%g :> R.
Proof.
exact: (reindex_act X u).
Qed.
(* group axioms *)
Lemma g_correlation_equivariance_1_4 : \sum_(x : X) \sum_(j : J) f j (u^-1 • (u • x))%g * psi k j (g^-1 • (u • x))%g = \sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g :> R.
Proof.
transitivity (\sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1 • (u • x))%g : R).
{ apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j hole * psi k j (g^-1 • (u • x))%g) _). by_word. }
apply: eq_bigr => x _. apply: eq_bigr => j _. refine (congr1 (fun hole : X => f j x * psi k j hole) _). by_word.
Qed.
(* definition of correlate *)
Lemma g_correlation_equivariance_1_5 : \sum_(x : X) \sum_(j : J) f j x * psi k j ((u^-1 * g)^-1 • x)%g = correlate1 X f psi k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma g_correlation_equivariance_1_6 : correlate1 X f psi k (u^-1 * g)%g = left_translate1 (regular G) u (correlate1 X f psi) k g :> R.
Proof.
by_definition.
Qed.
Theorem g_correlation_equivariance_1 : correlate1 X (left_translate1 X u f) psi k g = left_translate1 (regular G) u (correlate1 X f psi) k g :> R.
Proof. etransitivity; [exact: g_correlation_equivariance_1_1|]. etransitivity; [exact: g_correlation_equivariance_1_2|]. etransitivity; [exact: g_correlation_equivariance_1_3|]. etransitivity; [exact: g_correlation_equivariance_1_4|]. etransitivity; [exact: g_correlation_equivariance_1_5|]. exact: g_correlation_equivariance_1_6. Qed.
End claim_g_correlation_equivariance_1.

Definition ok : Stmt_g_correlation_equivariance := @g_correlation_equivariance_1.
Print Assumptions ok.
