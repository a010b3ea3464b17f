"""The table at work: which entry fits the arguments, and what it makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import gcd
from typing import Any

from verify.model import Relation
from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import made
from verify.normal.algebra.limits import TooLarge, Undefined
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.formula import Formula, Number, Variable, coefficients, variables
from verify.normal.axioms.table import HERE, NEXT, Axiom, Condition, Shift
from verify.normal.functions.atoms import integer
from verify.normal.read import LEAVES
from verify.normal.signs import NEG, POS, ZERO, sign
from verify.normal.text.write import expression
from verify.occurs import free_symbols
from verify.terms import Conj, Disj, Neg, Rel

MAX_SHIFT = 60
Environment = dict[Variable, Ratio]


def by_axiom(field: Field, axioms: Iterable[Axiom], args: tuple[Ratio, ...]) -> Ratio | None:
    """The value that the first fitting entry gives."""
    for axiom in axioms:
        environment = match(field, axiom.args, args)
        if environment is None or not all(holds(field, c, environment) for c in axiom.given):
            continue
        if not all(removable(field, instance(field, e, environment)) for e in axiom.removable):
            continue
        field.relations[f"{axiom.source}"] = None
        return instance(field, axiom.value, environment)
    return None


def match(field: Field, patterns: tuple[Formula, ...], args: tuple[Ratio, ...]) -> Environment | None:
    """What the symbols of the patterns stand for, if the arguments fit them."""
    steps = _steps(patterns) if len(patterns) == len(args) else None
    if steps is None:
        return None
    found: Environment = {}
    for position, symbol in steps:
        pattern, arg = patterns[position], args[position]
        if symbol is None:
            if isinstance(pattern, Number):
                if arg.rational() != (pattern.p, pattern.q):
                    return None
            elif instance(field, pattern, found).key != arg.key:
                return None
            continue
        value = arg
        if pattern is not symbol:
            value = solved(field, pattern, symbol, arg, found)
        if not belongs(field, symbol, value):
            return None
        found[symbol] = value
    return found


@cache
def _steps(patterns: tuple[Formula, ...]) -> tuple[tuple[int, Variable | None], ...] | None:
    """In which order patterns are compared, and the symbol that each tells; ``None`` if one would have to tell two.

    Numbers first, which seldom fit, then symbols alone.
    """
    simple = [0 if isinstance(pattern, Number) else 1 if isinstance(pattern, Variable) else 2 for pattern in patterns]
    known: set[Variable] = set()
    steps: list[tuple[int, Variable | None]] = []
    for position in sorted(range(len(patterns)), key=lambda i: simple[i]):
        unknown = variables(patterns[position]) - known
        if len(unknown) > 1:
            return None
        steps.append((position, next(iter(unknown), None)))
        known |= unknown
    return tuple(steps)


def solved(field: Field, pattern: Formula, symbol: Variable, value: Ratio, known: Environment) -> Ratio:
    """What a symbol stands for, if the pattern, which is linear in it, has the value."""
    linear = coefficients(pattern)
    if linear is None:  # other than over the rational numbers
        rest = instance(field, pattern, {**known, symbol: field.zero})
        return (value - rest) / (instance(field, pattern, {**known, symbol: field.one}) - rest)
    for name, c in linear.items():
        if name is None:
            value = value - field.number(c.numerator, c.denominator)
        elif name is not symbol:
            value = value - field.scaled(known[name], c.numerator, c.denominator)
    slope = 1 / linear[symbol]
    return value if slope == 1 else field.scaled(value, slope.numerator, slope.denominator)


def belongs(field: Field, symbol: Variable, value: Ratio) -> bool:
    """Whether a value is known to lie in the symbol's domain."""
    if symbol.integer:
        if not integer(field, value):
            return False
    elif symbol.real and not field.real(value):
        return False
    if symbol.positive:
        return sign(field, value) == POS
    if symbol.nonnegative:
        known = sign(field, value)
        return known is not None and not known & NEG
    return True


def nonzero(field: Field, value: Ratio) -> bool:
    """Known not to vanish."""
    if value.rational() is not None:
        return not value.is_zero
    known = sign(field, value)
    if known is not None:
        return not known & ZERO
    if all(k.kind == "exp" or (k.kind == "symbol" and k.data.is_zero is False) for k in value.over):
        return len(value.num) == 1
    asked = getattr(field.facts, "nonzero", None)
    return asked is not None and bool(asked(expression(field, value)))


def at_pole(field: Field, value: Ratio) -> bool:
    """Known to be one of 0, −1, −2, …: the poles of the gamma function, where a lower parameter has no value either."""
    number = value.rational()
    if number is not None:
        return number[1] == 1 and number[0] <= 0
    if not integer(field, value):
        return False
    known = sign(field, value)
    return known is not None and not known & POS


def continuous(field: Field, value: Ratio) -> bool:
    """Where it vanishes, there are points nearby where it does not: no integers are in it, or a symbol that is free to
    move has a number as its coefficient."""
    tied = _tied(field)
    if all(not (a.is_integer or a in tied) for k in value.inside for a in k.atoms):
        return True
    if not value.den.is_constant():
        return False
    for kernel in value.inside:
        if kernel.kind == "symbol" and not kernel.data.is_integer and kernel.data not in tied:
            slope = value.num.derivative(kernel.index)
            inner = (k for k in value.inside if k is not kernel)
            if slope.is_constant() and all(kernel.index not in k.deep for k in inner):
                return True
    return False


