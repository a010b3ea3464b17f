"""Mathematics in the author's own hand: what a line's LaTeX calls a part is what the repaired line calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sympy import Derivative, Expr, Function, Mul, Pow, Product, Rational, Subs, Sum, Symbol

from verify.diagnose.latex.align import alignments, parsed
from verify.diagnose.latex.heads import Alignment
from verify.diagnose.latex.node import Node, walk
from verify.diagnose.search import tree
from verify.frozen import dataclass
from verify.show import Latex
from verify.terms import Array, Grad, Opaque, Partial, Slice

_WHOLE = frozenset(("name", "call", "number", "group", "root"))  # what nothing around it can tear apart
_BRACKETS = (("{", "}"), (r"\left(", r"\right)"), ("(", ")"))
_LETTER = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\w|\{\w+\}|\\[A-Za-z]+))?")
_KEPT = (Subs, Opaque, Partial, Slice, Array)  # not looked into


@dataclass(frozen=True)
class Word:
    """How a part is written; ``whole``: it binds more strongly than any operation."""

    text: str
    whole: bool


@lru_cache(maxsize=32)
def vocabulary(lines: tuple[tuple[str, Expr], ...]) -> Mapping[Expr, Word]:
    """How the author writes the parts of some lines; the first line counts most."""
    words: dict[Expr, Word] = {}
    for latex, line in lines:
        root, found = parsed(latex, line), alignments(latex, line)
        if root is not None and found:
            for part, word in _words(latex, line, root, found[0]):
                words.setdefault(part, word)
        elif isinstance(line, Symbol) and not isinstance(line, Array) and root is not None and root.kind in _WHOLE:
            words.setdefault(line, Word(latex, True))  # a letter of the encoding for what is written out
    return words


def _words(latex: str, line: Expr, root: Node, found: Alignment) -> Iterable[tuple[Expr, Word]]:
    kinds: dict[tuple[int, int], str] = {}
    for node in walk(root):
        kinds.setdefault(node.span, node.kind)
    for part, (start, end) in found.meant.values():
        yield part, Word(latex[start:end], True)
    for path, (start, end) in sorted(found.spans.items()):
        part, text = tree.at(line, path), latex[start:end]
        if not isinstance(part, Expr) or (start, end) not in kinds or text[:1] in "+-−" or _without_number(part, text):
            continue
        kind = kinds[start, end]
        whole = kind in _WHOLE and not (kind == "call" and _open(text))
        yield part, Word(_bare(text) if isinstance(part, Symbol) else text, whole)


def _open(text: str) -> bool:
    """A call whose argument is not in brackets, ``\\log p``: what follows would be read as part of it."""
    return not text.rstrip().endswith((")", "}", "]"))


def _without_number(part: Expr, text: str) -> bool:
    """What its number does not stand in: the 2 of ``2(x − y)`` stands before the brackets, not in ``x``."""
    number = part.args[0] if isinstance(part, Mul) else None
    return isinstance(number, Rational) and abs(number) != 1 and not any(map(str.isdigit, text))


def _bare(text: str) -> str:
    """A letter without the brackets around it, which belong to what it stands in: ``f(x)``."""
    inner = text
    for opening, closing in _BRACKETS:
        if inner.startswith(opening) and inner.endswith(closing):
            inner = inner[len(opening) : -len(closing)].strip()
    return inner if _LETTER.fullmatch(inner) else text


def write(e: Expr, words: Mapping[Expr, Word]) -> str:
    """An expression in the author's hand."""
    return re.sub(r"^- ", "-", _Hand(words).doprint(_worded(e, words)))


class _Worded(Symbol):
    """A part that is written as a whole."""

    __slots__ = ()


def _worded(e: Any, words: Mapping[Expr, Word], inside: type | None = None) -> Any:
    """``e`` with the parts that have a word of their own as symbols."""
    word = words.get(e)
    if word is not None and not (isinstance(e, Symbol) and inside in (Derivative, Grad)):
        return (
            _Worded(word.text) if word.whole else e
        )  # what is no unit keeps its type, which says where it needs brackets
    if isinstance(e, _KEPT) or not getattr(e, "args", ()) or isinstance(e, Symbol) or hasattr(e, "indices"):
        return e
    if isinstance(e, Mul):
        for part, known in words.items():  # a name for several factors
            if known.whole and isinstance(part, Mul) and set(part.args) < set(e.args):
                rest = Mul(*(a for a in e.args if a not in part.args))
                return Mul(_Worded(known.text), _worded(rest, words))
        if not all(a.is_Rational for a in e.args[:-1]):
            return Mul(*(_in_brackets(a, words) for a in e.args))
    if isinstance(e, Sum | Product):
        return e.func(_worded(e.function, words), *e.limits)
    if isinstance(e, Derivative):
        return Derivative(_worded(e.expr, words), *e.variable_count, evaluate=False)
    if isinstance(e, Pow) and not e.exp.is_Rational:
        return Pow(_worded(e.base, words), _unbracketed(_worded(e.exp, words)), evaluate=False)
    return e.func(*(_worded(a, words, type(e)) if isinstance(a, Expr) else a for a in e.args))


def _in_brackets(factor: Expr, words: Mapping[Expr, Word]) -> Any:
    """A factor after which another may stand: a call with its argument in brackets."""
    word = words.get(factor)
    if word is None or word.whole or not isinstance(factor, Function) or not _open(word.text):
        return _worded(factor, words, Mul)
    return _Worded(write(factor, {part: known for part, known in words.items() if part != factor}))


def _unbracketed(exponent: Any) -> Any:
    """An exponent without the brackets that it has elsewhere: it is raised, and needs none."""
    text = exponent.name if isinstance(exponent, _Worded) else ""
    for opening, closing in _BRACKETS:
        inner = text[len(opening) : -len(closing)]
        if text.startswith(opening) and text.endswith(closing) and not set(inner) & set("()"):
            return _Worded(inner.strip())
    return exponent


class _Hand(Latex):
    """LaTeX with the author's words for what he has written before."""

    def __init__(self, words: Mapping[Expr, Word]) -> None:
        super().__init__()
        self.words = words

    def parenthesize_super(self, s: str) -> str:
        return s if s.startswith(("(", r"\left(")) else str(super().parenthesize_super(s))

    def _print(self, expr: Any, **settings: Any) -> str:
        if isinstance(expr, _Worded):
            return str(expr.name)
        word = self.words.get(expr) if isinstance(expr, Expr) and not settings.get("exp") else None
        return word.text if word is not None else str(super()._print(expr, **settings))
