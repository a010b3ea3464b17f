"""Greatest common divisors and least common multiples of whole numbers (Hardy and Wright, chapters I and II)."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd as exact_gcd
from math import lcm as exact_lcm

from sympy import isprime

from verify.normal.algebra.factors import factor
from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio
from verify.normal.axioms.apply import nonzero
from verify.normal.axioms.table import Family, Rule
from verify.normal.functions.absolute import absolute
from verify.normal.functions.atoms import integer
from verify.normal.functions.powers import power
from verify.normal.signs import NEG, POS, ZERO, sign
from verify.normal.text.write import expression, text
from verify.terms.whole import gcd, lcm

STEPS = 24


def _unsigned(field: Field, a: Ratio) -> Ratio:
    return -a if a.num.leading_coefficient() < 0 else a


def _gcd(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    a, b = args
    if not a.den.is_one() or not b.den.is_one():
        # whole numbers where the claim is asserted: gcd(a/d, b/d) = gcd(a, b)/|d|
        common = a.den * b.den / a.den.gcd(b.den)
        scale = field.polynomial(common)
        return common_divisor(field, a * scale, b * scale) / absolute(field, scale)
    return common_divisor(field, a, b)


def common_divisor(field: Field, a: Ratio, b: Ratio) -> Ratio:
    """gcd(a, b) ≥ 0 of whole numbers: Euclid's steps with polynomial quotients, common and coprime factors out."""
    for _ in range(STEPS):
        if a.is_zero or b.is_zero:
            return absolute(field, a + b)
        one, two = a.rational(), b.rational()
        if one is not None and two is not None:
            return field.number(exact_gcd(one[0], two[0]))
        smaller = _reduced(field, a, b)
        if smaller is None:
            break
        a, b = smaller
    shared = a.num.gcd(b.num)
    if not shared.is_one():
        common = field.polynomial(shared)
        return absolute(field, common) * common_divisor(field, a / common, b / common)
    for x, y in ((a, b), (b, a)):
        if x.rational() in ((1, 1), (-1, 1)):
            return field.one
        parted = _parted(field, x, y)
        if parted is not None:
            return parted
        if x.rational() in ((2, 1), (-2, 1)):
            return (field.number(3) + power(field, field.number(-1), y)) / field.number(2)
        known = _contained(field, x, y)
        if known is not None:
            return known
    powers = _repunits(field, a, b)
    if powers is not None:
        return powers
    leaves = {r.key: r for x in (a, b) for r in _leaves(field, _unsigned(field, x))}
    *others, result = sorted(leaves.values(), key=lambda r: text(field, r))
    for leaf in reversed(others):
        result = field.kernel("function", gcd, (leaf, result), real=True)
    return result if others else absolute(field, result)


def _leaves(field: Field, a: Ratio) -> Iterator[Ratio]:
    """What a nested common divisor is taken of."""
    kernel = field.only(a)
    if kernel is not None and kernel.kind == "function" and kernel.data is gcd:
        for x in kernel.args:
            yield from _leaves(field, x)
    else:
        yield a


def _reduced(field: Field, a: Ratio, b: Ratio) -> tuple[Ratio, Ratio] | None:
    """gcd(a, b) = gcd(a − q·b, b), where that is simpler."""
    for x, y in ((a, b), (b, a)):
        if y.rational() is not None and len(x.num) > 1:
            # coefficients modulo a number
            m = abs(y.rational()[0])  # type: ignore[index]
            left = {e: int(c) % m for e, c in x.num.terms()}
            rest = field.polynomial(field.context.from_dict({e: c for e, c in left.items() if c}))
            if len(rest.num) < len(x.num) and whole(field, x):
                return rest, y
            continue
        quotient, rest_ = divmod(x.num, y.num)
        rest = field.polynomial(rest_)
        if quotient.is_zero() or not whole(field, field.polynomial(quotient)):
            continue
        if (len(rest.num), rest.num.total_degree()) < (len(x.num), x.num.total_degree()):
            return rest, y
    return None


def whole(field: Field, a: Ratio) -> bool:
    return all(integer(field, k.ratio) for k in a.inside)


def factors(field: Field, a: Ratio) -> list[Ratio]:
    content, parts = factor(field, a.num)
    found = [field.polynomial(p) ** e for p, e in parts]
    return found if abs(content) == 1 else [field.number(content), *found]


def _parted(field: Field, a: Ratio, b: Ratio) -> Ratio | None:
    """gcd(u·v, b) = gcd(u, b)·gcd(v, b) for coprime u, v; a factor coprime to b does not count."""
    parts = factors(field, a)
    kept = [p for p in parts if not all(coprime(field, p, q) for q in factors(field, b))]
    if len(kept) < len(parts):
        return common_divisor(field, field.product(kept), b) if kept else field.one
    if len(parts) > 1 and all(coprime(field, p, q) for i, p in enumerate(parts) for q in parts[i + 1 :]):
        return field.product(common_divisor(field, p, b) for p in parts)
    return None


