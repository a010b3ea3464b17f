"""``python -m verify``."""

import sys
from pathlib import Path

# Python puts the current folder first: a folder or file of the user's called report, math, … must not take our place.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from verify.cli import main

sys.exit(main())
