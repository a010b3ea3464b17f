"""Core expressions compiled: each one once, to a function of the evaluator that runs it.

To walk over a SymPy tree costs far more than the arithmetic at its nodes, and the same expression is evaluated at
hundreds of points in several kinds of number. So every node becomes a *code*, a Python function that takes the
:class:`~verify.evaluate.evaluator.Evaluator` and returns the value; the parts' codes are bound in it. Equal expressions
have the same code, wherever they occur, so that an evaluator's memory is shared between all expressions it is given.

How a kind of node is compiled is said by a *maker*, registered for its type::

    @compiles(Frac)
    def _frac(e: Frac) -> Code:
        top, bottom = code(e.numerator), code(e.denominator)
        return lambda m: m.mul(top(m), m.inv(bottom(m)))

Makers must not raise: what is unsupported becomes a code that raises (:func:`unsupported`), since it may stand where no
value is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sympy import Add, Expr, Function, Indexed, Mul, NumberSymbol, Pow, Rational, S, Symbol, hyper, meijerg

from verify.evaluate.field import Element, Unsupported
from verify.evaluate.special.hypergeometric import flattened
from verify.terms import Array, free

if TYPE_CHECKING:
    from verify.evaluate.evaluator import Evaluator

Code: TypeAlias = Callable[["Evaluator"], Element]
Maker: TypeAlias = Callable[[Any], Code]
M = TypeVar("M", bound=Maker)

MAKERS: dict[type, Maker] = {}


def put_back(env: dict[int, int], number: int, before: int | None) -> None:
    """Give a bound variable's slot the value it had before, or none."""
    if before is None:
        env.pop(number, None)
    else:
        env[number] = before


_CHEAP = (Add, Mul, Pow, Indexed)  # within a sum it takes longer to remember these than to compute them
_numbers = count()


def compiles(*kinds: type) -> Callable[[M], M]:
    """Register a maker for the nodes of the given types (not for subclasses)."""

    def register(maker: M) -> M:
        MAKERS.update(dict.fromkeys(kinds, maker))
        return maker

    return register


@lru_cache(maxsize=1 << 15)
def code(e: Expr) -> Code:
    """The code of a core expression."""
    maker = MAKERS.get(type(e))
    if maker is not None:
        run = maker(e)
    elif isinstance(e, Symbol):
        return _symbol(e)
    elif isinstance(e, NumberSymbol) or e is S.ImaginaryUnit:
        run = _number(e)
    elif isinstance(e, Function):
        run = _function(e)
    else:
        return unsupported(f"no numeric value for {type(e).__name__}")
    slots = whole_slots(e)
    return run if (slots and isinstance(e, _CHEAP)) or isinstance(e, Rational) else remembered(run, slots, reach(e))


def unsupported(reason: str) -> Code:
    """The code of what has no numeric value."""

    def run(m: Evaluator) -> Element:
        raise Unsupported(reason)

    return run


def fresh() -> int:
    """A number for a symbol or a code that is remembered: the key in an evaluator's memory."""
    return next(_numbers)


@cache
def slot(symbol: Symbol) -> int:
    """Where an evaluator keeps the value of a symbol."""
    return fresh()


@lru_cache(maxsize=1 << 15)
def reach(e: Expr) -> frozenset[Symbol]:
    """The symbols and arrays that the value depends on, those inside definitions included."""
    found = free(e)
    for array in found:
        if isinstance(array, Array) and array.definition is not None:
            found |= reach(array.definition.body) - frozenset(array.definition.indices)
    return found


def whole_slots(e: Expr) -> tuple[int, ...]:
    """The slots of the indices and other integers that the value depends on (definitions have their own)."""
    return tuple(sorted(slot(s) for s in free(e) if s.is_integer and not isinstance(s, Array)))


def remembered(run: Code, slots: tuple[int, ...], symbols: frozenset[Symbol] = frozenset()) -> Code:
    """The same, computed once for each combination of the integers that it depends on.

    An evaluator that differs from another one in the values of a few symbols (a dual number, a bound variable) leaves
    what depends on none of ``symbols`` to that one.
    """
    number = fresh()

    def compute(m: Evaluator) -> Element:
        if m.own and m.own.isdisjoint(symbols) and m.below is not None:
            return m.lift(recall(m.below))
        return run(m)

    if not slots:

        def recall(m: Evaluator) -> Element:
            found = m.memo.get(number)
            if found is None:
                found = m.memo[number] = compute(m)
            return found

        return recall
    pick = itemgetter(*slots)

    def recall_at(m: Evaluator) -> Element:
        try:
            key = (number, pick(m.env))
        except KeyError:  # something has a value that is no plain integer
            key = (number, tuple(map(m.env.get, slots)))
        found = m.memo.get(key)
        if found is None:
            found = m.memo[key] = compute(m)
        return found

    recall = recall_at
    return recall_at


# -- leaves and functions ------------------------------------------------------------------------------------------


def _symbol(e: Symbol) -> Code:
    number, key = slot(e), (e,)
    if e.is_integer:

        def whole(m: Evaluator) -> Element:
            value = m.env.get(number)
            return m.field.lookup(key) if value is None else m.whole(value)

        return whole

    def run(m: Evaluator) -> Element:
        found = m.memo.get(number)
        if found is None:
            if number in m.env:
                return m.whole(m.env[number])
            found = m.memo[number] = m.field.lookup(key)
        return found

    return run


def _number(e: Expr) -> Code:
    return lambda m: m.field.number(e)


def _function(e: Expr) -> Code:
    kind: Any = type(e)
    if isinstance(e, hyper | meijerg):
        kind, parts = flattened(e)
        arguments = [code(a) for a in parts]
        return lambda m: m.call(kind, [a(m) for a in arguments])
    if len(e.args) == 1:
        argument = code(e.args[0])
        return lambda m: m.call(kind, (argument(m),))
    arguments = [code(a) for a in e.args]
    return lambda m: m.call(kind, [a(m) for a in arguments])
