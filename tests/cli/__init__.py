"""The commands as a user runs them: exit codes, one-line errors, output that fits the terminal."""
