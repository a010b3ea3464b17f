"""Whether a repaired line is the original one, as an expression tree.

Up to the order of terms and factors, to the names of bound indices, and to what SymPy does not tell apart: a quotient
and a product with a reciprocal, ``−(a − b)·c`` and ``(b − a)·c``. What a slip has erased may be written in another
way, at the same place: the line does not say any more how it was written. (The engine has found it to have the same
value.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sympy import Add, Derivative, Expr, Mul, Piecewise, Pow, Product, Rational, S, Sum, Symbol, beta, default_sort_key

from benchmarks.peers.plain import expression as plain
from benchmarks.slips.places import Path, exchanged, places
from verify import show
from verify.terms import Content, Frac
from verify.terms.whole import gcd, lcm


def is_original(repaired: Content | None, original: Content, written: str, lost: Path | None) -> bool:
    """Whether the line that is repaired so is the original; ``lost`` leads to what the slip has erased."""
    if written == show.show(original):
        return True
    if not isinstance(repaired, Expr) or not isinstance(original, Expr):
        return False
    if _form(repaired) == _form(original):
        return True
    if lost is None:
        return False
    if _restored(original, lost, repaired):
        return True
    opened = _opened(original, lost)
    return opened is not None and (_form(repaired) == _form(opened[0]) or _restored(*opened, repaired))


def _form(e: Expr) -> Any:
    return _signed(_renamed(plain(e), 0))


def _renamed(e: Any, depth: int) -> Any:
    """The indices of sums and products called by how deep these stand: what they are called means nothing."""
    if not e.args:
        return e
    if isinstance(e, Sum | Product):
        names = {limit[0]: Symbol(f"‹{depth}.{i}›", integer=True) for i, limit in enumerate(e.limits)}
        limits = [tuple(_renamed(a, depth + 1).xreplace(names) for a in limit) for limit in e.limits]
        return e.func(_renamed(e.function, depth + 1).xreplace(names), *limits)
    if isinstance(e, Derivative | Piecewise):
        return e
    return e.func(*(_renamed(a, depth) for a in e.args))


def _signed(e: Any) -> Any:
    """The sign and the number of a sum that is a factor, or the base of a whole power, taken out in one way."""
    if not e.args or isinstance(e, Derivative | Piecewise):
        return e
    args = [_signed(a) for a in e.args]
    if isinstance(e, gcd | lcm | beta):
        args.sort(key=default_sort_key)
    if isinstance(e, Mul):
        parted = [a.primitive() if isinstance(a, Add) else (S.One, a) for a in args]  # SymPy multiplies it in by itself
        args = [a for _, a in parted] + [number for number, _ in parted]
        turned = [a for a in args if isinstance(a, Add) and a.could_extract_minus_sign()]
        args = [-a if a in turned else a for a in args] + [(-1) ** len(turned)]
    elif isinstance(e, Pow) and e.exp.is_Integer and isinstance(args[0], Add) and args[0].could_extract_minus_sign():
        return (-1) ** (e.exp % 2) * Pow(-args[0], args[1])
    return e.func(*args)


def _opened(original: Any, lost: Path) -> tuple[Expr, Path] | None:
    """The line multiplied out where one of two terms in brackets is lost, as ``x`` of ``a·(x + y)``: what is left is
    ``a·y``, no brackets any more. And the way to what is lost.
    """
    if len(lost) < 2:
        return None
    *way, outer, at = lost
    product: Any = original
    for i in way:
        product = product.args[i]
    bracket = product.args[outer]
    if not isinstance(product, Mul) or not isinstance(bracket, Add) or len(bracket.args) != 2:
        return None
    others = Mul(*(a for i, a in enumerate(product.args) if i != outer))
    one, other = others * bracket.args[at], others * bracket.args[1 - at]
    opened = exchanged(original, tuple(way), one + other)
    found = [place.path for place in places(opened) if place.part == one]
    return (opened, found[0]) if len(found) == 1 else None


def _restored(original: Any, lost: Path, repaired: Any) -> bool:
    """Whether the lines differ in nothing but one term or factor, the one to which ``lost`` leads."""
    for depth, at in enumerate(lost):
        others = [a for i, a in enumerate(original.args) if i != at]
        if isinstance(original, Frac) and depth == len(lost) - 1:
            numerator = [a for a in Mul.make_args(plain(original.numerator)) if a != 1]
            return _without(Mul.make_args(plain(repaired)), numerator) is not None
        if type(repaired) is not type(original):
            return False
        if isinstance(original, Add | Mul):
            more = _without(repaired.args, others)
            if not more:
                return False
            repaired = original.func(*more)
        else:
            if len(repaired.args) != len(original.args):
                return False
            beside = [a for i, a in enumerate(repaired.args) if i != at]
            if list(map(_form, beside)) != list(map(_form, others)):
                return False
            repaired = repaired.args[at]
        if depth == len(lost) - 1:
            return True
        original = original.args[at]
    return False


def one_edit(original: Any, wrong: Any) -> bool:
    """Whether a line has just one term, one factor or one number that the original has not: two slips on it are one.

    ``2x + (y·z)`` for ``2x`` has a term too many, be it that somebody has added ``y`` and then multiplied it by ``z``;
    ``−2x`` for ``x`` has a factor too many, ``−5x`` for ``2x`` a wrong number.
    """
    if isinstance(original, Rational) and isinstance(wrong, Rational):
        return original != wrong
    if original == 0:
        return not isinstance(wrong, Add)
    if original == 1 and not isinstance(wrong, Add):
        return not isinstance(wrong, Mul)
    for operation in (Add, Mul):
        if isinstance(wrong, operation) and original != wrong:
            parts = original.args if isinstance(original, operation) else (original,)
            left = _without(wrong.args, parts)
            if left:
                return len(left) == 1
    if type(original) is not type(wrong) or len(original.args) != len(wrong.args):
        return False
    if isinstance(original, Add | Mul):
        old, new = _without(original.args, _common(original, wrong)), _without(wrong.args, _common(original, wrong))
        return old is not None and new is not None and len(old) == len(new) == 1 and one_edit(old[0], new[0])
    changed = [(a, b) for a, b in zip(original.args, wrong.args, strict=True) if a != b]
    return len(changed) == 1 and one_edit(*changed[0])


def one_for_another(original: Any, wrong: Any) -> bool:
    """Whether the lines differ in one letter, or in a sum where the other one has the product: that is one slip."""
    if {type(original), type(wrong)} == {Add, Mul}:
        return set(original.args) == set(wrong.args)
    if (isinstance(wrong, Add) and Mul(*wrong.args) == original) or (
        isinstance(wrong, Mul) and Add(*wrong.args) == original
    ):
        return True  # ``n + 1/n`` for 1, which SymPy makes of ``n·1/n``
    if isinstance(original, Symbol) and isinstance(wrong, Symbol):
        return original != wrong
    if type(original) is not type(wrong) or len(original.args) != len(wrong.args):
        return False
    if isinstance(original, Add | Mul):
        common = _common(original, wrong)
        old, new = _without(original.args, common), _without(wrong.args, common)
        return old is not None and new is not None and len(old) == len(new) == 1 and one_for_another(old[0], new[0])
    changed = [(a, b) for a, b in zip(original.args, wrong.args, strict=True) if a != b]
    return len(changed) == 1 and one_for_another(*changed[0])


def _common(one: Any, other: Any) -> list[Any]:
    """The terms or factors that both have."""
    theirs = list(other.args)
    return [a for a in one.args if a in theirs]


def _without(args: Sequence[Any], others: Sequence[Any]) -> list[Any] | None:
    """The arguments that are left when the others are taken away; ``None`` if these are not all there."""
    taken = Counter(map(_form, others))
    left = []
    for a in args:
        form = _form(a)
        if taken[form] > 0:
            taken[form] -= 1
        else:
            left.append(a)
    return None if any(count > 0 for count in taken.values()) else left
