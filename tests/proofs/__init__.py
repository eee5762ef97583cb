"""The derivations: every step is needed, every change is seen, printed errors are refused."""
