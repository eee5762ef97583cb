"""`gcalc.strategies`: what is drawn, what it shrinks to, what is refused, and its use in somebody's own tests."""
