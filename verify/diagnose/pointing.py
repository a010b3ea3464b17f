"""Where in a line's LaTeX a part of it stands, and the line with that part put right, in the author's own hand.

A span is given only where every way to lay the expression over the LaTeX agrees on it. The repaired line is the
author's with just that span replaced; it is read again and must say what it should, else the line is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Add, Expr, Mul, UnevaluatedExpr

from verify.diagnose import hand
from verify.diagnose.align import Alignment, Span, alignments, parsed, part_at
from verify.diagnose.apart import Path
from verify.diagnose.latex_node import Node, walk
from verify.show import latex as printed
from verify.terms import Frac, Ones

_SIGNS = ("+", "-", "−")


@dataclass(frozen=True)
class Pointing:
    """``span`` is where the wrong part stands (``None``: not certain), ``repaired`` the LaTeX of the repaired line."""

    span: Span | None
    repaired: str


def point(
    latex: str, line: Expr, path: Path, new: Expr, right: Expr, others: Sequence[tuple[str, Expr]] = ()
) -> Pointing:
    """Where the part at ``path`` stands, and the line with ``new`` in its place, which is ``right``.

    ``others`` are further lines of the derivation with their LaTeX: how the author writes what occurs in them.
    """
    stands = span_of(latex, line, path)
    root = parsed(latex, line)
    opposite = new == -part_at(line, path)
    span = _with_sign(latex, stands) if stands is not None and opposite else stands
    words = hand.vocabulary([(latex, line), *others])
    if opposite and not path and root is not None and root.end == len(latex):
        if root.kind == "sum" and len(root.children) == 1:  # the minus before the whole line
            sign = root.signs[0]
            return Pointing((sign.start, sign.end), latex[: sign.start] + latex[sign.end :].lstrip())
        if root.kind != "sum":
            return Pointing(root.span, f"{latex[: root.start]}-{latex[root.start :]}")
    if stands is not None:
        candidates = _spliced(latex, stands, hand.write(new, words))
        for text in (*_flipped(latex, stands), *candidates) if opposite else candidates:
            if alignments(text, right):
                return Pointing(span, text)
    before = latex[: root.start] if root is not None else ""  # the other side of a relation
    whole = hand.write(right, words)
    return Pointing(span, before + (whole if alignments(whole, right) else printed(right)))


def span_of(latex: str, line: Expr, path: Path) -> Span | None:
    """Where in the LaTeX the part at ``path`` stands; ``None`` where that is not certain."""
    root = parsed(latex, line)
    if root is None:
        return None
    part = part_at(line, path)
    spans = {_cover(root, alignment, path, part) for alignment in alignments(latex, line)}
    return spans.pop() if len(spans) == 1 else None


def _cover(root: Node, alignment: Alignment, path: Path, part: Expr) -> Span | None:
    """The part's own span, or the one that its parts fill together and in which nothing else stands."""
    pieces = list(_filled(alignment, path, part))
    if path in alignment.spans or not pieces or None in pieces:
        return alignment.spans.get(path)
    spans = [piece for piece in pieces if piece is not None]
    kinds = ("fraction",) if isinstance(part, Frac) else ("sum", "product", "fraction")
    start, end = _run(root, kinds, min(a for a, _ in spans), max(b for _, b in spans))
    for at, (a, b) in alignment.spans.items():
        beside = at[: len(path)] != path and path[: len(at)] != at
        if beside and a < end and start < b:
            return None
    return start, end


def _filled(alignment: Alignment, path: Path, part: Expr) -> Iterator[Span | None]:
    """Where what a part is made of stands; ``None`` among it if something is not known."""
    own = alignment.spans.get(path)
    if own is not None or not isinstance(part, Add | Mul | Frac | UnevaluatedExpr):
        yield own
        return
    for i, child in enumerate(part.args):
        unwritten = isinstance(child, Ones) or (child in (1, -1) and not isinstance(part, Add))
        if not unwritten:
            yield from _filled(alignment, (*path, i), child)


def _run(node: Node, kinds: Sequence[str], start: int, end: int) -> Span:
    """The smallest formula, or run of neighbours in a sum or product, that holds a stretch of the line."""
    for child in (*node.children, *node.subs):
        if child.start <= start and end <= child.end and any(inner.kind in kinds for inner in walk(child)):
            return _run(child, kinds, start, end)
    if node.kind not in ("sum", "product") or node.kind not in kinds:
        return node.span
    held = [child for child in node.children if child.start < end and start < child.end]
    return (min(start, held[0].start), held[-1].end) if held else node.span


def _with_sign(latex: str, span: Span) -> Span:
    """The span with the sign in front of it."""
    before = latex[: span[0]].rstrip()
    return (len(before) - 1, span[1]) if before.endswith(_SIGNS) else span


def _flipped(latex: str, span: Span) -> Iterator[str]:
    """The line with the other sign at a span, and nothing else changed."""
    start, end = span
    stem, part, after = latex[:start].rstrip(), latex[start:end], latex[end:]
    if part.startswith(_SIGNS):
        yield latex[:start] + part[1:].lstrip() + after
        yield f"{latex[:start]}+{part[1:]}{after}"
    elif stem.endswith(_SIGNS):
        between = latex[len(stem) : start]
        yield f"{stem[:-1]}{'-' if stem.endswith('+') else '+'}{between}{part}{after}"
        yield stem[:-1] + part + after
    else:
        yield f"{latex[:start]}-{part}{after}"
    yield f"{latex[:start]}(-{part}){after}"


def _spliced(latex: str, span: Span, new: str) -> Iterator[str]:
    """The line with other words at a span; where they need a sign or brackets, with these."""
    start, end = span
    before, after = latex[:start], latex[end:]
    negative = new.startswith(_SIGNS[1:])
    bare = new[1:].lstrip() if negative else new
    stem = before.rstrip()
    if latex[start : start + 1] in _SIGNS:  # the old sign goes
        if negative or not stem or stem.endswith(("(", "{", "[", "=")):
            yield f"{before}{new}{after}"
        yield f"{before}{'-' if negative else '+'}{bare}{after}"
    if stem.endswith(_SIGNS) and negative:
        flipped = "-" if stem.endswith("+") else "+"
        if flipped == "+" and (len(stem) == 1 or stem[:-1].rstrip().endswith(("(", "{", "[", "="))):
            flipped = ""
        yield f"{stem[:-1]}{flipped}{bare}{after}"
    bracketed = re.fullmatch(r"\((.*)\)|\\left\((.*)\\right\)", new)
    if bracketed and stem.endswith("{") and after.startswith("}"):
        yield before + (bracketed[1] or bracketed[2]) + after
    spaced = " " if after[:1].isalpha() and new[-1:].isalpha() and "\\" in new else ""
    yield f"{before}{new}{spaced}{after}"
    yield f"{before}\\left({new}\\right){after}"
    yield f"{before}{{{new}}}{after}"
