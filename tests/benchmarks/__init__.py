"""Benchmarks, run by hand as modules; the suite shows only that they run and where they write, and asserts no time."""
