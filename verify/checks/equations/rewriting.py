"""SymPy's own routes, for scalar claims that the canonical form does not settle.

Only rewriting that is valid over the complex numbers or under the symbols' declared assumptions is used, and only a
difference that becomes the number zero counts. SymPy rewrites special functions on construction as if every degree were
a whole number and every argument off the cuts, so a claim with such a function in it is not looked at. It runs under
the time limit of a check.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy
from sympy import Derivative, Expr, Function, Indexed, Product, S, Sum

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
FAITHFUL = frozenset(
    getattr(sympy, name)
    for name in """exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh
    acosh atanh acoth asech acsch Abs re im arg conjugate floor ceiling sign sinc atan2 Mod Max Min Piecewise factorial
    gamma binomial RisingFactorial FallingFactorial erf erfc erfi digamma polygamma zeta KroneckerDelta""".split()
)
"""What SymPy makes of these on construction is true for all arguments."""


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
    if not all(_faithful(f) for side in (claim.lhs, claim.rhs) for f in side.atoms(Function)):
        return None
    for name, route in ROUTES:
        if route(difference) is S.Zero:
            return Evidence("rewriting", Verdict.PROVED, f"SymPy's {name} takes the difference to 0", all_sizes(claim))
    return None


def _faithful(f: Function) -> bool:
    return f.func in FAITHFUL or isinstance(f, Frac | sigmoid | softplus | relu)


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
