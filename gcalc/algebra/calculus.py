"""The calculus of a G-convolution layer, as an ordinary linear layer over the group algebra.

Main definitions
    correlate, input_gradient, filter_gradient.

Main statements
    For a row F of J features, a K×J matrix Psi of filters and the row D of the K output gradients
    ``D_k = dL/dY_k``::

        Y = F Psi†        dL/dF = D Psi        dL/dPsi = D† F

    These are the supplement's forward pass, (3) and (6). They hold over R[G], and for any G-set X with F and
    Psi over the module R[X], where ``F Psi†`` is short for the form ``Y_k = Σ_j F_j ⋆ Psi_kj``. F and D may
    have one row for each example of a batch: then ``D† F`` is summed over the batch.

Implementation notes
    Two lines of the supplement are misprints: (3) line 3 has ``dL/df_k(g)`` for ``dL/df_k(h)``, and (6) line
    4 has ``dL/df_k ∗ f_j`` for ``(dL/df_k)* ∗ f_j``, without the involution that D† supplies.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016):
    (3) to (6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcalc.algebra.free_module import FormalSum

if TYPE_CHECKING:
    from typing import TypeVar

    from gcalc.algebra.group_algebra import Element
    from gcalc.algebra.matrix import Matrix

    E = TypeVar("E", bound=FormalSum)

__all__ = ["correlate", "filter_gradient", "input_gradient"]


def correlate(F: Matrix[E], Psi: Matrix[E]) -> Matrix[Element]:
    """``Y = F Psi†``, that is ``Y_k(g) = Σ_x Σ_j F_j(x) Psi_kj(g⁻¹x)``.

    Args:
        F: 1×J over R[G] or R[X], the input features.
        Psi: K×J over the same, the filters.

    Returns:
        1×K over R[G].

    >>> from gcalc.algebra import group_algebra
    >>> from gcalc.groups import group
    >>> A = group_algebra(group("C3"))
    >>> correlate(A.row([A(0), A(1)]), A.matrix([[A(1), A(0)]]))
    [(1) + (2)]
    """
    return F.correlate(Psi)


def input_gradient(D: Matrix[Element], Psi: Matrix[E]) -> Matrix[E]:
    """``dL/dF = D Psi``, that is ``dL/dF_j(x) = Σ_h Σ_k D_k(h) Psi_kj(h⁻¹x)``: the supplement's (3).

    Args:
        D: 1×K over R[G], the gradients at the outputs.
        Psi: K×J over R[G] or R[X], the filters.

    Returns:
        1×J over the ring or module of Psi.

    The printed line with ``D_k(g)`` gives 1 at g = 0 for this example on C2:

    >>> from gcalc.algebra import group_algebra
    >>> from gcalc.groups import group
    >>> A = group_algebra(group("C2"))
    >>> input_gradient(A.row([A(0)]), A.matrix([[A(1)]]))[0, 0][0]
    0
    """
    return D @ Psi


def filter_gradient(D: Matrix[Element], F: Matrix[E]) -> Matrix[E]:
    """``dL/dPsi = D† F``, that is ``dL/dPsi_kj(x) = Σ_h D_k(h) F_j(hx)``: the supplement's (6).

    Args:
        D: 1×K over R[G], the gradients at the outputs.
        F: 1×J over R[G] or R[X], the input features.

    Returns:
        K×J over the ring or module of F.

    The printed line ``D_k ∗ F_j``, without the involution, gives 1 at g = 1 for this example on C3:

    >>> from gcalc.algebra import group_algebra
    >>> from gcalc.groups import group
    >>> A = group_algebra(group("C3"))
    >>> filter_gradient(A.row([A(1)]), A.row([A(0)]))
    [(2)]
    """
    return D.dagger @ F
