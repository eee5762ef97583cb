(* What the exported derivations rest on, written by hand: the objects (G-sets, automorphisms, derivations; a subgroup H of G is
   MathComp's {group G}, its elements as a group of their own subg_of H, as elements of G sgval s), the
   operators as sums, and one tactic for each rule of gcalc's kernel. The digit in the name of an operator counts the channel axes of its
   first function. Read with proofs/definitions.py, whose formulas these are; every unfolding in an exported file compares the two. *)
From Coq Require Import Ring.
From mathcomp Require Export ssreflect ssrfun ssrbool eqtype ssrnat seq choice fintype finset bigop fingroup ssralg.
Import GRing.Theory.
Local Open Scope ring_scope.

(** Objects *)

(* A finite set on which G acts from the left. *)
Record gset (G : finGroupType) := GSet {
  points :> finType;
  act : G -> points -> points;
  act1 : forall x, act 1%g x = x;
  actA : forall a b x, act a (act b x) = act (a * b)%g x }.
Arguments act {G g}.
Notation "a • x" := (act a x) (at level 38, right associativity).
Definition regular (G : finGroupType) := @GSet G G mulg (@mul1g G) (@mulgA G).

(* G = T H: every g is z s for exactly one z in T and s in H. *)
Definition factorizes {G : finGroupType} (T H : {group G}) :=
  forall g : G, exists! p : subg_of T * subg_of H, (sgval p.1 * sgval p.2)%g = g.

Record automorphism (G : finGroupType) := Automorphism {
  forth :> G -> G;
  back : G -> G;
  forthM : {morph forth : a b / (a * b)%g};
  forthK : cancel forth back;
  backK : cancel back forth }.

(* A derivation of the ring of values: what ∂/∂f(x) is known by. *)
Record derivation (R : comRingType) := Derivation {
  der :> R -> R;
  derD : forall a b, der (a + b) = der a + der b;
  derM : forall a b, der (a * b) = der a * b + a * der b }.

Lemma backM (G : finGroupType) (r : automorphism G) : {morph back G r : a b / (a * b)%g}.
Proof. by move=> a b; rewrite -{1}[a](backK G r) -{1}[b](backK G r) -forthM forthK. Qed.
Definition inverse {G : finGroupType} (r : automorphism G) := Automorphism G _ _ (@backM G r) (@backK G r) (@forthK G r).

(** Operators *)

Section Operators.
Context {G : finGroupType}.
Definition left_translate (X : gset G) {R} (u : G) (f : X -> R) (x : X) := f (u^-1%g • x).
Definition left_translate1 (X : gset G) {R} {J : finType} (u : G) (f : J -> X -> R) (j : J) (x : X) := f j (u^-1%g • x).
Definition left_translate2 (X : gset G) {R} {J K : finType} (u : G) (f : K -> J -> X -> R) (k : K) (j : J) (x : X) :=
  f k j (u^-1%g • x).
Definition transpose2 (X : gset G) {R} {J K : finType} (psi : K -> J -> X -> R) (j : J) (k : K) (x : X) := psi k j x.
Definition filter_transform2 (X : gset G) (H : {group G}) {R} {J K : finType} (psi : K -> J -> X -> R) (k : K) (s : subg_of H) (j : J) (x : X) :=
  psi k j ((sgval s)^-1%g • x).

Context {R : comRingType} {B J K : finType}.
Definition correlate (X : gset G) (a c : X -> R) (g : G) := \sum_(x : X) a x * c (g^-1%g • x).
Definition correlate1 (X : gset G) (f : J -> X -> R) (psi : K -> J -> X -> R) (k : K) (g : G) :=
  \sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1%g • x).
Definition correlate2 (X : gset G) (f : B -> J -> X -> R) (psi : K -> J -> X -> R) (b : B) (k : K) (g : G) :=
  \sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1%g • x).
Definition input_gradient1 (X : gset G) (D : K -> G -> R) (psi : K -> J -> X -> R) (j : J) (x : X) :=
  \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1%g • x).
Definition input_gradient2 (X : gset G) (D : B -> K -> G -> R) (psi : K -> J -> X -> R) (b : B) (j : J) (x : X) :=
  \sum_(h : G) \sum_(k : K) D b k h * psi k j (h^-1%g • x).
Definition filter_gradient1 (X : gset G) (D : K -> G -> R) (f : J -> X -> R) (k : K) (j : J) (x : X) :=
  \sum_(h : G) D k h * f j (h • x).
Definition filter_gradient2 (X : gset G) (D : B -> K -> G -> R) (f : B -> J -> X -> R) (k : K) (j : J) (x : X) :=
  \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x).
Definition filter_transform_gradient2 (X : gset G) (H : {group G}) (E : K -> subg_of H -> J -> X -> R) (k : K) (j : J) (x : X) :=
  \sum_(s : subg_of H) \sum_(w : X) ((sgval s)^-1%g • w == x)%:R * E k s j w.
End Operators.

