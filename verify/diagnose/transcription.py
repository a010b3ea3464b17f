"""How a misreading of the page would explain a slip: a minus, a prime or a subscript lost by the scan, ``0`` for ``o``.

Said beside the mathematical reading, never instead of it: whether the author or the scan slipped, the line cannot tell.
"""

from __future__ import annotations

from sympy import Add, Expr, Indexed, Integer, Number, Subs, Symbol

from verify.diagnose.search.edit import Edit, Op
from verify.terms import Array, Slice

LOOKALIKES = tuple(
    frozenset(pair)
    for pair in """
        0o 0O oO 1l 1I lI 1i 5S 2Z 2z 6b 8B 9g 9q uv uU vV vw wW wω kK kκ cC sS pP xX zZ yY nη vν aα γy βB μu ρp
        ij nm
    """.split()
)
"""Pairs of signs that handwriting and optical character recognition take for one another."""


OPENING = ("(", "[", "{", "=", "|", ",", "&")
"""After which the first term of a sum stands."""


def reading(edit: Edit, before: str | None = "") -> str:
    """A misreading that turns the repaired line into the printed one; empty where there is none that is typical.

    ``before`` is what is printed before the part, if its place is known: the sign of a later term cannot get lost, as
    a plus stands there.
    """
    old, new = edit.old, edit.new
    if edit.op is Op.TIMES and edit.operand == -1:
        lost = new.could_extract_minus_sign() and not old.could_extract_minus_sign()
        if isinstance(edit.part.parent, Add):
            if before is None:
                return ""
            above = before.rstrip("+-− ")
            if above and not above.endswith(OPENING):
                return "" if lost else "Perhaps the scan took a plus for a minus."
        return "Perhaps the scan lost a minus." if lost else "Perhaps the scan took a speck for a minus."
    if edit.op is not Op.REPLACE:
        return ""
    if _is_prime(old) and not _is_prime(new):
        return "Perhaps the scan took a speck for a prime."
    if _is_prime(new) and not _is_prime(old):
        return "Perhaps the scan lost a prime."
    for one, other in _names(old, new):
        if frozenset((one, other)) in LOOKALIKES:
            return f"Perhaps the scan took {other} for {one}."
        if one != other and (one.startswith(other) or other.startswith(one)) and "_" in one + other:
            return "Perhaps the scan lost a subscript." if len(one) < len(other) else ""
    return ""


def _is_prime(e: Expr) -> bool:
    return isinstance(e, Subs)


def _names(old: Expr, new: Expr) -> list[tuple[str, str]]:
    """What is written in the one place where two parts differ: letters and digits."""
    if isinstance(old, Symbol | Number) and isinstance(new, Symbol | Number):
        return [(_written(old), _written(new))]
    if isinstance(old, Slice | Indexed) and type(old) is type(new) and len(old.args) == len(new.args):
        different = [(a, b) for a, b in zip(old.args, new.args, strict=True) if a != b]
        if len(different) == 1:
            a, b = different[0]
            if isinstance(old, Indexed):
                a, b = getattr(a, "label", a), getattr(b, "label", b)
            return [(_written(a), _written(b))]
    return []


def _written(e: object) -> str:
    if isinstance(e, Symbol | Array):
        return str(e.name)
    return str(int(e)) if isinstance(e, Integer) and abs(e) < 100 else ""