def _base(field: Field, a: Ratio) -> Ratio:
    """What has the same prime factors: the base of a power with a natural exponent."""
    _, parts = factor(field, a.num)
    if len(parts) == 1 and abs(int(a.num.content())) == 1:
        a = field.polynomial(parts[0][0])
    kernel = field.only(a)
    if kernel is not None and kernel.kind == "power" and kernel.data == 1:
        known = sign(field, kernel.args[1])
        if known is not None and not known & NEG and integer(field, kernel.args[1]):
            return _base(field, kernel.args[0])
    return a


def coprime(field: Field, a: Ratio, b: Ratio) -> bool:
    """Known to have no common divisor but 1 (in some powers of theirs)."""
    a, b = _base(field, a), _base(field, b)
    x, y = a.rational(), b.rational()
    if x is not None and y is not None:
        return exact_gcd(x[0], y[0]) == 1
    if (x is not None and abs(x[0]) == 1) or (y is not None and abs(y[0]) == 1):
        return True
    if prime(field, a) and prime(field, b) and nonzero(field, a - b):
        return True
    first, second = expression(field, a), expression(field, b)
    one = field.facts.sign(gcd(first, second) - 1), field.facts.sign(gcd(second, first) - 1)
    if ZERO in one:
        return True
    shared = (a + b, a - b)  # consecutive numbers
    return any(s.rational() in ((1, 1), (-1, 1)) for s in shared)


def prime(field: Field, a: Ratio) -> bool:
    number = a.rational()
    if number is not None:
        return number[1] == 1 and bool(isprime(number[0]))
    kernel = field.only(a)
    return kernel is not None and kernel.kind == "symbol" and bool(kernel.data.is_prime)


def _contained(field: Field, a: Ratio, b: Ratio) -> Ratio | None:
    """gcd(a, gcd(a, b)) = gcd(a, b), gcd(a, lcm(a, b)) = |a|."""
    kernel = field.only(_unsigned(field, a))
    if kernel is None or kernel.kind != "function" or kernel.data not in (gcd, lcm):
        return None
    if any(x.key == _unsigned(field, b).key for x in kernel.args):
        return kernel.ratio if kernel.data is gcd else absolute(field, b)
    return None


def _repunits(field: Field, a: Ratio, b: Ratio) -> Ratio | None:
    """gcd(nᵃ − 1, nᵇ − 1) = n**gcd(a, b) − 1 for natural numbers (Concrete Mathematics, exercise 4.38)."""
    pair = []
    for x in (a, b):
        kernel = field.only(x + field.one)
        if kernel is None or kernel.kind != "power" or kernel.data != 1:
            return None
        exponent = sign(field, kernel.args[1])
        if exponent is None or exponent & NEG or not integer(field, kernel.args[1]):
            return None
        pair.append(kernel)
    base = pair[0].args[0]
    if base.key != pair[1].args[0].key or sign(field, base) != POS or not integer(field, base):
        return None
    return power(field, base, common_divisor(field, pair[0].args[1], pair[1].args[1])) - field.one


def _lcm(field: Field, args: tuple[Ratio, ...]) -> Ratio | None:
    """|a·b|/gcd(a, b), where not both may be zero."""
    a, b = args
    if a.is_zero or b.is_zero:
        return field.zero
    if not a.den.is_one() or not b.den.is_one():
        return None
    one, two = a.rational(), b.rational()
    if one is not None and two is not None:
        return field.number(exact_lcm(one[0], two[0]))
    for x, y in ((a, b), (b, a)):
        if not y.is_zero and not x.is_zero:
            quotient = x / y
            if quotient.den.is_one() and whole(field, quotient):
                return absolute(field, x)
    divisor = common_divisor(field, a, b)
    if nonzero(field, a) or nonzero(field, b) or _positive(field, divisor):
        return absolute(field, a * b) / divisor
    pair = sorted((_unsigned(field, a), _unsigned(field, b)), key=lambda r: text(field, r))
    return field.kernel("function", lcm, tuple(pair), real=True)


def _positive(field: Field, divisor: Ratio) -> bool:
    """A common divisor of numbers of which one is not zero."""
    kernel = field.only(divisor)
    if kernel is not None and kernel.data is gcd:
        return any(nonzero(field, x) for x in kernel.args)
    return sign(field, divisor) == POS


RULES: dict[object, Rule] = {gcd: _gcd, lcm: _lcm}
FAMILY = Family(rules=RULES)
