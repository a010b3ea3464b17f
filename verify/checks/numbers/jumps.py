"""Where a function jumps, at irrational places: ``⌈x²⌉ = ⌊x²⌋ + 1`` fails only where x² is whole.

Rounding, signs, steps and cases jump where an argument takes a certain value, roots and logarithms where it lies on a
branch cut. There the argument is solved for one symbol in closed form (:mod:`.undoing`), the others having simple
values. At such a number SymPy's arithmetic (``√5² = 5``, ``exp(log 2 + πi) = −2``) makes the argument exact, and balls
compare the sides. Numbers on the edge of what is given (``−π ≤ Im z``) are looked at in the same way, and those that
satisfy an equation in an implication (``sin x = 0 ⇔ x = 0`` fails at π).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import sympy
from sympy import Derivative, Expr, Function, I, Integer, Piecewise, Pow, Rational, S, Subs, Symbol, preorder_traversal
from sympy.core.relational import Relational

from verify.checks.common import space_of
from verify.checks.numbers.confirming import takes_long
from verify.checks.numbers.undoing import undone
from verify.config import Settings
from verify.evaluate.field import Undefined, Unsupported
from verify.evaluate.fields.balls import precision
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.batches import few
from verify.evaluate.sampling.draws import domain
from verify.evaluate.sampling.space import Space
from verify.evaluate.truth import at_point
from verify.model import COMPARISONS, Claim, Evidence, Givens, Relation, Verdict, Witness
from verify.show import show
from verify.terms import Conj, Disj, Frac, Maximises, Neg, Proposition, Rel, is_proposition, written_out

NAMES = """exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh acosh atanh
    acoth asech acsch Abs re im arg conjugate floor ceiling sign sinc atan2 Mod Max Min Heaviside KroneckerDelta
    Piecewise"""
KNOWN = tuple(getattr(sympy, name) for name in NAMES.split())
ROUNDED = sympy.floor | sympy.ceiling | sympy.Mod
AT_ZERO = sympy.sign | sympy.Heaviside | sympy.arg
CUTS: dict[type[Expr], tuple[Expr, ...]] = {  # a number on each cut of the principal branch
    sympy.log: (Integer(-2),),
    sympy.asin: (Integer(2), Integer(-2)),
    sympy.acos: (Integer(2), Integer(-2)),
    sympy.atan: (2 * I, -2 * I),
    sympy.acot: (I / 2, -I / 2),
    sympy.asinh: (2 * I, -2 * I),
    sympy.acosh: (Rational(1, 2), Integer(-2)),
    sympy.atanh: (Integer(2), Integer(-2)),
    sympy.acoth: (Rational(1, 2), -Rational(1, 2)),
    sympy.asec: (Rational(1, 2), -Rational(1, 2)),
    sympy.acsc: (Rational(1, 2), -Rational(1, 2)),
    sympy.asech: (Integer(2), Integer(-2)),
    sympy.acsch: (I / 2, -I / 2),
}
NO_VALUES = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity, sympy.AccumBounds)
BASES, WHOLE, MOST = 3, (1, 2, 3, 5, 0, -1, -2), 240
MOST_SYMBOLS = 4

Numbers = Mapping[Symbol, Expr]


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """REFUTED with a witness in closed form, or nothing."""
    space = space_of(claim)
    if space.arrays or space.indices or space.sizes or space.variants > 1:
        return None
    if not space.scalars or len(space.scalars) + len(space.integers) > MOST_SYMBOLS:
        return None
    if claim.relation in (Relation.IMPLIES, Relation.IFF):
        return _implied(claim, space, settings)
    if claim.relation not in COMPARISONS:
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    rel = Rel(claim.relation, written_out(claim.lhs), written_out(claim.rhs))
    if takes_long(rel.lhs) or takes_long(rel.rhs) or rel.lhs.has(Derivative, Subs) or rel.rhs.has(Derivative, Subs):
        return None
    if not all(isinstance(f, KNOWN) for side in (rel.lhs, rel.rhs) for f in side.atoms(Function)):
        return None
    targets = list(dict.fromkeys((*_edges(space.constraints), *_jumps(rel, space.real))))
    for numbers in islice(_places(targets, space, settings.seed), MOST):
        with suppress(Undefined, Unsupported, ArithmeticError, ValueError, TypeError):
            witness = _fails(claim, space, numbers, settings)
            if witness is not None:
                return Evidence("jumps", Verdict.REFUTED, "a counterexample where a function jumps", witness=witness)
    return None


def _implied(claim: Claim, space: Space, settings: Settings) -> Evidence | None:
    """REFUTED where the premise certainly holds and the conclusion fails (for ⇔ also the reverse), or nothing."""
    lhs, rhs = claim.lhs, claim.rhs
    if not (is_proposition(lhs) and is_proposition(rhs)) or isinstance(rhs, Maximises):
        return None
    premise = Conj((lhs, *claim.premises))
    sides = [side for p in (premise, rhs) for pair in _edges((p,)) for side in pair]
    if not all(isinstance(f, KNOWN) for side in sides for f in side.atoms(Function)) or any(map(takes_long, sides)):
        return None
    for numbers in islice(_places(list(_edges((premise, rhs))), space, settings.seed), MOST):
        with suppress(Undefined, Unsupported, ArithmeticError, ValueError, TypeError):
            if not _admitted(space, numbers):
                continue
            left, right = _holds(premise, numbers, space), _holds(rhs, numbers, space)
            broken = (left, right) == (True, False)
            if broken or (claim.relation is Relation.IFF and (left, right) == (False, True)):
                shown = {s.name: show(v) for s, v in numbers.items()}
                witness = Witness(shown, str(left).lower(), str(right).lower())
                return Evidence("jumps", Verdict.REFUTED, "a counterexample in closed form", witness=witness)
    return None


def _places(targets: Sequence[tuple[Expr, Expr]], space: Space, seed: int) -> Iterator[Numbers]:
    """Numbers for all symbols, one of them in closed form, at which an argument takes its value."""
    bases = [_simple(point, space) for point in islice(few(space, seed), BASES)]
    bases += [dict.fromkeys((*space.scalars, *space.integers), S.One)] if not bases else []
    for base in bases:
        for argument, value in targets:
            for symbol in space.scalars:
                others = {s: v for s, v in base.items() if s != symbol}
                left = argument.xreplace(others) - value.xreplace(others)
                for number in undone(left, symbol):
                    yield {**others, symbol: number}


def _simple(point: Point, space: Space) -> dict[Symbol, Expr]:
    return {
        **{s: _number(point.scalars[s]) for s in space.scalars},
        **{s: Integer(point.integers[s]) for s in space.integers},
    }


def _number(value: Value) -> Expr:
    if isinstance(value, tuple):
        return _number(value[0]) + I * _number(value[1])
    return Rational(value.numerator, value.denominator)


def _jumps(rel: Rel, real: bool) -> Iterator[tuple[Expr, Expr]]:
    """Arguments of what jumps, and a value of each at which it does."""
    for node in (node for side in (rel.lhs, rel.rhs) for node in preorder_traversal(side)):
        if isinstance(node, ROUNDED):
            argument = node.args[0] / node.args[1] if isinstance(node, sympy.Mod) else node.args[0]
            yield from ((argument, Integer(k)) for k in WHOLE)
        elif isinstance(node, AT_ZERO):
            yield node.args[0], S.Zero
        elif isinstance(node, sympy.KroneckerDelta):
            yield node.args[0] - node.args[1], S.Zero
        elif isinstance(node, Piecewise):
            for _, condition in node.args:
                yield from ((part.lhs - part.rhs, S.Zero) for part in sorted(condition.atoms(Relational), key=str))
        elif real:
            continue
        elif isinstance(node, Pow) and not node.exp.is_integer:
            yield node.base, Integer(-2)
        else:
            yield from ((node.args[0], value) for value in CUTS.get(type(node), ()))


def _edges(propositions: Sequence[Proposition]) -> Iterator[tuple[Expr, Expr]]:
    """The sides of the equations and inequalities among some propositions."""
    for p in propositions:
        if isinstance(p, Rel):
            yield written_out(p.lhs), written_out(p.rhs)
        elif isinstance(p, Conj | Disj):
            yield from _edges(p.parts)
        elif isinstance(p, Neg):
            yield from _edges((p.part,))


def _fails(claim: Claim, space: Space, numbers: Numbers, settings: Settings) -> Witness | None:
    """A witness if the numbers lie within everything that is given, and the relation is certainly false there."""
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr) and isinstance(claim.relation, Relation)
    if not _admitted(space, numbers):
        return None
    lhs, rhs = (_at(side, numbers) for side in (claim.lhs, claim.rhs))
    sides = at_point(Point(), space.real).relation(Rel(claim.relation, lhs, rhs))
    if sides.truth is not False:
        return None
    witness = Witness({s.name: show(v) for s, v in numbers.items()}, sides.lhs, sides.rhs)
    if not settings.records:
        return witness
    from verify.checks.evidence.python import program

    closed = replace(claim, lhs=lhs, rhs=rhs, givens=Givens())
    return replace(witness, python=program(closed, replace(witness, point={})))


def _at(e: Expr, numbers: Numbers) -> Expr:
    """The expression at those numbers, the arguments of what jumps multiplied out.

    Raises:
        Undefined: a part has no value: SymPy goes on with infinities, and takes 1/log 0 and 1/cot 0 for 0.
    """
    if isinstance(e, Symbol):
        return numbers.get(e, e)
    if not e.args:
        return e
    if isinstance(e, Piecewise):
        return _at(_case(e, numbers), numbers)
    args = [_at(a, numbers) if isinstance(a, Expr) else a.xreplace(numbers) for a in e.args]
    if isinstance(e, Function):
        args = [a.expand() if a.is_number else a for a in args]
    if isinstance(e, sympy.Heaviside) and args[0].is_zero and args[1] is S.Half:
        raise Undefined("the step of Heaviside's function")  # SymPy's own choice, which nobody may have meant
    found: Expr = args[0] / args[1] if isinstance(e, Frac) else e.func(*args)
    if found.has(*NO_VALUES):
        raise Undefined("a part has no value")
    return found


def _case(e: Piecewise, numbers: Numbers) -> Expr:
    """The first case whose condition holds."""
    for value, condition in e.args:
        truth = condition.xreplace(numbers)
        if truth == sympy.true:
            found: Expr = value
            return found
        if truth != sympy.false:
            break
    raise Undefined("no case is known to hold")


def _within(symbol: Symbol, number: Expr) -> bool:
    """Whether a number certainly lies in the domain of a symbol."""
    if not symbol.is_extended_real:
        return True
    if number.is_extended_real is not True:
        return False
    sign = 1 if number.is_positive else -1 if number.is_negative else 0 if number.is_zero else None
    within = domain(symbol)
    if symbol.is_integer:
        return number.is_Integer is True and sign is not None and within.signs[sign]
    return sign is not None and within.signs[sign]


def _admitted(space: Space, numbers: Numbers) -> bool:
    """Whether the numbers lie in the domains of their symbols, and certainly satisfy all that is given."""
    within = all(_within(s, v) for s, v in numbers.items())
    return within and all(_holds(c, numbers, space) is True for c in space.constraints)


def _holds(p: Proposition, numbers: Numbers, space: Space) -> bool | None:
    """Whether a proposition certainly holds at the numbers, or certainly fails."""
    if isinstance(p, Conj | Disj):
        truths = [_holds(part, numbers, space) for part in p.parts]
        settling = isinstance(p, Disj)
        return settling if settling in truths else None if None in truths else not settling
    if isinstance(p, Neg):
        truth = _holds(p.part, numbers, space)
        return None if truth is None else not truth
    return _truth(p, numbers, space) if isinstance(p, Rel) else None


def _truth(rel: Rel, numbers: Numbers, space: Space) -> bool | None:
    lhs, rhs = (_at(side, numbers) for side in (rel.lhs, rel.rhs))
    if (lhs - rhs).expand() == 0:
        with precision(64):
            at_point(Point(), space.real).balls(64)(lhs)  # raises where there is no value
        return rel.op in (Relation.LE, Relation.GE, Relation.EQ)
    with precision(64):
        return at_point(Point(), space.real).holds(Rel(rel.op, lhs, rhs))
