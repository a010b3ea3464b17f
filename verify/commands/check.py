"""The subcommand ``python -m verify [check] [PATH…]``: every step of the derivations in files and folders.

Exit codes: 0 nothing surprising, 1 something does not hold and is not acknowledged, 2 misuse or an error in
an encoding.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from verify import __version__
from verify.commands import output
from verify.commands.options import MISUSE, UsageError, add_limits
from verify.config import Settings
from verify.model import Derivation, Run

PROGRAM = f"derivation-verifier {__version__}"
FORMATS = (
    "console",
    "markdown",
    "html",
    "latex",
    "json",
    "junit",
    "sarif",
)  # report.FORMATS, known without importing them
WITHOUT_FORMS = ("console", "junit", "sarif")  # formats that show no common form and no line as plain text
REPORT_FILES = {"report.md": "markdown", "report.html": "html", "report.tex": "latex", "report.json": "json"}


def main(words: Sequence[str]) -> int:
    """Verify what the words name, print the report, and return the exit code.

    Raises:
        UsageError: nothing is selected, or the report cannot be written.
        SystemExit: argparse's.
    """
    options = _parser().parse_intermixed_args(words)
    began = time.perf_counter()
    if options.report and not options.list:
        output.make_folder(options.report)  # before the work, lest it be in vain
    from verify.collect import collect
    from verify.commands.selecting import select

    derivations, errors = collect(options.paths)
    try:
        selected = select(derivations, options.patterns)
    except UsageError:
        output.tell(errors)  # what was looked for may be in one of these files
        raise
    if options.list or options.format != "console":  # the report on the screen has them itself
        output.tell(errors)
    beside, derivations = derivations, [derivation for derivation in derivations if derivation.id in selected]
    if options.list:
        output.write(_listing(derivations))
        return MISUSE if errors else 0
    from verify.commands.judging import judge_all

    records = options.format == "json" or options.report is not None  # nothing else shows them
    settings = Settings(
        seed=options.seed,
        timeout=options.timeout,
        jobs=options.jobs,
        forms=options.format not in WITHOUT_FORMS or records,
        records=records,
    )
    results = judge_all(derivations, settings, beside, options.format)
    run = Run(PROGRAM, settings.seed, tuple(results), tuple(errors), time.perf_counter() - began)
    _report(run, options.format, options.report)
    return run.exit_code


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
    add("--version", action="version", version=PROGRAM, help="show the version and exit")
    return parser


def _listing(derivations: Sequence[Derivation]) -> str:
    """One line a derivation."""
    rows = [
        (d.id, f"{len(d.steps)} step{'s' if len(d.steps) != 1 else ''}", f"{d.place.file}:{d.place.line}", d.source)
        for d in derivations
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = ["  ".join([*map(str.ljust, row, widths), d.title]) for row, d in zip(rows, derivations, strict=True)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _report(run: Run, format: str, folder: Path | None) -> None:
    import report

    if folder:
        texts = {name: report.FORMATS[format](run) for name, format in REPORT_FILES.items()}
        output.write_files(folder, texts)
        print(f"wrote {', '.join(str(folder / name) for name in texts)}", file=sys.stderr)
    if format != "console":
        output.use_utf8()
    text = report.FORMATS[format](run)
    output.write(text if text.endswith("\n") else text + "\n")
