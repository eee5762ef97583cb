"""Numeric confirmations of laws, by code of their own, and what is said of laws by evaluation only."""
