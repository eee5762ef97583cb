(* What each law says, written by hand and read against no export: R is any commutative ring (any set where nothing is added), G any finite
   group, X any finite G-set (regular G is G itself), B, J, K any finite sets of channels. Every exported file ends in
   `Definition ok : Stmt_law := …`, so an export cannot prove something else. In each statement what is given comes in one order: R, groups, sets, subgroups,
   channels, operation, automorphism, subset, functions, elements, derivations, hypotheses; by name within each. *)
From GCalc Require Import Rules.
Import GRing.Theory.
Local Open Scope ring_scope.

(** The supplement *)

(* (1) [[L_r f] ⋆ psi](x) = L_r[f ⋆ [L_{r⁻¹} psi]](x). *)
Definition Stmt_eq1 := forall (R : comRingType) (T : finGroupType) (J K : finType) (r : automorphism T)
  (f : J -> T -> R) (psi : K -> J -> T -> R) (k : K) (x : T),
  correlate1 (regular T) (left_translate_aut1 T r f) psi k x
  = left_translate_aut1 T r (correlate1 (regular T) f (left_translate_aut2 T (inverse r) psi)) k x.

(* (2) P L_u f = L_u P f. *)
Definition Stmt_eq2 := forall (R : Type) (G : finGroupType) (J : finType) (idx : R) (op : Monoid.com_law idx) (U : {set G})
  (f : J -> G -> R) (g : G) (j : J) (u : G),
  pool1 G op (left_translate1 (regular G) u f) U j g = left_translate1 (regular G) u (pool1 G op f U) j g.

(* (3) Σ_{h,k} D_k(h) ∂f_k(h)/∂f_j(x) = Σ_{h,k} D_k(h) psi_j^k(h⁻¹x) for any derivations ∂/∂f_j(x); this is [D ⋆ psi_j*](g) for X = G. *)
Definition Stmt_eq3 :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (f : J -> X -> R) (psi : K -> J -> X -> R) (j : J) (x : X) (d : J -> X -> derivation R),
    (forall j x k g, d j x (D k g) = 0) ->
    (forall j x i y, d j x (f i y) = (i == j)%:R * (y == x)%:R) ->
    (forall j x k i y, d j x (psi k i y) = 0) ->
    \sum_(h : G) \sum_(k : K) D k h * d j x (correlate1 X f psi k h) = input_gradient1 X D psi j x)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J),
    input_gradient1 (regular G) D psi j g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g).

(* (6) Σ_{h,l} D_l(h) ∂f_l(h)/∂psi_j^k(x) = Σ_h D_k(h) f_j(hx); this is [D_k* ∗ f_j](g) for X = G; and over a batch. *)
Definition Stmt_eq6 :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (f : J -> X -> R) (psi : K -> J -> X -> R) (j : J) (k : K) (x : X) (d : K -> J -> X -> derivation R),
    (forall k j x l g, d k j x (D l g) = 0) ->
    (forall k j x i y, d k j x (f i y) = 0) ->
    (forall k j x l i y, d k j x (psi l i y) = (l == k)%:R * (i == j)%:R * (y == x)%:R) ->
    \sum_(h : G) \sum_(l : K) D l h * d k j x (correlate1 X f psi l h) = filter_gradient1 X D f k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    filter_gradient1 (regular G) D f k j g = convolve G (involution G (D k)) (f j) g)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType)
    (D : B -> K -> G -> R) (f : B -> J -> X -> R) (psi : K -> J -> X -> R) (j : J) (k : K) (x : X) (d : K -> J -> X -> derivation R),
    (forall k j x b l g, d k j x (D b l g) = 0) ->
    (forall k j x b i y, d k j x (f b i y) = 0) ->
    (forall k j x l i y, d k j x (psi l i y) = (l == k)%:R * (i == j)%:R * (y == x)%:R) ->
    \sum_(b : B) \sum_(h : G) \sum_(l : K) D b l h * d k j x (correlate2 X f psi b l h) = filter_gradient2 X D f k j x).

