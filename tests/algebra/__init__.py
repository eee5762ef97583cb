"""Tests of gcalc.algebra: the group algebra, its modules and matrices, against the reference and SymPy."""
