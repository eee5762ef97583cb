"""Tests of the code as text: floors, size, forbidden constructs, docstrings, examples, README commands."""
