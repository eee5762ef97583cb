"""Tests of gcalc.fast against gcalc.reference, bit for bit where sums are exact, on several libraries and devices."""