def continuous_alone(field: Field, value: Ratio, other: Ratio) -> bool:
    """The same while the other value stays as it is."""
    kept = _tied(field) | {a for k in other.inside for a in k.atoms}
    moving = any(not a.is_integer and a not in kept for k in value.inside for a in k.atoms)
    return moving and continuous(field, value)


def _tied(field: Field) -> frozenset[Any]:
    """Symbols that an equation among the givens may confine to single values."""
    found: frozenset[Any] | None = field.memo.get(("tied",))
    if found is None:
        givens = getattr(field.facts, "givens", None)
        equations = [c for c in getattr(givens, "constraints", ()) if confines(c)]
        found = field.memo["tied",] = frozenset(free_symbols(tuple(equations)))
    return found


def confines(condition: Any) -> bool:
    """Whether an equation is part of a condition. What excludes points confines nothing."""
    if isinstance(condition, Rel):
        return condition.op is Relation.EQ
    if isinstance(condition, Neg):
        return not isinstance(condition.part, Rel) or condition.part.op is Relation.NE
    return not isinstance(condition, Conj | Disj) or any(confines(part) for part in condition.parts)


def removable(field: Field, value: Ratio) -> bool:
    """Not zero, or zero only where a limit tells the value."""
    if value.rational() is not None:
        return not value.is_zero
    return continuous(field, value) or nonzero(field, value)


def holds(field: Field, condition: Condition, environment: Environment) -> bool:
    """Whether a condition is known to hold."""
    relation, left, right = condition
    difference = instance(field, left, environment) - instance(field, right, environment)
    if relation is Relation.NE:
        return nonzero(field, difference)
    known = sign(field, difference)
    if known is None:
        return False
    allowed = {
        Relation.GT: POS,
        Relation.GE: POS | ZERO,
        Relation.LT: NEG,
        Relation.LE: NEG | ZERO,
        Relation.EQ: ZERO,
    }[relation]
    return not known & ~allowed


def instance(field: Field, e: Formula, environment: Environment) -> Ratio:
    """The canonical form of a formula whose symbols stand for ratios."""
    outer, field.scope = field.scope, environment
    try:
        return LEAVES[type(e)](field, e)
    finally:
        field.scope = outer


def constant_term(a: Ratio) -> tuple[int, int]:
    """The rational constant in a ratio, as numerator and denominator (0 unless the denominator is a single term)."""
    if a.den.is_constant():
        last = len(a.num) - 1  # in the order of the generators the constant comes last
        constant = 0 if last < 0 or any(a.num.monomial(last)) else int(a.num.coefficient(last))
        return constant, int(a.den.leading_coefficient())
    if len(a.den) > 1:
        return 0, 1
    ((below, d),) = a.den.terms()
    top = next((int(c) for m, c in a.num.terms() if m == below), 0)
    shared = gcd(top, int(d))
    return top // shared, int(d) // shared


def negative(a: Ratio) -> bool:
    """Written with a minus: of a and −a exactly one is (the constant term does not count)."""
    return bool(a.num) and bool(a.num.leading_coefficient() < 0)  # where it is not alone, a constant comes last


def by_shift(field: Field, shift: Shift, args: tuple[Ratio, ...]) -> Ratio | None:
    """The function in terms of its representatives; ``None`` where it is one, or cannot be reached from one."""
    if len(args) != len(shift.args):
        return None
    position = shift.args.index(shift.variable)
    arg = args[position]
    top, bottom = constant_term(arg)
    whole = top // bottom
    if arg.rational() is not None and bottom == 1:
        whole = top - shift.first
        if whole < 0 and shift.separated:
            whole = top - shift.first + 1
    elif arg.rational() is not None and bottom == 2 and shift.halves:
        whole = (top + 1) // 2
    if 0 <= whole < shift.order or abs(whole) > MAX_SHIFT:
        if abs(whole) > MAX_SHIFT and arg.rational() is None:
            raise TooLarge("a shift of a special function")
        return None
    low = arg - field.number(whole)
    environment = match(field, shift.args, (*args[:position], low, *args[position + 1 :]))
    if environment is None or not all(holds(field, c, environment) for c in shift.given):
        return None

    def at(i: int) -> Ratio:
        moved = (*args[:position], low + field.number(i), *args[position + 1 :])
        return made(field, "function", shift.function.head, *moved)

    def step(e: Formula, divisors: tuple[Formula, ...], i: int, here: Ratio, following: Ratio) -> Ratio | None:
        here_now = {**environment, shift.variable: low + field.number(i), HERE: here, NEXT: following}
        if not all(removable(field, instance(field, d, here_now)) for d in divisors):
            return None
        return instance(field, e, here_now)

    field.relations[shift.source] = None
    here: Ratio | None = at(0)
    following: Ratio | None = at(1) if shift.order == 2 else field.zero
    try:
        if whole > 0:
            for i in range(whole - shift.order + 1):
                assert here is not None and following is not None
                if shift.order == 1:
                    here = step(shift.up, shift.nonzero_up, i, here, here)
                else:
                    here, following = following, step(shift.up, shift.nonzero_up, i, here, following)
                if here is None or following is None:
                    return None
            return here if shift.order == 1 else following
        for i in range(0, whole, -1):
            assert here is not None and following is not None
            here, following = step(shift.down, shift.nonzero_down, i, here, following), here
            if here is None:
                return None
        return here
    except Undefined:
        return None
