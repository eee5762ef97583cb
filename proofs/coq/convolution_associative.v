(* Made by gcalc from proofs/convolution_associative.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* (a b) c = a (b c) *)
Section claim_convolution_associative_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable a : G -> R.
Variable b : G -> R.
Variable c : G -> R.
Variable g : G.
Add Ring values : (values R).
(* definition of convolve *)
Lemma convolution_associative_1_1 : convolve G (convolve G a b) c g = \sum_(h : G) convolve G a b h * c (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma convolution_associative_1_2 : \sum_(h : G) convolve G a b h * c (h^-1 * g)%g = \sum_(h : G) (\sum_(m : G) a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* distributivity *)
Lemma convolution_associative_1_3 : \sum_(h : G) (\sum_(m : G) a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(h : G) \sum_(m : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
apply: eq_bigr => h _. by_factor.
Qed.
(* exchange the sums *)
Lemma convolution_associative_1_4 : \sum_(h : G) \sum_(m : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g :> R.
Proof.
by_exchange.
Qed.
(* reindex h → mh *)
Lemma convolution_associative_1_5 : \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * h)%g) * c (h^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * (m * h))%g) * c ((m * h)^-1 * g)%g :> R.
Proof.
apply: eq_bigr => m _. exact: (reindex_left m).
Qed.
(* group axioms *)
Lemma convolution_associative_1_6 : \sum_(m : G) \sum_(h : G) (a m * b (m^-1 * (m * h))%g) * c ((m * h)^-1 * g)%g = \sum_(m : G) \sum_(h : G) (a m * b h) * c (h^-1 * (m^-1 * g))%g :> R.
Proof.
transitivity (\sum_(m : G) \sum_(h : G) (a m * b h) * c ((m * h)^-1 * g)%g : R).
{ apply: eq_bigr => m _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => (a m * b hole) * c ((m * h)^-1 * g)%g) _). by_word. }
apply: eq_bigr => m _. apply: eq_bigr => h _. refine (congr1 (fun hole : G => (a m * b h) * c hole) _). by_word.
Qed.
(* ring axioms *)
Lemma convolution_associative_1_7 : \sum_(m : G) \sum_(h : G) (a m * b h) * c (h^-1 * (m^-1 * g))%g = \sum_(m : G) \sum_(h : G) a m * (b h * c (h^-1 * (m^-1 * g))%g) :> R.
Proof.
apply: eq_bigr => m _. apply: eq_bigr => h _. by_ring R.
Qed.
(* distributivity *)
Lemma convolution_associative_1_8 : \sum_(m : G) \sum_(h : G) a m * (b h * c (h^-1 * (m^-1 * g))%g) = \sum_(m : G) a m * (\sum_(h : G) b h * c (h^-1 * (m^-1 * g))%g) :> R.
Proof.
apply: esym. apply: eq_bigr => m _. by_factor.
Qed.
(* definition of convolve *)
Lemma convolution_associative_1_9 : \sum_(m : G) a m * (\sum_(h : G) b h * c (h^-1 * (m^-1 * g))%g) = \sum_(m : G) a m * convolve G b c (m^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of convolve *)
Lemma convolution_associative_1_10 : \sum_(m : G) a m * convolve G b c (m^-1 * g)%g = convolve G a (convolve G b c) g :> R.
Proof.
by_definition.
Qed.
Theorem convolution_associative_1 : convolve G (convolve G a b) c g = convolve G a (convolve G b c) g :> R.
Proof. etransitivity; [exact: convolution_associative_1_1|]. etransitivity; [exact: convolution_associative_1_2|]. etransitivity; [exact: convolution_associative_1_3|]. etransitivity; [exact: convolution_associative_1_4|]. etransitivity; [exact: convolution_associative_1_5|]. etransitivity; [exact: convolution_associative_1_6|]. etransitivity; [exact: convolution_associative_1_7|]. etransitivity; [exact: convolution_associative_1_8|]. etransitivity; [exact: convolution_associative_1_9|]. exact: convolution_associative_1_10. Qed.
End claim_convolution_associative_1.

Definition ok : Stmt_convolution_associative := @convolution_associative_1.
Print Assumptions ok.
