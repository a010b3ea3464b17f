"""An expression that is put together only when an edit with it fits, and the values that it would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sympy import Expr

from verify.diagnose.search.values import Env, Values

if TYPE_CHECKING:
    from verify.diagnose.search.sheet import Sheet


@dataclass(frozen=True, eq=False, slots=True)
class Deferred:
    """An expression that is put together when it is wanted, which is seldom; its values are known without.

    ``value`` is given the values of the part in whose place the expression would stand, and may use them.

    ``make`` may raise any of ``FAILS``, as SymPy does where an expression makes no sense.
    """

    make: Callable[[], Expr]
    value: Callable[[Sheet, Env, Values], Values]

    @staticmethod
    def times(number: int, e: Expr) -> Deferred:
        """A multiple."""
        return Deferred(lambda: number * e, lambda at, env, _: number * at.value(e, env))

    @staticmethod
    def under(e: Expr) -> Deferred:
        """The reciprocal."""
        return Deferred(lambda: 1 / e, lambda at, env, _: at.field.inv(at.value(e, env)))
