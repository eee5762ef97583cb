"""Tests of the pages: their examples run, their commands and options exist, their links and law ids resolve."""
