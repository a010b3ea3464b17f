"""Expressions that stay as printed: what SymPy makes of them on construction must not lose where they are undefined.

``x/x`` is 1 for SymPy and ``exp(log(x))`` is ``x``. But a relation is asserted only where both sides, as printed, have
a value, so a claim would say more than its author did. Each operation therefore compares the *restrictions* of its
operands (what must not be zero, what must be positive to stay real, …) with those of its result; where one got lost,
the operands are *held* (``Frac(a, 1)``, a quotient kept as written) and the operation is done again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Function,
    Integer,
    Integral,
    Limit,
    Mul,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    conjugate,
    exp,
    log,
)

from verify.facts import Facts
from verify.read.names import ELEMENTARY, ENTIRE, POLYNOMIALS, TRUSTED
from verify.read.syntax import ReadError
from verify.terms import Frac

MAX_EXPONENT = 10_000
MAX_BITS = 50_000  # of a number
MAX_ARGUMENT = 2_000  # of factorials, Bernoulli numbers and the like
MAX_DEGREE = 60  # of a polynomial that is written out

_BINDERS = (Derivative, Integral, Limit, Product, Subs, Sum)
_INFINITE = frozenset((S.ComplexInfinity, S.Infinity, S.NegativeInfinity))

Key: TypeAlias = tuple[Any, ...]


class Builder:
    """Operations on core expressions; it remembers the restrictions of what it has built."""

    def __init__(self) -> None:
        self._known: dict[Basic, frozenset[Key]] = {}
        self._facts = Facts()  # SymPy's own answers take long: for the sign of a sum it looks for roots

    # -- operations ------------------------------------------------------------------------------------------------

    def sum(self, terms: Sequence[Expr]) -> Expr:
        """``a + b + …``."""
        return self._kept(Add, terms)

    def product(self, factors: Sequence[Expr]) -> Expr:
        """``a * b * …``."""
        return self._kept(Mul, factors)

    def quotient(self, a: Expr, b: Expr) -> Expr:
        """``a / b``, as written if the denominator is more than a number."""
        if _vanishes(b):
            raise ReadError("a division by zero")
        return Frac(a, b) if b.free_symbols or b.has(Frac) else self._kept(Mul, (a, Pow(b, -1)))

    def power(self, base: Expr, exponent: Expr) -> Expr:
        """``base ** exponent``."""
        if base is S.Exp1:
            return self.call(exp, (exponent,))
        if isinstance(exponent, Rational):
            size = abs(exponent)
            if size > MAX_EXPONENT:
                raise ReadError(f"an exponent larger than {MAX_EXPONENT}")
            if size * _bits(base) > MAX_BITS:
                raise ReadError(f"a power with more than {MAX_BITS * 3 // 10} digits")
            if exponent < 0 and _vanishes(base):
                raise ReadError("a division by zero")
        return self._kept(Pow, (base, exponent))

    def call(self, function: Callable[..., Any], args: Sequence[Expr]) -> Expr:
        """``function(args)``. What SymPy rewrites is kept as printed, unless the rewriting is known to be true."""
        if function is exp and args[0].has(log) and _bits(args[0]) > 14:
            raise ReadError("an exponential of a logarithm with a large factor")
        if function not in ELEMENTARY and not function.__module__.startswith("verify"):
            self._check_sizes(function, args)
        if function is log and isinstance(args[0], Add) and args[0].free_symbols:  # SymPy would leave it, after long
            return self._attempt(lambda a: log(a, evaluate=False), args)
        if function in POLYNOMIALS:
            degree = args[0]
            if not (isinstance(degree, Integer) and 0 <= degree <= MAX_DEGREE):
                return self._held(function, args)
        elif function is conjugate and not _commutes(args[0]):
            return self._held(function, args)
        elif function in TRUSTED or all(a.is_number for a in args if isinstance(a, Expr)):
            return self._kept(function, args)
        result = self._attempt(function, args)
        if (result.func is function and result.args == tuple(args)) or function in POLYNOMIALS:
            return result
        return self._held(function, args)

    # -- keeping ----------------------------------------------------------------------------------------------------

    def _kept(self, operation: Callable[..., Any], args: Sequence[Expr]) -> Expr:
        result = self._attempt(operation, args)
        return result if self._keeps(result, operation, args, args) else self._held(operation, args)

    def _keeps(self, result: Expr, operation: Callable[..., Any], args: Sequence[Expr], given: Sequence[Expr]) -> bool:
        """Whether the result is as printed, or a true rewriting that is undefined wherever the operands are."""
        if result.func is operation and (result.args == tuple(given) or _same_parts(result, operation, given)):
            return True
        if not (operation in TRUSTED or operation in (Add, Mul, Pow) or all(a.is_number for a in args)):
            return False
        return frozenset().union(*(self.restrictions(a) for a in args)) <= self.restrictions(result)

    def _held(self, operation: Callable[..., Any], args: Sequence[Expr]) -> Expr:
        """The operation on operands that it cannot look into: as few of them as will do."""
        whole = [a if a.is_Number or a.is_Symbol else hold(a) for a in args]
        every = [hold(a) for a in args]
        mixed = [hold(a) if i % 2 == 0 else a for i, a in enumerate(args)]  # equal ones may be merged
        for given in (whole, every, mixed):
            if operation is Pow:
                given[1] = args[1]
            result = self._attempt(operation, given)
            if self._keeps(result, operation, args, given):
                return result
        if operation in (Add, Mul):
            return result
        return self._attempt(lambda *a: operation(*a, evaluate=False), args)

    def bind(self, operation: Callable[..., Any], *args: Any) -> Expr:
        """A node with a bound variable; SymPy leaves these alone."""
        return self._attempt(operation, args)

    def _attempt(self, operation: Callable[..., Any], args: Sequence[Expr]) -> Expr:
        try:
            result = operation(*args)
        except (MemoryError, ReadError):
            raise
        except RecursionError:
            raise ReadError("nested too deep") from None
        except Exception as error:  # whatever SymPy makes of nonsense
            raise ReadError(f"SymPy cannot build this: {type(error).__name__}: {str(error)[:120]}") from None
        if not isinstance(result, Expr) or result is S.NaN:
            raise ReadError("this has no value")
        if _infinite(result) and not any(map(_infinite, args)):
            raise ReadError("this has no value: a division by zero, or a pole")
        if isinstance(result, Rational) and _bits(result) > 4 * MAX_BITS:
            raise ReadError("a number with too many digits")
        return result

    def _check_sizes(self, function: Callable[..., Any], args: Sequence[Expr]) -> None:
        for a in args:
            if isinstance(a, Rational) and (abs(a) > MAX_ARGUMENT or a.q > MAX_ARGUMENT):
                raise ReadError(f"a number larger than {MAX_ARGUMENT} as an argument of {_name(function)}")

    # -- restrictions ---------------------------------------------------------------------------------------------

    def restrictions(self, e: Basic) -> frozenset[Key]:
        """What must hold for ``e`` to have a (real) value, as keys that can be compared."""
        found = self._known.get(e)
        if found is None:
            found = self._own(e)
            if isinstance(e, Expr) and not isinstance(e, _BINDERS) and e.args and not e.is_Piecewise:
                found = found.union(*(self.restrictions(a) for a in e.args))
            self._known[e] = found
        return found

    def _own(self, e: Basic) -> frozenset[Key]:
        if isinstance(e, _BINDERS):
            return frozenset({("node", e)})
        if isinstance(e, Frac):
            return self._poles(e.denominator)
        if isinstance(e, Pow):
            base, exponent = e.args
            keys: frozenset[Key] = frozenset()
            if base.is_number:
                return keys
            if not self._facts.nonnegative(exponent):
                keys |= self._poles(base)
            if not self._facts.integer(exponent) and not self._facts.nonnegative(base):
                keys |= {("root", base)}
            return keys
        if isinstance(e, Function) and e.func not in ENTIRE and not e.is_Piecewise:
            if e.is_number or (isinstance(e, log) and self._facts.positive(e.args[0])):
                return frozenset()
            return frozenset({(e.func, e.args)})
        return frozenset()

    def _poles(self, base: Expr) -> frozenset[Key]:
        if base.is_number or self._facts.nonzero(base):
            return frozenset()
        if isinstance(base, Mul):
            return frozenset().union(*(self._poles(a) for a in base.args))
        if isinstance(base, Pow):
            return self._poles(base.base)
        if isinstance(base, Frac):
            return self._poles(base.numerator)
        return frozenset({("pole", -base if base.could_extract_minus_sign() else base)})


def hold(e: Expr) -> Expr:
    """``e`` as a node that no operation looks into."""
    return e if isinstance(e, Frac) or not isinstance(e, Expr) else Frac(e, S.One)


def _commutes(e: Expr) -> bool:
    """Whether SymPy knows the conjugate of an expression: it forgets the cuts of special functions."""
    return all(f.func in ELEMENTARY | ENTIRE for f in e.atoms(Function))


def _vanishes(e: Expr) -> bool:
    """Zero as a number; of what has symbols in it nothing is known here (and SymPy takes long to find that)."""
    return e is S.Zero or (not e.free_symbols and bool(e.is_zero))


def _same_parts(result: Expr, operation: Callable[..., Any], given: Sequence[Expr]) -> bool:
    """Whether a sum or product has the terms or factors that it was given, in whatever order."""
    if operation not in (Add, Mul):
        return False
    return Counter(result.args) == Counter(part for a in given for part in operation.make_args(a))  # type: ignore[attr-defined]


@lru_cache(maxsize=1 << 14)
def _infinite(e: Any) -> bool:
    """Whether an infinity occurs other than as the end of a range or the point of a limit."""
    if isinstance(e, Limit | Subs | Integral | Sum | Product):
        return _infinite(e.args[0])
    parts = e if isinstance(e, tuple) else getattr(e, "args", ())
    return any(map(_infinite, parts)) if parts else e in _INFINITE


def _bits(e: Expr) -> int:
    """The length of the longest number in ``e``."""
    return max((max(abs(n.p), n.q).bit_length() - (n.q == 1 and abs(n.p) == 1) for n in e.atoms(Rational)), default=0)


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", "this function")
