(* Made by gcalc from proofs/pool_gradient.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* chain rule *)
Section claim_pool_gradient_1.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable U : {set G}.
Variable D : J -> G -> R.
Variable f : J -> G -> R.
Variable j : J.
Variable x : G.
Variable d_f : J -> G -> derivation R.
Hypothesis d_f_D : forall p0 p1 q0 q1, d_f p0 p1 (D q0 q1) = 0.
Hypothesis d_f_f : forall p0 p1 q0 q1, d_f p0 p1 (f q0 q1) = (q0 == p0)%:R * (q1 == p1)%:R.
Add Ring values : (values R).
(* definition of sum_pool *)
Lemma pool_gradient_1_1 : \sum_(g : G) \sum_(i : J) D i g * d_f j x (sum_pool1 G f U i g) = \sum_(g : G) \sum_(i : J) D i g * d_f j x (\sum_(h : G | (g^-1 * h)%g \in U) f i h) :> R.
Proof.
by_definition.
Qed.
(* reindex h → gh; group axioms *)
Lemma pool_gradient_1_2 : \sum_(g : G) \sum_(i : J) D i g * d_f j x (\sum_(h : G | (g^-1 * h)%g \in U) f i h) = \sum_(g : G) \sum_(i : J) D i g * d_f j x (\sum_(u : G | u \in U) f i (g * u)%g) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(i : J) D i g * d_f j x (\sum_(h : G | (g^-1 * (g * h))%g \in U) f i (g * h)%g) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => D i g * d_f j x (hole)) _). exact: (reindex_left g). }
apply: eq_bigr => g _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => D i g * d_f j x (hole)) _). apply: eq_bigl => h. refine (congr1 (fun hole : G => hole \in U) _). by_word.
Qed.
(* ∂ is linear and a derivation *)
Lemma pool_gradient_1_3 : \sum_(g : G) \sum_(i : J) D i g * d_f j x (\sum_(u : G | u \in U) f i (g * u)%g) = \sum_(g : G) \sum_(i : J) D i g * (\sum_(u : G | u \in U) (i == j)%:R * ((g * u)%g == x)%:R) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(i : J) D i g * (\sum_(u : G | u \in U) d_f j x (f i (g * u)%g)) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => D i g * hole) _). by_derivative. }
apply: eq_bigr => g _. apply: eq_bigr => i _. refine (congr1 (fun hole : R => D i g * hole) _). apply: eq_bigr => u _. exact: d_f_f.
Qed.
(* distributivity; exchange the sums *)
Lemma pool_gradient_1_4 : \sum_(g : G) \sum_(i : J) D i g * (\sum_(u : G | u \in U) (i == j)%:R * ((g * u)%g == x)%:R) = \sum_(u : G | u \in U) \sum_(g : G) \sum_(i : J) D i g * ((i == j)%:R * ((g * u)%g == x)%:R) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(i : J) \sum_(u : G | u \in U) D i g * ((i == j)%:R * ((g * u)%g == x)%:R) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => i _. by_factor. }
transitivity (\sum_(g : G) \sum_(u : G | u \in U) \sum_(i : J) D i g * ((i == j)%:R * ((g * u)%g == x)%:R) : R).
{ apply: eq_bigr => g _. by_exchange. }
by_exchange.
Qed.
(* ring axioms *)
Lemma pool_gradient_1_5 : \sum_(u : G | u \in U) \sum_(g : G) \sum_(i : J) D i g * ((i == j)%:R * ((g * u)%g == x)%:R) = \sum_(u : G | u \in U) \sum_(g : G) \sum_(i : J) (i == j)%:R * (((g * u)%g == x)%:R * D i g) :> R.
Proof.
apply: eq_bigr => u _. apply: eq_bigr => g _. apply: eq_bigr => i _. by_ring R.
Qed.
(* Kronecker delta *)
Lemma pool_gradient_1_6 : \sum_(u : G | u \in U) \sum_(g : G) \sum_(i : J) (i == j)%:R * (((g * u)%g == x)%:R * D i g) = \sum_(u : G | u \in U) \sum_(g : G) ((g * u)%g == x)%:R * D j g :> R.
Proof.
apply: eq_bigr => u _. apply: eq_bigr => g _. by_kron.
Qed.
(* solve for the summation variable *)
Lemma pool_gradient_1_7 : \sum_(u : G | u \in U) \sum_(g : G) ((g * u)%g == x)%:R * D j g = \sum_(u : G | u \in U) \sum_(g : G) (g == (x * u^-1)%g)%:R * D j g :> R.
Proof.
apply: eq_bigr => u _. apply: eq_bigr => g _. refine (congr1 (fun hole : R => hole * D j g) _). by_delta_words u.
Qed.
(* Kronecker delta *)
Lemma pool_gradient_1_8 : \sum_(u : G | u \in U) \sum_(g : G) (g == (x * u^-1)%g)%:R * D j g = \sum_(u : G | u \in U) D j (x * u^-1)%g :> R.
Proof.
apply: eq_bigr => u _. by_kron.
Qed.
Theorem pool_gradient_1 : \sum_(g : G) \sum_(i : J) D i g * d_f j x (sum_pool1 G f U i g) = \sum_(u : G | u \in U) D j (x * u^-1)%g :> R.
Proof. etransitivity; [exact: pool_gradient_1_1|]. etransitivity; [exact: pool_gradient_1_2|]. etransitivity; [exact: pool_gradient_1_3|]. etransitivity; [exact: pool_gradient_1_4|]. etransitivity; [exact: pool_gradient_1_5|]. etransitivity; [exact: pool_gradient_1_6|]. etransitivity; [exact: pool_gradient_1_7|]. exact: pool_gradient_1_8. Qed.
End claim_pool_gradient_1.

