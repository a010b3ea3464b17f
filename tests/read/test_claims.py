"""Records of claims: what becomes of their symbols and conditions, and what is wrong with bad ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sympy import Integer, Symbol, pi

from verify.model import Claim, Relation
from verify.read import ReadError
from verify.read.claims import RecordError, claim, record
from verify.terms import Rel


def line(**fields: Any) -> bytes:
    whole = {"id": "a", "source": "", "lhs": "x", "relation": "=", "rhs": "x", "symbols": {"x": "real"}, "given": []}
    return json.dumps({**whole, "truth": True, **fields}).encode()


def read(**fields: Any) -> Claim:
    return claim(record(line(**fields)))


REPRESENTATIVE: list[dict[str, Any]] = [
    {"lhs": "((x + y)**2)", "rhs": "(x**2 + ((2*x)*y)) + y**2", "symbols": {"x": "complex", "y": "complex"}},
    {"lhs": "Derivative(1/2*log(1 + E**(2*x)), x)", "rhs": "E**(2*x)/(1 + E**(2*x))", "symbols": {"x": "positive"}},
    {"lhs": "Derivative(-x/(1+x**2)+atan(x), (x, 1))", "rhs": "2*x**2/(1+x**2)**2", "symbols": {"x": "positive"}},
    {"lhs": "hyper((a, b), (b, ), z)", "rhs": "((1 - z)**(-a))", "symbols": dict.fromkeys("abz", "complex")},
    {"lhs": "Sum((1/(k**2)), (k, 1, oo))", "rhs": "((pi**2)/6)", "symbols": {}},
    {"lhs": "Integral(exp((-t)) * (t**(z - 1)), (t, 0, oo))", "rhs": "gamma(z)", "symbols": {"z": "complex"}},
    {"lhs": "Limit(((1 + (x/n))**n), n, oo, dir='+')", "rhs": "exp(x)", "symbols": {"x": "real"}},
    {"lhs": "Product(sin(((k*pi)/n)), (k, 1, (n - 1)))", "rhs": "n/(2**(n - 1))", "symbols": {"n": "integer"}},
    {"lhs": "(z*Subs(Derivative(sin(w_), w_), w_, z))", "rhs": "(z*cos(z))", "symbols": {"z": "complex"}},
    {"lhs": "Piecewise((-x, Lt(x, 0)), (x, True))", "rhs": "Abs(x)"},
    {"lhs": "beta*log(x, E)", "rhs": "log(x)*beta", "symbols": {"beta": "real", "x": "positive"}},
    {"lhs": "-0.5*x + 1/2*x", "rhs": "0"},
    {"lhs": "gcd(a, (a - 1))", "rhs": "1", "symbols": {"a": "integer"}},
    {"lhs": "totient((p**2))", "rhs": "(p*(p - 1))", "symbols": {"p": "prime"}},
    {"lhs": "Abs(sinh(z))", "relation": "<=", "rhs": "cosh(re(z))", "symbols": {"z": "complex"}},
    {"lhs": "airyai(x)", "relation": "!=", "rhs": "-1", "given": ["Le(Abs(arg(x)), 1 / 2 * pi)", "x >= 0"]},
]


@pytest.mark.parametrize("fields", REPRESENTATIVE, ids=lambda fields: str(fields["lhs"]))
def test_claims_of_all_kinds_are_read(fields: dict[str, Any]) -> None:
    found = read(**fields)
    assert found.id == "a"
    assert {s.name for s in found.givens.symbols} <= set(fields.get("symbols", "x"))


def test_the_label_makes_no_difference() -> None:
    assert read(truth=True) == read(truth=False) == read(truth=None)


@pytest.mark.parametrize(("written", "relation"), [*zip("= != < <= > >=".split(), "= ≠ < ≤ > ≥".split(), strict=True)])
def test_relations(written: str, relation: str) -> None:
    assert read(relation=written).relation is Relation(relation)


DOMAINS = [
    ("real", [], {"real": True}, []),
    ("complex", [], {"complex": True}, []),
    ("prime", [], {"prime": True}, []),
    ("real", ["Gt(x, 0)"], {"real": True, "positive": True}, []),
    ("real", ["0 < x"], {"real": True, "positive": True}, []),
    ("real", ["Ge(x, 0)"], {"real": True, "nonnegative": True}, []),
    ("real", ["x < 0"], {"real": True, "negative": True}, []),
    ("real", ["Ne(x, 0)"], {"real": True, "zero": False}, []),
    ("complex", ["Not(Eq(x, 0))"], {"complex": True, "zero": False}, []),
    ("complex", ["Gt(x, 0)"], {"complex": True, "real": True, "positive": True}, []),
    ("complex", ["Lt(x, pi)"], {"complex": True, "real": True}, [("<", pi)]),
    ("complex", ["InZZ(x)"], {"complex": True, "integer": True}, []),
    ("complex", ["InRR(x)"], {"complex": True, "real": True}, []),
    ("integer", ["Ge(x, 1)"], {"integer": True, "positive": True}, []),
    ("integer", ["Ge(x, 2)"], {"integer": True, "positive": True}, [("≥", Integer(2))]),
    ("real", ["Lt(x, oo)", "(x > 0) & (x < 1)"], {"real": True, "positive": True}, None),
    ("real", ["Gt(x, 0)", "Lt(x, 0)"], {"real": True}, [(">", Integer(0)), ("<", Integer(0))]),  # no such x
]


@pytest.mark.parametrize(("domain", "given", "assumptions", "left"), DOMAINS)
def test_conditions_tell_what_a_symbol_is(
    domain: str, given: list[str], assumptions: dict[str, bool], left: list[tuple[str, Any]] | None
) -> None:
    found = read(symbols={"x": domain}, given=given)
    x = Symbol("x", **assumptions)
    assert found.givens.symbols == (x,)
    if left is not None:
        assert found.givens.constraints == tuple(Rel(Relation(op), x, bound) for op, bound in left)


BAD = [
    (b"", None, "an empty line"),
    (b" \n", None, "an empty line"),
    (b"{", None, "not JSON: Expecting property name"),
    (b'{"id": "a", "lhs": "x', None, "is the line cut off?"),
    (b"\xff\xfe", None, "not UTF-8: byte 1 of the line is 0xff"),
    (b"[1]", None, "not an object"),
    (b"[" * 100_000, None, "nested too deep"),
    (b'{"id": "a", "id": "b"}', None, "'id' occurs twice"),
    (line(id=""), "", "the id is empty"),
    (line(id=None), None, "the id is not a text"),
    (b"{}", None, "the id is missing"),
    (b'{"id": "a"}', "a", "lhs is missing"),
    (line(rhs=1), "a", "rhs is not a text"),
    (line(relation="=="), "a", "the relation '==' is none of = != < <= > >="),
    (line(symbols=["x"]), "a", "symbols is not an object"),
    (line(symbols={"x": "rational"}), "a", "the domain 'rational' of x is none of complex"),
    (line(given="x > 0"), "a", "given is not a list of texts"),
    (line(given=None), "a", "given is not a list of texts"),
    (b'{"id": "a", "lhs": "1", "relation": "=", "rhs": "1", "givens": []}', "a", "is 'givens' meant to be it?"),
    (b'{"id": "a", "lhs": "1", "relation": "=", "rhs": "1", "Symbols": {}}', "a", "is 'Symbols' meant to be it?"),
]


def test_symbols_and_givens_may_be_left_out_where_there_are_none() -> None:
    found = record(b'{"id": "a", "lhs": "1 + 1", "relation": "=", "rhs": "2", "source": "p. 3"}')
    assert found.symbols == {} and found.given == ()
    undeclared = record(b'{"id": "a", "lhs": "x", "relation": "=", "rhs": "x"}')
    with pytest.raises(ReadError, match="x is not declared"):
        claim(undeclared)


@pytest.mark.parametrize(("content", "id", "reason"), BAD, ids=[reason for _, _, reason in BAD])
def test_what_is_no_record(content: bytes, id: str | None, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        record(content)
    assert reason in str(caught.value)
    assert caught.value.id == id


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"lhs": "x +"}, "lhs: not an expression: invalid syntax (column 3)"),
        ({"rhs": "__import__('os')"}, "rhs: the name __import__ is not allowed (column 1)"),
        ({"given": ["x > 0", "x > w"]}, "given 2: w is not declared (column 5)"),
        ({"symbols": {"x y": "real"}}, "symbols: 'x y' is not a name"),
        ({"symbols": {"__x": "real"}}, "symbols: '__x' is not a name"),
        ({"symbols": {"ﬁ": "real", "fi": "real"}}, "symbols: two names that cannot be told apart"),
        ({"symbols": {f"x{i}": "real" for i in range(300)}}, "more than 200 symbols"),
    ],
)
def test_what_cannot_be_read(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(**fields)
    assert str(caught.value) == reason
