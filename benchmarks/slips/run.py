"""``python -m benchmarks slips``: make slips on true steps; are they caught, named and mended?"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.compare import add_corpora, chosen, progress
from benchmarks.markdown import add_markdown, put
from benchmarks.slips import report
from benchmarks.slips.draw import Trial, trials
from benchmarks.slips.examine import Finding, Untouched, examine, untouched
from benchmarks.slips.subjects import NOTES, Subject, of_corpus, of_derivations
from verify.commands.options import seconds, whole
from verify.config import Guard, Settings
from verify.model import Verdict
from verify.pool import Event, Phase, run

ROOT = Path(__file__).parent.parent.parent
DERIVATIONS = (ROOT / "derivations",)
RIGHT = (ROOT / "tests" / "slips" / "right.py", ROOT / "tests" / "slips" / "right_traps.py")

ABOUT = """Make slips on true steps: are they caught, named and mended?

A slip is caught if the step with it is refuted. A slip that proves to be none
(the line is equal to the one before) is dropped. A false alarm is a true step,
untouched, that is refuted."""


def main(words: Sequence[str]) -> int:
    """Measure, print, and return the exit code: 1 if there is a false alarm."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks slips", description=ABOUT, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    add_corpora(parser)
    add = parser.add_argument
    add(
        "--sources",
        default="derivations,tests,corpora",
        metavar="NAMES",
        help="separated by commas (default: %(default)s)",
    )
    add("--singles", type=whole, default=6, metavar="N", help="slips made on each step (default: %(default)s)")
    add("--doubles", type=whole, default=1, metavar="N", help="pairs of slips on each step (default: %(default)s)")
    add("--timeout", type=seconds, default=10.0, metavar="S", help="limit of a check (default: %(default)g)")
    add("--jobs", type=whole, default=1, metavar="N", help="worker processes (default: %(default)s)")
    add("--misses", type=Path, metavar="FILE", help="write what was missed, misnamed or not mended here")
    add_markdown(parser, "slips")
    options = parser.parse_args(words)
    subjects = _subjects(options)
    settings = Settings(timeout=options.timeout, jobs=options.jobs)
    judged = _judge(subjects, settings)
    verdicts = [each.verdict for each in judged]
    every = [
        trial
        for position, (subject, verdict) in enumerate(zip(subjects, verdicts, strict=True))
        if verdict.holds
        for trial in trials(position, subject, options.singles, options.doubles, options.seed)
    ]
    findings = _examine(subjects, judged, every, settings)
    text = report.tables(subjects, verdicts, every, findings)
    print(text)
    put(options.markdown, "slips", text)
    if options.misses:
        options.misses.write_text(report.misses(subjects, verdicts, every, findings), encoding="utf-8")
    return int(any(v is Verdict.REFUTED and s.source != NOTES for s, v in zip(subjects, verdicts, strict=True)))


def _subjects(options: argparse.Namespace) -> list[Subject]:
    sources = options.sources.split(",")
    found: list[Subject] = []
    if NOTES in sources:
        found += of_derivations(NOTES, DERIVATIONS)
    if "tests" in sources:
        found += of_derivations("tests", RIGHT)
    if "corpora" in sources:
        found += of_corpus(chosen(options))
    return found


def _judge(subjects: Sequence[Subject], settings: Settings) -> list[Untouched]:
    def work(subject: Subject, guard: Guard) -> Untouched:
        return untouched(subject, settings, guard)

    with progress(len(subjects), "steps judged") as advance:
        return run(
            subjects,
            work,
            settings=settings,
            on_event=_counting(advance),
            failed=lambda subject, reason: Untouched(Verdict.UNDECIDED),
        )


def _examine(
    subjects: Sequence[Subject], judged: Sequence[Untouched], every: Sequence[Trial], settings: Settings
) -> list[Finding]:
    def work(trial: Trial, guard: Guard) -> Finding:
        return examine(subjects[trial.subject], trial, settings, guard, judged[trial.subject].points)

    with progress(len(every), "slips examined") as advance:
        return run(
            every,
            work,
            settings=settings,
            on_event=_counting(advance),
            failed=lambda trial, reason: Finding(Verdict.UNDECIDED, reason=reason),
        )


def _counting(advance: Callable[[], None]) -> Callable[[Event], None]:
    def on_event(event: Event) -> None:
        if event.phase is Phase.FINISHED:
            advance()

    return on_event
