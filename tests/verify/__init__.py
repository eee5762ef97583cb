"""The readings of laws: their verdicts, what they claim to have covered, what they miss, and the reports they write."""
