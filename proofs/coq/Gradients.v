(* The gradients without a derivation on formal values: whatever notion of derivative is meant. If D is the gradient of a loss at f ⋆ psi, then the input
   gradient is the gradient of the loss as a function of f, and the filter gradient as a function of psi, because the layer is
   bilinear and the gradients are adjoints (the laws adjoint_input and adjoint_filter, taken here as what Statements.v says). *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Gradients.
Variables (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType).

(* `derivative u c` reads: u : R -> R has the derivative c at 0. Nothing is asked of it but that it sees values only. *)
Variable derivative : (R -> R) -> R -> Prop.
Hypothesis derivative_extensional : forall u v c, u =1 v -> derivative u c -> derivative v c.

(* d/dt L(a + t v) at 0 is <gradient, v>, for every direction v. *)
Definition is_output_gradient (L : (K -> G -> R) -> R) (a gradient : K -> G -> R) :=
  forall v, derivative (fun t => L (fun k g => a k g + t * v k g)) (\sum_(g : G) \sum_(k : K) gradient k g * v k g).
Definition is_input_gradient (L : (J -> X -> R) -> R) (a gradient : J -> X -> R) :=
  forall v, derivative (fun t => L (fun j x => a j x + t * v j x)) (\sum_(x : X) \sum_(j : J) gradient j x * v j x).
Definition is_filter_gradient (L : (K -> J -> X -> R) -> R) (a gradient : K -> J -> X -> R) :=
  forall v, derivative (fun t => L (fun k j x => a k j x + t * v k j x))
    (\sum_(k : K) \sum_(x : X) \sum_(j : J) gradient k j x * v k j x).

Lemma linear_in_f f v (psi : K -> J -> X -> R) t k g :
  correlate1 X (fun j x => f j x + t * v j x) psi k g = correlate1 X f psi k g + t * correlate1 X v psi k g.
Proof.
rewrite /correlate1 mulr_sumr -big_split; apply: eq_bigr => x _ /=.
by rewrite mulr_sumr -big_split; apply: eq_bigr => j _ /=; rewrite mulrDl mulrA.
Qed.
Lemma linear_in_psi (f : J -> X -> R) psi v t (k : K) g :
  correlate1 X f (fun k j x => psi k j x + t * v k j x) k g = correlate1 X f psi k g + t * correlate1 X f v k g.
Proof.
rewrite /correlate1 mulr_sumr -big_split; apply: eq_bigr => x _ /=.
by rewrite mulr_sumr -big_split; apply: eq_bigr => j _ /=; rewrite mulrDr mulrCA.
Qed.

Variables (L : (K -> G -> R) -> R) (f : J -> X -> R) (psi : K -> J -> X -> R) (D : K -> G -> R).
Hypothesis L_extensional : forall a b, a =2 b -> L a = L b.
Hypothesis D_is_gradient : is_output_gradient L (correlate1 X f psi) D.

Theorem input_gradient_is_gradient : Stmt_adjoint_input ->
  is_input_gradient (fun a => L (correlate1 X a psi)) f (input_gradient1 X D psi).
Proof.
move=> adjoint v; rewrite -adjoint; apply: derivative_extensional (D_is_gradient (correlate1 X v psi)) => t.
by apply: L_extensional => k g; rewrite linear_in_f.
Qed.

Theorem filter_gradient_is_gradient : Stmt_adjoint_filter ->
  is_filter_gradient (fun b => L (correlate1 X f b)) psi (filter_gradient1 X D f).
Proof.
move=> [adjoint _] v; rewrite -adjoint exchange_big.
apply: derivative_extensional (D_is_gradient (correlate1 X f v)) => t.
by apply: L_extensional => k g; rewrite linear_in_psi.
Qed.
End Gradients.

Print Assumptions input_gradient_is_gradient.
Print Assumptions filter_gradient_is_gradient.
