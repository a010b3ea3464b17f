"""Factors of polynomials in kernels over the integers (FLINT's multivariate factorisation)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from flint import fmpz

from verify.normal.algebra.field import Field
from verify.normal.algebra.polynomials import context_of
from verify.normal.algebra.ratio import Poly

MAX_FACTORED_NUMBER = 10**14
MAX_FACTOR_TERMS = 400
MAX_FACTOR_DEGREE = 120  # in one kernel: the time goes up with the degree, however few the terms


def factor(field: Field, p: Poly) -> tuple[int, list[tuple[Poly, int]]]:
    """``p`` as an integer times powers of irreducible primitive polynomials with positive leading coefficients.

    A large polynomial is left in one piece.
    """
    if p is field.unit:
        return 1, []
    if id(p) in field.places:
        return 1, [(p, 1)]
    if not p:
        return 0, []
    if len(p) == 1:
        degrees = p.degrees()
        parts = [(k.poly, int(degrees[k.index])) for k in compress(field.kernels, degrees) if k is not None]
        return int(p.leading_coefficient()), parts
    key = ("factor", str(p))
    found: tuple[int, list[tuple[Poly, int]]] | None = field.memo.get(key)
    if found is None:
        found = field.memo[key] = _factor(field, p)
    return found


@lru_cache(maxsize=1 << 10)
def primes(n: int) -> tuple[tuple[int, int], ...]:
    """The primes of a positive integer with their exponents; a large one is left in one piece."""
    if n >= MAX_FACTORED_NUMBER:
        return ((n, 1),)
    return tuple((int(p), int(e)) for p, e in fmpz(n).factor())


def _factor(field: Field, p: Poly) -> tuple[int, list[tuple[Poly, int]]]:
    degrees = [int(e) for e in p.degrees()]
    if len(p) > MAX_FACTOR_TERMS or _irreducible(p, degrees):
        return _whole(field, p)
    generators = [g for g, degree in enumerate(degrees) if degree]
    # FLINT takes the longer, the more generators there are that do not occur
    down = {g: i for i, g in enumerate(generators)}
    up = dict(enumerate(generators))
    try:
        constant, parts = p.project_to_context(context_of(len(generators)), down).factor()
    except OverflowError:  # python-flint sorts the factors by their coefficients, as far as these are machine numbers
        return _whole(field, p)
    content = int(constant)
    found = []
    for q, e in parts:
        if q.leading_coefficient() < 0:
            q = -q
            content = -content if e % 2 else content
        found.append((q.project_to_context(field.context, up), int(e)))
    return content, found


def _whole(field: Field, p: Poly) -> tuple[int, list[tuple[Poly, int]]]:
    """The content, and the rest in one piece."""
    content = int(p.content())
    if p.leading_coefficient() < 0:
        content = -content
    return content, [(p if content == 1 else p / field.context.constant(content), 1)]


def _irreducible(p: Poly, degrees: Sequence[int]) -> bool:
    """Whether it is plain to see that there is nothing to find: a·g + b with coprime a and b, for a generator g."""
    if max(degrees) > MAX_FACTOR_DEGREE:
        return True
    if 1 not in degrees:
        return False
    slope = p.derivative(degrees.index(1))
    if len(slope) == 1:
        return bool(slope.gcd(p.term_content()).is_constant())
    return bool(slope.gcd(p).is_constant())
