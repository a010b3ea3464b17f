"""Core terms as Python over mpmath: what a reader pastes into an interpreter to see a counterexample for himself.

Sizes, indices and scalars are variables, an array is a dictionary with its subscripts as keys (``U[1, 2]``, ``V[1]``),
a sum is a generator. Names that Python or mpmath use otherwise get an underscore. The same expressions are the
machine-readable side of a proof's record.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import Any

from sympy import Expr, Indexed, Symbol
from sympy.printing.codeprinter import PrintMethodNotImplementedError
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pycode import MpmathPrinter

from verify import lower
from verify.checks.common import space_of
from verify.checks.evidence.told import NotTold, told
from verify.checks.evidence.witness import entry_count, opaque_functions
from verify.evaluate.models import coefficients
from verify.evaluate.points import Point, Value
from verify.evaluate.sampling.space import Space
from verify.model import Claim, Relation, Witness
from verify.terms import Conj, Content, Disj, ForAll, Neg, Rel

TAKEN = frozenset(keyword.kwlist) | frozenset(
    "e pi mpf mpc mp diff sum prod min max abs all any int range exp log sqrt sin cos tan gamma beta zeta erf sign "
    "floor ceil psi re im arg conj print slope same sigmoid softplus relu lhs rhs euler catalan".split()
)
LONGEST = 4000  # characters of one side that is still worth reading
WIDTH = 78
HELPERS = {
    "prod(": ("from math import prod",),
    "sigmoid(": ("def sigmoid(x):", "    return 1/(1 + exp(-x))"),
    "softplus(": ("def softplus(x):", "    return log(1 + exp(x))"),
    "relu(": ("def relu(x):", "    return max(0, x)"),
    "slope(": (
        "def slope(f, a, at):  # the derivative by one entry of an array",
        "    return diff(lambda t: f({**a, at: t}), a[at])",
    ),
    "same(": ("def same(a, b):", "    return abs(a - b) < mpf(10)**-20"),
}


class Unspeakable(Exception):
    """Something that has no name in mpmath."""


class _Python(MpmathPrinter):
    """SymPy's printer for mpmath, and the nodes that SymPy lacks."""

    _default_settings = {**MpmathPrinter._default_settings, "fully_qualified_modules": False, "strict": True}

    def __init__(self) -> None:
        super().__init__()
        self.known_functions |= {"polylog": "polylog", "zeta": "zeta", "arg": "arg", "LambertW": "lambertw"}
        self.known_functions |= {"elliptic_k": "ellipk", "digamma": "digamma", "polygamma": "psi", "conjugate": "conj"}
        self.taken: set[str] = set()
        self.names: dict[Symbol, str] = {}
        self.counting = False  # within subscripts and ranges, where numbers are Python's own

    @contextmanager
    def _whole(self) -> Iterator[None]:
        before, self.counting = self.counting, True
        yield
        self.counting = before

    def name(self, symbol: Symbol) -> str:
        """An identifier for a symbol, not given to another one."""
        if symbol not in self.names:
            word = symbol.name.replace("′", "'").replace("'", "_")
            word = re.sub(r"\W", "", word)
            if not word.isidentifier():
                word = f"k{word}"
            while word in TAKEN or word in self.taken:
                word += "_"
            self.taken.add(word)
            self.names[symbol] = word
        return self.names[symbol]

    def _print_Symbol(self, e: Any) -> str:
        name = self.name(e)
        return f"mpf({name})" if e.is_integer and not self.counting else name

    _print_Index = _print_Array = _print_Dummy = _print_Symbol

    def _print_Integer(self, e: Any) -> str:
        return str(int(e))

    def _print_Indexed(self, e: Any) -> str:
        return f"{self.name(e.base.label)}[{self._at(e)}]"

    def _at(self, e: Indexed) -> str:
        with self._whole():
            return ", ".join(map(self._print, e.indices))

    def _key(self, e: Indexed) -> str:
        return self._at(e) if len(e.indices) == 1 else f"({self._at(e)})"

    def _loops(self, limits: Sequence[Any]) -> str:
        with self._whole():
            ranges = ((self._print(k), self._print(lo), self._print(hi + 1)) for k, lo, hi in reversed(limits))
            return " ".join(f"for {k} in range({lo}, {end})" for k, lo, end in ranges)

    def _print_Sum(self, e: Any) -> str:
        return f"sum({self._print(e.function)} {self._loops(e.limits)})"

    def _print_Product(self, e: Any) -> str:
        return f"prod({self._print(e.function)} {self._loops(e.limits)})"

    def _print_KroneckerDelta(self, e: Any) -> str:
        with self._whole():
            return f"int({self._print(e.args[0])} == {self._print(e.args[1])})"

    def _print_Frac(self, e: Any) -> str:
        above = self.parenthesize(e.numerator, PRECEDENCE["Mul"])
        return f"({above}/{self.parenthesize(e.denominator, PRECEDENCE['Pow'])})"

    def _print_UnevaluatedExpr(self, e: Any) -> str:
        return f"({self._print(e.args[0])})"

    def _helper(self, e: Any) -> str:
        return f"{type(e).__name__}({self._print(e.args[0])})"

    _print_sigmoid = _print_softplus = _print_relu = _helper

    def _print_Derivative(self, e: Any) -> str:
        text = self._print(e.expr)
        for variable, count in e.variable_count:
            for _ in range(int(count)):
                if isinstance(variable, Indexed):
                    array = self.name(variable.base.label)
                    text = f"slope(lambda {array}: {text}, {array}, {self._key(variable)})"
                else:
                    text = f"diff(lambda {self.name(variable)}: {text}, {self.name(variable)})"
        return text

    def _print_Subs(self, e: Any) -> str:
        names = ", ".join(self.name(v) for v in e.variables)
        return f"(lambda {names}: {self._print(e.expr)})({', '.join(map(self._print, e.point))})"

    def _print_Opaque(self, e: Any) -> str:
        return f"{self.name(Symbol(e.name))}({', '.join(map(self._print, e.arguments))})"

    def _print_Tabulate(self, e: Any) -> str:
        loops = self._loops(e.limits[::-1])
        return f"*[{self._print(e.body)} {loops}]"

    # -- propositions ------------------------------------------------------------------------------------------

    def content(self, p: Content) -> str:
        """A side of a claim: a number, or a truth."""
        if isinstance(p, Expr):
            return str(self.doprint(lower.unfold(p)))
        if isinstance(p, Conj | Disj) and p.parts:
            return f" {'and' if isinstance(p, Conj) else 'or'} ".join(f"({self.content(part)})" for part in p.parts)
        if isinstance(p, Conj | Disj):
            return str(isinstance(p, Conj))
        if isinstance(p, Neg):
            return f"not ({self.content(p.part)})"
        if isinstance(p, ForAll):
            loop = self._loops(((p.index, p.index.lower, p.index.upper),))
            return f"all({self.content(p.body)} {loop})"
        if isinstance(p, Rel):
            left, right = self.content(p.lhs), self.content(p.rhs)
            if p.op in (Relation.EQ, Relation.NE):
                return f"{'not ' * (p.op is Relation.NE)}same({left}, {right})"
            return f"{left} {_SIGNS[p.op]} {right}"
        raise Unspeakable


