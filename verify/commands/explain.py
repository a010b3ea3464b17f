"""The subcommand ``python -m verify explain NAME``: why a step has its verdict, or what a kind of slip is.

``NAME`` is ``ID:TAG`` for a step, ``ID`` for a derivation, or the code of a kind of slip. Exit codes: 0 explained, 2
misuse or no such name.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from verify.commands.options import UsageError, add_limits, command
from verify.commands.output import tell, write
from verify.config import Settings
from verify.model import Derivation
from verify.spelling import NEAR, near

FORMATS = ("console", "json", "markdown")

LIKE = 0.6
"""How much alike a name must be to be suggested: the codes of slips are many, and short."""


def main(words: Sequence[str]) -> int:
    """Explain what the words name, and return the exit code.

    Raises:
        UsageError: there is nothing of that name.
        SystemExit: argparse's.
    """
    options = _parser().parse_intermixed_args(words)
    from verify.diagnose.catalogue import CATALOGUE

    name = (options.name or "").strip()
    if options.format == "markdown":
        if name:
            raise UsageError("--format markdown writes the catalogue of slips; it takes no name")
        from report.markdown.slips import render

        write(render(CATALOGUE.values()))
        return 0
    if name.lower() in CATALOGUE:
        from report.terminal import slips

        write(slips.kind(CATALOGUE[name.lower()]))
        return 0
    from verify.collect import collect

    derivations, errors = collect(options.paths)
    tell(errors)
    if not name:
        from report.terminal import slips

        write(slips.overview(CATALOGUE.values(), derivations))
        return 0
    where = "" if options.paths else " in the notes that come along (those of a file: explain NAME FILE.py)"
    derivation, tag = _find(name, derivations, CATALOGUE, where)
    settings = Settings(seed=options.seed, timeout=options.timeout, records=True, rechecks=True, thorough=True)
    from report import json_
    from report.terminal import explain
    from verify.commands.judging import judge_all

    (result,) = judge_all([derivation], settings, derivations)

    if options.format == "json":
        write(json_.step(result, tag) if tag else json_.chain(result))
    else:
        write(explain.step(result, tag) if tag else explain.chain(result))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = command(
        "explain",
        "Explain a step (ID:TAG), a derivation (ID), or a kind of slip (its code).",
        "0 it is explained, 2 misuse or nothing of that name",
    )
    add = parser.add_argument
    add("name", nargs="?", metavar="NAME", help="ID:TAG, ID, or a code such as sign; without one, they are listed")
    add("paths", nargs="*", type=Path, metavar="PATH", help="where to look (default: the notes that come along)")
    add(
        "--format",
        choices=FORMATS,
        default="console",
        help="json: of a step or derivation; markdown: of the catalogue of slips",
    )
    add_limits(parser, jobs=False)
    return parser


def _find(name: str, derivations: Sequence[Derivation], codes: Iterable[str], where: str) -> tuple[Derivation, str]:
    """The derivation and the tag that a name stands for; no tag for a derivation as a whole.

    ``where`` says, in a message, where the derivations are from.

    Raises:
        UsageError: nothing has that name, or several steps have.
    """
    named = {derivation.id: (derivation, "") for derivation in derivations}
    steps = {f"{d.id}:{step.tag}": (d, step.tag) for d in derivations for step in d.steps}
    wanted = name.lower()
    by_name = {found.lower(): what for found, what in (*steps.items(), *named.items())}
    if wanted in by_name:
        return by_name[wanted]
    tagged = [found for found, (_, tag) in steps.items() if tag.lower() == wanted]
    if len(tagged) == 1:
        return steps[tagged[0]]
    if tagged:
        raise UsageError(f"{len(tagged)} derivations have a step {name!r}: {', '.join(tagged[:NEAR])}")
    id, _, tag = wanted.rpartition(":")
    if id in by_name:
        derivation, _ = by_name[id]
        if derivation.start is not None and derivation.start.tag.lower() == tag:
            raise UsageError(f"{tag} is the first line of {derivation.id}, which asserts nothing yet")
        raise UsageError(
            f"{derivation.id} has no step {tag!r}; its steps: {', '.join(s.tag for s in derivation.steps)}"
        )
    if Path(name).exists():
        raise UsageError(f"{name} is a path: the name of what is to be explained comes first, then where to look")
    tags = dict.fromkeys(tag for _, tag in steps.values())
    alike = near(wanted, [*codes, *named, *steps], cutoff=LIKE) or near(wanted, tags)
    hint = f"near it: {', '.join(alike)}" if alike else "without a name it lists them"
    raise UsageError(f"there is no derivation, step or kind of slip {name!r}{where}; {hint}")
