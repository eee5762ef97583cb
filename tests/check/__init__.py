"""`gcalc check`: a right layer raises no alarm, a broken one is found; and the layer that is given stays as it was."""
