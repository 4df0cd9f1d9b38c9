"""The flow linter: one file per finding, listed in `checks.py`."""
