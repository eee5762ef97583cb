(* Infinite discrete groups, and sets on which they act, with functions of finite support: (1) for any group, (3) and (6). A sum over a group or a set
   is a sum over a list that holds the support, each point once; it does not depend on the list (`total_unique`). *)
From GCalc Require Import Rules.
Import GRing.Theory.
Local Open Scope ring_scope.

Record group_on (T : eqType) := GroupOn {
  mul : T -> T -> T;
  inv : T -> T;
  unit : T;
  mulA : associative mul;
  mul1 : left_id unit mul;
  mulV : left_inverse unit inv mul }.
Arguments mul {T g}. Arguments inv {T g}. Arguments unit {T}.

Section DiscreteGroup.
Variables (T : eqType) (G : group_on T).
Local Notation "a ∙ b" := (@mul T G a b) (at level 40, left associativity).
Local Notation "a ⁻¹" := (@inv T G a) (at level 3, format "a ⁻¹").
Lemma mulVK a b : a⁻¹ ∙ (a ∙ b) = b. Proof. by rewrite mulA mulV mul1. Qed.
Lemma mul_inv a : a ∙ a⁻¹ = unit G.
Proof. by rewrite -[LHS](mul1 _ G) -{1}(mulV _ G a⁻¹) -mulA (mulVK a) mulV. Qed.
Lemma mul_unit a : a ∙ unit G = a. Proof. by rewrite -(mulV _ G a) mulA mul_inv mul1. Qed.
Lemma mulKV a b : a ∙ (a⁻¹ ∙ b) = b. Proof. by rewrite mulA mul_inv mul1. Qed.
Lemma invK a : a⁻¹⁻¹ = a. Proof. by rewrite -[LHS]mul_unit -(mulV _ G a) mulVK. Qed.
Lemma invM a b : (a ∙ b)⁻¹ = b⁻¹ ∙ a⁻¹.
Proof. by rewrite -[RHS](mulVK (a ∙ b)) -!mulA mulKV mul_inv mul_unit. Qed.
Lemma mul_inj a : injective (@mul T G a). Proof. exact: can_inj (mulVK a). Qed.
Lemma inv_inj : injective (@inv T G). Proof. exact: can_inj invK. Qed.
End DiscreteGroup.

(* A set on which the group acts. *)
Record action_on (T S : eqType) (G : group_on T) := ActionOn {
  move : T -> S -> S;
  move1 : forall x, move (unit G) x = x;
  moveA : forall a b x, move a (move b x) = move (@mul T G a b) x }.
Arguments move {T S G}.
Definition on_itself (T : eqType) (G : group_on T) : action_on T T G := @ActionOn T T G (@mul T G) (@mul1 T G) (@mulA T G).

Section Action.
Variables (T S : eqType) (G : group_on T) (X : action_on T S G).
Lemma moveK a : cancel (move X a) (move X (@inv T G a)). Proof. by move=> x; rewrite moveA mulV move1. Qed.
Lemma moveKV a : cancel (move X (@inv T G a)) (move X a). Proof. by move=> x; rewrite moveA mul_inv move1. Qed.
Lemma move_inj a : injective (move X a). Proof. exact: can_inj (moveK a). Qed.
End Action.

(* Finite support. *)
Section Support.
Variables (R : ringType) (S : eqType).
Definition holds (s : seq S) (F : S -> R) := uniq s /\ forall x, x \notin s -> F x = 0.

