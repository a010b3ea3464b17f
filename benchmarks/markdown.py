"""Where the tables go: into a document that has a place for them, or into a file of their own."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path


def add_markdown(parser: argparse.ArgumentParser, name: str) -> None:
    """The option that says where the tables of a benchmark go; a file that cannot take them is refused at once."""
    parser.add_argument(
        "--markdown",
        type=partial(_target, name),
        metavar="FILE",
        help=f"write the tables into this document, between its lines <!-- {name} --> and <!-- end of {name} -->, or "
        "to a new file",
    )


def put(file: Path | None, name: str, text: str) -> None:
    """Write the tables of a benchmark to a file.

    Where the file has the lines ``<!-- name -->`` and ``<!-- end of name -->``, what stands between them is replaced
    and all else is left alone.
    """
    if file is None:
        return
    parts = _around(file, name)
    file.write_text(text if parts is None else f"{parts[0]}\n{text.strip()}\n\n{parts[1]}", encoding="utf-8")


def _target(name: str, text: str) -> Path:
    """A file that can take the tables.

    Raises:
        argparse.ArgumentTypeError: it is there and has no place for them, or cannot be there.
    """
    file = Path(text)
    if not file.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {file.parent}")
    if file.exists() and _around(file, name) is None:
        raise argparse.ArgumentTypeError(f"{file} is there and has no lines <!-- {name} --> and <!-- end of {name} -->")
    return file


def _around(file: Path, name: str) -> tuple[str, str] | None:
    """What a document has before and after the place of the tables, the marks included; nothing without a place."""
    if not file.is_file():
        return None
    before, begin, rest = file.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->\n")
    return (before + begin, end + after) if begin and end else None