(* (3), line 3, as printed (E1): it holds for all D, psi iff |G| = 1. *)
Definition Stmt_eq3_line3_as_printed :=
  (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J),
    (forall u v : G, (u == v)%:R = 1 :> R) ->
    \sum_(h : G) \sum_(k : K) D k g * psi k j (h^-1 * g)%g = input_gradient1 (regular G) D psi j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (j : J) (k : K) (u v : G),
    (forall (D : K -> G -> R) (psi : K -> J -> G -> R) (j : J) (g : G),
      \sum_(h : G) \sum_(k : K) D k g * psi k j (h^-1 * g)%g = input_gradient1 (regular G) D psi j g) ->
    (u == v)%:R = 1 :> R).

(* (6), line 4, as printed (E2): D_k ∗ f_j is the gradient for all D, f iff every x⁻¹ = x, and f_j ⋆ D_k iff G is abelian. *)
Definition Stmt_eq6_line4_as_printed :=
  (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    (forall x : G, ((x^-1)%g == x)%:R = 1 :> R) ->
    convolve G (D k) (f j) g = filter_gradient1 (regular G) D f k j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (j : J) (k : K) (x : G),
    (forall (D : K -> G -> R) (f : J -> G -> R) (k : K) (j : J) (g : G),
      convolve G (D k) (f j) g = filter_gradient1 (regular G) D f k j g) ->
    ((x^-1)%g == x)%:R = 1 :> R)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    (forall x y : G, ((x * y)%g == (y * x)%g)%:R = 1 :> R) ->
    correlate (regular G) (f j) (D k) g = filter_gradient1 (regular G) D f k j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (j : J) (k : K) (x y : G),
    (forall (D : K -> G -> R) (f : J -> G -> R) (k : K) (j : J) (g : G),
      correlate (regular G) (f j) (D k) g = filter_gradient1 (regular G) D f k j g) ->
    ((x * y)%g == (y * x)%g)%:R = 1 :> R).

(* The same for D_k ⋆ f_j and for f_j ∗ D_k: iff every x⁻¹ = x. *)
Definition Stmt_eq6_line4_other_readings :=
  (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    (forall x : G, ((x^-1)%g == x)%:R = 1 :> R) ->
    correlate (regular G) (D k) (f j) g = filter_gradient1 (regular G) D f k j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (j : J) (k : K) (x : G),
    (forall (D : K -> G -> R) (f : J -> G -> R) (k : K) (j : J) (g : G),
      correlate (regular G) (D k) (f j) g = filter_gradient1 (regular G) D f k j g) ->
    ((x^-1)%g == x)%:R = 1 :> R)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    (forall x : G, ((x^-1)%g == x)%:R = 1 :> R) ->
    convolve G (f j) (D k) g = filter_gradient1 (regular G) D f k j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (j : J) (k : K) (x : G),
    (forall (D : K -> G -> R) (f : J -> G -> R) (k : K) (j : J) (g : G),
      convolve G (f j) (D k) g = filter_gradient1 (regular G) D f k j g) ->
    ((x^-1)%g == x)%:R = 1 :> R).

(* The "≠" under (1) (E5): equality for all f iff psi ∘ r = psi. *)
Definition Stmt_planar_commutes_iff :=
  (forall (R : comRingType) (T : finGroupType) (J K : finType) (r : automorphism T)
    (f : J -> T -> R) (psi : K -> J -> T -> R) (k : K) (x : T),
    (forall k j y, psi k j (r y) = psi k j y) ->
    correlate1 (regular T) (left_translate_aut1 T r f) psi k x
    = left_translate_aut1 T r (correlate1 (regular T) f psi) k x)
  /\ (forall (R : comRingType) (T : finGroupType) (J K : finType) (r : automorphism T)
    (psi : K -> J -> T -> R) (j : J) (k : K) (x : T),
    (forall (f : J -> T -> R) k y, correlate1 (regular T) (left_translate_aut1 T r f) psi k y
      = left_translate_aut1 T r (correlate1 (regular T) f psi) k y) ->
    psi k j (r x) = psi k j x).

(** Section 2 of the supplement *)

