"""Tests of gcalc.reference, beside a second implementation that shares no code with it."""
