(* Made by gcalc from proofs/convolution_unit.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* δ a = a *)
Section claim_convolution_unit_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of convolve *)
Lemma convolution_unit_1_1 : convolve G (fun (q0 : G) => (q0 == (1 : G)%g)%:R) a g = \sum_(h : G) (fun (q0 : G) => (q0 == (1 : G)%g)%:R) h * a (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma convolution_unit_1_2 : \sum_(h : G) (fun (q0 : G) => (q0 == (1 : G)%g)%:R) h * a (h^-1 * g)%g = \sum_(h : G) (h == (1 : G)%g)%:R * a (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* Kronecker delta *)
Lemma convolution_unit_1_3 : \sum_(h : G) (h == (1 : G)%g)%:R * a (h^-1 * g)%g = a ((1 : G)^-1 * g)%g :> R.
Proof.
by_kron.
Qed.
(* group axioms *)
Lemma convolution_unit_1_4 : a ((1 : G)^-1 * g)%g = a g :> R.
Proof.
refine (congr1 (fun hole : G => a hole) _). by_word.
Qed.
Theorem convolution_unit_1 : convolve G (fun (q0 : G) => (q0 == (1 : G)%g)%:R) a g = a g :> R.
Proof. etransitivity; [exact: convolution_unit_1_1|]. etransitivity; [exact: convolution_unit_1_2|]. etransitivity; [exact: convolution_unit_1_3|]. exact: convolution_unit_1_4. Qed.
End claim_convolution_unit_1.

(* a δ = a *)
Section claim_convolution_unit_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of convolve *)
Lemma convolution_unit_2_1 : convolve G a (fun (q0 : G) => (q0 == (1 : G)%g)%:R) g = \sum_(h : G) a h * (fun (q0 : G) => (q0 == (1 : G)%g)%:R) (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function *)
Lemma convolution_unit_2_2 : \sum_(h : G) a h * (fun (q0 : G) => (q0 == (1 : G)%g)%:R) (h^-1 * g)%g = \sum_(h : G) a h * ((h^-1 * g)%g == (1 : G)%g)%:R :> R.
Proof.
by_definition.
Qed.
(* solve for the summation variable *)
Lemma convolution_unit_2_3 : \sum_(h : G) a h * ((h^-1 * g)%g == (1 : G)%g)%:R = \sum_(h : G) a h * (h == g)%:R :> R.
Proof.
apply: eq_bigr => h _. refine (congr1 (fun hole : R => a h * hole) _). by_delta_words_swapped (1 : G)%g.
Qed.
(* ring axioms *)
Lemma convolution_unit_2_4 : \sum_(h : G) a h * (h == g)%:R = \sum_(h : G) (h == g)%:R * a h :> R.
Proof.
apply: eq_bigr => h _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma convolution_unit_2_5 : \sum_(h : G) (h == g)%:R * a h = a g :> R.
Proof.
by_kron.
Qed.
Theorem convolution_unit_2 : convolve G a (fun (q0 : G) => (q0 == (1 : G)%g)%:R) g = a g :> R.
Proof. etransitivity; [exact: convolution_unit_2_1|]. etransitivity; [exact: convolution_unit_2_2|]. etransitivity; [exact: convolution_unit_2_3|]. etransitivity; [exact: convolution_unit_2_4|]. exact: convolution_unit_2_5. Qed.
End claim_convolution_unit_2.

Definition ok : Stmt_convolution_unit := conj (@convolution_unit_1) (@convolution_unit_2).
Print Assumptions ok.
