"""Signs of polynomials in kernels: term by term first, then what is given, then what is asserted.

A sign is a mask of the possible signs, as in :class:`verify.facts.Sign`: 1 negative, 2 zero, 4 positive.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count

from sympy import Catalan as catalan
from sympy import EulerGamma, Expr, S, Symbol, pi

from verify.normal.algebra.field import Field
from verify.normal.algebra.kernels import Kernel
from verify.normal.algebra.numeric import constant_sign
from verify.normal.algebra.ratio import Poly, Ratio
from verify.normal.functions.atoms import integer
from verify.normal.text.write import expression, kernel_expression

NEG, ZERO, POS = 1, 2, 4
ANY = 7
PLAIN = ("root", "exp")


def sign(field: Field, a: Ratio) -> int | None:
    """The possible signs of ``a`` where it is defined; ``None`` if it is not known to be real."""
    num = polynomial_sign(field, a.num)
    if num is None or a.den.is_one():
        return num
    den = polynomial_sign(field, a.den)
    return None if den is None else times(num, den & ~ZERO)


def positive(field: Field, a: Ratio) -> bool:
    """Known to be positive."""
    return sign(field, a) == POS


def nonnegative(field: Field, a: Ratio) -> bool:
    """Known not to be negative."""
    found = sign(field, a)
    return found is not None and not found & NEG


def times(a: int, b: int) -> int:
    """The possible signs of a product."""
    return _PRODUCTS[a][b]


def _product(a: int, b: int) -> int:
    mask = 0
    for p, x in ((NEG, -1), (ZERO, 0), (POS, 1)):
        for q, y in ((NEG, -1), (ZERO, 0), (POS, 1)):
            if a & p and b & q:
                mask |= (NEG, ZERO, POS)[x * y + 1]
    return mask


_PRODUCTS = tuple(tuple(_product(a, b) for b in range(ANY + 1)) for a in range(ANY + 1))


def polynomial_sign(field: Field, p: Poly) -> int | None:
    """The possible signs of a polynomial."""
    place = field.places.get(id(p))
    if place is not None:
        kernel = field.at(place)
        known = kernel_sign(field, kernel) if kernel.real else None
        if known in (NEG, ZERO, POS):
            return known
    elif p.is_constant():
        if p.is_zero():
            return ZERO
        return POS if p.leading_coefficient() > 0 else NEG
    key = ("sign", str(p))
    if key in field.memo:
        found: int | None = field.memo[key]
        return found
    result = field.memo[key] = _sign(field, p)
    return result


def _sign(field: Field, p: Poly) -> int | None:
    kernels = field.used(p)
    result = _by_terms(field, p, kernels)
    given = field.signs.get(str(p)) if field.signs else None
    if given is None and field.signs:
        mirror = field.signs.get(str(-p))
        given = None if mirror is None else times(mirror, NEG)
    if given is not None:
        result = given if result is None else result & given or given
    if result in (NEG, ZERO, POS):
        return result
    if all(not k.atoms for k in kernels):
        known = constant_sign(field, p)
        if known is not None:
            return known
    if len(p) > 60 or not all(k.real for k in kernels):
        return result
    if field.facts.silent:
        if all(_plain(k) for k in kernels):
            return result
        if result is not None and p.total_degree() == 1 and all(type(k.data) is Symbol for k in kernels):
            return result & _by_whole_numbers(field, p, kernels) or result
    asked = field.facts.sign(expression(field, Ratio(field, p, field.unit)))
    if asked is None:
        return result
    return int(asked) if result is None else int(asked) & result or result


def _by_whole_numbers(field: Field, p: Poly, kernels: Sequence[Kernel]) -> int:
    """The possible signs of a linear polynomial in symbols: a positive whole number is at least 1.

    Where nothing is given, the facts know no more of it, and take longer.
    """
    if len(p) == 1:
        return times(kernel_sign(field, kernels[0]), POS if p.leading_coefficient() > 0 else NEG)
    known = {k.index: (kernel_sign(field, k), k.data.is_integer) for k in kernels}
    terms = [(next(compress(count(), monomial), None), int(c)) for monomial, c in p.terms()]
    result = ANY
    for direction, side in ((1, POS), (-1, NEG)):
        least, strict = 0, False
        for g, c in terms:
            c *= direction
            if g is None:
                least += c
                continue
            signs, whole = known[g]
            signs = times(signs, POS if c > 0 else NEG)
            if signs & NEG:
                break
            if not signs & ZERO:
                least, strict = (least + abs(c), strict) if whole else (least, True)
        else:
            if least > 0 or (least == 0 and strict):
                result &= side
            elif least == 0:
                result &= side | ZERO
    return result


def _plain(kernel: Kernel) -> bool:
    """A kernel whose sign is all that is known of its size, where nothing is given."""
    return kernel.kind in PLAIN or (kernel.kind == "symbol" and not kernel.data.is_integer)


def _by_terms(field: Field, p: Poly, kernels: Sequence[Kernel]) -> int | None:
    if not all(k.real for k in kernels):
        return None
    signs = {k.index: kernel_sign(field, k) for k in kernels}
    total = 0
    strict = 0
    for monomial, coefficient in p.terms():
        mask = POS if coefficient > 0 else NEG
        for g, s in signs.items():
            e = monomial[g]
            if e:
                mask = times(mask, s if e % 2 else (s & ZERO) | (POS if s & ~ZERO else 0))
        if mask & NEG and mask & POS:
            return ANY
        total |= mask
        if not mask & ZERO:
            strict |= mask
        if total & NEG and total & POS:
            return ANY
    if strict:
        total &= ~ZERO
    return total


def kernel_sign(field: Field, kernel: Kernel) -> int:
    """The possible signs of a real kernel."""
    found = kernel.memo.get("sign")
    if found is None:
        found = kernel.memo["sign"] = _kernel_sign(field, kernel)
    given = field.signs.get(kernel.ratio.key)
    return int(found) if given is None else int(found) & given or given


def _within(field: Field, kernel: Kernel, lower: Expr, upper: Expr) -> int:
    """The sign of a sine or cosine, which is not negative between the bounds."""
    angle = expression(field, kernel.args[0]) / kernel.data
    if not field.facts.nonnegative(angle - lower) or not field.facts.nonnegative(upper - angle):
        return ANY
    return POS | ZERO


def _as_root(field: Field, kernel: Kernel, base: int | None) -> bool:
    """Whether a power is not negative: its base is not, or would leave the reals if it were."""
    return (base is not None and not base & NEG) or kernel.data != 1 or not integer(field, kernel.args[1])


def _kernel_sign(field: Field, kernel: Kernel) -> int:
    if not kernel.atoms and kernel.kind in ("log", "sin", "cos", "atan"):
        return constant_sign(field, kernel.poly) or ANY
    match kernel.kind:
        case "exp":
            return POS
        case "constant":
            return POS if kernel.data in (pi, EulerGamma, catalan) else ANY
        case "abs":
            return POS | ZERO
        case "root" | "power":
            base = sign(field, kernel.args[0])
            if base == POS:
                return POS
            return POS | ZERO if kernel.kind == "root" or _as_root(field, kernel, base) else ANY
        case "delta" | "indicator":
            return POS | ZERO
        case "sum":
            body = sign(field, kernel.args[0])
            if body is None or (body & NEG and body & POS):
                return ANY
            empty = not all(field.facts.nonempty(lo, hi) for _, lo, hi in kernel.data)
            return body | ZERO if empty else body
        case "product":
            body = sign(field, kernel.args[0])
            endless = any(hi.is_infinite for _, _, hi in kernel.data)  # which may tend to 0
            return ANY if body is None or body & NEG else body | POS | (ZERO if endless else 0)
        case "symbol":
            data = kernel.data
            if data.is_positive:
                return POS
            if data.is_nonnegative and data.is_nonzero is None and not data.is_integer:
                return POS | ZERO
        case "sin":
            return _within(field, kernel, S.Zero, pi)
        case "cos":
            return _within(field, kernel, -pi / 2, pi / 2)
        case "log":
            return ANY
    asked = field.facts.sign(kernel_expression(field, kernel))
    return ANY if asked is None else int(asked)
