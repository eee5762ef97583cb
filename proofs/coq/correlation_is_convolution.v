(* Made by gcalc from proofs/correlation_is_convolution.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* f ⋆ psi = f ∗ psi* *)
Section claim_correlation_is_convolution_1.
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
Lemma correlation_is_convolution_1_1 : correlate1 (regular G) f psi k g = \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_definition.
Qed.
(* exchange the sums *)
Lemma correlation_is_convolution_1_2 : \sum_(h : G) \sum_(j : J) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g :> R.
Proof.
by_exchange.
Qed.
(* group axioms *)
Lemma correlation_is_convolution_1_3 : \sum_(j : J) \sum_(h : G) f j h * psi k j (g^-1 * h)%g = \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g :> R.
Proof.
apply: eq_bigr => j _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => f j h * psi k j hole) _). by_word.
Qed.
(* read as a function *)
Lemma correlation_is_convolution_1_4 : \sum_(j : J) \sum_(h : G) f j h * psi k j ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g :> R.
Proof.
transitivity (\sum_(j : J) \sum_(h : G) f j h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g : R).
{ by_definition. }
by_definition.
Qed.
(* definition of involution *)
Lemma correlation_is_convolution_1_5 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * (fun (h1 : G) => psi k j h1) ((h^-1 * g)^-1)%g = \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma correlation_is_convolution_1_6 : \sum_(j : J) \sum_(h : G) (fun (h1 : G) => f j h1) h * involution G (fun (h1 : G) => psi k j h1) (h^-1 * g)%g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof.
by_definition.
Qed.
Theorem correlation_is_convolution_1 : correlate1 (regular G) f psi k g = \sum_(j : J) convolve G (fun (h : G) => f j h) (involution G (fun (h : G) => psi k j h)) g :> R.
Proof. etransitivity; [exact: correlation_is_convolution_1_1|]. etransitivity; [exact: correlation_is_convolution_1_2|]. etransitivity; [exact: correlation_is_convolution_1_3|]. etransitivity; [exact: correlation_is_convolution_1_4|]. etransitivity; [exact: correlation_is_convolution_1_5|]. exact: correlation_is_convolution_1_6. Qed.
End claim_correlation_is_convolution_1.

Definition ok : Stmt_correlation_is_convolution := @correlation_is_convolution_1.
Print Assumptions ok.
