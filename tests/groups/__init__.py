"""Tests of gcalc.groups: axioms, counts and structure, against SymPy, gemmi and spglib."""
