"""What is measured, against which peer. Not part of the installed program; run with ``python -m benchmarks``."""
