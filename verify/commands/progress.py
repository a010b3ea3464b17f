"""A bar on stderr while it works, if someone is looking."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def bar(total: int | None, *, counted: bool) -> Iterator[Callable[..., None] | None]:
    """Updates a bar: ``advance``, ``completed`` and ``description`` as rich has them. ``None`` if nobody is looking.

    Args:
        total: when it is full; ``None`` if that is not known.
        counted: whether it tells how many of the total are done; else it tells the time.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), text) if counted else (BarColumn(), text, TimeElapsedColumn())
    # Without auto_refresh there is no thread, beside which it would be unsafe to fork.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("", total=total)

        def update(**changes: object) -> None:
            progress.update(task, refresh=True, **changes)  # type: ignore[arg-type]

        yield update
