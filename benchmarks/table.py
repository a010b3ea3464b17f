"""The scores as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.answers import Answer
from benchmarks.corpora import Labelled
from benchmarks.peers import PEERS
from benchmarks.score import Score, score

HEAD = (
    "| | proved | supported | refuted | **wrong** | undecided | stopped | median | mean | mean ÷ ours |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
)


def tables(claims: Sequence[Labelled], answers: Sequence[Answer], peers: Sequence[str], reference: str) -> str:
    """One table for all corpora together, one for each, and what cannot be said in a column."""
    corpora = list(dict.fromkeys(claim.corpus for claim in claims))
    pooled = [score(claims, answers, peer, reference) for peer in peers]
    parts = [_table("All corpora", pooled)]
    for corpus in corpora if len(corpora) > 1 else ():
        own = [claim for claim in claims if claim.corpus == corpus]
        parts.append(_table(f"`{corpus}`", [score(own, answers, peer, reference) for peer in peers]))
    parts.append(_remarks(pooled))
    return "\n\n".join(filter(None, parts)) + "\n"


def _table(title: str, scores: Sequence[Score]) -> str:
    some = scores[0]
    lines = [f"### {title}: {some.true} true claims, {some.false} false ones", "", *HEAD]
    return "\n".join([*lines, *map(_row, scores)])


def _row(s: Score) -> str:
    cells = [
        PEERS[s.peer].title if s.peer in PEERS else s.peer,
        share(s.proved, s.true),
        share(s.supported, s.true) if s.supported else "–",
        share(s.refuted, s.false),
        f"**{len(s.wrong)}**",
        str(s.undecided),
        str(s.stopped),
        milliseconds(s.median),
        milliseconds(s.mean),
        "–" if s.ratio is None else f"{s.ratio:.3g}",
    ]
    return f"| {' | '.join(cells)} |"


def _remarks(scores: Sequence[Score]) -> str:
    lines = []
    for s in scores:
        title = PEERS[s.peer].title if s.peer in PEERS else s.peer
        if s.wrong_if_no_meant_false:
            lines.append(
                f"- {title}: {s.wrong_if_no_meant_false} true claims get a plain “no”, which would be so many more "
                "wrong verdicts for whoever takes it as one."
            )
        if s.wrong:
            lines.append(f"- {title}: wrong on {', '.join(f'`{id}`' for id in s.wrong[:40])}"
                         + (f" and {len(s.wrong) - 40} more." if len(s.wrong) > 40 else "."))  # fmt: skip
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """A percentage that says 100 only where nothing is missing."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    return f"{percent:.1f} %" if part in (0, whole) else f"{min(percent, 99.9):.1f} %"


def milliseconds(seconds: float) -> str:
    """A time in milliseconds, to two figures or whole ones."""
    value = 1000 * seconds
    return f"{value:.2g} ms" if value < 10 else f"{value:.0f} ms"
