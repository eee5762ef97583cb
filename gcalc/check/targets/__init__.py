"""Layers under test, whatever they are written in: arrays in, arrays out, copies, traces, gradients."""

from gcalc.check.targets.base import Stage, Target, Trace
from gcalc.check.targets.choice import target
from gcalc.check.targets.load import load

__all__ = ["Stage", "Target", "Trace", "load", "target"]
