"""Where two lines differ, as slips: what has to be undone in the one to get the other one.

The lines are compared from the top: what both have is taken away, and what is left of each is matched. So the
differences are as small as they can be, wherever the search has found them: of ``log(a + x)`` and ``log(a + b·x)`` that
``b`` is missing beside ``x``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sympy import Add, Expr, Function, KroneckerDelta, Mul, Pow, Rational, S, Symbol

from verify.diagnose.kinds import factors, functions, letters, lost_functions, numbers, powers, signs, terms
from verify.diagnose.matching import Factor, Matching, Product, factors_of, matched
from verify.diagnose.search import apart, tree
from verify.diagnose.search.edit import Edit, Op
from verify.diagnose.search.tree import Part, size
from verify.shapes import shape
from verify.terms import Array, Index

MOST = 2  # differences that are told
TOGETHER = 2.75  # what a number and a factor cost that are one

Edits = tuple[Edit, ...]


def differences(line: Expr, other: Expr) -> Edits | None:
    """The edits that make one line of another, one after the other, if there are few."""
    return _between(Part((), line, None), other, MOST)


def _between(part: Part, new: Expr, most: int) -> Edits | None:
    if part.node == new:
        return ()
    if most == 0 or shape(part.node) != shape(new):
        return None
    return _cheapest(found for way in WAYS if (found := way(part, new, most)) is not None)


def _cheapest(found: Iterator[Edits]) -> Edits | None:
    return min(found, key=lambda edits: sum(e.cost for e in edits), default=None)


def _put(code: str, part: Part, new: Expr, cost: float, say: Callable[[Edit], str]) -> Edit:
    return Edit(code, part, Op.REPLACE, new, cost, say)


def _child(part: Part, at: int) -> Part:
    return Part((*part.path, at), part.node.args[at], part.node)


# -- single places -------------------------------------------------------------------------------------------------


def _atoms(part: Part, new: Expr, most: int) -> Edits | None:
    """Another number, or another letter."""
    old = part.node
    if isinstance(old, Rational) and isinstance(new, Rational):
        if new == -old:
            return (Edit("sign", part, Op.TIMES, S.NegativeOne, 1.0, signs.say),)
        return (_put("constant", part, new, 1.15, numbers.say),)
    if isinstance(old, Symbol) and isinstance(new, Symbol) and not {type(old), type(new)} & {Array, Index}:
        return (_put("variable", part, new, 1.35, letters.say),)
    return None


def _powers(part: Part, new: Expr, most: int) -> Edits | None:
    """Another exponent, or another base."""
    old = part.node
    if not isinstance(old, Pow) and not isinstance(new, Pow):
        return None
    base, exponent = old.args if isinstance(old, Pow) else (old, S.One)
    other, raised = new.args if isinstance(new, Pow) else (new, S.One)
    if base == other and isinstance(exponent, Rational) and isinstance(raised, Rational):
        if raised == -exponent:
            return (_put("reciprocal", part, new, 1.4, powers.say_upside_down),)
        return (_put("exponent", part, new, 1.2, powers.say),)
    if not isinstance(old, Pow) or not isinstance(new, Pow):
        return None
    if base == other:
        inner = _between(_child(part, 1), raised, most)
        shifted = inner is not None and len(inner) == 1 and inner[0].op is Op.PLUS
        return (_put("exponent", part, new, 1.4, powers.say),) if shifted else inner
    return _between(_child(part, 0), other, most) if exponent == raised else None


def _functions(part: Part, new: Expr, most: int) -> Edits | None:
    """Another function, one too many, or one that is lost."""
    old = part.node
    called, meant = (isinstance(e, Function) and len(e.args) == 1 and isinstance(e.args[0], Expr) for e in (old, new))
    found: list[Edits] = []
    if called and meant and old.args == new.args:
        return (_put("function", part, new, 1.2, functions.say),)
    if called and meant:
        other: Edits = ()
        if old.func is not new.func:
            other = (_put("function", part, new.func(old.args[0]), 1.2, functions.say),)
        inner = _between(_child(part, 0), new.args[0], most - len(other))
        found += [] if inner is None else [(*other, *inner)]
    if called:
        left = replace(part, node=old.args[0])
        more = _between(left, new, most - 1)
        found += [] if more is None else [(_put("extra-function", part, left.node, 1.35, functions.say_extra), *more)]
    if meant:
        more = _between(part, new.args[0], most - 1)
        lost = _put("lost-function", replace(part, node=new.args[0]), new, 1.4, lost_functions.say)
        found += [] if more is None else [(*more, lost)]
    return _cheapest(iter(found))


def _inside(part: Part, new: Expr, most: int) -> Edits | None:
    """Other arguments of the same operation."""
    old = part.node
    if type(old) is not type(new) or isinstance(old, Add | Mul | Pow) or len(old.args) != len(new.args):
        return None
    below = {way[0] for way, _ in tree._children(old) if len(way) == 1}
    changed = [i for i, (a, b) in enumerate(zip(old.args, new.args, strict=True)) if a != b]
    reached = changed and {*changed} <= below
    return _each([(_child(part, i), new.args[i]) for i in changed], most) if reached else None


def _each(pairs: Sequence[tuple[Part, Expr]], most: int) -> Edits | None:
    """The differences of several parts."""
    found: Edits = ()
    for part, new in pairs:
        more = _between(part, new, most - len(found))
        if more is None:
            return None
        found += more
    return found


# -- sums and products ---------------------------------------------------------------------------------------------


def _sums(part: Part, new: Expr, most: int) -> Edits | None:
    """Other terms, terms too many, and terms that are missing."""
    old = part.node
    if not isinstance(old, Add) and not isinstance(new, Add):
        return None
    mine, theirs = Add.make_args(old), Add.make_args(new)
    left = [_child(part, i) if isinstance(old, Add) else part for i, a in enumerate(mine) if a not in theirs]
    right = [a for a in theirs if a not in mine]
    found = []
    whole: list[Matching[Part, Expr]] = (
        [([(left[0], Add(*right))], [], [])] if isinstance(old, Add) and len(left) == 1 < len(right) else []
    )
    for pairs, surplus, missing in (*matched(left, right, most), *whole):
        if any(p.path == part.path for p in surplus) or len(surplus) == len(mine):
            continue
        made = _each(pairs, most - len(surplus) - len(missing))
        if made is None:
            continue
        out = tuple(_put("extra-term", p, S.Zero, 1.45, terms.say_left_out) for p in surplus)
        rest = new - Add(*missing)
        for term in missing:
            cost = 1.75 + 0.05 * size(term)
            lost = Edit("missing-term", replace(part, node=rest), Op.PLUS, term, cost, terms.say_missing)
            out, rest = (*out, lost), rest + term
        found.append((*made, *out))
    return _cheapest(iter(found))


def _products(part: Part, new: Expr, most: int) -> Edits | None:
    """Other factors, factors too many, and factors that are missing; another number, another sign.

    Either product may stand for one factor of the other one.
    """
    place, value = apart.number(part.node, part.path)
    _, meant = apart.number(new, ())
    mine, theirs = [*factors_of(part)], [*factors_of(Part((), new, None))]
    bare = len(mine) == 1 and mine[0].whole.path == part.path
    found = []
    if value and meant and not (bare and len(theirs) == 1 and value == meant):
        found += [*_of_factors(part, new, most, Product(mine, place, value), Product(theirs, None, meant))]
    if isinstance(new, Mul) and not bare and value:
        one = [Factor(new, False, Part((), new, None), None)]
        found += [*_of_factors(part, new, most, Product(mine, place, value), Product(one))]
    if isinstance(part.node, Mul) and len(theirs) > 1 and meant:
        one = [Factor(part.node, False, part, part)]
        found += [*_of_factors(part, new, most, Product(one), Product(theirs, None, meant))]
    return _cheapest(iter(found))


def _of_factors(part: Part, new: Expr, most: int, mine: Product, theirs: Product) -> Iterator[Edits]:
    known, other = ({(f.node, f.below) for f in side.factors} for side in (mine, theirs))
    left = [f for f in mine.factors if (f.node, f.below) not in other]
    right = [f for f in theirs.factors if (f.node, f.below) not in known]
    for pairs, surplus, missing in matched(left, right, most):
        if any(f.whole.path == part.path for f in surplus) or (missing and part.node in (1, -1)):
            continue
        spare = most - len(surplus) - len(missing)
        made = _matching(pairs, spare)
        if made is None:
            continue
        spare -= len(made)
        counted = _number(part, mine.place, mine.value, theirs.value)
        if len(counted) <= spare:
            yield (*made, *_left_out(surplus), *counted, *_put_in(part, new, missing))
        if counted and len(surplus) + len(missing) == 1 and theirs.value != -mine.value:
            yield (*made, _together(part, new, theirs.value / mine.value, surplus, missing))


def _matching(pairs: Sequence[tuple[Factor, Factor]], most: int) -> Edits | None:
    """The differences of factors; one may be upside down."""
    found: Edits = ()
    for old, new in pairs:
        more: Edits | None = None
        if old.node == new.node and isinstance(old.whole.parent, Mul):
            more = (_put("reciprocal", old.whole, 1 / old.whole.node, 1.4, powers.say_upside_down),)
        elif old.below == new.below and old.place is not None:
            more = _between(old.place, new.node, most - len(found))
        elif old.below == new.below:
            more = _between(old.whole, 1 / new.node, most - len(found))
        elif old.place is not None and isinstance(old.whole.parent, Mul):
            more = _turned(old, new, most - len(found))
        if more is None or len(found) + len(more) > most:
            return None
        found += more
    return found


def _turned(old: Factor, new: Factor, most: int) -> Edits | None:
    """A factor that is upside down, and something within it that is wrong besides."""
    assert old.place is not None
    within = _between(old.place, new.node, most - 1) if most > 0 else None
    part = replace(old.whole, node=1 / new.value)
    return None if within is None else (*within, _put("reciprocal", part, new.value, 1.4, powers.say_upside_down))


def _number(part: Part, place: tree.Path | None, value: Rational, meant: Rational) -> Edits:
    """The number of a product is another one, or has the other sign."""
    if value == meant:
        return ()
    sign = (Edit("sign", part, Op.TIMES, S.NegativeOne, 1.0, signs.say),) if value * meant < 0 else ()
    old, new = abs(value), abs(meant)
    if old == new:
        return sign
    if (old == 1 and value > 0) or (new == 1 and meant > 0) or place is None or sign:
        code = "missing-factor" if old == 1 else "extra-factor" if new == 1 else "constant"
        say = factors.say_surplus if code == "extra-factor" else factors.say_missing
        return (*sign, Edit(code, part, Op.TIMES, new / old, 1.35, say))
    above = tree.at(part.node, place[len(part.path) : -1])
    at = Part(place, tree.at(part.node, place[len(part.path) :]), above)
    return (_put("constant", at, at.node * new / old, 1.15, numbers.say),)


def _left_out(surplus: Sequence[Factor]) -> Edits:
    codes = ["extra-delta" if isinstance(f.whole.node, KroneckerDelta) else "extra-factor" for f in surplus]
    return tuple(_put(code, f.whole, S.One, 1.3, factors.say_left_out) for code, f in zip(codes, surplus, strict=True))


def _put_in(part: Part, new: Expr, missing: Sequence[Factor]) -> Edits:
    found: Edits = ()
    rest = new / Mul(*(f.value for f in missing))
    for f in missing:
        delta = isinstance(f.value, KroneckerDelta)
        code, say = ("missing-delta", factors.say_delta) if delta else ("missing-factor", factors.say_missing)
        left = replace(part, node=rest)
        found = (*found, Edit(code, left, Op.TIMES, f.value, 1.6 + 0.06 * size(f.value), say))
        rest = rest * f.value
    return found


def _together(part: Part, new: Expr, ratio: Expr, surplus: Sequence[Factor], missing: Sequence[Factor]) -> Edit:
    """A factor with a number."""
    operand = ratio * (missing[0].value if missing else 1 / surplus[0].value)
    code, say = ("missing-factor", factors.say_missing) if missing else ("extra-factor", factors.say_surplus)
    return Edit(code, replace(part, node=new / operand), Op.TIMES, operand, TOGETHER, say)


WAYS = (_atoms, _powers, _functions, _inside, _sums, _products)
