"""How parts of lines are named in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

from sympy import Expr, Subs

from verify.diagnose.latex import hand
from verify.diagnose.search.edit import Edit
from verify.diagnose.search.tree import replace
from verify.model import Relation
from verify.show import latex as in_latex
from verify.terms import Content

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
)

Written: TypeAlias = tuple[tuple[str, Expr], ...]
"""Lines as their author wrote them, in LaTeX."""

_LINES: ContextVar[Written] = ContextVar("lines", default=())


@contextmanager
def in_the_hand_of(lines: Written) -> Iterator[None]:
    """Sentences that are written within call the parts of lines what their author calls them; the first counts most."""
    token = _LINES.set(lines)
    try:
        yield
    finally:
        _LINES.reset(token)


def quoted(part: Content) -> str:
    """A part as a reader would point at it: a formula between ``$`` signs."""
    return f"${latex(part)}$"


def latex(part: Content) -> str:
    """A part as LaTeX, in the author's hand where he has written it before."""
    return in_latex(part, lambda e: hand.write(e, hand.vocabulary(_LINES.get())))


def whole(edit: Edit) -> str:
    """``σ(−x), not σ(x)``: a change seen from the function it stands in."""
    parent = edit.part.parent
    if parent is None:
        return f"{quoted(edit.new)}, not {quoted(edit.old)}"
    if isinstance(parent, Subs):
        right = replace(parent, edit.part.path[-2:], edit.new)
    else:
        at = edit.part.path[-1]
        right = parent.func(*(edit.new if i == at else a for i, a in enumerate(parent.args)))
    return f"{quoted(right)}, not {quoted(parent)}"


def formula(text: str) -> str:
    """A short relation between plain names as LaTeX: ``d = 1``, ``x ≥ 0``."""
    text = re.sub(r"[A-Za-z]{2,}", lambda m: rf"\{m[0]}" if m[0] in GREEK else rf"\text{{{m[0]}}}", text)
    for relation in Relation:
        text = text.replace(f" {relation.value} ", f" {relation.latex} ")
    return text
