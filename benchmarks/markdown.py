"""Where the tables go: into a document that has a place for them, or into a file of their own."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_markdown(parser: argparse.ArgumentParser) -> None:
    """The option that names the file."""
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="write the tables into this document, or to a new file"
    )


def put(file: Path | None, name: str, text: str) -> None:
    """Write the tables of a benchmark to a file.

    Where the file has the lines ``<!-- name -->`` and ``<!-- end of name -->``, what stands between them is replaced
    and all else is left alone.
    """
    if file is None:
        return
    before, begin, rest = (file.read_text(encoding="utf-8") if file.exists() else "").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->\n")
    if begin and end:
        text = f"{before}{begin}\n{text.strip()}\n\n{end}{after}"
    file.write_text(text, encoding="utf-8")
