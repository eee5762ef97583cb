(* Made by gcalc from proofs/equivariance_subgroup.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".

(* unit *)
Section claim_equivariance_subgroup_1.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable phi : (J -> X -> R) -> K -> G -> R.
Hypothesis phi_extensional : forall f1 f2, (forall p0 p1, f1 p0 p1 = f2 p0 p1) -> forall q0 q1, phi f1 q0 q1 = phi f2 q0 q1.
Variable g : G.
Variable k : K.
(* a function is λ of its values *)
Lemma equivariance_subgroup_1_1 : phi (left_translate1 X (1 : G)%g f) k g = phi (fun (j : J) (x : X) => left_translate1 X (1 : G)%g f j x) k g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate; group axioms *)
Lemma equivariance_subgroup_1_2 : phi (fun (j : J) (x : X) => left_translate1 X (1 : G)%g f j x) k g = phi (fun (j : J) (x : X) => f j x) k g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => f j ((1 : G)^-1 • x)%g) k g : R).
{ by_definition. }
apply: phi_extensional => j x. refine (congr1 (fun hole : X => f j hole) _). by_word.
Qed.
(* a function is λ of its values *)
Lemma equivariance_subgroup_1_3 : phi (fun (j : J) (x : X) => f j x) k g = phi f k g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma equivariance_subgroup_1_4 : phi f k g = phi f k ((1 : G)^-1 * g)%g :> R.
Proof.
refine (congr1 (fun hole : G => phi f k hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_1_5 : phi f k ((1 : G)^-1 * g)%g = left_translate1 (regular G) (1 : G)%g (phi f) k g :> R.
Proof.
by_definition.
Qed.
Theorem equivariance_subgroup_1 : phi (left_translate1 X (1 : G)%g f) k g = left_translate1 (regular G) (1 : G)%g (phi f) k g :> R.
Proof. etransitivity; [exact: equivariance_subgroup_1_1|]. etransitivity; [exact: equivariance_subgroup_1_2|]. etransitivity; [exact: equivariance_subgroup_1_3|]. etransitivity; [exact: equivariance_subgroup_1_4|]. exact: equivariance_subgroup_1_5. Qed.
End claim_equivariance_subgroup_1.

(* product *)
Section claim_equivariance_subgroup_2.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable phi : (J -> X -> R) -> K -> G -> R.
Hypothesis phi_extensional : forall f1 f2, (forall p0 p1, f1 p0 p1 = f2 p0 p1) -> forall q0 q1, phi f1 q0 q1 = phi f2 q0 q1.
Variable g : G.
Variable k : K.
Variable u : G.
Variable v : G.
Hypothesis assumed1 : forall (f : J -> X -> R) (k1 : K) (g1 : G), phi (left_translate1 X u f) k1 g1 = left_translate1 (regular G) u (phi f) k1 g1 :> R. (* Φ commutes with u *)
Hypothesis assumed2 : forall (f : J -> X -> R) (k1 : K) (g1 : G), phi (left_translate1 X v f) k1 g1 = left_translate1 (regular G) v (phi f) k1 g1 :> R. (* Φ commutes with v *)
(* a function is λ of its values *)
Lemma equivariance_subgroup_2_1 : phi (left_translate1 X (u * v)%g f) k g = phi (fun (j : J) (x : X) => left_translate1 X (u * v)%g f j x) k g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate; group axioms *)
Lemma equivariance_subgroup_2_2 : phi (fun (j : J) (x : X) => left_translate1 X (u * v)%g f j x) k g = phi (fun (j : J) (x : X) => f j (v^-1 • (u^-1 • x))%g) k g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => f j ((u * v)^-1 • x)%g) k g : R).
{ by_definition. }
apply: phi_extensional => j x. refine (congr1 (fun hole : X => f j hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_2_3 : phi (fun (j : J) (x : X) => f j (v^-1 • (u^-1 • x))%g) k g = phi (fun (j : J) (x : X) => left_translate1 X v f j (u^-1 • x)%g) k g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_2_4 : phi (fun (j : J) (x : X) => left_translate1 X v f j (u^-1 • x)%g) k g = phi (fun (j : J) (x : X) => left_translate1 X u (left_translate1 X v f) j x) k g :> R.
Proof.
by_definition.
Qed.
(* a function is λ of its values *)
Lemma equivariance_subgroup_2_5 : phi (fun (j : J) (x : X) => left_translate1 X u (left_translate1 X v f) j x) k g = phi (left_translate1 X u (left_translate1 X v f)) k g :> R.
Proof.
by_definition.
Qed.
(* Φ commutes with u *)
Lemma equivariance_subgroup_2_6 : phi (left_translate1 X u (left_translate1 X v f)) k g = left_translate1 (regular G) u (phi (left_translate1 X v f)) k g :> R.
Proof.
exact: (assumed1 (left_translate1 X v f) k g).
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_2_7 : left_translate1 (regular G) u (phi (left_translate1 X v f)) k g = phi (left_translate1 X v f) k (u^-1 * g)%g :> R.
Proof.
by_definition.
Qed.
(* Φ commutes with v *)
Lemma equivariance_subgroup_2_8 : phi (left_translate1 X v f) k (u^-1 * g)%g = left_translate1 (regular G) v (phi f) k (u^-1 * g)%g :> R.
Proof.
exact: (assumed2 f k (u^-1 * g)%g).
Qed.
(* definition of left_translate; group axioms *)
Lemma equivariance_subgroup_2_9 : left_translate1 (regular G) v (phi f) k (u^-1 * g)%g = phi f k ((u * v)^-1 * g)%g :> R.
Proof.
transitivity (phi f k (v^-1 * (u^-1 * g))%g : R).
{ by_definition. }
refine (congr1 (fun hole : G => phi f k hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_2_10 : phi f k ((u * v)^-1 * g)%g = left_translate1 (regular G) (u * v)%g (phi f) k g :> R.
Proof.
by_definition.
Qed.
Theorem equivariance_subgroup_2 : phi (left_translate1 X (u * v)%g f) k g = left_translate1 (regular G) (u * v)%g (phi f) k g :> R.
Proof. etransitivity; [exact: equivariance_subgroup_2_1|]. etransitivity; [exact: equivariance_subgroup_2_2|]. etransitivity; [exact: equivariance_subgroup_2_3|]. etransitivity; [exact: equivariance_subgroup_2_4|]. etransitivity; [exact: equivariance_subgroup_2_5|]. etransitivity; [exact: equivariance_subgroup_2_6|]. etransitivity; [exact: equivariance_subgroup_2_7|]. etransitivity; [exact: equivariance_subgroup_2_8|]. etransitivity; [exact: equivariance_subgroup_2_9|]. exact: equivariance_subgroup_2_10. Qed.
End claim_equivariance_subgroup_2.

(* inverse *)
Section claim_equivariance_subgroup_3.
Variable R : Type.
Variable G : finGroupType.
Variable X : gset G.
Variable J : finType.
Variable K : finType.
Variable f : J -> X -> R.
Variable phi : (J -> X -> R) -> K -> G -> R.
Hypothesis phi_extensional : forall f1 f2, (forall p0 p1, f1 p0 p1 = f2 p0 p1) -> forall q0 q1, phi f1 q0 q1 = phi f2 q0 q1.
Variable g : G.
Variable k : K.
Variable u : G.
Hypothesis assumed1 : forall (f : J -> X -> R) (k1 : K) (g1 : G), phi (left_translate1 X u f) k1 g1 = left_translate1 (regular G) u (phi f) k1 g1 :> R. (* Φ commutes with u *)
(* group axioms *)
Lemma equivariance_subgroup_3_1 : phi (left_translate1 X (u^-1)%g f) k g = phi (left_translate1 X (u^-1)%g f) k (u^-1 * (u * g))%g :> R.
Proof.
refine (congr1 (fun hole : G => phi (left_translate1 X (u^-1)%g f) k hole) _). by_word.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_3_2 : phi (left_translate1 X (u^-1)%g f) k (u^-1 * (u * g))%g = left_translate1 (regular G) u (phi (left_translate1 X (u^-1)%g f)) k (u * g)%g :> R.
Proof.
by_definition.
Qed.
(* Φ commutes with u *)
Lemma equivariance_subgroup_3_3 : left_translate1 (regular G) u (phi (left_translate1 X (u^-1)%g f)) k (u * g)%g = phi (left_translate1 X u (left_translate1 X (u^-1)%g f)) k (u * g)%g :> R.
Proof.
apply: esym. exact: (assumed1 (left_translate1 X (u^-1)%g f) k (u * g)%g).
Qed.
(* a function is λ of its values *)
Lemma equivariance_subgroup_3_4 : phi (left_translate1 X u (left_translate1 X (u^-1)%g f)) k (u * g)%g = phi (fun (j : J) (x : X) => left_translate1 X u (left_translate1 X (u^-1)%g f) j x) k (u * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_3_5 : phi (fun (j : J) (x : X) => left_translate1 X u (left_translate1 X (u^-1)%g f) j x) k (u * g)%g = phi (fun (j : J) (x : X) => left_translate1 X (u^-1)%g f j (u^-1 • x)%g) k (u * g)%g :> R.
Proof.
by_definition.
Qed.
(* definition of left_translate; group axioms *)
Lemma equivariance_subgroup_3_6 : phi (fun (j : J) (x : X) => left_translate1 X (u^-1)%g f j (u^-1 • x)%g) k (u * g)%g = phi (fun (j : J) (x : X) => f j x) k (u * g)%g :> R.
Proof.
transitivity (phi (fun (j : J) (x : X) => f j ((u^-1)^-1 • (u^-1 • x))%g) k (u * g)%g : R).
{ by_definition. }
apply: phi_extensional => j x. refine (congr1 (fun hole : X => f j hole) _). by_word.
Qed.
(* a function is λ of its values *)
Lemma equivariance_subgroup_3_7 : phi (fun (j : J) (x : X) => f j x) k (u * g)%g = phi f k (u * g)%g :> R.
Proof.
by_definition.
Qed.
(* group axioms *)
Lemma equivariance_subgroup_3_8 : phi f k (u * g)%g = phi f k ((u^-1)^-1 * g)%g :> R.
Proof.
refine (congr1 (fun hole : G => phi f k (hole * g)%g) _). by_word.
Qed.
(* definition of left_translate *)
Lemma equivariance_subgroup_3_9 : phi f k ((u^-1)^-1 * g)%g = left_translate1 (regular G) (u^-1)%g (phi f) k g :> R.
Proof.
by_definition.
Qed.
Theorem equivariance_subgroup_3 : phi (left_translate1 X (u^-1)%g f) k g = left_translate1 (regular G) (u^-1)%g (phi f) k g :> R.
Proof. etransitivity; [exact: equivariance_subgroup_3_1|]. etransitivity; [exact: equivariance_subgroup_3_2|]. etransitivity; [exact: equivariance_subgroup_3_3|]. etransitivity; [exact: equivariance_subgroup_3_4|]. etransitivity; [exact: equivariance_subgroup_3_5|]. etransitivity; [exact: equivariance_subgroup_3_6|]. etransitivity; [exact: equivariance_subgroup_3_7|]. etransitivity; [exact: equivariance_subgroup_3_8|]. exact: equivariance_subgroup_3_9. Qed.
End claim_equivariance_subgroup_3.

Definition ok : Stmt_equivariance_subgroup := conj (@equivariance_subgroup_1) (conj (@equivariance_subgroup_2) (@equivariance_subgroup_3)).
Print Assumptions ok.
