(* Made by gcalc from proofs/eq3_line3_as_printed.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* if *)
Section claim_eq3_line3_as_printed_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable D : K -> G -> R.
Variable psi : K -> J -> G -> R.
Variable g : G.
Variable j : J.
Hypothesis assumed1 : forall (u : G) (v : G), (u == v)%:R = 1 :> R. (* G is trivial *)
Add Ring values : (values R).
(* Kronecker delta *)
Lemma eq3_line3_as_printed_1_1 : \sum_(h : G) \sum_(k : K) D k g * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) (\sum_(m : G) (m == g)%:R * D k m) * psi k j (h^-1 * g)%g :> R.
Proof.
apply: esym. apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => hole * psi k j (h^-1 * g)%g) _). by_kron.
Qed.
(* G is trivial *)
Lemma eq3_line3_as_printed_1_2 : \sum_(h : G) \sum_(k : K) (\sum_(m : G) (m == g)%:R * D k m) * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) (\sum_(m : G) 1 * D k m) * psi k j (h^-1 * g)%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => hole * psi k j (h^-1 * g)%g) _). apply: eq_bigr => m _. refine (congr1 (fun hole : R => hole * D k m) _). exact: (assumed1 m g).
Qed.
(* G is trivial *)
Lemma eq3_line3_as_printed_1_3 : \sum_(h : G) \sum_(k : K) (\sum_(m : G) 1 * D k m) * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) (\sum_(m : G) (m == h)%:R * D k m) * psi k j (h^-1 * g)%g :> R.
Proof.
apply: esym. apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => hole * psi k j (h^-1 * g)%g) _). apply: eq_bigr => m _. refine (congr1 (fun hole : R => hole * D k m) _). exact: (assumed1 m h).
Qed.
(* Kronecker delta *)
Lemma eq3_line3_as_printed_1_4 : \sum_(h : G) \sum_(k : K) (\sum_(m : G) (m == h)%:R * D k m) * psi k j (h^-1 * g)%g = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => k _. refine (congr1 (fun hole : R => hole * psi k j (h^-1 * g)%g) _). by_kron.
Qed.
(* definition of input_gradient *)
Lemma eq3_line3_as_printed_1_5 : \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1 * g)%g = input_gradient1 (regular G) D psi j g :> R.
Proof.
by_definition.
Qed.
Theorem eq3_line3_as_printed_1 : \sum_(h : G) \sum_(k : K) D k g * psi k j (h^-1 * g)%g = input_gradient1 (regular G) D psi j g :> R.
Proof. etransitivity; [exact: eq3_line3_as_printed_1_1|]. etransitivity; [exact: eq3_line3_as_printed_1_2|]. etransitivity; [exact: eq3_line3_as_printed_1_3|]. etransitivity; [exact: eq3_line3_as_printed_1_4|]. exact: eq3_line3_as_printed_1_5. Qed.
End claim_eq3_line3_as_printed_1.

