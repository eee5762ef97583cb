"""Statements evaluated on concrete groups: by hand, against a second evaluator, and what is refused."""
