"""Fuzzing of what reads the records: inputs are made from others by what they reach in the code, see `tests.fuzz.__main__`."""
