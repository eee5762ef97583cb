"""Tests of gcalc.spaces: pixel windows, their point groups and action tables."""
