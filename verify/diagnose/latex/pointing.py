"""Where in a line's LaTeX a part of it stands, and the line with that part put right, in the author's own hand.

A span is given only where every way to lay the expression over the LaTeX agrees on it. The repaired line is the
author's with just that span replaced; it is read again and must say what it should, else the line is written anew.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence

from sympy import Add, Expr, Mul, Symbol, UnevaluatedExpr

from verify.diagnose.latex import hand
from verify.diagnose.latex.align import alignments, parsed
from verify.diagnose.latex.heads import Alignment, Span
from verify.diagnose.latex.node import Node, walk
from verify.diagnose.search import tree
from verify.diagnose.search.apart import Path
from verify.frozen import dataclass
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
    path, new, surplus = _narrowed(path, tree.at(line, path), new)
    stands = span_of(latex, line, path)
    root = parsed(latex, line)
    opposite = new == -tree.at(line, path)
    words = hand.vocabulary(((latex, line), *others))
    if right.args and right in words and _is_name(words[right].text, right):
        words = {part: word for part, word in words.items() if part != right}  # "it should read L" tells nothing
    if opposite and not path and root is not None and root.end == len(latex):
        if root.kind == "sum" and len(root.children) == 1:  # the minus before the whole line
            sign = root.signs[0]
            return Pointing((sign.start, sign.end), latex[: sign.start] + latex[sign.end :].lstrip())
        if root.kind != "sum":
            return Pointing(root.span, f"{latex[: root.start]}-{latex[root.start :]}")
    span = _with_sign(latex, stands) if stands is not None and opposite else stands
    candidates: list[str] = []
    if surplus is not None and (place := span_of(latex, line, surplus)) is not None:
        span = place
        candidates += _left_out(latex, place)
        candidates += _undivided(latex, root, place)
    if stands is not None:
        candidates += _flipped(latex, stands) if opposite else ()
        candidates += _spliced(latex, stands, hand.write(new, words))
    for text in candidates:
        if _says(text, right, latex, line):
            return Pointing(span, text)
    before = latex[: root.start] if root is not None else ""  # the other side of a relation
    whole = hand.write(right, words)
    return Pointing(span, before + (whole if _says(whole, right, latex, line) else printed(right)))


def _is_name(text: str, meant: Expr) -> bool:
    node = parsed(text, meant)
    return node is not None and node.kind == "name"


def _says(text: str, right: Expr, latex: str, line: Expr) -> bool:
    """Whether a text can be read as the repaired line, with every name in it meaning what it means in the author's."""
    return any(
        read.bent <= meant.bent
        and all(meant.names.get(name, symbol) == symbol for name, symbol in read.names.items())
        and all(meant.meant[name][0] == part for name, (part, _) in read.meant.items() if name in meant.meant)
        for read in alignments(text, right)
        for meant in alignments(latex, line) or (read,)
    )


def _narrowed(path: Path, old: Expr, new: Expr) -> tuple[Path, Expr, Path | None]:
    """The smallest part in which all of a change is; and what is only left out there, if that is all."""
    while type(old) is type(new) and not isinstance(old, Symbol) and new != -old:
        gone = [i for i, arg in enumerate(old.args) if arg not in new.args]
        come = [arg for arg in new.args if arg not in old.args]
        in_order = isinstance(old, Add | Mul) or len(old.args) == len(new.args)
        if len(gone) != 1 or len(come) > 1 or not in_order or not isinstance(old.args[gone[0]], Expr):
            break
        if not come:
            return path, new, (*path, gone[0])
        if not isinstance(come[0], Expr) or (not isinstance(old, Add | Mul) and new.args.index(come[0]) != gone[0]):
            break
        path, old, new = (*path, gone[0]), old.args[gone[0]], come[0]
    if isinstance(old, Frac) and new == old.numerator:
        return path, new, (*path, 1)
    if isinstance(old, Add | Mul) and new in old.args and len(old.args) == 2:
        return path, new, (*path, 1 - old.args.index(new))
    return path, new, None


def _left_out(latex: str, span: Span) -> list[str]:
    """The line without a factor or a term, and without the sign that joined it."""
    start, end = span
    before, after = latex[:start], latex[end:]
    joint = r"(?:\\cdot|\\times|\\,|\s)*"
    sign = r"\s*[-+−]?\s*"
    behind = [re.sub(rf"{joint}$", "", before) + after, re.sub(rf"{sign}$", "", before) + after]
    patterns = (rf"^{joint}([-−])\s*", rf"^{joint}()", r"^\s*\+\s*()")
    ahead = [before + re.sub(pattern, r"\1", after) for pattern in patterns if re.match(pattern, after)]
    first = not before.strip() or before.rstrip().endswith(("(", "{", "[", "="))
    return [*ahead, *behind] if first else [*behind, *ahead]


def _undivided(latex: str, root: Node | None, span: Span) -> list[str]:
    """The line with a fraction's numerator in its place, if the span is that of its denominator."""
    fractions = (node for node in walk(root) if node.kind == "fraction") if root is not None else ()
    return [
        latex[: node.start] + latex[slice(*node.children[0].span)] + latex[node.end :]
        for node in fractions
        if node.children[1].span == span
    ]


def point_all(
    latex: str, line: Expr, edits: Sequence[tuple[Path, Expr]], right: Expr, others: Sequence[tuple[str, Expr]] = ()
) -> tuple[list[Span | None], str]:
    """The same for edits made one after the other: where each of them is, and the line when all are made."""
    if len(edits) == 1:
        ((path, new),) = edits
        found = point(latex, line, path, new, right, others)
        return [found.span], found.repaired
    spans: list[Span | None] = []
    text, now = latex, line
    for path, new in edits:
        old = tree.at(now, path)
        spans.append(_same_part(latex, line, path, old))
        after = tree.replace(now, path, new)
        text, now = point(text, now, path, new, after, others).repaired, after
    return spans, text


def _same_part(latex: str, line: Expr, path: Path, part: Expr) -> Span | None:
    """Where a part stands that an earlier edit has not touched, though it may have put it in another place."""
    with contextlib.suppress(IndexError):
        if tree.at(line, path) == part:
            return span_of(latex, line, path)
    alike = [other.path for other in tree.parts(line) if other.node == part]
    return span_of(latex, line, alike[0]) if len(alike) == 1 else None


def span_of(latex: str, line: Expr, path: Path) -> Span | None:
    """Where in the LaTeX the part at ``path`` stands; ``None`` where that is not certain."""
    root = parsed(latex, line)
    part = tree.found_at(line, path)
    if root is None or part is None:
        return None
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
