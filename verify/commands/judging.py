"""Derivations judged by worker processes, with a bar that shows how far they are."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import report
from verify import engine
from verify.commands.options import UsageError
from verify.commands.progress import bar
from verify.config import Settings
from verify.model import Derivation, DerivationResult
from verify.pool import Event, Phase, PoolError, run

DIAGNOSIS = 3
"""About how many steps take as long as one diagnosis."""


def judge_all(
    derivations: Sequence[Derivation],
    settings: Settings,
    beside: Sequence[Derivation] = (),
    format: str = "console",
) -> list[DerivationResult]:
    """The results, in order; ``beside`` are all that were collected, about which a line may be right instead.

    While the workers are at it, what the ``format`` of the report needs is imported.

    Raises:
        UsageError: there can be no worker processes.
    """
    tasks = _longest_first(derivations)
    try:
        with _progress(tasks) as on_event:
            results = run(
                tasks,
                lambda derivation, guard: engine.judge(derivation, settings, guard, beside),
                settings=settings,
                on_event=on_event,
                failed=engine.abandoned,
                kin=lambda derivation: derivation.place.file,
                meanwhile=partial(report.prepare, format),
            )
    except PoolError as error:
        raise UsageError(str(error)) from error
    found = {result.id: result for result in results}
    return [found[derivation.id] for derivation in derivations]


def _longest_first(derivations: Sequence[Derivation]) -> list[Derivation]:
    """In the order in which they are best begun: file by file, the longest first.

    A line that is known to be wrong will be diagnosed, which takes as long as several steps.
    """
    cost = {d.id: len(d.steps) + DIAGNOSIS * sum(bool(step.erratum) for step in d.steps) for d in derivations}
    of_file: Counter[str] = Counter()
    for d in derivations:
        of_file[d.place.file] += cost[d.id]
    return sorted(derivations, key=lambda d: (-of_file[d.place.file], d.place.file, -cost[d.id]))


@contextlib.contextmanager
def _progress(derivations: Sequence[Derivation]) -> Iterator[Callable[[Event], None] | None]:
    """A bar of the derivations that are finished, named by what happened last."""
    with bar(len(derivations), counted=True) as update:
        if update is None:
            yield None
            return

        def on_event(event: Event) -> None:
            name = derivations[event.position].id
            update(advance=event.phase is Phase.FINISHED, description=f"{name} {event.detail}")

        yield on_event
