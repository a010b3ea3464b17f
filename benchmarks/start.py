"""``python -m benchmarks start``: all derivations from a cold start, against the bare cost of importing the libraries.

Paired runs, one after the other, in turns, so that a machine that is busy slows both.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.compare import progress
from benchmarks.markdown import add_markdown, put
from verify.commands.options import whole

PROGRAM = ("-m", "verify")
BARE = ("-c", "import sympy, numpy, flint, rich")
ROOT = Path(__file__).parent.parent

ABOUT = "All derivations from a cold start, against the bare cost of importing the libraries."


@dataclass(frozen=True)
class Cost:
    """What one run took: on the clock, and of all processors together."""

    wall: float
    processor: float


def run(command: Sequence[str]) -> Cost:
    """The cost of ``python`` with these arguments, the processes that it starts included."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def main(words: Sequence[str]) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks start", description=ABOUT)
    parser.add_argument("--pairs", type=whole, default=11, metavar="N", help="how many pairs (default: %(default)s)")
    add_markdown(parser, "start")
    options = parser.parse_args(words)
    run(PROGRAM), run(BARE)  # bytecode is written, files are in memory
    pairs = []
    with progress(options.pairs, "pairs of runs") as advance:
        for number in range(options.pairs):
            first, second = (PROGRAM, BARE) if number % 2 else (BARE, PROGRAM)
            costs = {first: run(first), second: run(second)}
            pairs.append((costs[PROGRAM], costs[BARE]))
            advance()
    text = report(pairs)
    print(text)
    put(options.markdown, "start", text)
    return 0


def report(pairs: Sequence[tuple[Cost, Cost]]) -> str:
    """The medians, as Markdown."""
    rows = ["| | `python -m verify` | libraries alone | ratio (median of the pairs) |", "|---|--:|--:|--:|"]
    for title, field in (("wall clock", "wall"), ("processor time", "processor")):
        costs: list[tuple[float, float]] = [(getattr(a, field), getattr(b, field)) for a, b in pairs]
        ours, bare = (median(each) for each in zip(*costs, strict=True))
        ratio = median(a / b for a, b in costs)
        rows.append(f"| {title} | {ours:.2f} s | {bare:.2f} s | {ratio:.2f} |")
    return "\n".join([f"### Cold start, {len(pairs)} pairs of runs", "", *rows])
