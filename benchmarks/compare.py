"""``python -m benchmarks``: this project beside its peers, on the same claims in the same run."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import corpora, measure, score, table
from benchmarks.answers import Answer
from benchmarks.markdown import add_markdown, put
from benchmarks.peers import PEERS
from verify.commands.options import UsageError, seconds, whole

REFERENCE = "canonical"
OURS = ("canonical", "ladder")


def add_corpora(parser: argparse.ArgumentParser) -> None:
    """The options that choose claims."""
    add = parser.add_argument
    add("--corpora", type=Path, metavar="DIR",
        help="folder with *.jsonl (default: those that come with the benchmarks)")  # fmt: skip
    add("--only", action="append", default=[], metavar="NAME", help="this corpus only; may be repeated")
    add("--sample", type=whole, metavar="N", help="at most N claims of each corpus, the same ones every time")
    add("--seed", type=whole, default=0, metavar="N", help="of the sample (default: %(default)s)")


def chosen(options: argparse.Namespace) -> list[corpora.Labelled]:
    """The claims that the options choose, with the labels that stand."""
    try:
        claims = corpora.read(corpora.folder(options.corpora), options.only)
    except corpora.CorpusError as error:
        raise UsageError(str(error)) from error
    if options.sample is not None:
        claims = corpora.sample(claims, options.sample, options.seed)
    return corpora.corrected(claims, corpora.overruled())


def main(words: Sequence[str]) -> int:
    """Measure, print the tables, and return the exit code: 1 if this project gave a wrong verdict.

    Raises:
        UsageError: the options cannot be followed.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="This project beside its peers, on the same claims in the same run.",
        epilog="Others: python -m benchmarks slips, scaling or start (more: with --help).",
        allow_abbrev=False,
    )
    add_corpora(parser)
    add = parser.add_argument
    add(
        "--peers", metavar="NAMES", help=f"separated by commas; of {', '.join(PEERS)} (default: all that are installed)"
    )
    add("--timeout", type=seconds, default=5.0, metavar="S", help="processor time for a claim (default: %(default)g)")
    add("--memory", type=whole, default=4096, metavar="MIB", help="limit of a worker (default: %(default)s)")
    add("--jobs", type=whole, default=1, metavar="N",
        help="share the claims out to N processes, each of which asks every peer (default: %(default)s)")  # fmt: skip
    add_markdown(parser, "compare")
    add("--answers", type=Path, metavar="FILE", help="keep all answers here, and do not ask again what is there")
    options = parser.parse_args(words)
    claims, peers = chosen(options), _peers(options.peers)
    known = measure.load(options.answers) if options.answers else {}
    keep = (lambda answer: measure.store(answer, options.answers)) if options.answers else lambda answer: None
    answers: list[Answer] = []
    with progress(len(claims) * len(peers), "claims asked") as advance:
        for answer in measure.measure_in_lanes(
            claims, peers, options.timeout, options.memory, known, options.jobs, keep
        ):
            answers.append(answer)
            advance()
    text = table.tables(claims, answers, peers, REFERENCE if REFERENCE in peers else peers[0])
    print(text)
    put(options.markdown, "compare", text)
    return int(any(score.score(claims, answers, peer, peer).wrong for peer in OURS if peer in peers))


def _peers(given: str | None) -> list[str]:
    names = given.split(",") if given else list(PEERS)
    for name in names:
        if name not in PEERS:
            raise UsageError(f"there is no peer {name}, only {', '.join(PEERS)}")
    usable = []
    for name in names:
        if why := PEERS[name].missing():
            if given:
                raise UsageError(f"{name} cannot be asked: {why}")
            print(f"without {name}: {why}", file=sys.stderr)
        else:
            usable.append(name)
    return usable


@contextlib.contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A bar while it works, if someone is looking at stderr."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what), TimeElapsedColumn())
    # Without auto_refresh there is no thread, beside which it would be unsafe to fork.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=total)

        def advance() -> None:
            bar.advance(task)
            bar.refresh()

        yield advance
