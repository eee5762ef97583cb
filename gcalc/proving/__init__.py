"""What proof files are written in: reasons, laws, and the search that turns reasons into a log of kernel steps.

Nothing here is trusted: `gcalc.kernel.replay` recomputes what comes out.
"""