Definition Stmt_filter_transform_adjoint :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
    (E : K -> subg_of H -> J -> X -> R) (psi : K -> J -> X -> R) (j : J) (k : K) (x : X) (d : K -> J -> X -> derivation R),
    (forall k j x l s i w, d k j x (E l s i w) = 0) ->
    (forall k j x l i y, d k j x (psi l i y) = (l == k)%:R * (i == j)%:R * (y == x)%:R) ->
    \sum_(s : subg_of H) \sum_(w : X) \sum_(l : K) \sum_(i : J) E l s i w * d k j x (filter_transform2 X H psi l s i w)
    = filter_transform_gradient2 X H E k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
    (E : K -> subg_of H -> J -> X -> R) (j : J) (k : K) (x : X),
    filter_transform_gradient2 X H E k j x = \sum_(s : subg_of H) E k s j (sgval s • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
    (E : K -> subg_of H -> J -> X -> R) (psi : K -> J -> X -> R),
    \sum_(k : K) \sum_(s : subg_of H) \sum_(j : J) \sum_(w : X) E k s j w * filter_transform2 X H psi k s j w
    = \sum_(k : K) \sum_(j : J) \sum_(x : X) filter_transform_gradient2 X H E k j x * psi k j x).

(* The transformation is the matrix S(s w, x) = δ(s⁻¹w, x), of permutations; its gradient is the transpose. *)
Definition Stmt_permutation_matrix :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
    (psi : K -> J -> X -> R) (j : J) (k : K) (s : subg_of H) (w : X),
    filter_transform2 X H psi k s j w = \sum_(x : X) ((sgval s)^-1%g • w == x)%:R * psi k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (s : subg_of H) (x y : X),
    \sum_(w : X) ((sgval s)^-1%g • w == x)%:R * ((sgval s)^-1%g • w == y)%:R = (x == y)%:R :> R)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (s : subg_of H) (v w : X),
    \sum_(x : X) ((sgval s)^-1%g • w == x)%:R * ((sgval s)^-1%g • v == x)%:R = (w == v)%:R :> R)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
    (E : K -> subg_of H -> J -> X -> R) (j : J) (k : K) (x : X),
    filter_transform_gradient2 X H E k j x
    = \sum_(s : subg_of H) \sum_(w : X) ((sgval s)^-1%g • w == x)%:R * E k s j w).

(* On a split group a G-correlation is a filter transformation, then a planar correlation; the index formula of the transformed bank. *)
Definition Stmt_split_theorem :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (H T : {group G}) (J K : finType)
    (f : J -> X -> R) (psi : K -> J -> X -> R) (k : K) (s : subg_of H) (z : subg_of T),
    correlate1 X f psi k (sgval z * sgval s)%g
    = \sum_(x : X) \sum_(j : J) f j x * filter_transform2 X H psi k s j ((sgval z)^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (H T : {group G}) (J K : finType)
    (f : J -> G -> R) (psi : K -> J -> G -> R) (k : K) (s : subg_of H) (z : subg_of T), factorizes T H ->
    correlate1 (regular G) f psi k (sgval z * sgval s)%g
    = \sum_(y : subg_of T) \sum_(t : subg_of H) \sum_(j : J) f j (sgval y * sgval t)%g
        * filter_transform2 (regular G) H psi k s j ((sgval z)^-1 * (sgval y * sgval t))%g)
  /\ (forall (R : Type) (G : finGroupType) (H T : {group G}) (J K : finType)
    (psi : K -> J -> G -> R) (j : J) (k : K) (s t : subg_of H) (y : subg_of T),
    filter_transform2 (regular G) H psi k s j (sgval y * sgval t)%g
    = psi k j ((sgval s)^-1 * sgval y * sgval s * sgval (s^-1 * t)%g)%g).

