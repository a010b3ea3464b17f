"""Signs of linear polynomials in symbols: the field says what the facts say."""

import random

from sympy import Add, Expr, Symbol

from verify.facts import Facts
from verify.normal.algebra.field import Field
from verify.normal.read import read
from verify.normal.signs import NEG, POS, ZERO, polynomial_sign

SYMBOLS = (
    Symbol("a", integer=True),
    Symbol("b", integer=True, positive=True),
    Symbol("c", integer=True, nonnegative=True),
    Symbol("d", positive=True),
    Symbol("e", real=True),
    Symbol("f", integer=True, negative=True),
    Symbol("g", nonpositive=True),
    Symbol("h", integer=True, nonzero=True),
)


def signs(facts: Facts, expression: Expr) -> int | None:
    """What the field finds."""
    field = Field(facts, 12, real=True)
    return polynomial_sign(field, read(field, expression).num)


def test_a_positive_whole_number_is_at_least_one() -> None:
    _, b, c, d, e, f, _, _ = SYMBOLS
    facts = Facts()
    assert signs(facts, b + c - 1) == POS | ZERO
    assert signs(facts, 2 * b + c - 1) == POS
    assert signs(facts, f - b + 1) == NEG
    assert signs(facts, d + c) == POS
    assert signs(facts, b + e) == signs(facts, d - 1) == signs(facts, b - 2) == NEG | ZERO | POS


def test_the_field_and_the_facts_agree() -> None:
    chosen = random.Random(1)
    facts = Facts()
    for _ in range(300):
        some = chosen.sample(SYMBOLS, chosen.choice((1, 2, 3)))
        expression = Add(*(chosen.choice((-3, -2, -1, 1, 2)) * s for s in some), chosen.randint(-3, 3))
        assert signs(facts, expression) == facts.sign(expression), expression
