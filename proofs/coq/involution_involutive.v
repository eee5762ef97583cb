(* Made by gcalc from proofs/involution_involutive.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* psi** = psi *)
Section claim_involution_involutive_1.
Variable R : Type.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable psi : K -> J -> G -> R.
Variable g : G.
Variable j : J.
Variable k : K.
(* definition of involution *)
Lemma involution_involutive_1_1 : involution2 G (involution2 G psi) k j g = involution2 G psi k j (g^-1)%g :> R.
Proof.
by_definition.
Qed.
(* definition of involution *)
Lemma involution_involutive_1_2 : involution2 G psi k j (g^-1)%g = psi k j ((g^-1)^-1)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma involution_involutive_1_3 : psi k j ((g^-1)^-1)%g = psi k j g :> R.
Proof.
refine (congr1 (fun hole : G => psi k j hole) _). by_word.
Qed.
Theorem involution_involutive_1 : involution2 G (involution2 G psi) k j g = psi k j g :> R.
Proof. etransitivity; [exact: involution_involutive_1_1|]. etransitivity; [exact: involution_involutive_1_2|]. exact: involution_involutive_1_3. Qed.
End claim_involution_involutive_1.

Definition ok : Stmt_involution_involutive := @involution_involutive_1.
Print Assumptions ok.
