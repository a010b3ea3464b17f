"""What the subcommands share: kinds of options, and how misuse is told."""

from __future__ import annotations

import argparse
import contextlib
import math

from verify.config import Settings

MISUSE = 2


class UsageError(Exception):
    """Something about the command line that the reader can put right."""


def whole(text: str) -> int:
    """An option that is a whole number.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"a whole number ≥ 0 is needed, not {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """An option that is a time.

    Raises:
        argparse.ArgumentTypeError: it is none, or not positive.
    """
    with contextlib.suppress(ValueError):
        if 0 < (value := float(text)) < math.inf:
            return value
    raise argparse.ArgumentTypeError(f"a number of seconds > 0 is needed, not {text!r}")


def command(name: str, description: str, exits: str, more: str = "") -> argparse.ArgumentParser:
    """The parser of a subcommand; ``exits`` says what its exit codes mean, ``more`` stands before that as it is."""
    return argparse.ArgumentParser(
        prog=f"python -m verify {name}",
        description=description,
        epilog=f"{more}Exit code: {exits}.",
        formatter_class=argparse.RawDescriptionHelpFormatter if more else argparse.HelpFormatter,
        allow_abbrev=False,
    )


def add_limits(parser: argparse.ArgumentParser, *, jobs: bool = True) -> None:
    """The options ``--jobs``, ``--timeout`` and ``--seed``, as :class:`verify.config.Settings` has them."""
    add, defaults = parser.add_argument, Settings()
    if jobs:
        add(
            "--jobs", type=whole, default=defaults.jobs, metavar="N", help="worker processes (default: one a processor)"
        )
    add("--timeout", type=seconds, default=defaults.timeout, metavar="S",
        help="processor time that one check may take, in seconds (default: %(default)g)")  # fmt: skip
    add("--seed", type=whole, default=defaults.seed, metavar="N", help="of all random choices (default: %(default)s)")
