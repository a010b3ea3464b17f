"""``python -m verify``."""

import contextlib
import gc
import os
import sys
from pathlib import Path

gc.set_threshold(500_000, 20, 20)  # expressions and modules are many objects, and hardly ever garbage with cycles

# NumPy's linear algebra would start a thread a processor: nothing here is large enough for them, and we fork.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Python puts the current folder first: a folder or file of the user's called report, math, … must not take our place.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from verify.cli import main
from verify.postponed import postpone

postpone()
code = main()
for stream in filter(None, (sys.stdout, sys.stderr)):
    with contextlib.suppress(OSError):
        stream.flush()
os._exit(code)  # without taking apart, one by one, all the objects that SymPy has made
