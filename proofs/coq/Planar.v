(* The plane: Z² with functions of finite support. (1) for the rotation by 90°, line by line in the print's notation, x - y; and Z² as a set on which
   p4 = Z² ⋊ C4 acts, so that G-correlation from Z² to p4 is equivariant (the first layer). *)
From mathcomp Require Import div ssrint zmodp.
From GCalc Require Import Rules Infinite.
Import GRing.Theory.
Local Open Scope ring_scope.

(** (1) on any abelian group V, as Z², with an additive bijection r *)
Section Rotation.
Variables (R : comRingType) (V : zmodType) (J K : finType) (r r' : V -> V).
Hypotheses (rB : forall x y, r (x - y) = r x - r y) (rK : cancel r r') (r'K : cancel r' r).

Definition planar (s : seq V) (f : J -> V -> R) (psi : K -> J -> V -> R) k x :=
  \sum_(y <- s) \sum_(j : J) f j y * psi k j (y - x).
Definition rotate {I : Type} (f : I -> V -> R) i x := f i (r' x).
Definition rotate_back (psi : K -> J -> V -> R) k j x := psi k j (r x).

Lemma rotate_supports s (f : J -> V -> R) : supports R s f -> supports R (map r s) (rotate f).
Proof.
move=> [u o]; split=> [|j x out]; first by rewrite map_inj_uniq //; apply: can_inj rK.
by apply: o; apply: contra out => x_in; rewrite -(r'K x) map_f.
Qed.
Lemma planar_unique s s' f psi : supports R s f -> supports R s' f -> planar s f psi =2 planar s' f psi.
Proof.
move=> [u o] [u' o'] k x; apply: total_unique; split=> // y out; apply: big1 => j _.
  by rewrite o ?mul0r.
by rewrite o' ?mul0r.
Qed.

Theorem line1 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : planar (map r s) (rotate f) psi k x
  = \sum_(y <- map r s) \sum_(j : J) rotate f j y * psi k j (y - x).
Proof. by []. Qed.
Theorem line2 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : \sum_(y <- map r s) \sum_(j : J) rotate f j y * psi k j (y - x)
  = \sum_(y <- map r s) \sum_(j : J) f j (r' y) * psi k j (y - x).
Proof. by []. Qed.
Theorem line3 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : \sum_(y <- map r s) \sum_(j : J) f j (r' y) * psi k j (y - x)
  = \sum_(y <- s) \sum_(j : J) f j y * psi k j (r y - x).
Proof. by rewrite big_map; apply: eq_bigr => y _; apply: eq_bigr => j _; rewrite rK. Qed.
Theorem line4 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : \sum_(y <- s) \sum_(j : J) f j y * psi k j (r y - x)
  = \sum_(y <- s) \sum_(j : J) f j y * psi k j (r (y - r' x)).
Proof. by apply: eq_bigr => y _; apply: eq_bigr => j _; rewrite rB r'K. Qed.
Theorem line5 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : \sum_(y <- s) \sum_(j : J) f j y * psi k j (r (y - r' x))
  = \sum_(y <- s) \sum_(j : J) f j y * rotate_back psi k j (y - r' x).
Proof. by []. Qed.
Theorem line6 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : \sum_(y <- s) \sum_(j : J) f j y * rotate_back psi k j (y - r' x)
  = planar s f (rotate_back psi) k (r' x).
Proof. by []. Qed.
Theorem line7 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : planar s f (rotate_back psi) k (r' x) = rotate (planar s f (rotate_back psi)) k x.
Proof. by []. Qed.
Theorem eq1 s (f : J -> V -> R) (psi : K -> J -> V -> R) k x : planar (map r s) (rotate f) psi k x = rotate (planar s f (rotate_back psi)) k x.
Proof.
etransitivity; [exact: line1 |]. etransitivity; [exact: line2 |]. etransitivity; [exact: line3 |].
etransitivity; [exact: line4 |]. etransitivity; [exact: line5 |]. etransitivity; [exact: line6 |]. exact: line7.
Qed.
End Rotation.

(** The rotation of Z² by 90° *)
Definition Z2 := [zmodType of int * int].
Definition turn (x : Z2) : Z2 := (- x.2, x.1).
Definition turn_back (x : Z2) : Z2 := (x.2, - x.1).
Lemma turnK : cancel turn turn_back. Proof. by case=> a b; rewrite /turn /turn_back /= opprK. Qed.
Lemma turn_backK : cancel turn_back turn. Proof. by case=> a b; rewrite /turn /turn_back /= opprK. Qed.
Lemma turnD x y : turn (x + y) = turn x + turn y.
Proof. by case: x y => [a b] [c d]; congr pair; rewrite /= opprD. Qed.
Lemma turnB x y : turn (x - y) = turn x - turn y.
Proof. by case: x y => [a b] [c d]; congr pair; rewrite /= !opprB // opprK addrC. Qed.
Theorem eq1_on_Z2 (R : comRingType) (J K : finType) (s : seq Z2) (f : J -> Z2 -> R) (psi : K -> J -> Z2 -> R) k x :
  planar R Z2 J K (map turn s) (rotate R Z2 turn_back f) psi k x
  = rotate R Z2 turn_back (planar R Z2 J K s f (rotate_back R Z2 J K turn psi)) k x.
Proof. exact: (eq1 R Z2 J K turn turn_back turnB turnK turn_backK). Qed.

(** p4: pairs (t, n), x ↦ t + rⁿx *)
Definition turns (n : nat) (x : Z2) : Z2 := iter n turn x.
Lemma turns4 x : turns 4 x = x. Proof. by case: x => a b; rewrite /turns /turn /= !opprK. Qed.
Lemma turns_mod n x : turns (n %% 4)%N x = turns n x.
Proof.
rewrite [in RHS](divn_eq n 4) addnC /turns iterD; congr (iter _ _ _).
by elim: (n %/ 4)%N => // q IH; rewrite mulSn iterD -IH; have := turns4 x; rewrite /turns => ->.
Qed.
Lemma turns_add n x y : turns n (x + y) = turns n x + turns n y.
Proof. by elim: n => //= n IH; rewrite -turnD -IH. Qed.

Definition p4 := [eqType of Z2 * 'Z_4].
Definition p4_mul (a b : p4) : p4 := (a.1 + turns a.2 b.1, a.2 + b.2).
Definition p4_inv (a : p4) : p4 := (- turns (- a.2)%R a.1, - a.2).
Lemma turnsD (m n : 'Z_4) x : turns (m + n)%R x = turns m (turns n x).
Proof. by rewrite /turns -iterD; exact: (turns_mod (m + n)%N x). Qed.
Lemma p4_mulA : associative p4_mul.
Proof. by move=> a b c; rewrite /p4_mul /= turns_add turnsD !addrA. Qed.
Lemma p4_mul1 : left_id (0, 0) p4_mul.
Proof. by case=> t n; rewrite /p4_mul /= !add0r. Qed.
Lemma p4_mulV : left_inverse (0, 0) p4_inv p4_mul.
Proof. by case=> t n; rewrite /p4_mul /p4_inv /= !addNr. Qed.
Definition p4_group : group_on p4 := @GroupOn p4 p4_mul p4_inv (0, 0) p4_mulA p4_mul1 p4_mulV.

Definition p4_move (a : p4) (x : Z2) : Z2 := a.1 + turns a.2 x.
Lemma p4_move1 x : p4_move (0, 0) x = x. Proof. by rewrite /p4_move /= add0r. Qed.
Lemma p4_moveA a b x : p4_move a (p4_move b x) = p4_move (p4_mul a b) x.
Proof. by rewrite /p4_move /= turns_add turnsD addrA. Qed.
Definition p4_on_Z2 : action_on p4 Z2 p4_group := @ActionOn p4 Z2 p4_group p4_move p4_move1 p4_moveA.

(* [[L_u f] ⋆ psi](g) = L_u[f ⋆ psi](g) from Z² to p4, for f of finite support. *)
Theorem p4_equivariance (R : comRingType) (J K : finType) (s : seq Z2) (f : J -> Z2 -> R) (psi : K -> J -> Z2 -> R) (u : p4) k (g : p4) :
  correlation R p4 Z2 p4_group p4_on_Z2 J K (map (p4_move u) s) (translate R p4 Z2 p4_group p4_on_Z2 u f) psi k g
  = translate_output R p4 p4_group u (correlation R p4 Z2 p4_group p4_on_Z2 J K s f psi) k g.
Proof. exact: equivariance. Qed.

Print Assumptions rotate_supports.
Print Assumptions planar_unique.
Print Assumptions eq1_on_Z2.
Print Assumptions p4_equivariance.
