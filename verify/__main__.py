"""``python -m verify``."""

import gc
import sys
from pathlib import Path

# Python puts the current folder first: a folder or file of the user's called report, math, … must not take our place.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from verify.cli import main

gc.set_threshold(20_000, 20, 20)  # expressions and modules are many objects, and hardly ever garbage with cycles
sys.exit(main())