Definition Stmt_split_backprop :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (H T : {group G}) (J K : finType)
    (D : K -> G -> R) (Psi : K -> subg_of H -> J -> X -> R) (f : J -> X -> R) (j : J) (k : K) (s : subg_of H) (w : X)
    (d : K -> subg_of H -> J -> X -> derivation R),
    (forall k s j w l g, d k s j w (D l g) = 0) ->
    (forall k s j w l t i x, d k s j w (Psi l t i x) = (l == k)%:R * (t == s)%:R * (i == j)%:R * (x == w)%:R) ->
    (forall k s j w i x, d k s j w (f i x) = 0) ->
    \sum_(z : subg_of T) \sum_(t : subg_of H) \sum_(l : K) D l (sgval z * sgval t)%g
      * d k s j w (\sum_(x : X) \sum_(i : J) f i x * Psi l t i ((sgval z)^-1%g • x))
    = \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • w))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H T : {group G}) (J K : finType)
    (D : K -> G -> R) (f : J -> X -> R) (j : J) (k : K) (x : X), factorizes T H ->
    filter_gradient1 X D f k j x = filter_transform_gradient2 X H
      (fun k s j w => \sum_(z : subg_of T) D k (sgval z * sgval s)%g * f j (sgval z • w)) k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H T : {group G}) (J K : finType)
    (D : K -> G -> R) (psi : K -> J -> X -> R) (j : J) (x : X), factorizes T H ->
    input_gradient1 X D psi j x = \sum_(z : subg_of T) \sum_(s : subg_of H) \sum_(k : K)
      D k (sgval z * sgval s)%g * filter_transform2 X H psi k s j ((sgval z)^-1%g • x)).

(** Equivariance *)

Definition Stmt_g_correlation_equivariance := forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
  (f : J -> X -> R) (psi : K -> J -> X -> R) (g : G) (k : K) (u : G),
  correlate1 X (left_translate1 X u f) psi k g = left_translate1 (regular G) u (correlate1 X f psi) k g.

Definition Stmt_pointwise := forall (R : Type) (G : finGroupType) (X : gset G) (J : finType) (f : J -> X -> R) (phi : R -> R)
  (j : J) (u : G) (x : X),
  left_translate1 X u (fun j x => phi (f j x)) j x = phi (left_translate1 X u f j x).

Definition Stmt_gradient_equivariance :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (D : K -> G -> R) (psi : K -> J -> X -> R)
    (j : J) (u : G) (x : X),
    input_gradient1 X (left_translate1 (regular G) u D) psi j x = left_translate1 X u (input_gradient1 X D psi) j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (D : K -> G -> R) (f : J -> X -> R)
    (j : J) (k : K) (u : G) (x : X),
    filter_gradient1 X (left_translate1 (regular G) u D) (left_translate1 X u f) k j x = filter_gradient1 X D f k j x).

Definition Stmt_stride := forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType)
  (f : J -> X -> R) (psi : K -> J -> X -> R) (k : K) (s u : subg_of H),
  correlate1 X (left_translate1 X (sgval u) f) psi k (sgval s) = correlate1 X f psi k (sgval (u^-1 * s)%g).

Definition Stmt_pooling_subsampled := forall (R : Type) (G : finGroupType) (H : {group G}) (J : finType)
  (idx : R) (op : Monoid.com_law idx) (U : {set G}) (f : J -> G -> R) (j : J) (s u : subg_of H),
  pool1 G op (left_translate1 (regular G) (sgval u) f) U j (sgval s) = pool1 G op f U j (sgval (u^-1 * s)%g).

Definition Stmt_coset_pooling :=
  (forall (R : Type) (G : finGroupType) (H : {group G}) (J : finType) (idx : R) (op : Monoid.com_law idx)
    (f : J -> G -> R) (g : G) (j : J) (t : subg_of H),
    coset_pool1 G H op f j (g * sgval t)%g = coset_pool1 G H op f j g)
  /\ (forall (R : Type) (G : finGroupType) (H : {group G}) (J : finType) (idx : R) (op : Monoid.com_law idx)
    (f : J -> G -> R) (g : G) (j : J) (u : G),
    coset_pool1 G H op (left_translate1 (regular G) u f) j g = left_translate1 (regular G) u (coset_pool1 G H op f) j g)
  /\ (forall (R : Type) (G : finGroupType) (H : {group G}) (J : finType) (idx : R) (op : Monoid.com_law idx) (U : {set G})
    (f : J -> G -> R) (g : G) (j : J),
    (forall F : G -> R, \big[op/idx]_(h : G | h \in U) F h = \big[op/idx]_(s : subg_of H) F (sgval s)) ->
    pool1 G op f U j g = coset_pool1 G H op f j g).

