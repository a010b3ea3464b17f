"""``python -m benchmarks scaling``: how cost grows with terms, variables, the length of a chain, and worker processes.

Processor time, the least of a few rounds, each with symbols or numbers of its own, so that nothing is remembered from
the round before. Everything is measured in this one run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, reduce
from operator import add, mul
from typing import Any

import flint
from sympy import Add, Derivative, Expr, Mul, Pow, Rational, Symbol, cos, exp, expand, sin, symbols

from benchmarks import corpora
from benchmarks.clock import spent
from benchmarks.compare import progress
from benchmarks.markdown import add_markdown, put
from benchmarks.measure import ask
from benchmarks.table import milliseconds
from verify import engine, normal
from verify.commands.options import whole
from verify.config import Settings
from verify.model import Derivation
from verify.normal.workspace import PLAIN
from verify.notation import eq, line
from verify.notation.derivations import derivation
from verify.pool import Pool

ABOUT = "How cost grows with terms, variables, the length of a chain, and worker processes."
TERMS = (5, 10, 20, 40, 80, 160)
VARIABLES = (2, 4, 8, 16, 32)
CHAIN = (4, 8, 16, 32)
JOBS = (1, 2)
DEGREE = 17
Sides = tuple[Expr, Expr]


def least(work: Callable[..., Any], make: Callable[[int], tuple[Any, ...]], rounds: int) -> float:
    """The least processor time of some rounds; what a round works on is made before."""
    times = []
    for number in range(rounds):
        arguments = make(number)
        began = spent()
        work(*arguments)
        times.append(spent() - began)
    return min(times)


def proved(lhs: Expr, rhs: Expr) -> None:
    """Have the canonical form prove an equality."""
    if normal.prove_equal(lhs, rhs, PLAIN) is None:
        raise AssertionError(f"not proved: {lhs} = {rhs}")


# -- what grows ------------------------------------------------------------------------------------------------------


def terms(count: int, number: int) -> Sides:
    """A derivative of ``count`` different terms, and the same taken by hand, in the reverse order."""
    x, *a = symbols(f"x{number} a{number}_:{count}", real=True)
    ks = range(count)
    body = Add(*(a[k] * x**k * sin(x) * exp(k * x) for k in ks))
    by_hand = [a[k] * x**k * exp(k * x) * (cos(x) + k * sin(x) + k * sin(x) / x) for k in ks]
    return Derivative(body, x, evaluate=False), Add(*reversed(by_hand))


def variables(count: int, number: int) -> Sides:
    """The cube of a sum of ``count`` variables, and the same multiplied out."""
    v = symbols(f"v{number}_:{count}", real=True)
    squares = Add(*(3 * v[i] ** 2 * v[j] for i in range(count) for j in range(count) if i != j))
    mixed = Add(*(6 * v[i] * v[j] * v[k] for i in range(count) for j in range(i) for k in range(j)))
    return Pow(Add(*v), 3), Add(*(s**3 for s in v), squares, mixed)


def chain(count: int, number: int) -> Derivation:
    """A derivation of so many steps, each of which puts another expression for one of its terms."""
    x = Symbol(f"x{number}", real=True)
    lines = [Add(*(cos(k * x) ** 2 for k in range(1, count + 2)))]
    for k in range(1, count + 1):
        lines.append(lines[-1] - cos(k * x) ** 2 + 1 - sin(k * x) ** 2)
    steps = [eq(content, "", tag=f"s{number}") for number, content in enumerate(lines[1:], 1)]
    made = derivation(f"chain-{count}-{number}", "A chain", start=line(lines[0], "", tag="s0"), steps=steps)
    assert made is not None
    return made


# -- against bare FLINT ----------------------------------------------------------------------------------------------


X, Y, Z = symbols("x y z", real=True)


def product(number: int) -> Sides:
    """An identity of degree 17 in three variables: a power, and the product of two."""
    base = X + 2 * Y + 3 * Z + Rational(1, number + 2)
    return Pow(base, DEGREE), Mul(Pow(base, 8), Pow(base, 9), evaluate=False)


def expansion(number: int) -> Sides:
    """A power, and the same multiplied out: 1140 terms."""
    power, _ = product(number)
    return power, expand(power)


def bare(lhs: Expr, rhs: Expr) -> None:
    """The same with ``fmpq_mpoly`` and nothing else: the two trees are walked once."""
    context = flint.fmpq_mpoly_ctx.get(("x", "y", "z"), flint.Ordering.degrevlex)
    generators = dict(zip((X, Y, Z), context.gens(), strict=True))
    if walk(lhs, generators, context) != walk(rhs, generators, context):
        raise AssertionError("not equal")


def walk(e: Expr, generators: dict[Symbol, Any], context: Any) -> Any:
    """A polynomial expression as ``fmpq_mpoly``."""
    if isinstance(e, Symbol):
        return generators[e]
    if isinstance(e, Rational):
        return context.constant(flint.fmpq(e.p, e.q))
    if isinstance(e, Pow):
        return walk(e.base, generators, context) ** int(e.exp)
    parts: Iterable[Any] = (walk(a, generators, context) for a in e.args)
    return reduce(add if isinstance(e, Add) else mul, parts)


# -- the tables ------------------------------------------------------------------------------------------------------


def main(words: Sequence[str]) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks scaling", description=ABOUT)
    parser.add_argument("--rounds", type=whole, default=5, metavar="N", help="of which the least counts")
    add_markdown(parser, "scaling")
    options = parser.parse_args(words)
    sections = (_terms, _variables, _chain, _jobs, _polynomial)
    tables = []
    with progress(len(sections), "tables") as advance:
        for section in sections:
            tables.append("\n".join(section(max(1, options.rounds))))
            advance()
    text = "\n\n".join(tables)
    print(text)
    put(options.markdown, "scaling", text)
    return 0


def _table(title: str, what: str, rows: Sequence[tuple[int, float]], unit: str) -> Iterator[str]:
    yield from (f"### {title}", "", f"| {what} | time | for each {unit} |", "|--:|--:|--:|")
    for count, seconds in rows:
        yield f"| {count} | {milliseconds(seconds)} | {milliseconds(seconds / count)} |"


def _terms(rounds: int) -> Iterator[str]:
    rows = [(n, least(proved, partial(terms, n), rounds)) for n in TERMS]
    yield from _table("Terms: a derivative of n terms", "n", rows, "term")


def _variables(rounds: int) -> Iterator[str]:
    rows = [(len(variables(n, 0)[1].args), least(proved, partial(variables, n), rounds)) for n in VARIABLES]
    title = f"Variables: the cube of a sum of {', '.join(map(str, VARIABLES))} variables, multiplied out"
    yield from _table(title, "terms", rows, "term")


def _chain(rounds: int) -> Iterator[str]:
    rows = [(n, least(_judge, lambda number, n=n: (chain(n, number),), rounds)) for n in CHAIN]  # type: ignore[misc]  # n
    yield from _table("Chain: every step from the line before and from the first line", "steps", rows, "step")


def _judge(given: Derivation) -> None:
    if not all(step.verdict.holds for step in engine.judge(given, Settings()).steps):
        raise AssertionError(f"{given.id} does not hold")


def _jobs(rounds: int) -> Iterator[str]:
    claims = corpora.sample(corpora.read(corpora.COMMITTED), 40)
    yield from (
        f"### Worker processes: {len(claims)} claims, whole ladder, wall clock",
        "",
        "| jobs | time | speed-up |",
    )
    yield "|--:|--:|--:|"
    times = []
    for jobs in JOBS:
        settings = Settings(timeout=5, jobs=jobs)
        began = time.perf_counter()
        with Pool(settings) as pool:
            for future in [pool.submit(ask, "ladder", claim.line, settings) for claim in claims]:
                future.result()
        times.append(time.perf_counter() - began)
        yield f"| {jobs} | {times[-1]:.1f} s | {times[0] / times[-1]:.2f} |"


def _polynomial(rounds: int) -> Iterator[str]:
    yield from (f"### A polynomial identity of degree {DEGREE} in 3 variables", "")
    yield from ("| | canonical form | bare `fmpq_mpoly` | ratio |", "|---|--:|--:|--:|")
    for title, make in (("a power = a product of powers", product), ("a power = its expansion", expansion)):
        ours, theirs = least(proved, make, 2 * rounds), least(bare, make, 2 * rounds)
        yield f"| {title} | {milliseconds(ours)} | {milliseconds(theirs)} | {ours / theirs:.2f} |"
