"""What every worker process needs, imported once by the process that they are forked from: the laws, derived."""

import gc

import sympy.polys.rings  # noqa: F401

import gcalc.fast.plan
import gcalc.verify.exact
import gcalc.verify.fast_reading
import gcalc.verify.property  # noqa: F401
from gcalc.lawbook import laws

laws()
gc.set_threshold(100_000)
