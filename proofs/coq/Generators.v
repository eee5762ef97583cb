(* A map that commutes with generators commutes with the group they generate: by induction on words, from the law equivariance_subgroup. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Generators.
Variables (R : Type) (G : finGroupType) (X : gset G) (J K : finType) (phi : (J -> X -> R) -> K -> G -> R).
Definition commutes (u : G) := forall f k g, phi (left_translate1 X u f) k g = left_translate1 (regular G) u (phi f) k g.

Theorem generators_suffice (A : {set G}) : Stmt_equivariance_subgroup -> extensional phi ->
  (forall u, u \in A -> commutes u) -> forall u, u \in <<A>>%g -> commutes u.
Proof.
move=> [unit [product _]] ext on_A u /gen_prodgP[n [c c_in ->]].
elim/big_ind: _ => [f k g | v w Cv Cw f k g | i _]; last exact: on_A.
  exact: (unit R G X J K f phi ext g k).
exact: (product R G X J K f phi ext g k v w Cv Cw).
Qed.
End Generators.

Print Assumptions generators_suffice.
