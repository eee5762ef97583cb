"""Derivations as text, LaTeX, MathML and pages: what a person reads is the term, and nothing else."""
