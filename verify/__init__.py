"""A proof-reader for mathematics: verifies every step of a derivation, and shows where it slips.

For programs::

    from sympy import Symbol, cos, sin
    from verify import Verdict, check

    x = Symbol("x", real=True)
    assert check(sin(2 * x), "=", 2 * sin(x) * cos(x)).verdict is Verdict.PROVED
    refuted = check(sin(2 * x), "=", 2 * sin(x))
    print(refuted.verdict, refuted.witness)  # an exact point at which the sides certainly differ

:func:`check` takes a single claim, :func:`judge` a derivation that :mod:`verify.notation` has made. What is named in
``__all__`` is stable; the rooms below are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = [
    "Derivation",
    "DerivationResult",
    "EncodingError",
    "Judgement",
    "Relation",
    "Settings",
    "Verdict",
    "Witness",
    "check",
    "judge",
]

if TYPE_CHECKING:
    from verify.api import (
        Derivation,
        DerivationResult,
        EncodingError,
        Judgement,
        Relation,
        Settings,
        Verdict,
        Witness,
        check,
        judge,
    )
else:

    def __getattr__(name):
        """What ``__all__`` names, imported when it is first asked for: the command does not wait for it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module("verify.api"), name)
