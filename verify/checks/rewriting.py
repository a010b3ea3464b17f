"""SymPy's own routes, for scalar claims that the canonical form does not settle.

Only rewriting that is valid over the complex numbers or under the symbols' declared assumptions is used, and only a
difference that becomes the number zero counts. It runs under the time limit of a check.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy
from sympy import Derivative, Expr, Indexed, Product, S, Sum

from verify import normal
from verify.checks.common import all_sizes
from verify.config import Settings
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Frac, Opaque, Partial, relu, sigmoid, softplus

ROUTES: tuple[tuple[str, Callable[[Expr], Expr]], ...] = (
    ("expand", lambda e: sympy.expand(e)),
    ("together", lambda e: sympy.expand(sympy.fraction(sympy.together(e))[0])),
    ("trigsimp", sympy.trigsimp),
    ("exponentials", lambda e: sympy.expand(sympy.fraction(sympy.together(e.rewrite(sympy.exp)))[0])),
    ("gammasimp", sympy.gammasimp),
)


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where one of SymPy's rewritings takes the difference to zero."""
    if claim.relation not in (Relation.EQ, Relation.LE, Relation.GE):
        return None
    assert isinstance(claim.lhs, Expr) and isinstance(claim.rhs, Expr)
    try:
        difference = plain(normal.expand_derivatives(claim.lhs - claim.rhs))
    except normal.NormalError:
        return None
    if difference.has(Sum, Product, Indexed, Derivative, Opaque, Partial):
        return None  # these see inside sums and break them
    for name, route in ROUTES:
        if route(difference) is S.Zero:
            return Evidence("rewriting", Verdict.PROVED, f"SymPy's {name} takes the difference to 0", all_sizes(claim))
    return None


def plain(e: Expr) -> Expr:
    """The same in SymPy's own functions."""
    if not e.args:
        return e
    args = [plain(a) if isinstance(a, Expr) else a for a in e.args]
    if isinstance(e, Frac):
        return args[0] / args[1]
    if isinstance(e, sigmoid | softplus):
        return e.func(*args).meaning()
    if isinstance(e, relu):
        return sympy.Max(0, args[0])
    return e.func(*args)
