"""Syntax tree → core expressions and propositions, name by name from a whitelist."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from sympy import Expr, Integer, Rational, S, Symbol

from verify.read.binders import BINDERS
from verify.read.build import Builder
from verify.read.logic import COMPARISONS, RELATIONS, membership, negation
from verify.read.names import ALIASES, CONSTANTS, FUNCTIONS
from verify.read.special import SPECIAL
from verify.read.syntax import MAX_DEPTH, MAX_DIGITS, ReadError, Source
from verify.terms import Conj, Disj, Proposition, Rel

_LOGIC = ("And", "Or", "Not")
_MEMBERSHIP = ("InZZ", "InRR", "InCC")
_FORMS = {**SPECIAL, **BINDERS}
_WRITTEN = {"e": " (Euler's number is written E)", "i": " (the imaginary unit is written I)"}
_WRITTEN |= dict.fromkeys(("inf", "infinity", "Infinity", "infty"), " (infinity is written oo)")


def expression(text: str, symbols: Mapping[str, Symbol]) -> Expr:
    """The core expression that ``text`` denotes over the declared symbols.

    Raises:
        ReadError: the text cannot be read; nothing else is ever raised.
    """
    return Reader(text, symbols).expression()


def proposition(text: str, symbols: Mapping[str, Symbol]) -> Proposition:
    """The condition that ``text`` denotes.

    Raises:
        ReadError: the text cannot be read; nothing else is ever raised.
    """
    return Reader(text, symbols).proposition()


class Reader:
    """Reads one text; ``symbols`` are the declared ones, which win over functions and constants of their name."""

    def __init__(self, text: str, symbols: Mapping[str, Symbol]) -> None:
        self.source = Source(text, symbols)
        self.scope = {unicodedata.normalize("NFKC", name): symbol for name, symbol in symbols.items()}
        self.build = Builder()
        self.depth = 0

    def expression(self) -> Expr:
        """The whole text as an expression."""
        return self._guarded(self.read)

    def proposition(self) -> Proposition:
        """The whole text as a condition."""
        return self._guarded(self.condition)

    def _guarded(self, read: Callable[[ast.expr], Any]) -> Any:
        try:
            return read(self.source.root)
        except (ReadError, MemoryError):
            raise
        except RecursionError:
            raise ReadError("nested too deep") from None
        except Exception as error:  # SymPy, asked about nonsense
            raise ReadError(f"SymPy cannot read this: {type(error).__name__}: {str(error)[:120]}") from None

    @contextmanager
    def _at(self, node: ast.AST) -> Iterator[None]:
        """Errors within are at this node, unless they know better; and one level deeper."""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise ReadError(f"operations nested deeper than {MAX_DEPTH}")
            yield
        except ReadError as error:
            raise error if error.column else ReadError(error.reason, self.source.column(node)) from None
        finally:
            self.depth -= 1

    # -- expressions -----------------------------------------------------------------------------------------------

    def read(self, node: ast.expr) -> Expr:
        """A node as an expression."""
        with self._at(node):
            if isinstance(node, ast.Constant):
                return self._number(node)
            if isinstance(node, ast.Name):
                return self._name(node)
            if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Invert):
                value = self.read(node.operand)
                return self.build.product((S.NegativeOne, value)) if isinstance(node.op, ast.USub) else value
            if isinstance(node, ast.BinOp):
                return self._operation(node)
            if isinstance(node, ast.Call):
                return self._call(node)
            if isinstance(node, ast.Tuple | ast.List):
                raise ReadError("a list where a number is expected")
            raise ReadError("a condition where a number is expected")

    def _number(self, node: ast.Constant) -> Expr:
        written = self.source.written(node)
        if isinstance(node.value, bool):
            raise ReadError(f"{written} where a number is expected")
        if isinstance(node.value, int):
            return Integer(node.value)
        if isinstance(node.value, float):
            return self.decimal(written)
        what = "an imaginary number (i is written I)" if isinstance(node.value, complex) else "a text or constant"
        raise ReadError(f"{what} where a number is expected")

    def decimal(self, written: str) -> Expr:
        """The exact value of a decimal number."""
        power = written.lower().partition("e")[2]
        if power and abs(int(power)) > MAX_DIGITS:
            raise ReadError(f"a number of more than {MAX_DIGITS} digits")
        value = Fraction(written.replace("_", ""))
        return Rational(value.numerator, value.denominator)

    def _name(self, node: ast.Name) -> Expr:
        name = self.source.name(node)
        if name in self.scope:
            return self.scope[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = name in FUNCTIONS or name in RELATIONS or name in _FORMS
        hint = _WRITTEN.get(name, "")
        raise ReadError(f"the function {name} without arguments" if known else f"{name[:60]} is not declared{hint}")

    def _operation(self, node: ast.BinOp) -> Expr:
        if isinstance(node.op, ast.Pow):
            return self.build.power(self.read(node.left), self.read(node.right))
        if isinstance(node.op, ast.BitAnd | ast.BitOr):
            raise ReadError("a condition where a number is expected")
        kinds = (ast.Add, ast.Sub) if isinstance(node.op, ast.Add | ast.Sub) else (ast.Mult, ast.Div)
        chain: list[tuple[ast.operator, ast.expr]] = []
        first: ast.expr = node
        while isinstance(first, ast.BinOp) and isinstance(first.op, kinds):  # long sums lean to the left
            chain.append((first.op, first.right))
            first = first.left
        parts = [self.read(first)]
        for op, operand in reversed(chain):
            value = self.read(operand)
            if isinstance(op, ast.Sub):
                value = self.build.product((S.NegativeOne, value))
            if isinstance(op, ast.Div):
                top = self.build.product(parts) if len(parts) > 1 else parts[0]
                try:
                    parts = [self.build.quotient(top, value)]
                except ReadError as error:
                    raise ReadError(error.reason, error.column or self.source.column(operand)) from None
            else:
                parts.append(value)
        if len(parts) == 1:
            return parts[0]
        return self.build.sum(parts) if kinds[0] is ast.Add else self.build.product(parts)

    # -- calls -----------------------------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Expr:
        if not isinstance(node.func, ast.Name):
            raise ReadError("only a function with a name can be called")
        name = self.source.name(node.func)
        if name in self.scope:
            raise ReadError(f"{name} is declared as a symbol, and called as a function")
        name = ALIASES.get(name, name)
        if node.keywords and name != "Limit":
            raise ReadError(f"{name[:60]} takes no argument with a name")
        special = _FORMS.get(name)
        if special is not None:
            return special(self, node, name)
        if name not in FUNCTIONS:
            if name in RELATIONS or name in _LOGIC or name in _MEMBERSHIP:
                raise ReadError("a condition where a number is expected")
            raise ReadError(f"the function {name[:60]} is not known")
        function, counts = FUNCTIONS[name]
        if len(node.args) not in counts:
            raise ReadError(_wrong_count(name, counts, len(node.args)))
        return self.build.call(function, [self.read(a) for a in node.args])

    def args(self, node: ast.Call, name: str, *counts: int) -> list[ast.expr]:
        """The arguments of a call, of which there must be one of the given numbers."""
        if len(node.args) not in counts:
            raise ReadError(_wrong_count(name, counts, len(node.args)))
        return node.args

    # -- bound variables ---------------------------------------------------------------------------------------------

    @contextmanager
    def bound(self, name: str, variable: Symbol) -> Iterator[None]:
        """Within, the name means the variable."""
        before = self.scope
        self.scope = {**before, name: variable}
        try:
            yield
        finally:
            self.scope = before

    def fresh(self, name: str) -> str:
        """A name for a bound variable that captures nothing."""
        taken = {symbol.name for symbol in self.scope.values()}
        while name in taken:
            name += "'"
        return name

    # -- conditions ------------------------------------------------------------------------------------------------

    def condition(self, node: ast.expr) -> Proposition:
        """A node as a condition."""
        with self._at(node):
            if isinstance(node, ast.Constant) and isinstance(node.value, bool):
                return Conj(()) if node.value else Disj(())
            if isinstance(node, ast.Compare):
                sides = [self.read(e) for e in (node.left, *node.comparators)]
                links = [Rel(COMPARISONS[type(op)], a, b) for op, a, b in zip(node.ops, sides, sides[1:], strict=False)]
                return links[0] if len(links) == 1 else Conj(tuple(links))
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
                parts = (self.condition(node.left), self.condition(node.right))
                return Conj(parts) if isinstance(node.op, ast.BitAnd) else Disj(parts)
            if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
                return negation(self.condition(node.operand))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
                return self._condition(node, self.source.name(node.func))
            raise ReadError("a number where a condition is expected")

    def _condition(self, node: ast.Call, name: str) -> Proposition:
        if name in self.scope:
            raise ReadError(f"{name} is declared as a symbol, and called as a function")
        if name in RELATIONS:
            lhs, rhs = (self.read(a) for a in self.args(node, name, 2))
            return Rel(RELATIONS[name], lhs, rhs)
        if name in ("And", "Or"):
            parts = tuple(self.condition(a) for a in node.args)
            return Conj(parts) if name == "And" else Disj(parts)
        if name == "Not":
            return negation(self.condition(self.args(node, name, 1)[0]))
        if name in _MEMBERSHIP:
            (member,) = (self.read(a) for a in self.args(node, name, 1))
            return membership(member, name)
        known = name in FUNCTIONS or name in _FORMS
        raise ReadError("a number where a condition is expected" if known else f"no condition {name[:60]} is known")


def _wrong_count(name: str, counts: Sequence[int], given: int) -> str:
    wanted = " or ".join(map(str, counts)) if len(counts) < 5 else "at least 1"
    return f"{name} takes {wanted} argument{'s' if counts != (1,) else ''}, {given} given"
