"""Measurements beside the plain recipes: `python -m benchmarks` writes RESULTS.md."""
