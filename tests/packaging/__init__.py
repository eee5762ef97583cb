"""Tests of what is shipped: the files and the metadata of the wheel and of the source distribution."""