Section OperatorsOnGroups.
Variable G : finGroupType.
Definition left_translate_aut {R} (r : automorphism G) (f : G -> R) (z : G) := f (inverse r z).
Definition left_translate_aut1 {R} {J : finType} (r : automorphism G) (f : J -> G -> R) (j : J) (z : G) := f j (inverse r z).
Definition left_translate_aut2 {R} {J K : finType} (r : automorphism G) (f : K -> J -> G -> R) (k : K) (j : J) (z : G) :=
  f k j (inverse r z).
Definition involution {R} (a : G -> R) (g : G) := a g^-1%g.
Definition involution1 {R} {J : finType} (a : J -> G -> R) (j : J) (g : G) := a j g^-1%g.
Definition involution2 {R} {J K : finType} (psi : K -> J -> G -> R) (k : K) (j : J) (g : G) := psi k j g^-1%g.
Definition convolve {R : comRingType} (a c : G -> R) (g : G) := \sum_(h : G) a h * c (h^-1 * g)%g.
Definition sum_pool1 {R : comRingType} {J : finType} (f : J -> G -> R) (U : {set G}) (j : J) (g : G) :=
  \sum_(h : G | (g^-1 * h)%g \in U) f j h.
(* With any commutative monoid: max, sum, and so the mean. *)
Definition pool1 {R} {idx : R} (op : Monoid.com_law idx) {J : finType} (f : J -> G -> R) (U : {set G}) (j : J) (g : G) :=
  \big[op/idx]_(h : G | (g^-1 * h)%g \in U) f j h.
Definition coset_pool1 (H : {group G}) {R} {idx : R} (op : Monoid.com_law idx) {J : finType} (f : J -> G -> R) (j : J) (g : G) :=
  \big[op/idx]_(s : subg_of H) f j (g * sgval s)%g.
End OperatorsOnGroups.

(** Rules *)

Section Words.
Context {G : finGroupType}.
Lemma sgval_mul (H : {group G}) (a b : subg_of H) : sgval (a * b)%g = (sgval a * sgval b)%g.
Proof. by []. Qed.
Lemma sgval_inv (H : {group G}) (a : subg_of H) : sgval a^-1%g = (sgval a)^-1%g.
Proof. by []. Qed.
Lemma sgval_one (H : {group G}) : sgval (1 : subg_of H)%g = 1%g.
Proof. by []. Qed.
Lemma aut1 (r : automorphism G) : r 1%g = 1%g.
Proof. by apply: (mulgI (r 1%g)); rewrite -forthM !mulg1. Qed.
Lemma autV (r : automorphism G) a : r a^-1%g = (r a)^-1%g.
Proof. by apply: (mulgI (r a)); rewrite -forthM !mulgV aut1. Qed.
Lemma autK (r : automorphism G) a : inverse r (r a) = a.
Proof. exact: forthK. Qed.
Lemma autKV (r : automorphism G) a : r (inverse r a) = a.
Proof. exact: backK. Qed.
End Words.
Definition wordE := (@sgval_mul, @sgval_inv, @sgval_one, @forthM, @autV, @aut1, @autK, @autKV, @actA).
Ltac by_definition := reflexivity.
Ltac by_word := by rewrite ?wordE ?gnorm ?act1.

Section Reindex.
Context {R : Type} {idx : R} {op : Monoid.com_law idx} {G : finGroupType}.
Lemma reindex_left (a : G) (P : pred G) F : \big[op/idx]_(v | P v) F v = \big[op/idx]_(v | P (a * v)%g) F (a * v)%g.
Proof. exact: (reindex_inj (mulgI a)). Qed.
Lemma reindex_right (a : G) (P : pred G) F : \big[op/idx]_(v | P v) F v = \big[op/idx]_(v | P (v * a)%g) F (v * a)%g.
Proof. exact: (reindex_inj (mulIg a)). Qed.
Lemma reindex_inverse (P : pred G) F : \big[op/idx]_(v | P v) F v = \big[op/idx]_(v | P v^-1%g) F v^-1%g.
Proof. exact: (reindex_inj invg_inj). Qed.
Lemma reindex_automorphism (r : automorphism G) (P : pred G) F : \big[op/idx]_(v | P v) F v = \big[op/idx]_(v | P (r v)) F (r v).
Proof. exact: (reindex_inj (can_inj (@forthK G r))). Qed.
Lemma reindex_act (X : gset G) (a : G) (P : pred X) F : \big[op/idx]_(v | P v) F v = \big[op/idx]_(v | P (a • v)) F (a • v).
Proof. by apply: (reindex_inj (can_inj (g := act a^-1%g) _)) => x; rewrite actA mulVg act1. Qed.
Lemma split (T H : {group G}) : factorizes T H ->
  forall F, \big[op/idx]_(g : G) F g = \big[op/idx]_(z : subg_of T) \big[op/idx]_(s : subg_of H) F (sgval z * sgval s)%g.
