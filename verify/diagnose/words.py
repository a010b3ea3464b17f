"""How parts of lines are named in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from sympy import Expr, Subs

from verify.diagnose import hand
from verify.diagnose.edit import Edit
from verify.show import latex as in_latex
from verify.show import show
from verify.terms import Content, Problem, Rel

_WORDS: ContextVar[Mapping[Expr, hand.Word]] = ContextVar("words", default=MappingProxyType({}))


@contextmanager
def in_the_hand_of(words: Mapping[Expr, hand.Word]) -> Iterator[None]:
    """Sentences that are written within call the parts of lines what their author calls them."""
    token = _WORDS.set(words)
    try:
        yield
    finally:
        _WORDS.reset(token)


def quoted(part: Content) -> str:
    """A part as a reader would point at it: a formula between ``$`` signs."""
    return show(part) if isinstance(part, Problem) else f"${latex(part)}$"


def latex(part: Content) -> str:
    """A part as LaTeX, in the author's hand where he has written it before."""
    words = _WORDS.get()
    if isinstance(part, Expr):
        return hand.write(part, words)
    if isinstance(part, Rel):
        return f"{latex(part.lhs)} {part.op.latex} {latex(part.rhs)}"
    return in_latex(part)


def whole(edit: Edit) -> str:
    """``σ(−x), not σ(x)``: a change seen from the function it stands in."""
    parent = edit.part.parent
    if parent is None:
        return f"{quoted(edit.new)}, not {quoted(edit.old)}"
    if isinstance(parent, Subs):
        right = parent.func(parent.args[0], parent.args[1], (edit.new,))
    else:
        at = edit.part.path[-1]
        right = parent.func(*(edit.new if i == at else a for i, a in enumerate(parent.args)))
    return f"{quoted(right)}, not {quoted(parent)}"
