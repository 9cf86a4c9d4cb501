"""Alternates both sides of every comparison, gathers their times and writes the report: see `driver.__main__`."""