(* only if *)
Section claim_eq3_line3_as_printed_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable K : finType.
Variable j : J.
Variable k : K.
Variable u : G.
Variable v : G.
Hypothesis assumed1 : forall (D : K -> G -> R) (psi : K -> J -> G -> R) (j1 : J) (g : G), \sum_(h : G) \sum_(k1 : K) D k1 g * psi k1 j1 (h^-1 * g)%g = input_gradient1 (regular G) D psi j1 g :> R. (* line 3 holds for all D, psi *)
Add Ring values : (values R).
(* solve for the summation variable *)
Lemma eq3_line3_as_printed_2_1 : (u == v)%:R = (v == u)%:R :> R.
Proof.
by_delta_words_swapped (1 : G)%g.
Qed.
(* Kronecker delta *)
Lemma eq3_line3_as_printed_2_2 : (v == u)%:R = \sum_(h : G) (h == u)%:R * (v == u)%:R :> R.
Proof.
apply: esym. by_kron.
Qed.
(* Kronecker delta *)
Lemma eq3_line3_as_printed_2_3 : \sum_(h : G) (h == u)%:R * (v == u)%:R = \sum_(h : G) \sum_(l : K) (l == k)%:R * ((h == u)%:R * (v == u)%:R) :> R.
Proof.
apply: esym. apply: eq_bigr => h _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma eq3_line3_as_printed_2_4 : \sum_(h : G) \sum_(l : K) (l == k)%:R * ((h == u)%:R * (v == u)%:R) = \sum_(h : G) \sum_(l : K) (l == k)%:R * (((h^-1 * v)%g == (u^-1 * v)%g)%:R * (v == u)%:R) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => (l == k)%:R * (hole * (v == u)%:R)) _). by_delta_words_swapped (v^-1 * u)%g.
Qed.
(* ring axioms *)
Lemma eq3_line3_as_printed_2_5 : \sum_(h : G) \sum_(l : K) (l == k)%:R * (((h^-1 * v)%g == (u^-1 * v)%g)%:R * (v == u)%:R) = \sum_(h : G) \sum_(l : K) (v == u)%:R * ((l == k)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R) :> R.
Proof.
apply: eq_bigr => h _. apply: eq_bigr => l _. by_ring R.
Qed.
(* read as a function *)
Lemma eq3_line3_as_printed_2_6 : \sum_(h : G) \sum_(l : K) (v == u)%:R * ((l == k)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R) = \sum_(h : G) \sum_(l : K) (fun (l1 : K) (h1 : G) => (h1 == u)%:R) l v * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g :> R.
Proof.
transitivity (\sum_(h : G) \sum_(l : K) (v == u)%:R * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g : R).
{ by_definition. }
by_definition.
Qed.
(* line 3 holds for all D, psi *)
Lemma eq3_line3_as_printed_2_7 : \sum_(h : G) \sum_(l : K) (fun (l1 : K) (h1 : G) => (h1 == u)%:R) l v * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g = input_gradient1 (regular G) (fun (l : K) (h : G) => (h == u)%:R) (fun (l : K) (i : J) (h : G) => (l == k)%:R * (h == (u^-1 * v)%g)%:R) j v :> R.
Proof.
exact: (assumed1 (fun (l : K) (h : G) => (h == u)%:R) (fun (l : K) (i : J) (h : G) => (l == k)%:R * (h == (u^-1 * v)%g)%:R) j v).
Qed.
(* definition of input_gradient *)
Lemma eq3_line3_as_printed_2_8 : input_gradient1 (regular G) (fun (l : K) (h : G) => (h == u)%:R) (fun (l : K) (i : J) (h : G) => (l == k)%:R * (h == (u^-1 * v)%g)%:R) j v = \sum_(h : G) \sum_(l : K) (fun (l1 : K) (h1 : G) => (h1 == u)%:R) l h * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g :> R.
Proof.
by_definition.
Qed.
(* apply the function; ring axioms *)
Lemma eq3_line3_as_printed_2_9 : \sum_(h : G) \sum_(l : K) (fun (l1 : K) (h1 : G) => (h1 == u)%:R) l h * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g = \sum_(h : G) \sum_(l : K) (l == k)%:R * ((h == u)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R) :> R.
Proof.
transitivity (\sum_(h : G) \sum_(l : K) (h == u)%:R * (fun (l1 : K) (i : J) (h1 : G) => (l1 == k)%:R * (h1 == (u^-1 * v)%g)%:R) l j (h^-1 * v)%g : R).
{ by_definition. }
transitivity (\sum_(h : G) \sum_(l : K) (h == u)%:R * ((l == k)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R) : R).
{ by_definition. }
apply: eq_bigr => h _. apply: eq_bigr => l _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma eq3_line3_as_printed_2_10 : \sum_(h : G) \sum_(l : K) (l == k)%:R * ((h == u)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R) = ((u^-1 * v)%g == (u^-1 * v)%g)%:R :> R.
Proof.
transitivity (\sum_(h : G) (h == u)%:R * ((h^-1 * v)%g == (u^-1 * v)%g)%:R : R).
{ apply: eq_bigr => h _. by_kron. }
by_kron.
Qed.
(* δ(a, a) = 1 *)
Lemma eq3_line3_as_printed_2_11 : ((u^-1 * v)%g == (u^-1 * v)%g)%:R = 1 :> R.
Proof.
by_delta_one.
Qed.
Theorem eq3_line3_as_printed_2 : (u == v)%:R = 1 :> R.
Proof. etransitivity; [exact: eq3_line3_as_printed_2_1|]. etransitivity; [exact: eq3_line3_as_printed_2_2|]. etransitivity; [exact: eq3_line3_as_printed_2_3|]. etransitivity; [exact: eq3_line3_as_printed_2_4|]. etransitivity; [exact: eq3_line3_as_printed_2_5|]. etransitivity; [exact: eq3_line3_as_printed_2_6|]. etransitivity; [exact: eq3_line3_as_printed_2_7|]. etransitivity; [exact: eq3_line3_as_printed_2_8|]. etransitivity; [exact: eq3_line3_as_printed_2_9|]. etransitivity; [exact: eq3_line3_as_printed_2_10|]. exact: eq3_line3_as_printed_2_11. Qed.
End claim_eq3_line3_as_printed_2.

Definition ok : Stmt_eq3_line3_as_printed := conj (@eq3_line3_as_printed_1) (@eq3_line3_as_printed_2).
Print Assumptions ok.
