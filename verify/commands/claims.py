"""The subcommand ``python -m verify claims FILE``: claims in bulk.

Exit codes: 0 every line has its answer, whatever the answers; 2 misuse; 130 Ctrl-C, after which ``--resume`` goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from verify.commands.options import UsageError, add_limits, command
from verify.commands.output import drop_stdout
from verify.commands.progress import bar
from verify.config import Settings

if TYPE_CHECKING:
    from verify.claims import Progress

BROKEN_PIPE = 141
RECORD = """\
A line of FILE, all on one line:
  {"id": "double-angle", "lhs": "sin(2*x)", "relation": "=", "rhs": "2*sin(x)",
   "symbols": {"x": "real"}, "given": ["x > 0"]}
Sides and givens are written in SymPy's syntax; nothing in them is ever run. The
relation is one of = != < <= > >=, a symbol is complex, real, integer, positive
or prime; without symbols or givens these may be left out. The answer has the id,
the verdict, its scope, and a counterexample.

"""


def main(words: Sequence[str]) -> int:
    """Answer the claims of a file, and return the exit code.

    Raises:
        UsageError: input or output cannot be used.
        SystemExit: argparse's.
    """
    options = _parser().parse_args(words)
    if options.resume and options.out is None:
        raise UsageError("--resume continues the file of --out, which is missing")
    settings = Settings(seed=options.seed, timeout=options.timeout, jobs=options.jobs, thorough=True)
    with contextlib.ExitStack() as stack:
        source = stack.enter_context(_input(options.file))
        target = stack.enter_context(_output(options.out, options.resume, options.file))
        return _answer_all(source, target, settings, options)


def _parser() -> argparse.ArgumentParser:
    parser = command(
        "claims",
        "Settle the claims of a file, one in each line (JSON), and write one verdict a line.",
        "0 every line has its answer, whatever the answers; 2 misuse; 130 Ctrl-C, after which --resume goes on",
        RECORD,
    )
    add = parser.add_argument
    add("file", metavar="FILE", help="a file of JSON lines; - is standard input")
    add_limits(parser)
    add("--out", type=Path, metavar="FILE", help="write the verdicts here instead of to standard output")
    add("--resume", action="store_true", help="go on after the complete lines that FILE of --out has already")
    return parser


def _answer_all(source: IO[bytes], target: IO[bytes], settings: Settings, options: argparse.Namespace) -> int:
    import verify.ladder  # noqa: F401  # here, so that the workers inherit it
    from verify import claims, pool

    done = _complete_lines(target) if options.resume else iter(())
    try:
        with pool.Pool(settings) as workers, _progress(source) as on_progress:
            window = claims.WINDOW * workers.size
            for answer in claims.run(source, workers, settings, window, done, on_progress):
                target.write(claims.text(answer))
                target.flush()
    except (pool.PoolError, claims.ResumeError) as error:
        where = f"{options.out} cannot be continued: " if isinstance(error, claims.ResumeError) else ""
        raise UsageError(f"{where}{error}") from error
    except BrokenPipeError:  # the reader has seen enough (| head)
        drop_stdout()
        return BROKEN_PIPE
    except OSError as error:
        raise UsageError(f"cannot read {options.file} or write {options.out or 'standard output'}: {error}") from error
    return 0


@contextlib.contextmanager
def _input(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(name, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from error
    with file:
        yield file


@contextlib.contextmanager
def _output(path: Path | None, resume: bool, source: str) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        return
    if source != "-" and path.exists() and path.samefile(source):
        raise UsageError(f"{path} is the input")
    try:
        file = open(path, "r+b" if resume and path.exists() else "w+b")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    with file:
        yield file


def _complete_lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an earlier output; then a last one that was cut off is removed, and writing can go on."""
    end = 0
    for line in file:
        if not line.endswith(b"\n"):
            break
        end += len(line)
        yield line
    file.seek(end)
    file.truncate()


@contextlib.contextmanager
def _progress(source: IO[bytes]) -> Iterator[Callable[[Progress], None]]:
    """A bar of the bytes that are read, with how often there was which verdict."""
    try:
        size: int | None = os.fstat(source.fileno()).st_size or None
    except OSError:
        size = None
    with bar(size, counted=False) as update:
        if update is None:
            yield lambda progress: None
            return
        counts: Counter[str] = Counter()

        def on_progress(progress: Progress) -> None:
            counts[progress.verdict.lower() or "from before"] += 1
            words = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
            update(completed=progress.read, description=f"{progress.lines}: {words}")

        yield on_progress
