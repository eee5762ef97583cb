"""The pages of the codes of diagnoses, shipped as gcalc.codes for `gcalc explain`."""
