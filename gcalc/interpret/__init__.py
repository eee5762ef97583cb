"""Evaluation of statements on concrete groups: sorts are finite sets, functions arrays, operators implementations."""

from gcalc.interpret.evaluate import Evaluator, Mismatch
from gcalc.interpret.model import Carrier, Model

__all__ = ["Carrier", "Evaluator", "Mismatch", "Model"]
