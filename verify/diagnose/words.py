"""How parts of lines are named in sentences."""

from __future__ import annotations

from sympy import Expr, Subs

from verify.diagnose.edit import Edit
from verify.show import show

LONG = 60  # characters


def quoted(e: Expr) -> str:
    """A part as a reader would point at it; a long one is cut in the middle."""
    text = show(e)
    return text if len(text) <= LONG else f"{text[: LONG // 2]}…{text[-LONG // 3 :]}"


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
