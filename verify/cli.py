"""The command: ``python -m verify [check] [PATH…]``. It and ``report`` are what prints.

``claims``, ``explain`` and ``new`` have files of their own.

Exit codes: 0 nothing surprising, 1 something does not hold and is not acknowledged, 2 misuse, something that cannot be
loaded, or a bug of this program, 130 Ctrl-C. The report goes to stdout, all else to stderr. Imports are made where they
are needed, so that ``--help`` does not wait for SymPy.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from verify import __version__
from verify.config import Settings
from verify.model import Derivation, DerivationResult, LoadError, Run
from verify.options import MISUSE, UsageError, add_limits, near

if TYPE_CHECKING:
    from verify.pool import Event

PROGRAM = "derivation-verifier"
FORMATS = ("console", "markdown", "html", "latex", "json")  # report.FORMATS, known without importing them
REPORT_FILES = {"report.md": "markdown", "report.html": "html", "report.tex": "latex", "report.json": "json"}
INTERRUPTED = 130
DIAGNOSIS = 3  # about how many steps take as long as one diagnosis


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Raises:
        SystemExit: argparse's, after ``--help`` (0) and wrong options (2).
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words[:1] == ["claims"]:
            from verify import claims_cli

            return claims_cli.main(words[1:])
        if words[:1] == ["explain"]:
            from verify import explain_cli

            return explain_cli.main(words[1:], _judge, _print, _tell)
        if words[:1] == ["new"]:
            from verify import new_cli

            return new_cli.main(words[1:], _print)
        return _check(_parser().parse_intermixed_args(words[1:] if words[:1] == ["check"] else words))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except UsageError as error:
        print(f"verify: {error}", file=sys.stderr)
        return MISUSE
    except Exception:  # Python's own exit code would be 1, which means a finding here
        traceback.print_exc()
        print("verify: this is a bug in the program, not in your derivations", file=sys.stderr)
        return MISUSE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verify",
        usage="%(prog)s [check] [PATH ...] [-k PATTERN] [--format FORMAT] [--report DIR] [--list] ...\n"
        "       %(prog)s explain [ID:TAG | ID | CODE]      (more: explain --help)\n"
        "       %(prog)s claims FILE                       (more: claims --help)\n"
        "       %(prog)s new FILE.py                       a first derivation to write over",
        description="Verify every step of the derivations in PATH (default: the notes that come with the program).",
        epilog="Exit code: 0 all is well or acknowledged, 1 something is not, 2 misuse or an error in an encoding.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="Python files with derivations, or folders of them")
    add("-k", dest="patterns", action="append", default=[], metavar="PATTERN",
        help="only derivations whose id, or steps whose ID:TAG, contains PATTERN or matches it as a glob")  # fmt: skip
    add("--format", choices=FORMATS, default="console", help="of the report on standard output (default: console)")
    add("--report", type=Path, metavar="DIR", help=f"also write {', '.join(REPORT_FILES)} into DIR")
    add_limits(parser)
    add("--list", action="store_true", help="list the derivations instead of verifying them")
    add("--version", action=_Version, nargs=0, help="show the version and exit")
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(_program())
        parser.exit()


def _program() -> str:
    """Name and version of this program."""
    return f"{PROGRAM} {__version__}"


# -- check ---------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    if options.report and not options.list:
        _make_folder(options.report)  # before the work, lest it be in vain
    from verify.collect import collect

    derivations, errors = collect(options.paths)
    try:
        selected = _select(derivations, options.patterns)
    except UsageError:
        _tell(errors)  # what was looked for may be in one of these files
        raise
    if options.list or options.format != "console":  # the report on the screen has them itself
        _tell(errors)
    beside, derivations = derivations, [derivation for derivation in derivations if derivation.id in selected]
    if options.list:
        _print(_listing(derivations))
        return MISUSE if errors else 0
    records = options.format == "json" or options.report is not None  # nothing else shows them
    settings = Settings(seed=options.seed, timeout=options.timeout, jobs=options.jobs, records=records)
    results = _judge(derivations, settings, beside, options.format)
    run = Run(_program(), settings.seed, tuple(results), tuple(errors), time.perf_counter() - began)
    _report(run, options.format, options.report)
    return run.exit_code


def _tell(errors: Iterable[LoadError]) -> None:
    for error in errors:
        place = f"{error.file}:{error.line}" if error.line else error.file
        print(f"{place}: {error.message}", file=sys.stderr)


def _judge(
    derivations: Sequence[Derivation],
    settings: Settings,
    beside: Sequence[Derivation] = (),
    format: str = FORMATS[0],
) -> list[DerivationResult]:
    """Judge derivations; ``beside`` are all that were collected, about which a line may be right instead.

    While the workers are at it, what the ``format`` of the report needs is imported.
    """
    import report
    from verify import pool
    from verify.engine import abandoned, judge

    try:
        tasks = _longest_first(derivations)
        with _progress(tasks) as on_event:
            results = pool.run(
                tasks,
                lambda derivation, guard: judge(derivation, settings, guard, beside),
                settings=settings,
                on_event=on_event,
                failed=abandoned,
                kin=lambda derivation: derivation.place.file,
                meanwhile=partial(report.prepare, format),
            )
            found = {result.id: result for result in results}
            return [found[derivation.id] for derivation in derivations]
    except pool.PoolError as error:
        raise UsageError(str(error)) from error


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
    """A bar while it works, if someone is looking at stderr."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from verify.pool import Phase

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    # Without auto_refresh there is no thread, beside which it would be unsafe to fork.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=len(derivations))

        def on_event(event: Event) -> None:
            name = derivations[event.position].id
            bar.update(task, advance=event.phase is Phase.FINISHED, description=f"{name} {event.detail}", refresh=True)

        yield on_event


