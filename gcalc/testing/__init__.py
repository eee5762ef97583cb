"""For users' own test suites: layers asserted to be equivariant, to equal the reference, one test a check.

Main definitions
    assert_equivariant: an AssertionError that says what the layer is equivariant to, where it breaks, what would pass.
    assert_matches_reference: the same for a layer that is said to be one of the sums of `gcalc.reference`.
    parametrize_with_checks: a pytest parameter for each check of each layer.
"""

from gcalc.testing.assertions import assert_equivariant, assert_matches_reference
from gcalc.testing.parametrize import parametrize_with_checks

__all__ = ["assert_equivariant", "assert_matches_reference", "parametrize_with_checks"]
