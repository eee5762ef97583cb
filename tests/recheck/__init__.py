"""gcalc.recheck: every law passes, what is false on a small group is refused, and what is declared equal is equal."""