# -- selecting -----------------------------------------------------------------------------------------------


def _select(derivations: Sequence[Derivation], patterns: Sequence[str]) -> set[str]:
    """The ids of the selected derivations: a step selects its whole chain, which its story needs."""
    if not patterns:
        return {derivation.id for derivation in derivations}
    steps = {d.id: [f"{d.id}:{step.tag}" for step in d.steps] for d in derivations}
    names = [*steps, *(name for named in steps.values() for name in named)]
    matchers = [_matcher(pattern, names) for pattern in patterns]
    return {id for id, named in steps.items() if any(matches(name) for matches in matchers for name in (id, *named))}


def _matcher(pattern: str, names: Iterable[str]) -> Callable[[str], bool]:
    from fnmatch import fnmatchcase

    lower = {name.lower(): name for name in names}
    wanted = pattern.lower()
    if any(character in wanted for character in "*?["):
        matching = {name for name in lower if fnmatchcase(name, wanted)}
    elif ":" in wanted and wanted in lower:  # ID:6.1 is not ID:6.10
        matching = {wanted}
    else:
        matching = {name for name in lower if wanted in name}
    if not matching:
        alike = near(wanted, lower.values())
        hint = f"near it: {', '.join(alike)}" if alike else "--list shows the ids"
        raise UsageError(f"-k {pattern!r} matches no derivation and no step; {hint}")
    return lambda name: name.lower() in matching


def _listing(derivations: Sequence[Derivation]) -> str:
    rows = [
        (d.id, f"{len(d.steps)} step{'s' if len(d.steps) != 1 else ''}", f"{d.place.file}:{d.place.line}", d.source)
        for d in derivations
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = ["  ".join([*map(str.ljust, row, widths), d.title]) for row, d in zip(rows, derivations, strict=True)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


# -- reporting -----------------------------------------------------------------------------------------------


def _report(run: Run, format: str, folder: Path | None) -> None:
    import report

    if folder:
        texts = {name: report.FORMATS[format](run) for name, format in REPORT_FILES.items()}
        _write(folder, texts)
        print(f"wrote {', '.join(str(folder / name) for name in texts)}", file=sys.stderr)
    if format != "console" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # a document, whatever the terminal's encoding
    text = report.FORMATS[format](run)
    _print(text if text.endswith("\n") else text + "\n")


def _print(text: str) -> None:
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough (| head); Python must not flush once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError(f"cannot write to standard output: {error.strerror}") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder}: {error.strerror}") from error


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files, each complete or not at all: under another name first, then renamed."""
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
