"""Lines of textbooks and notes, by kind: what the whole engine says of the right ones and of the usual slips.

A row is a claim (sides and relation), its symbols with their domains, conditions, and the verdict that is right.
"""

from __future__ import annotations

import json

import pytest

from verify.config import Settings
from verify.engine import settle
from verify.model import Verdict
from verify.read.claims import claim, record

P, R = Verdict.PROVED, Verdict.REFUTED

# fmt: off
DERIVATIVES_BY_WHOLE_NUMBERS = [  # of the function as it is between them
    ("Derivative(n**2, n) = 2*n", "n:integer", "", P),
    ("Derivative(n**2, n) = 0", "n:integer", "", R),
    ("Derivative(x**n, (n, 2)) = log(x)**2*x**n", "n:integer x:positive", "", P),
    ("Derivative(factorial(n**2), n) = 2*n*gamma(n**2 + 1)*digamma(n**2 + 1)", "n:integer", "", P),
    ("Derivative(binomial(5, n), n) = binomial(5, n)*(digamma(6 - n) - digamma(n + 1))", "n:integer", "n>=0", P),
    ("Derivative(gamma(n), n) = 0", "n:integer", "n>0", R),
]
# fmt: on


@pytest.mark.parametrize(("written", "symbols", "conditions", "right"), DERIVATIVES_BY_WHOLE_NUMBERS)
def test_lines(written: str, symbols: str, conditions: str, right: Verdict) -> None:
    lhs, relation, rhs = next(
        (*parts, rhs) for r in (" <= ", " >= ", " < ", " > ", " = ") for *parts, rhs in [written.partition(r)] if rhs
    )
    fields = {
        "id": "line",
        "lhs": lhs,
        "relation": relation.strip(),
        "rhs": rhs,
        "symbols": dict(s.split(":") for s in symbols.split()),
        "given": conditions.split(),
    }
    assert settle(claim(record(json.dumps(fields).encode())), Settings()).verdict is right
