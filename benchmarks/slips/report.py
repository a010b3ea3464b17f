"""The slips as tables, and those that went wrong as a list to work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from benchmarks.slips.draw import Trial
from benchmarks.slips.examine import Finding, named_rightly
from benchmarks.slips.subjects import NOTES, Subject
from benchmarks.table import milliseconds, share
from verify.model import Relation, Verdict

Pair = tuple[Trial, Finding]


def tables(
    subjects: Sequence[Subject], verdicts: Sequence[Verdict], trials: Sequence[Trial], findings: Sequence[Finding]
) -> str:
    """By source and by kind, single slips and pairs."""
    pairs = [(t, f) for t, f in zip(trials, findings, strict=True) if not f.dropped]
    dropped = Counter(f.dropped for f in findings if f.dropped)
    none = ", ".join(f"{count} {why}" for why, count in dropped.most_common()) or "none"
    sources = list(dict.fromkeys(subject.source for subject in subjects))
    folded = sum(t.folded for t, _ in pairs)
    lines = [
        f"{len(subjects)} steps, of which {sum(v.holds for v in verdicts)} are proved or supported as they stand; "
        f"{len(pairs)} slips made on these (dropped: {none}; of the others SymPy has folded {folded} into something "
        "that nobody has written: these have to be caught, and are not counted as mended or named).",
        "",
        "### Steps as they stand",
        "",
        "| | steps | hold | refuted, that is false alarms |",
        "|---|--:|--:|--:|",
    ]
    for source in sources:
        own = [v for s, v in zip(subjects, verdicts, strict=True) if s.source == source]
        refuted = sum(v is Verdict.REFUTED for v in own)
        alarms = f"none: {refuted} slips of their own" if source == NOTES else str(refuted)
        lines.append(f"| {source} | {len(own)} | {share(sum(v.holds for v in own), len(own))} | {alarms} |")
    single = [p for p in pairs if not p[0].double]
    double = [p for p in pairs if p[0].double]
    by_source = [("all", single)] + [(s, [p for p in single if subjects[p[0].subject].source == s]) for s in sources]
    lines += _table("One slip, by source", [row for row in by_source if row[1]])
    codes = sorted({sorted(t.codes[0])[0] for t, _ in single})
    by_kind = [(f"`{code}`", [p for p in single if sorted(p[0].codes[0])[0] == code]) for code in codes]
    lines += _table("One slip, by kind", by_kind)
    two = [
        ("all", double),
        ("of these, one edit", [p for p in double if p[0].one]),
        ("of these, true with one slip undone", [p for p in double if p[1].explained and not p[0].one]),
        ("the others", [p for p in double if not p[1].explained and not p[0].one]),
    ]
    lines += _table("Two slips in one line", [row for row in two if row[1]])
    return "\n".join(lines) + "\n"


def _table(title: str, rows: Sequence[tuple[str, Sequence[Pair]]]) -> list[str]:
    head = [
        "",
        f"### {title}",
        "",
        "| | slips | caught | called true | undecided | mended | kind | family | unexplained | median |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return [*head, *(_row(name, pairs) for name, pairs in rows)] if rows else []


def _row(name: str, pairs: Sequence[Pair]) -> str:
    caught = [(t, f) for t, f in pairs if f.caught]
    told = [(t, f) for t, f in caught if not t.folded]
    lines = [(t, f) for t, f in told if t.line is not None]
    cells = [
        name,
        str(len(pairs)),
        share(len(caught), len(pairs)),
        str(sum(f.verdict.holds for _, f in pairs)),
        str(sum(not f.caught and not f.verdict.holds for _, f in pairs)),
        share(sum(f.mended for _, f in lines), len(lines)),
        share(sum(named_rightly(t, f, family=False) for t, f in told), len(told)),
        share(sum(named_rightly(t, f, family=True) for t, f in told), len(told)),
        str(sum("unexplained" in f.named or not f.named for _, f in told)),
        milliseconds(median(f.seconds for _, f in caught)) if caught else "–",
    ]
    return f"| {' | '.join(cells)} |"


def misses(
    subjects: Sequence[Subject], verdicts: Sequence[Verdict], trials: Sequence[Trial], findings: Sequence[Finding]
) -> str:
    """What went wrong, the gravest first: false alarms, wrong lines called true, undecided, not mended, misnamed."""
    parts = [
        f"FALSE ALARM {s.id}: {s.lhs} {s.relation.value} {s.rhs}"
        for s, v in zip(subjects, verdicts, strict=True)
        if v is Verdict.REFUTED and s.source != NOTES
    ]
    groups: dict[str, list[str]] = {name: [] for name in ("CALLED TRUE", "NOT CAUGHT", "NOT MENDED", "MISNAMED")}
    for t, f in zip(trials, findings, strict=True):
        if f.dropped:
            continue
        name = _what_is_wrong(t, f)
        if name:
            slips = " + ".join("/".join(sorted(codes)) for codes in t.codes)
            groups[name].append(
                f"{name} {subjects[t.subject].source} {subjects[t.subject].id} [{slips}] {f.verdict.value} "
                f"{1000 * f.seconds:.0f} ms\n    {f.lhs} {f.wrong_line}\n    meant:  {f.right_line}\n"
                f"    named:  {', '.join(f.named) or '–'}; repair: {f.repair or '–'}"
                + (f"\n    reason: {f.reason}" if f.reason else "")
            )
    parts += [text for group in groups.values() for text in group]
    return "\n\n".join(parts) + "\n"


def _what_is_wrong(t: Trial, f: Finding) -> str:
    if f.verdict.holds:
        return "CALLED TRUE"
    if not f.caught:
        return "NOT CAUGHT"
    if t.folded:
        return ""
    if t.line is not None and not f.mended and t.relation is Relation.EQ:
        return "NOT MENDED"
    return "" if named_rightly(t, f, family=True) else "MISNAMED"