(* With masks m on X and n on G. *)
Definition Stmt_boundary_zero := forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
  (f : J -> X -> R) (m : X -> R) (n : G -> R) (psi : K -> J -> X -> R) (g : G) (k : K) (u : G),
  (forall x, m (u^-1%g • x) = m x) ->
  (forall g, n (u^-1 * g)%g = n g) ->
  n g * correlate1 X (fun j x => m x * left_translate1 X u f j x) psi k g
  = left_translate1 (regular G) u (fun k g => n g * correlate1 X (fun j x => m x * f j x) psi k g) k g.

Definition Stmt_boundary_valid :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (f : J -> X -> R) (m : X -> R) (n : G -> R) (psi : K -> J -> X -> R) (g : G) (k : K),
    (forall g k j x, n g * (m x * psi k j (g^-1%g • x)) = n g * psi k j (g^-1%g • x)) ->
    n g * correlate1 X (fun j x => m x * f j x) psi k g = n g * correlate1 X f psi k g)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (f : J -> X -> R) (n : G -> R) (psi : K -> J -> X -> R) (g : G) (k : K) (u : G),
    (forall g, n (u^-1 * g)%g = n g) ->
    n g * correlate1 X (left_translate1 X u f) psi k g
    = left_translate1 (regular G) u (fun k g => n g * correlate1 X f psi k g) k g).

(* {u : Φ L_u = L_u Φ} holds the unit, products and inverses; Φ sees the values of a function only. *)
Definition extensional {R J X K} {G : finGroupType} (phi : (J -> X -> R) -> K -> G -> R) :=
  forall f1 f2, (forall j x, f1 j x = f2 j x) -> forall k g, phi f1 k g = phi f2 k g.
Definition Stmt_equivariance_subgroup :=
  (forall (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (phi : (J -> X -> R) -> K -> G -> R),
    extensional phi -> forall (g : G) (k : K),
    phi (left_translate1 X 1%g f) k g = left_translate1 (regular G) 1%g (phi f) k g)
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (phi : (J -> X -> R) -> K -> G -> R),
    extensional phi -> forall (g : G) (k : K) (u v : G),
    (forall f k g, phi (left_translate1 X u f) k g = left_translate1 (regular G) u (phi f) k g) ->
    (forall f k g, phi (left_translate1 X v f) k g = left_translate1 (regular G) v (phi f) k g) ->
    phi (left_translate1 X (u * v)%g f) k g = left_translate1 (regular G) (u * v)%g (phi f) k g)
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (phi : (J -> X -> R) -> K -> G -> R),
    extensional phi -> forall (g : G) (k : K) (u : G),
    (forall f k g, phi (left_translate1 X u f) k g = left_translate1 (regular G) u (phi f) k g) ->
    phi (left_translate1 X u^-1%g f) k g = left_translate1 (regular G) u^-1%g (phi f) k g).

(* Every linear equivariant Φ is f ⋆ psi with psi_j^k(x) = Φ(δ_x e_j)_k(1), and with no other psi. *)
Definition Stmt_all_equivariant_linear_maps :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (phi : (J -> X -> R) -> K -> G -> R),
    extensional phi -> forall (g : G) (k : K),
    (forall (c : J -> X -> R) (F : J -> X -> J -> X -> R) k g,
      phi (fun j x => \sum_(y : X) \sum_(i : J) c i y * F i y j x) k g = \sum_(y : X) \sum_(i : J) c i y * phi (F i y) k g) ->
    (forall f u k g, phi (left_translate1 X u f) k g = phi f k (u^-1 * g)%g) ->
    phi f k g = correlate1 X f (fun k j x => phi (fun i y => (i == j)%:R * (y == x)%:R) k 1%g) k g)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (psi : K -> J -> X -> R)
    (phi : (J -> X -> R) -> K -> G -> R), extensional phi -> forall (j : J) (k : K) (x : X),
    (forall f k g, phi f k g = correlate1 X f psi k g) ->
    phi (fun i y => (i == j)%:R * (y == x)%:R) k 1%g = psi k j x).

