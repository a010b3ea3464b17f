"""What the subcommands share: kinds of options, and how misuse is told."""

from __future__ import annotations

import argparse
import contextlib
import math

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
