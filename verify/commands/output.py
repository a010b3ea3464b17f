"""What the subcommands print and write. They and ``report`` are all that does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from verify.commands.options import UsageError
from verify.model import LoadError


def write(text: str) -> None:
    """Write to stdout; a reader who has seen enough is no error.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # | head
        drop_stdout()
    except OSError as error:
        drop_stdout()
        raise UsageError(f"cannot write to standard output: {error.strerror}") from error


def drop_stdout() -> None:
    """Have what is still to be written to stdout go nowhere: Python would fail to flush it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def use_utf8() -> None:
    """What is written is a document, whatever the terminal's encoding."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


def tell(errors: Iterable[LoadError]) -> None:
    """Tell on stderr what could not be loaded."""
    for error in errors:
        place = f"{error.file}:{error.line}" if error.line else error.file
        print(f"{place}: {error.message}", file=sys.stderr)


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there.

    Raises:
        UsageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder}: {error.strerror}") from error


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files, each complete or not at all: under another name first, then renamed.

    Raises:
        UsageError: one cannot be written.
    """
    for name, text in texts.items():
        partial = folder / f".{name}.{os.getpid()}"
        try:
            with open(partial, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, folder / name)
        except OSError as error:
            raise UsageError(f"cannot write {folder / name}: {error.strerror}") from error
        finally:
            partial.unlink(missing_ok=True)
