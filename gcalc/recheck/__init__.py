"""A second checker of derivations, which shares no code with the kernel and decides by normal forms, not by rules."""

from gcalc.recheck.checker import equal, recheck
from gcalc.recheck.errors import RecheckError

__all__ = ["RecheckError", "equal", "recheck"]
