"""`gcalc bench`: who is wrong is not timed, who is slow is shown as slow, who is absent is told."""
