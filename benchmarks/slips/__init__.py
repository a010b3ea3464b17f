"""``python -m benchmarks slips``: slips made on purpose; are they caught, named and mended."""

from benchmarks.slips.run import main

__all__ = ["main"]
