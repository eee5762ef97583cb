(* Max pooling as an instance of (2): over any total order, with a bottom (None) adjoined for the maximum of nothing, max is a commutative monoid; the
   maximum over a non-empty set is attained and is an upper bound. Sum pooling is the instance of the ring's sum. *)
From GCalc Require Import Rules Statements.
From mathcomp Require Import order.
Import GRing.Theory Order.Theory.
Local Open Scope ring_scope.

Section Max.
Variables (d : unit) (T : orderType d).
Definition larger (a b : option T) : option T :=
  match a, b with
  | None, _ => b
  | _, None => a
  | Some x, Some y => Some (Order.max x y)
  end.
Lemma largerA : associative larger.
Proof. by move=> [x|] [y|] [z|] //=; rewrite maxA. Qed.
Lemma largerC : commutative larger.
Proof. by move=> [x|] [y|] //=; rewrite maxC. Qed.
Lemma larger0 : left_id None larger.
Proof. by case. Qed.
Lemma larger0r : right_id None larger.
Proof. by case. Qed.
Canonical larger_monoid := Monoid.Law largerA larger0 larger0r.
Canonical larger_commutes := Monoid.ComLaw largerC.

(* The big operator is the maximum: some value, and none above it. *)
Theorem maximum (I : finType) (P : pred I) (f : I -> T) (i : I) : P i ->
  exists2 k, P k & \big[larger/None]_(v | P v) Some (f v) = Some (f k) /\ forall v, P v -> (f v <= f k)%O.
Proof.
move=> Pi; case: (arg_maxP f Pi) => k Pk above; exists k => //; split=> // {i Pi}.
rewrite (bigD1 k) //=; have : forall v, P v && (v != k) -> (f v <= f k)%O by move=> v /andP[/above].
move=> below; have [-> // | [m -> mk]] : \big[larger/None]_(v | P v && (v != k)) Some (f v) = None
    \/ exists2 m, \big[larger/None]_(v | P v && (v != k)) Some (f v) = Some m & (m <= f k)%O.
  elim/big_rec: _ => [|v a v_in [-> | [m -> mk]]]; first by left.
    by right; exists (f v); rewrite ?below.
  by right; exists (Order.max (f v) m); rewrite // le_maxl below.
by rewrite /= (max_idPl mk).
Qed.

Theorem max_pooling : Stmt_eq2 -> forall (G : finGroupType) (J : finType) (U : {set G}) (f : J -> G -> T) (u g : G) j,
  \big[larger/None]_(h : G | (g^-1 * h)%g \in U) Some (left_translate1 (regular G) u f j h)
  = \big[larger/None]_(h : G | ((u^-1 * g)^-1 * h)%g \in U) Some (f j h).
Proof. by move=> eq2 G J U f u g j; apply: (eq2 _ G J None larger_commutes U (fun j h => Some (f j h)) g j u). Qed.
End Max.

Theorem sum_pooling : Stmt_eq2 -> forall (R : ringType) (G : finGroupType) (J : finType) (U : {set G}) (f : J -> G -> R) (u g : G) j,
  \sum_(h : G | (g^-1 * h)%g \in U) left_translate1 (regular G) u f j h = \sum_(h : G | ((u^-1 * g)^-1 * h)%g \in U) f j h.
Proof. by move=> eq2 R G J U f u g j; apply: (eq2 _ G J 0 (GRing.add_comoid R) U f g j u). Qed.

Print Assumptions maximum.
Print Assumptions max_pooling.
Print Assumptions sum_pooling.
