(* The printed lines that are wrong, refuted: each holds for all inputs exactly on the groups named, and the script that proves the right
   line does not prove the printed one. E1: (3), line 3. E2: (6), line 4, in its three readings. On one channel; D is the gradient at the output. *)
From mathcomp Require Import zmodp.
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Refutations.
Variables (R : comRingType) (G : finGroupType).
Implicit Types (D f psi : G -> R) (g h u v x y : G).

Definition gradient3 D psi g := \sum_(h : G) D h * psi (h^-1 * g)%g.
Definition printed3 D psi g := \sum_(h : G) D g * psi (h^-1 * g)%g.
Definition gradient6 D f g := \sum_(h : G) D h * f (h * g)%g.
Definition point (a : G) : G -> R := fun h => (h == a)%:R.

Lemma truth (p q : bool) : p%:R = q%:R :> R -> p = q.
Proof. by case: p; case: q => // /eqP; rewrite ?oner_eq0 // eq_sym oner_eq0. Qed.
Lemma gradient3_points u v g : gradient3 (point u) (point v) g = (u^-1 * g == v)%g%:R.
Proof. exact: kron. Qed.
Lemma gradient6_points u v g : gradient6 (point u) (point v) g = (u * g == v)%g%:R.
Proof. exact: kron. Qed.

(* E1 holds for all inputs iff |G| = 1. *)
Theorem E1 : (forall D psi g, printed3 D psi g = gradient3 D psi g) <-> #|G| = 1%N.
Proof.
split=> [printed | one D psi g]; last first.
  by apply: eq_bigr => h _; have /fintype_le1P all_same : (#|G| <= 1)%N; [rewrite one | rewrite (all_same g h)].
apply/eqP; rewrite eqn_leq; apply/andP; split; last by apply/card_gt0P; exists 1%g.
apply/fintype_le1P => x y; suff to_one (z : G) : z = 1%g by rewrite (to_one x) (to_one y).
have := printed (point 1%g) (point z) 1%g; rewrite gradient3_points /printed3 /point eqxx.
rewrite (reindex_inverse (G := G)) (eq_bigr (fun h => (h == z)%:R * 1)) => [|h _]; last by rewrite mul1r mulr1 invgK mulg1.
by rewrite kron -[1]/(true%:R) invg1 mulg1 => /truth/esym/eqP.
Qed.

(* E2, ∗ a convolution: iff every element is its own inverse. *)
Theorem E2_convolution : (forall D f g, convolve G D f g = gradient6 D f g) <-> (forall x, x^-1 = x)%g.
Proof.
split=> [printed x | own D f g]; last by apply: eq_bigr => h _; rewrite own.
have := printed (point x) (point 1%g) x; rewrite gradient6_points /convolve kron /point mulVg eqxx -[1]/(true%:R).
by move=> /truth/esym/eqP square; apply: (mulgI x); rewrite mulgV square.
Qed.

(* E2, read as D ⋆ f: the same. *)
Theorem E2_correlation : (forall D f g, correlate (regular G) D f g = gradient6 D f g) <-> (forall x, x^-1 = x)%g.
Proof.
split=> [printed x | own D f g]; last first.
  have abelian x y : (x * y = y * x)%g by rewrite -[LHS]own invMg !own.
  by apply: eq_bigr => h _; rewrite /= own abelian.
have := printed (point 1%g) (point x) x.
by rewrite gradient6_points /correlate kron /point /= mulg1 mul1g eqxx => /truth/eqP.
Qed.

(* E2, read as f ⋆ D: iff G is abelian. *)
Theorem E2_correlation_swapped : (forall D f g, correlate (regular G) f D g = gradient6 D f g) <-> commutative (@mulg G).
Proof.
split=> [printed x y | abelian D f g]; last first.
  rewrite /gradient6 /correlate (reindex_right g); apply: eq_bigr => h _ /=.
  by rewrite mulrC (abelian h g) mulKg.
have := printed (point x) (point y) (y * x^-1)%g.
rewrite gradient6_points /correlate kron /point /= invMg invgK -mulgA mulVg mulg1 eqxx => /truth/esym/eqP E.
by apply: (mulIg x^-1%g); rewrite -mulgA E mulgK.
Qed.

(* What holds on every group. *)
Theorem E2_corrected D f g : convolve G (involution G D) f g = gradient6 D f g.
Proof. by rewrite /gradient6 (reindex_inverse (G := G)). Qed.
End Refutations.

(* The smallest groups on which the lines are false. *)
Theorem E1_false_on_C2 (R : comRingType) :
  ~ (forall D psi (g : 'Z_2), printed3 R [finGroupType of 'Z_2] D psi g = gradient3 R _ D psi g).
Proof. by move/E1; rewrite card_ord. Qed.
Theorem E2_false_on_C3 (R : comRingType) :
  ~ (forall D f (g : 'Z_3), convolve [finGroupType of 'Z_3] D f g = gradient6 R _ D f g).
Proof. by move/E2_convolution => /(_ (Zp1 : 'Z_3)). Qed.

(* The scripts that prove the right lines are rejected on the printed ones. *)
Section RequiredFailures.
Variables (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J) (k : K).
Lemma right_line3 : \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : G) (y == g)%:R * psi l j (h^-1 * y)%g)
  = \sum_(h : G) \sum_(l : K) D l h * psi l j (h^-1 * g)%g.
Proof. apply: eq_bigr => h _. apply: eq_bigr => l _. refine (congr1 (fun hole : R => D l h * hole) _). by_kron. Qed.
Goal \sum_(h : G) \sum_(l : K) D l h * (\sum_(y : G) (y == g)%:R * psi l j (h^-1 * y)%g)
  = \sum_(h : G) \sum_(l : K) D l g * psi l j (h^-1 * g)%g.
Proof. Fail (apply: eq_bigr => h _; apply: eq_bigr => l _; refine (congr1 (fun hole : R => D l h * hole) _); by_kron). Abort.
Lemma right_line4 : \sum_(h : G) D k h * f j (h * g)%g = convolve G (involution G (D k)) (f j) g.
Proof. exact: reindex_inverse. Qed.
Goal \sum_(h : G) D k h * f j (h * g)%g = convolve G (D k) (f j) g.
Proof. Fail exact: reindex_inverse. Fail by_definition. Abort.
End RequiredFailures.

Print Assumptions E1.
Print Assumptions E2_convolution.
Print Assumptions E2_correlation.
Print Assumptions E2_correlation_swapped.
Print Assumptions E2_corrected.
Print Assumptions E1_false_on_C2.
Print Assumptions E2_false_on_C3.
