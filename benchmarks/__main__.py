"""``python -m benchmarks``: peers side by side (``compare``), ``slips`` made on purpose, ``scaling``, ``start``."""

import gc
import importlib
import sys
from collections.abc import Callable, Sequence

from verify.commands.options import MISUSE, UsageError

gc.set_threshold(500_000, 20, 20)  # as the program itself has it; it holds for all that is measured in Python

COMMANDS = ("compare", "scaling", "slips", "start")


def main(words: Sequence[str]) -> int:
    """Run a benchmark and return the exit code."""
    try:
        return _command(words)
    except UsageError as error:
        print(f"python -m benchmarks: {error}", file=sys.stderr)
        return MISUSE


def _command(words: Sequence[str]) -> int:
    name = words[0] if words and not words[0].startswith("-") else "compare"
    if name not in COMMANDS:
        raise UsageError(f"there is no benchmark {name}, only {', '.join(COMMANDS)}")
    run: Callable[[Sequence[str]], int] = importlib.import_module(f"benchmarks.{name}").main
    return run(words[1:] if words and words[0] == name else words)


sys.exit(main(sys.argv[1:]))