(** The group algebra *)

Definition Stmt_involution_involutive := forall (R : Type) (G : finGroupType) (J K : finType) (psi : K -> J -> G -> R)
  (g : G) (j : J) (k : K), involution2 G (involution2 G psi) k j g = psi k j g.

Definition Stmt_convolution_associative := forall (R : comRingType) (G : finGroupType) (a b c : G -> R) (g : G),
  convolve G (convolve G a b) c g = convolve G a (convolve G b c) g.

Definition Stmt_convolution_unit :=
  (forall (R : comRingType) (G : finGroupType) (a : G -> R) (g : G), convolve G (fun h => (h == 1%g)%:R) a g = a g)
  /\ (forall (R : comRingType) (G : finGroupType) (a : G -> R) (g : G), convolve G a (fun h => (h == 1%g)%:R) g = a g).

Definition Stmt_correlation_is_convolution := forall (R : comRingType) (G : finGroupType) (J K : finType)
  (f : J -> G -> R) (psi : K -> J -> G -> R) (g : G) (k : K),
  correlate1 (regular G) f psi k g = \sum_(j : J) convolve G (f j) (involution G (psi k j)) g.

Definition Stmt_correlation_flip := forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType)
  (f : B -> J -> X -> R) (psi : K -> J -> X -> R) (b : B) (g : G) (k : K),
  involution2 G (correlate2 X f psi) b k g = correlate2 X psi f k b g.

Definition Stmt_group_algebra_calculus :=
  (forall (R : comRingType) (G : finGroupType) (a : G -> R) (g u : G),
    left_translate (regular G) u a g = convolve G (fun h => (h == u)%:R) a g)
  /\ (forall (R : comRingType) (G : finGroupType) (a b : G -> R) (g : G),
    involution G (convolve G a b) g = convolve G (involution G b) (involution G a) g)
  /\ Stmt_convolution_associative
  /\ Stmt_correlation_is_convolution
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J),
    input_gradient1 (regular G) D psi j g = \sum_(k : K) convolve G (D k) (psi k j) g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    filter_gradient1 (regular G) D f k j g = convolve G (involution G (D k)) (f j) g)
  /\ Stmt_g_correlation_equivariance
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (psi : K -> J -> X -> R)
    (g : G) (k : K) (u : G), correlate1 X f (left_translate2 X u psi) k g = correlate1 X f psi k (g * u)%g).

(* Forward and both backward passes are correlations or convolutions. *)
Definition Stmt_closing_claim :=
  Stmt_correlation_is_convolution
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J),
    input_gradient1 (regular G) D psi j g = correlate1 (regular G) D (involution2 G (transpose2 (regular G) psi)) j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (psi : K -> J -> G -> R) (g : G) (j : J),
    input_gradient1 (regular G) D psi j g = \sum_(k : K) convolve G (D k) (psi k j) g)
  /\ (forall (R : comRingType) (G : finGroupType) (B J K : finType) (D : B -> K -> G -> R) (f : B -> J -> G -> R)
    (g : G) (j : J) (k : K), filter_gradient2 (regular G) D f k j g = correlate2 (regular G)
      (involution2 G (transpose2 (regular G) D)) (involution2 G (transpose2 (regular G) f)) k j g)
  /\ (forall (R : comRingType) (G : finGroupType) (J K : finType) (D : K -> G -> R) (f : J -> G -> R) (g : G) (j : J) (k : K),
    filter_gradient1 (regular G) D f k j g = convolve G (involution G (D k)) (f j) g).

(** Gradients as adjoints *)

Definition Stmt_adjoint_input := forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
  (D : K -> G -> R) (f : J -> X -> R) (psi : K -> J -> X -> R),
  \sum_(g : G) \sum_(k : K) D k g * correlate1 X f psi k g = \sum_(x : X) \sum_(j : J) input_gradient1 X D psi j x * f j x.

