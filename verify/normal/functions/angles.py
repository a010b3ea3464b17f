"""Units of angles: sin and cos of c + d·x need no angle addition while c + d·x is all that occurs.

The angles that have occurred span a space over ℚ; the units are a basis of it, chosen from the angles as they come.
An angle in the span is a rational combination of units (row echelon form), another one becomes a unit itself. Sines
and cosines of units that are linearly independent are as independent as those of monomials, and there are fewer.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias, TypeVar

from verify.normal.algebra.field import Field
from verify.normal.algebra.ratio import Ratio

K = TypeVar("K")
Monomial: TypeAlias = tuple[int, int, Ratio]  # p, q, basis: the monomial p/q·basis
Row: TypeAlias = tuple[str, dict[str, Fraction], dict[int, Fraction]]  # pivot, monomials, units


def combination(field: Field, angle: list[Monomial]) -> list[Monomial]:
    """An angle, given by its monomials, over the units."""
    rest = {basis.key: Fraction(p, q) for p, q, basis in angle}
    found: dict[int, Fraction] = {}
    for pivot, row, units in field.angle_rows:
        scale = rest.get(pivot)
        if scale:
            _subtract(rest, row, scale)
            _subtract(found, units, -scale)
    if rest:
        factor, unit = _primitive(field, angle)
        number = len(field.angle_units)
        field.angle_units.append(unit)
        pivot = min(rest)
        lead = rest[pivot]
        # factor·unit = angle = Σ found + rest, so rest/lead is a combination of units again
        units = {i: -c / lead for i, c in found.items()} | {number: factor / lead}
        field.angle_rows.append((pivot, rest if lead == 1 else {key: c / lead for key, c in rest.items()}, units))
        found = {number: factor}
    return [(c.numerator, c.denominator, field.angle_units[i]) for i, c in found.items()]


def _subtract(a: dict[K, Fraction], b: dict[K, Fraction], scale: Fraction) -> None:
    for key, c in b.items():
        value = a.get(key, Fraction(0)) - scale * c
        if value:
            a[key] = value
        else:
            a.pop(key, None)


def _primitive(field: Field, angle: list[Monomial]) -> tuple[Fraction, Ratio]:
    """A rational number times an angle with coprime whole coefficients, the first one positive."""
    above, below = gcd(*(p for p, _, _ in angle)), lcm(*(q for _, q, _ in angle))
    if angle[0][0] < 0:
        above = -above
    terms = (field.number(p * below // (q * above)) * basis for p, q, basis in angle)
    return Fraction(above, below), field.total(terms)