_SIGNS = {Relation.LT: "<", Relation.LE: "<=", Relation.GT: ">", Relation.GE: ">="}


def expressions(*contents: Content) -> tuple[str, ...]:
    """Several expressions over the same names; empty texts where one of them cannot be said in Python."""
    printer = _Python()
    try:
        found = tuple(printer.content(content) for content in contents)
    except (PrintMethodNotImplementedError, Unspeakable, TypeError, ValueError):
        return ("",) * len(contents)
    return found if all(len(text) <= LONGEST for text in found) else ("",) * len(contents)


def program(claim: Claim, witness: Witness) -> str:
    """A few lines of Python that evaluate both sides of a claim at a witness; empty where they cannot be written.

    The point is read back from what the reader is told of it.
    """
    space = space_of(claim)
    printer = _Python()
    try:
        point = told(witness.point, space, (claim.lhs, claim.rhs))
        given = list(_assignments(printer, claim, point, space))
        lhs, rhs = printer.content(claim.lhs), printer.content(claim.rhs)
    except (PrintMethodNotImplementedError, Unspeakable, NotTold, TypeError, ValueError):
        return ""
    if len(lhs) + len(rhs) > LONGEST:
        return ""
    helpers = [line for word, text in HELPERS.items() if word in lhs or word in rhs for line in (*text, "")]
    tiny = re.search(r"e-(\d+)", witness.lhs)  # a difference that shows itself only beyond so many digits
    digits = 30 + (int(tiny[1]) if tiny else 0)
    sides = (*_broken("lhs", lhs), *_broken("rhs", rhs), "print(lhs - rhs)" if tiny else "print(lhs, rhs)")
    return "\n".join(["from mpmath import *", "", *helpers, f"mp.dps = {digits}", *given, *sides])


def _broken(name: str, text: str) -> Iterator[str]:
    """An assignment on lines that are not too long: within parentheses Python minds no line break."""
    if len(name) + len(text) + 3 <= WIDTH:
        yield f"{name} = {text}"
    else:
        yield f"{name} = ("
        lines = wrap(text, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
        yield from (f"    {line}" for line in lines)
        yield ")"


def _assignments(printer: _Python, claim: Claim, point: Point, space: Space) -> Iterator[str]:
    for symbol in (*space.sizes, *space.indices, *space.integers):
        yield f"{printer.name(symbol)} = {point.integers[symbol]}"
    for symbol in space.scalars:
        yield f"{printer.name(symbol)} = {_number(point.scalars[symbol])}"
    for array in space.arrays:
        cells: Mapping[tuple[int, ...], Value | int] = point.words.get(array) or point.entries[array]
        items = ", ".join(f"{at[0] if len(at) == 1 else at}: {_number(value)}" for at, value in cells.items())
        yield f"{printer.name(array)} = {{{items}}}"
    for name, application in opaque_functions((claim.lhs, claim.rhs)).items():
        constant, rows, last = coefficients(point.variant, name, entry_count(application, point))
        more = f" + exp(sum(a*t for a, t in zip({last}, x))/8)" if last else ""
        yield f"def {printer.name(Symbol(name))}(*x):  # a concrete function in its place"
        yield f"    rows = {rows}"
        yield f"    return {constant} + sum(sum(a*t for a, t in zip(row, x))**k for k, row in enumerate(rows, 1)){more}"


def _number(value: Value | int) -> str:
    if isinstance(value, tuple):
        return f"mpc({_number(value[0])}, {_number(value[1])})" if value[1] else _number(value[0])
    if isinstance(value, int):
        return str(value)
    return f"mpf({value.numerator})" + (f"/{value.denominator}" if value.denominator != 1 else "")