Proof.
move=> TH F; rewrite pair_bigA /= [RHS](partition_big (fun p : subg_of T * subg_of H => (sgval p.1 * sgval p.2)%g) xpredT) //=.
apply: eq_bigr => g _; have [p [<- unique]] := TH g; rewrite (big_pred1 p) // => q /=.
by apply/eqP/eqP => [/unique ->|->].
Qed.
End Reindex.
Ltac by_exchange := exact: exchange_big.
Ltac by_factor := first [exact: mulr_sumr | exact: mulr_suml].
Ltac by_additive := exact: big_split.
Ltac by_split factorization := exact: (split _ _ factorization).

Section Kronecker.
Context {R : comRingType}.
Lemma kron (I : finType) (a : I) (F : I -> R) : \sum_(v : I) (v == a)%:R * F v = F a.
Proof. by rewrite (bigD1 a) //= eqxx mul1r big1 ?addr0 // => v /negbTE ->; rewrite mul0r. Qed.
Lemma delta_same (T : eqType) (a b : T) : a = b -> (a == b)%:R = 1 :> R.
Proof. by move=> ->; rewrite eqxx. Qed.
Lemma delta_swap (T : eqType) (a b : T) : (a == b)%:R = (b == a)%:R :> R.
Proof. by rewrite eq_sym. Qed.
Lemma delta_subgroup (G : finGroupType) (H : {group G}) (a b : subg_of H) : (a == b)%:R = (sgval a == sgval b)%:R :> R.
Proof. by []. Qed.
Lemma delta_points (G : finGroupType) (X : gset G) (p : G) (a b c d : X) : p • a = c -> p • b = d ->
  (a == b)%:R = (c == d)%:R :> R.
Proof.
by move=> <- <-; rewrite (can_eq (f := act p) (g := act p^-1%g)) // => x; rewrite actA mulVg act1.
Qed.
(* a⁻¹b and c⁻¹d are conjugate. *)
Lemma delta_words (G : finGroupType) (p a b c d : G) : (c^-1 * d = p * (a^-1 * b) * p^-1)%g ->
  (a == b)%:R = (c == d)%:R :> R.
Proof.
have one (x y : G) : (x == y) = (x^-1 * y == 1)%g by rewrite -eq_mulVg1.
by move=> E; rewrite (one c) E (one a) -(conjg_eq1 (a^-1 * b)%g p^-1%g) conjgE invgK mulgA.
Qed.
End Kronecker.
Ltac by_kron := exact: kron.
Ltac by_delta_one := apply: delta_same; by_word.
Ltac by_delta_words p := rewrite ?delta_subgroup; apply: (delta_words _ p); by_word.
Ltac by_delta_words_swapped p := rewrite ?delta_subgroup [LHS]delta_swap; apply: (delta_words _ p); by_word.
Ltac by_delta_points p := apply: (delta_points _ _ p); by_word.
Ltac by_delta_points_swapped p := rewrite [LHS]delta_swap; apply: (delta_points _ _ p); by_word.
Ltac by_delta_swap := exact: delta_swap.

Section Derivative.
Context {R : comRingType} (d : derivation R).
Lemma der0 : d 0 = 0.
Proof. by apply: (addrI (d 0)); rewrite -derD !addr0. Qed.
Lemma der1 : d 1 = 0.
Proof. by apply: (addrI (d 1)); rewrite addr0 -{3}[1]mulr1 derM mulr1 mul1r. Qed.
Lemma der_nat n : d n%:R = 0.
Proof. by elim: n => [|n IH]; rewrite ?der0 // mulrS derD der1 IH addr0. Qed.
Lemma der_opp a : d (- a) = - d a.
Proof. by apply: (addrI (d a)); rewrite -derD !subrr der0. Qed.
Lemma der_sum (I : finType) (P : pred I) F : d (\sum_(v | P v) F v) = \sum_(v | P v) d (F v).
Proof. by elim/big_rec2: _ => [|v a b _ <-]; rewrite ?der0 // derD. Qed.
End Derivative.
Ltac by_derivative := first [exact: der_sum | exact: derD | exact: derM | exact: der0 | exact: der1 | exact: der_nat
  | by rewrite der_opp der_nat oppr0].

Lemma commutative_ring (R : ringType) (C : commutative (@GRing.mul R)) : @ring_theory R 0 1 +%R *%R (fun x y => x - y) -%R eq.
Proof. by split=> *; rewrite ?add0r ?addrA ?mul1r ?mulrA ?mulrDl ?subrr //; first [exact: addrC | exact: C]. Qed.
Definition values (R : comRingType) := commutative_ring (GRing.ComRing.ringType R) (@mulrC R).
Lemma times_one (R : ringType) (a b : R) : a * 1 = b * 1 -> a = b.
Proof. by rewrite !mulr1. Qed.
Ltac by_ring R := apply: (times_one (GRing.ComRing.ringType R)); rewrite ?mulrS ?mulr0n;
  change (GRing.ComRing.zmodType R) with (GRing.Ring.zmodType (GRing.ComRing.ringType R)); ring.
