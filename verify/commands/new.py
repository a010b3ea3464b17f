"""The subcommand ``python -m verify new FILE.py``: a first derivation, with comments, to be written over.

Exit codes: 0 written, 2 misuse or the file is there already.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from verify.commands.options import UsageError, command
from verify.commands.output import write

TEMPLATE = '''\
"""@TITLE@."""

# Encode the lines as they are printed, right or wrong: it is the program that finds what is wrong.
from sympy import exp

from verify.notation import derivation, eq, frac, line, real

x = real("x")  # also: positive, integer, complex_number, dimension, index_set, vector, matrix, function

@NAME@ = derivation(
    "@ID@",  # a short name, for -k and explain
    "@TITLE@",
    source="my notes, p. 1",
    start=line(1 / (1 + exp(-x)), r"\\frac{1}{1+e^{-x}}", tag="1.0"),
    steps=[
        # Each line: its mathematics, its LaTeX (for the reports; may be left out), its name in the source.
        # The relation to the line before: eq ne lt le gt ge implies iff same_maximisers.
        eq(frac(exp(x), exp(x) + 1), r"\\frac{e^x}{e^x+1}", tag="1.1", reason="multiplied by e^x above and below"),
        eq(1 - frac(1, exp(x) + 1), r"1 - \\frac{1}{e^x+1}", tag="1.2"),
        # eq(…, r"…", tag="1.3", erratum="the source is wrong here, and I know it"),
    ],
    # given=[Gt(x, 0)],  # assumptions
)
'''


def main(words: Sequence[str]) -> int:
    """Write the file that the words name, and return the exit code.

    Raises:
        UsageError: it is there already, or cannot be written.
        SystemExit: argparse's.
    """
    path: Path = _parser().parse_args(words).file
    if path.suffix != ".py":
        raise UsageError(f"a derivation is a Python file: {path}.py?")
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(template(path.stem))
    except FileExistsError:
        raise UsageError(f"{path} is there already") from None
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    write(f"wrote {path}; now: python -m verify {path}\n")
    return 0


def template(stem: str) -> str:
    """The text of a new file of that name."""
    words = re.findall(r"[A-Za-z0-9]+", stem) or ["notes"]
    name = "_".join(words).upper()
    name = name if name.isidentifier() else f"NOTES_{name}"
    found = TEMPLATE.replace("@ID@", "-".join(words).lower()).replace("@NAME@", name)
    return found.replace("@TITLE@", " ".join(words).capitalize())


def _parser() -> argparse.ArgumentParser:
    parser = command(
        "new",
        "Write a first derivation, with comments, into a new file.",
        "0 it is written, 2 misuse or the file is there already",
    )
    parser.add_argument("file", type=Path, metavar="FILE.py", help="the file to write; it must not exist")
    return parser
