"""The laws of the calculus, one file a law, each stated once and derived line by line.

`definitions` has the sorts and the operators as sums; every other module ends with `LAW`.
"""
