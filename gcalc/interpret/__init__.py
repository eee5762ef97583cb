"""Evaluation of statements on concrete groups: every sort a finite set, every function an array, every operator an implementation."""

from gcalc.interpret.evaluate import Evaluator, Mismatch
from gcalc.interpret.model import Carrier, Model

__all__ = ["Carrier", "Evaluator", "Mismatch", "Model"]
