"""Reading: what is understood and what is refused, with the column."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Derivative,
    E,
    I,
    Integer,
    Limit,
    Piecewise,
    Rational,
    Symbol,
    besselj,
    binomial,
    exp,
    floor,
    gamma,
    hyper,
    legendre,
    log,
    oo,
    pi,
    polygamma,
    sin,
    sqrt,
    srepr,
    zeta,
)

from verify.model import Relation
from verify.read import ReadError, syntax
from verify.read.expressions import expression, proposition
from verify.terms import Conj, Disj, Frac, Neg, Rel

x, y, z = Symbol("x", real=True), Symbol("y", positive=True), Symbol("z", complex=True)
n = Symbol("n", integer=True)
SYMBOLS = {s.name: s for s in (x, y, z, n)}

READ = [
    ("x", x),
    ("  x + 1 ", x + 1),
    ("x\n+ 1", x + 1),
    ("1/2", Rational(1, 2)),
    ("-x**2", -(x**2)),
    ("2**-1", Rational(1, 2)),
    ("0.1", Rational(1, 10)),
    ("0.12345678901234567890123", Rational(12345678901234567890123, 10**23)),
    ("1e-3*x", x / 1000),
    ('Rational("0.5")', Rational(1, 2)),
    ("Rational(3, 6)", Rational(1, 2)),
    ("pi*E*I", pi * E * I),
    ("oo", oo),
    ("x/2", x / 2),
    ("2/x/y*z", Frac(Frac(Integer(2), x), y) * z),
    ("1/2*x", x / 2),
    ("sqrt(x**2)", Abs(x)),
    ("exp(log(y))", y),
    ("frac(x)", x - floor(x)),
    ("frac(x, y)", Frac(x, y)),
    ("log(8, 2)", log(8) / log(2)),
    ("log(x, E)", log(x)),
    ("zeta(z, y)", zeta(z, y)),
    ("digamma(z)", polygamma(0, z)),
    ("besselj(n, z)", besselj(n, z)),
    ("binomial(n, 2)", binomial(n, 2)),
    ("hyper((1, 2), [n], z)", hyper([1, 2], [n], z)),
    ("Derivative(x**2, x, x)", Derivative(x**2, (x, 2), evaluate=False)),
    ("Derivative(x**2, (x, 2))", Derivative(x**2, (x, 2), evaluate=False)),
    ("Derivative(x*y, x, y)", Derivative(x * y, x, y, evaluate=False)),
    ("Piecewise((x, x > 0), (-x, True))", Piecewise((x, x > 0), (-x, True))),
    ("gcd(12, 18)", Integer(6)),
    ("transpose(z)", z),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_reads(text: str, expected: object) -> None:
    assert expression(text, SYMBOLS) == expected


KEPT = [  # SymPy would lose where these are undefined
    "x**2/x",
    "x**2*x**(-1)",
    "x/x",
    "sqrt(x)**2",
    "sqrt(x)*sqrt(x)",
    "exp(log(x))",
    "cos(acos(x))",
    "0*log(x)",
    "1/x - 1/x",
    "0/x",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_may_be_undefined_stays_as_printed(text: str) -> None:
    read = expression(text, SYMBOLS)
    assert read.has(Frac)
    assert read.has(x)


@pytest.mark.parametrize("degree", ["n", "z", "1/2", "-2", "10**6"])
def test_what_sympy_rewrites_for_whole_degrees_only_is_not_rewritten(degree: str) -> None:
    if degree == "10**6":
        with pytest.raises(ReadError, match="larger than"):
            expression(f"legendre({degree}, -x)", SYMBOLS)
    else:
        read = expression(f"legendre({degree}, -x)", SYMBOLS)
        assert isinstance(read, legendre)
        assert read.func(*read.args) == read  # nor when it is built again


def test_declared_symbols_win() -> None:
    names = ["beta", "gamma", "zeta", "S", "N", "E", "I", "pi", "lambda", "exp"]
    declared = {name: Symbol(name, real=True) for name in names}
    for name in names:
        assert expression(name, declared) is declared[name]
    assert expression("lambda*gamma + 1", declared) == declared["lambda"] * declared["gamma"] + 1
    assert expression("gamma(x)", SYMBOLS) == gamma(x)


def test_bound_variables_shadow_and_capture_nothing() -> None:
    series = expression("Sum(n*x, (n, 1, n))", SYMBOLS)
    ((bound, lower, upper),) = series.limits
    assert (bound.name, lower, upper) == ("n'", 1, n)
    assert series.free_symbols == {x, n}
    nested = expression("Sum(i*j, (i, 1, j), (j, 1, 3))", SYMBOLS)
    assert nested.doit() == sum(i * j for j in range(1, 4) for i in range(1, j + 1))
    (t,) = expression("Integral(exp(-t), (t, 0, oo))", SYMBOLS).variables
    assert t.is_positive
    (t,) = expression("Integral(exp(t), (t, x, z))", SYMBOLS).variables
    assert t.is_extended_real is None
    limit = expression("Limit(sin(h)/h, h, 0, dir='-')", SYMBOLS)
    h = limit.args[1]
    assert limit == Limit(Frac(sin(h), h), h, 0, dir="-")


def test_a_limit_is_from_both_sides_unless_it_is_said() -> None:
    assert expression("Limit(sin(h)/h, h, 0)", SYMBOLS).args[3] == Symbol("+-")


SPACES = "     "
REFUSED = [
    ("", "an empty expression", 1),
    ("x +", "not an expression", 3),
    ("x y", "not an expression", 3),
    (f"{SPACES}x y", "not an expression", 8),
    ("x + w", "w is not declared", 5),
    (f"{SPACES}w", "w is not declared", 6),
    ("x + foo(x)", "the function foo is not known", 5),
    ("(x) + (y", "not an expression", 7),
    ("x) + (y", "a closing parenthesis too many", 2),
    ("exp", "the function exp without arguments", 1),
    ("exp(x, y)", "exp takes 1 argument, 2 given", 1),
    ("exp(x=1)", "takes no argument with a name", 1),
    ("exp(*x)", "* is not mathematics", 5),
    ("x(y)", "x is declared as a symbol, and called as a function", 1),
    ("2(y)", "only a function with a name can be called", 1),
    ("sin(x)(y)", "only a function with a name can be called", 1),
    ("x^2", "a power is written **", 1),
    ("x // 2", "// is not mathematics", 1),
    ("x % 2", "a remainder is written Mod", 1),
    ("x.real", "an attribute", 1),
    ("1 + x[0]", "square brackets", 5),
    ("lambda: 1", "lambda is not", 1),
    ("f'{x}'", "the character { has no meaning", 3),
    ("(x := 1)", ":= is not", 2),
    ("x if x else y", "cases are written Piecewise", 1),
    ("x and y", "conditions are joined by", 1),
    ("[x for x in y]", "ListComp is not", 1),
    ("__import__('os').system('true')", "an attribute", 1),
    ("__import__('os')", "the name __import__ is not allowed", 1),
    ("__builtins__", "the name __builtins__ is not allowed", 1),
    ("eval('x')", "the function eval is not known", 1),
    ("open(x)", "the function open is not known", 1),
    ("'x'", "a text or constant", 1),
    ("None", "a text or constant", 1),
    ("1j", "i is written I", 1),
    ("True", "True where a number is expected", 1),
    ("x # y", "the character # has no meaning", 3),
    ("x;y", "the character ; has no meaning", 2),
    ("x\x00", "a control character", 2),
    ("[x]", "a list where a number is expected", 1),
    ("x > 0", "a condition where a number is expected", 1),
    ("x & y", "a condition where a number is expected", 1),
    ("~x", "a condition where a number is expected", 1),
    ("Eq(x, y)", "a condition where a number is expected", 1),
    ("1 + 1/0", "a division by zero", 7),
    ("y/(x - x)", "a division by zero", 4),
    ("log(0)", "this has no value", 1),
    ("zeta(1)", "this has no value", 1),
    ("oo - oo", "this has no value", 1),
    ("9**9**9**9", "an exponent larger than", 4),
    ("2**(10**9)", "an exponent larger than", 1),
    ("(2*x)**(10**9)", "an exponent larger than", 1),
    ("(10**1000)**1000", "a power with more than", 1),
    ("x**(-10**9)", "an exponent larger than", 1),
    ("exp(10**9*log(2))", "a logarithm with a large factor", 1),
    ("factorial(10**7)", "a number larger than", 1),
    ("1" * 1001, "a number of more than 1000 digits", 1),
    ("1e99999", "a number of more than 1000 digits", 1),
    ("(" * 101 + "x" + ")" * 101, "nested deeper than", 101),
    ("-" * 200 + "x", "signs in a row", 1),
    ("x" + " + x" * 30_000, "too long a chain", 0),
    ("x + " * 60_000 + "x", "longer than", 200_000),
    ("**".join(["x"] * 200), "nested deeper than", 448),
    ("Sum(x, x)", "Sum without both ends of its range", 8),
    ("Sum(x)", "Sum without a variable", 1),
    ("Integral(x, (2, 0, 1))", "over something that is not a variable", 13),
    ("Derivative(x)", "Derivative without a variable", 1),
    ("Derivative(x, 2*x)", "by something that is not a variable", 15),
    ("Derivative(x, (x, -1))", "a derivative of order -1", 15),
    ("Derivative(x, (x, 10**6))", "a derivative of order", 15),
    ("Limit(x, x, 0, dir='up')", "the direction of a limit", 1),
    ("Piecewise((x, y))", "a number where a condition is expected", 15),
    ("Piecewise(x)", "Piecewise wants pairs", 11),
    ("Piecewise((x, I > 0))", "this condition has no meaning", 1),
    ("Rational('x')", "a text that is not a number", 10),
    ("Rational(x, 2)", "not a rational number", 1),
]


@pytest.mark.parametrize(("text", "reason", "column"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_refuses_with_reason_and_column(text: str, reason: str, column: int) -> None:
    with pytest.raises(ReadError) as caught:
        expression(text, SYMBOLS)
    assert reason in caught.value.reason
    assert caught.value.column == column


def test_a_long_sum_is_no_deep_one() -> None:
    assert expression(" + ".join(["x"] * 2000), SYMBOLS) == 2000 * x
    assert expression("*".join(["x"] * 1000), SYMBOLS) == x**1000


def test_the_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "MAX_NODES", 10)
    with pytest.raises(ReadError, match="more than 10 parts"):
        expression("Max(x, x, x, x, x, x)", SYMBOLS)


CONDITIONS = [
    ("x > 0", Rel(Relation.GT, x, Integer(0))),
    ("Gt(x, 0)", Rel(Relation.GT, x, Integer(0))),
    ("0 < x <= y", Conj((Rel(Relation.LT, Integer(0), x), Rel(Relation.LE, x, y)))),
    ("(x > 0) & (y != 1)", Conj((Rel(Relation.GT, x, Integer(0)), Rel(Relation.NE, y, Integer(1))))),
    ("Or(Eq(x, 1), Lt(x, 0))", Disj((Rel(Relation.EQ, x, Integer(1)), Rel(Relation.LT, x, Integer(0))))),
    ("Not(Eq(z, I))", Rel(Relation.NE, z, I)),
    ("~(x > 0)", Neg(Rel(Relation.GT, x, Integer(0)))),
    ("Not(Or(Eq(x, 1), Eq(x, 2)))", Conj((Rel(Relation.NE, x, Integer(1)), Rel(Relation.NE, x, Integer(2))))),
    ("InZZ(n)", Conj(())),
    ("True", Conj(())),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_reads_conditions(text: str, expected: object) -> None:
    assert proposition(text, SYMBOLS) == expected


def test_the_negation_of_an_order_does_not_say_that_a_number_is_real() -> None:
    read = proposition("Not(Le(z, 0))", SYMBOLS)
    assert isinstance(read, Disj)
    assert Neg(Rel(Relation.LE, z, Integer(0))) in read.parts
    assert len(read.parts) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "a number where a condition is expected"),
        ("x > 0 & y > 0", "a condition where a number is expected"),
        ("Gt(x)", "Gt takes 2 arguments, 1 given"),
        ("sin(x)", "a number where a condition is expected"),
        ("nothing(x)", "no condition nothing is known"),
        ("x in y", "In is not mathematics"),
    ],
)
def test_refuses_conditions(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        proposition(text, SYMBOLS)


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    first = srepr(expression("x**2/x + gamma(y)*exp(n*x)", SYMBOLS))
    expression("sin(x)/x", SYMBOLS)
    assert srepr(expression("x**2/x + gamma(y)*exp(n*x)", SYMBOLS)) == first
    assert exp(n * x).has(x)
    assert sqrt(y).is_positive