(* adjoint *)
Section claim_pool_gradient_2.
Variable R : comRingType.
Variable G : finGroupType.
Variable J : finType.
Variable U : {set G}.
Variable D : J -> G -> R.
Variable f : J -> G -> R.
Add Ring values : (values R).
(* definition of sum_pool *)
Lemma pool_gradient_2_1 : \sum_(g : G) \sum_(j : J) D j g * sum_pool1 G f U j g = \sum_(g : G) \sum_(j : J) D j g * (\sum_(h : G | (g^-1 * h)%g \in U) f j h) :> R.
Proof.
by_definition.
Qed.
(* reindex h → gh; group axioms *)
Lemma pool_gradient_2_2 : \sum_(g : G) \sum_(j : J) D j g * (\sum_(h : G | (g^-1 * h)%g \in U) f j h) = \sum_(g : G) \sum_(j : J) D j g * (\sum_(u : G | u \in U) f j (g * u)%g) :> R.
Proof.
transitivity (\sum_(g : G) \sum_(j : J) D j g * (\sum_(h : G | (g^-1 * (g * h))%g \in U) f j (g * h)%g) : R).
{ apply: eq_bigr => g _. apply: eq_bigr => j _. refine (congr1 (fun hole : R => D j g * hole) _). exact: (reindex_left g). }
apply: eq_bigr => g _. apply: eq_bigr => j _. refine (congr1 (fun hole : R => D j g * hole) _). apply: eq_bigl => h. refine (congr1 (fun hole : G => hole \in U) _). by_word.
Qed.
(* distributivity; exchange the sums *)
Lemma pool_gradient_2_3 : \sum_(g : G) \sum_(j : J) D j g * (\sum_(u : G | u \in U) f j (g * u)%g) = \sum_(u : G | u \in U) \sum_(g : G) \sum_(j : J) D j g * f j (g * u)%g :> R.
Proof.
transitivity (\sum_(g : G) \sum_(j : J) \sum_(u : G | u \in U) D j g * f j (g * u)%g : R).
{ apply: eq_bigr => g _. apply: eq_bigr => j _. by_factor. }
transitivity (\sum_(g : G) \sum_(u : G | u \in U) \sum_(j : J) D j g * f j (g * u)%g : R).
{ apply: eq_bigr => g _. by_exchange. }
by_exchange.
Qed.
(* reindex g → gu⁻¹; group axioms *)
Lemma pool_gradient_2_4 : \sum_(u : G | u \in U) \sum_(g : G) \sum_(j : J) D j g * f j (g * u)%g = \sum_(u : G | u \in U) \sum_(x : G) \sum_(j : J) D j (x * u^-1)%g * f j x :> R.
Proof.
transitivity (\sum_(u : G | u \in U) \sum_(g : G) \sum_(j : J) D j (g * u^-1)%g * f j ((g * u^-1) * u)%g : R).
{ apply: eq_bigr => u _. exact: (reindex_right (u^-1)%g). }
apply: eq_bigr => u _. apply: eq_bigr => g _. apply: eq_bigr => j _. refine (congr1 (fun hole : G => D j (g * u^-1)%g * f j hole) _). by_word.
Qed.
(* exchange the sums *)
Lemma pool_gradient_2_5 : \sum_(u : G | u \in U) \sum_(x : G) \sum_(j : J) D j (x * u^-1)%g * f j x = \sum_(x : G) \sum_(j : J) \sum_(u : G | u \in U) D j (x * u^-1)%g * f j x :> R.
Proof.
transitivity (\sum_(x : G) \sum_(u : G | u \in U) \sum_(j : J) D j (x * u^-1)%g * f j x : R).
{ by_exchange. }
apply: eq_bigr => x _. by_exchange.
Qed.
(* distributivity *)
Lemma pool_gradient_2_6 : \sum_(x : G) \sum_(j : J) \sum_(u : G | u \in U) D j (x * u^-1)%g * f j x = \sum_(x : G) \sum_(j : J) (\sum_(u : G | u \in U) D j (x * u^-1)%g) * f j x :> R.
Proof.
apply: esym. apply: eq_bigr => x _. apply: eq_bigr => j _. by_factor.
Qed.
Theorem pool_gradient_2 : \sum_(g : G) \sum_(j : J) D j g * sum_pool1 G f U j g = \sum_(x : G) \sum_(j : J) (\sum_(u : G | u \in U) D j (x * u^-1)%g) * f j x :> R.
Proof. etransitivity; [exact: pool_gradient_2_1|]. etransitivity; [exact: pool_gradient_2_2|]. etransitivity; [exact: pool_gradient_2_3|]. etransitivity; [exact: pool_gradient_2_4|]. etransitivity; [exact: pool_gradient_2_5|]. exact: pool_gradient_2_6. Qed.
End claim_pool_gradient_2.

Definition ok : Stmt_pool_gradient := conj (@pool_gradient_1) (@pool_gradient_2).
Print Assumptions ok.
