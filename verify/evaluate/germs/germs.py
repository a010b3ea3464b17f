"""The field of germs: what becomes of an expression when its variable approaches the end of its range."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import sympy

from verify.evaluate.field import Indeterminate, Undefined, Unsupported
from verify.evaluate.germs.arithmetic import GermArithmetic
from verify.evaluate.germs.asymptotic import ALONE, ASYMPTOTIC
from verify.evaluate.germs.elementary import REWRITTEN
from verify.evaluate.germs.germ import Germ
from verify.evaluate.germs.orders import BY_ORDER, SEVERAL
from verify.evaluate.germs.singular import SINGULAR


class Germs(GermArithmetic):
    """Germs in one variable, with all functions that are known of them."""

    def call(self, function: Any, args: Sequence[Germ]) -> Germ:
        if function is sympy.exp:
            return self.exp(args[0])
        if function is sympy.log:
            return self.log(args[0])
        values = [a.fixed() for a in args]
        varying = [i for i, v in enumerate(values) if v is None]
        if not varying:
            return self.lift(self.outer.call(function, _lowered(values, self.outer.real)))
        rewritten = SEVERAL.get(function) or REWRITTEN.get(function)
        if rewritten is not None:
            return rewritten(self, *args)
        if len(varying) > 1:
            raise Unsupported(f"{function.__name__} with two arguments that vary")
        (at,) = varying
        if (function, at) in BY_ORDER:
            return BY_ORDER[function, at](self, *args)
        known = not (function in ALONE and len(args) > 1)
        ways = [table[function] for table in (SINGULAR, ASYMPTOTIC) if known and function in table]
        try:
            return self.composed(function, args, values, at)
        except Undefined:
            if not ways:
                raise
        for way in ways[:-1]:
            with suppress(Indeterminate):
                return way(self, *args)
        return ways[-1](self, *args)


def _lowered(values: Sequence[Any], real: bool) -> list[Any]:
    """Constants as the field below has them."""
    if not real:
        return list(values)
    if any(not v.imag.is_zero() for v in values):
        raise Unsupported("a complex number among the reals")
    return [v.real for v in values]