Definition Stmt_adjoint_filter :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (f : J -> X -> R) (psi : K -> J -> X -> R),
    \sum_(k : K) \sum_(g : G) D k g * correlate1 X f psi k g
    = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D f k j x * psi k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType)
    (D : B -> K -> G -> R) (f : B -> J -> X -> R) (psi : K -> J -> X -> R),
    \sum_(k : K) \sum_(b : B) \sum_(g : G) D b k g * correlate2 X f psi b k g
    = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient2 X D f k j x * psi k j x).

Definition Stmt_gradient_unique :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J : finType) (a b : J -> X -> R) (j : J) (x : X),
    (forall f : J -> X -> R, \sum_(y : X) \sum_(i : J) a i y * f i y = \sum_(y : X) \sum_(i : J) b i y * f i y) ->
    a j x = b j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (a : J -> X -> R) (psi : K -> J -> X -> R) (j : J) (x : X),
    (forall f : J -> X -> R, \sum_(y : X) \sum_(i : J) a i y * f i y = \sum_(g : G) \sum_(k : K) D k g * correlate1 X f psi k g) ->
    a j x = input_gradient1 X D psi j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (c : K -> J -> X -> R) (f : J -> X -> R) (j : J) (k : K) (x : X),
    (forall psi : K -> J -> X -> R, \sum_(y : X) \sum_(i : J) \sum_(l : K) c l i y * psi l i y
      = \sum_(g : G) \sum_(l : K) D l g * correlate1 X f psi l g) ->
    c k j x = filter_gradient1 X D f k j x).

Definition Stmt_second_derivatives :=
  (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (C : J -> X -> R) (D : K -> G -> R) (psi : K -> J -> X -> R),
    \sum_(x : X) \sum_(j : J) C j x * input_gradient1 X D psi j x
    = \sum_(k : K) \sum_(x : X) \sum_(j : J) filter_gradient1 X D C k j x * psi k j x)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType)
    (D : K -> G -> R) (E : K -> J -> X -> R) (f : J -> X -> R),
    \sum_(k : K) \sum_(x : X) \sum_(j : J) E k j x * filter_gradient1 X D f k j x
    = \sum_(x : X) \sum_(j : J) input_gradient1 X D E j x * f j x).

Definition Stmt_pool_gradient :=
  (forall (R : comRingType) (G : finGroupType) (J : finType) (U : {set G}) (D f : J -> G -> R) (j : J) (x : G)
    (d : J -> G -> derivation R),
    (forall j x i g, d j x (D i g) = 0) ->
    (forall j x i g, d j x (f i g) = (i == j)%:R * (g == x)%:R) ->
    \sum_(g : G) \sum_(i : J) D i g * d j x (sum_pool1 G f U i g) = \sum_(u : G | u \in U) D j (x * u^-1)%g)
  /\ (forall (R : comRingType) (G : finGroupType) (J : finType) (U : {set G}) (D f : J -> G -> R),
    \sum_(g : G) \sum_(j : J) D j g * sum_pool1 G f U j g
    = \sum_(x : G) \sum_(j : J) (\sum_(u : G | u \in U) D j (x * u^-1)%g) * f j x).

