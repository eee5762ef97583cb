"""Layers of other projects, checked for real in an environment of their own; what came out is a page."""