Lemma total_unique (s s' : seq S) F : holds s F -> holds s' F -> \sum_(x <- s) F x = \sum_(x <- s') F x.
Proof.
move=> [uniq_s out] [uniq_s' out']; rewrite (bigID (mem s')) /= [X in _ + X]big1 ?addr0; last by move=> x /out'.
rewrite [RHS](bigID (mem s)) /= [X in _ = _ + X]big1 ?addr0; last by move=> x /out.
rewrite -[LHS]big_filter -[RHS]big_filter; apply: perm_big; apply: uniq_perm; rewrite ?filter_uniq //.
by move=> x; rewrite !mem_filter andbC.
Qed.

Lemma kron_list (s : seq S) (a : S) (F : S -> R) : uniq s -> (a \notin s -> F a = 0) -> \sum_(x <- s) (x == a)%:R * F x = F a.
Proof.
move=> uniq_s out; case a_in: (a \in s); last first.
  rewrite out ?a_in // big_seq big1 // => x x_in; case: eqP => [E | _]; last by rewrite mul0r.
  by rewrite E a_in in x_in.
rewrite (bigD1_seq a) //= eqxx mul1r big1 ?addr0 // => x /negbTE ->; exact: mul0r.
Qed.
End Support.

Section Layer.
Variables (R : comRingType) (T S : eqType) (G : group_on T) (X : action_on T S G) (J K : finType).
Local Notation "a ∙ b" := (@mul T G a b) (at level 40, left associativity).
Local Notation "a ⁻¹" := (@inv T G a) (at level 3, format "a ⁻¹").
Local Notation "a ⋅ x" := (move X a x) (at level 38, right associativity).

Definition supports {I : Type} {P : eqType} (s : seq P) (f : I -> P -> R) := uniq s /\ forall i x, x \notin s -> f i x = 0.
Definition translate {I : Type} (a : T) (f : I -> S -> R) i x := f i (a⁻¹ ⋅ x).
Definition translate_output {I : Type} (a : T) (f : I -> T -> R) i g := f i (a⁻¹ ∙ g).
Definition correlation (s : seq S) (f : J -> S -> R) (psi : K -> J -> S -> R) k g :=
  \sum_(x <- s) \sum_(j : J) f j x * psi k j (g⁻¹ ⋅ x).

Lemma correlation_unique s s' f psi : supports s f -> supports s' f -> correlation s f psi =2 correlation s' f psi.
Proof.
move=> [u o] [u' o'] k g; apply: total_unique; split=> // x out; apply: big1 => j _.
  by rewrite o ?mul0r.
by rewrite o' ?mul0r.
Qed.

Lemma translate_supports a s (f : J -> S -> R) : supports s f -> supports (map (move X a) s) (translate a f).
Proof.
move=> [u o]; split=> [|j x out]; first by rewrite map_inj_uniq //; apply: move_inj.
by apply: o; apply: contra out => x_in; rewrite -(moveKV _ _ _ X a x) map_f.
Qed.

(* (1) for any discrete group and any set on which it acts: [L_u f] ⋆ psi = L_u[f ⋆ psi]. *)
Theorem equivariance s f psi u k g :
  correlation (map (move X u) s) (translate u f) psi k g = translate_output u (correlation s f psi) k g.
Proof.
transitivity (\sum_(x <- map (move X u) s) \sum_(j : J) f j (u⁻¹ ⋅ x) * psi k j (g⁻¹ ⋅ x)); first by [].
transitivity (\sum_(x <- s) \sum_(j : J) f j (u⁻¹ ⋅ u ⋅ x) * psi k j (g⁻¹ ⋅ u ⋅ x)); first by rewrite big_map.
transitivity (\sum_(x <- s) \sum_(j : J) f j x * psi k j ((u⁻¹ ∙ g)⁻¹ ⋅ x)); last by [].
by apply: eq_bigr => x _; apply: eq_bigr => j _; rewrite moveK moveA invM invK.
Qed.

Definition input_gradient (t : seq T) (D : K -> T -> R) (psi : K -> J -> S -> R) j x :=
  \sum_(h <- t) \sum_(k : K) D k h * psi k j (h⁻¹ ⋅ x).
Definition filter_gradient (t : seq T) (D : K -> T -> R) (f : J -> S -> R) k j x := \sum_(h <- t) D k h * f j (h ⋅ x).

(* (3), chain rule: on any list that holds the support of f and the point x. *)
Theorem input_chain_rule s t (D : K -> T -> R) f psi j x (d : derivation R) :
  supports s f -> x \in s ->
  (forall i y, y \in s -> d (f i y) = (i == j)%:R * (y == x)%:R) ->
  (forall k i y, d (psi k i y) = 0) ->
  \sum_(h <- t) \sum_(k : K) D k h * d (correlation s f psi k h) = input_gradient t D psi j x.
Proof.
move=> [u _] x_in df dpsi; apply: eq_bigr => h _; apply: eq_bigr => k _; congr (_ * _).
transitivity (\sum_(y <- s) (y == x)%:R * psi k j (h⁻¹ ⋅ y)); last by apply: kron_list; rewrite ?x_in.
transitivity (\sum_(y <- s) d (\sum_(i : J) f i y * psi k i (h⁻¹ ⋅ y))).
  by rewrite /correlation; elim/big_rec2: _ => [|y a b _ <-]; rewrite ?der0 ?derD.
apply: eq_big_seq => y y_in; rewrite der_sum -(kron J j (fun i => (y == x)%:R * psi k i (h⁻¹ ⋅ y))).
by apply: eq_bigr => i _; rewrite derM dpsi mulr0 addr0 df // mulrA.
Qed.

(* (6), chain rule: psi is differentiated at every point, f has finite support. *)
Theorem filter_chain_rule s t (D : K -> T -> R) f psi k j x (d : derivation R) :
  supports s f ->
  (forall i y, d (f i y) = 0) ->
  (forall l i y, d (psi l i y) = (l == k)%:R * (i == j)%:R * (y == x)%:R) ->
  \sum_(h <- t) \sum_(l : K) D l h * d (correlation s f psi l h) = filter_gradient t D f k j x.
Proof.
move=> [u o] df dpsi; apply: eq_bigr => h _.
rewrite -(kron K k (fun l => D l h * f j (h ⋅ x))); apply: eq_bigr => l _; rewrite mulrCA; congr (_ * _).
transitivity (\sum_(y <- s) (y == h ⋅ x)%:R * ((l == k)%:R * f j y)); last first.
  by apply: (kron_list R S s (h ⋅ x) (fun y => (l == k)%:R * f j y)) => // out; rewrite o ?mulr0.
transitivity (\sum_(y <- s) d (\sum_(i : J) f i y * psi l i (h⁻¹ ⋅ y))).
  by rewrite /correlation; elim/big_rec2: _ => [|y a b _ <-]; rewrite ?der0 ?derD.
apply: eq_bigr => y _; rewrite der_sum -(kron J j (fun i => (y == h ⋅ x)%:R * ((l == k)%:R * f i y))).
apply: eq_bigr => i _; rewrite derM df mul0r add0r dpsi -(can2_eq (moveKV _ _ _ X h) (moveK _ _ _ X h)).
by rewrite -!mulrA [f i y * _]mulrC -!mulrA mulrCA; congr (_ * _); rewrite mulrCA.
Qed.
End Layer.

(* X = G: the closing lines. *)
Section OnItself.
Variables (R : comRingType) (T : eqType) (G : group_on T) (J K : finType).
Local Notation "a ∙ b" := (@mul T G a b) (at level 40, left associativity).
Local Notation "a ⁻¹" := (@inv T G a) (at level 3, format "a ⁻¹").
Local Notation X := (on_itself T G).
Definition star (a : T -> R) g := a g⁻¹.
Definition convolution (t : seq T) (a b : T -> R) g := \sum_(h <- t) a h * b (h⁻¹ ∙ g).

(* (3): D ⋆ psi_j*. *)
Theorem input_closing t (D : K -> T -> R) (psi : K -> J -> T -> R) j g :
  input_gradient R T T G X J K t D psi j g = correlation R T T G X K J t D (fun j k => star (psi k j)) j g.
Proof. by apply: eq_bigr => h _; apply: eq_bigr => k _; rewrite /star /= invM invK. Qed.

(* (6): D_k* ∗ f_j, where D_k* has the inverted support. *)
Theorem filter_closing t (D : K -> T -> R) (f : J -> T -> R) k j g :
  filter_gradient R T T G X J K t D f k j g = convolution (map (@inv T G) t) (star (D k)) (f j) g.
Proof. by rewrite /convolution big_map; apply: eq_bigr => h _; rewrite /star invK. Qed.

Lemma star_supports t (D : K -> T -> R) : supports R t D -> supports R (map (@inv T G) t) (fun k => star (D k)).
Proof.
move=> [u o]; split=> [|k g out]; first by rewrite map_inj_uniq //; apply: inv_inj.
by apply: o; apply: contra out => g_in; rewrite -(invK _ G g) map_f.
Qed.
End OnItself.

Print Assumptions correlation_unique.
Print Assumptions translate_supports.
Print Assumptions equivariance.
Print Assumptions input_chain_rule.
Print Assumptions filter_chain_rule.
Print Assumptions input_closing.
Print Assumptions filter_closing.
Print Assumptions star_supports.