(** The operators are their sums: what Rules.v defines is what proofs/definitions.py defines. *)
Definition Stmt_operators_are_sums :=
  (forall (R : Type) (G : finGroupType) (X : gset G) (f : X -> R) (u : G) (x : X), left_translate X u f x = f (u^-1%g • x))
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (J : finType) (f : J -> X -> R) (j : J) (u : G) (x : X),
    left_translate1 X u f j x = f j (u^-1%g • x))
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (psi : K -> J -> X -> R) (j : J) (k : K) (u : G) (x : X),
    left_translate2 X u psi k j x = psi k j (u^-1%g • x))
  /\ (forall (R : Type) (G : finGroupType) (r : automorphism G) (f : G -> R) (z : G),
    left_translate_aut G r f z = f (inverse r z))
  /\ (forall (R : Type) (G : finGroupType) (J : finType) (r : automorphism G) (f : J -> G -> R) (j : J) (z : G),
    left_translate_aut1 G r f j z = f j (inverse r z))
  /\ (forall (R : Type) (G : finGroupType) (J K : finType) (r : automorphism G) (f : K -> J -> G -> R) (j : J) (k : K) (z : G),
    left_translate_aut2 G r f k j z = f k j (inverse r z))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (f : J -> X -> R) (psi : K -> J -> X -> R)
    (g : G) (k : K), correlate1 X f psi k g = \sum_(x : X) \sum_(j : J) f j x * psi k j (g^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (f psi : X -> R) (g : G),
    correlate X f psi g = \sum_(x : X) f x * psi (g^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (a c : G -> R) (g : G),
    convolve G a c g = \sum_(h : G) a h * c (h^-1 * g)%g)
  /\ (forall (R : Type) (G : finGroupType) (a : G -> R) (g : G), involution G a g = a g^-1%g)
  /\ (forall (R : Type) (G : finGroupType) (J : finType) (a : J -> G -> R) (g : G) (j : J), involution1 G a j g = a j g^-1%g)
  /\ (forall (R : Type) (G : finGroupType) (J K : finType) (psi : K -> J -> G -> R) (g : G) (j : J) (k : K),
    involution2 G psi k j g = psi k j g^-1%g)
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (psi : K -> J -> X -> R) (j : J) (k : K) (x : X),
    transpose2 X psi j k x = psi k j x)
  /\ (forall (R : Type) (G : finGroupType) (J : finType) (idx : R) (op : Monoid.com_law idx) (U : {set G}) (a : J -> G -> R)
    (g : G) (j : J), pool1 G op a U j g = \big[op/idx]_(h : G | (g^-1 * h)%g \in U) a j h)
  /\ (forall (R : comRingType) (G : finGroupType) (J : finType) (U : {set G}) (a : J -> G -> R) (g : G) (j : J),
    sum_pool1 G a U j g = \sum_(h : G | (g^-1 * h)%g \in U) a j h)
  /\ (forall (R : Type) (G : finGroupType) (H : {group G}) (J : finType) (idx : R) (op : Monoid.com_law idx) (a : J -> G -> R)
    (g : G) (j : J), coset_pool1 G H op a j g = \big[op/idx]_(s : subg_of H) a j (g * sgval s)%g)
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (D : K -> G -> R) (psi : K -> J -> X -> R)
    (j : J) (x : X), input_gradient1 X D psi j x = \sum_(h : G) \sum_(k : K) D k h * psi k j (h^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (J K : finType) (D : K -> G -> R) (f : J -> X -> R)
    (j : J) (k : K) (x : X), filter_gradient1 X D f k j x = \sum_(h : G) D k h * f j (h • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType) (f : B -> J -> X -> R) (psi : K -> J -> X -> R)
    (b : B) (g : G) (k : K), correlate2 X f psi b k g = \sum_(x : X) \sum_(j : J) f b j x * psi k j (g^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType) (D : B -> K -> G -> R) (f : B -> J -> X -> R)
    (j : J) (k : K) (x : X), filter_gradient2 X D f k j x = \sum_(b : B) \sum_(h : G) D b k h * f b j (h • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (B J K : finType) (D : B -> K -> G -> R) (psi : K -> J -> X -> R)
    (b : B) (j : J) (x : X), input_gradient2 X D psi b j x = \sum_(h : G) \sum_(k : K) D b k h * psi k j (h^-1%g • x))
  /\ (forall (R : Type) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType) (psi : K -> J -> X -> R)
    (j : J) (k : K) (s : subg_of H) (x : X), filter_transform2 X H psi k s j x = psi k j ((sgval s)^-1%g • x))
  /\ (forall (R : comRingType) (G : finGroupType) (X : gset G) (H : {group G}) (J K : finType) (E : K -> subg_of H -> J -> X -> R)
    (j : J) (k : K) (x : X), filter_transform_gradient2 X H E k j x
      = \sum_(s : subg_of H) \sum_(w : X) ((sgval s)^-1%g • w == x)%:R * E k s j w).
