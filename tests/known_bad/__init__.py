"""Wrong implementations that the checks must catch."""
