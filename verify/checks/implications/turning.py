"""Where functions with a kink turn: |x| and relu x at 0, the larger and the smaller of a and b where a = b.

A real number is ≥ 0 or ≤ 0, so what follows in both cases follows: relu a is 0 or a.
"""

from __future__ import annotations

from sympy import Abs, Expr, Max, Min

from verify.facts import Facts, Sign
from verify.terms import Conj, Content, Disj, Neg, Proposition, Rel, relu

RULE = "a real number is at least 0 or at most 0, and it follows in both cases"


def turning(p: Proposition, facts: Facts) -> Expr | None:
    """A real expression on whose sign, which is not known, the value of such a function in ``p`` depends."""
    arguments = {_argument(node) for e in _sides(p) for node in e.atoms(Abs, relu, Max, Min)}
    found = (x for x in sorted(filter(None, arguments), key=str) if facts.sign(x) in (Sign.ANY, Sign.NONZERO))
    return next(found, None)


def _argument(node: Expr) -> Expr | None:
    if isinstance(node, Abs | relu):
        argument: Expr = node.args[0]
        return argument
    if len(node.args) != 2:
        return None
    first, second = sorted(node.args, key=str)
    return first - second


def _sides(p: Content) -> tuple[Expr, ...]:
    """The expressions that relations without quantifiers compare."""
    if isinstance(p, Conj | Disj):
        return tuple(e for part in p.parts for e in _sides(part))
    if isinstance(p, Neg):
        return _sides(p.part)
    return (p.lhs, p.rhs) if isinstance(p, Rel) else ()
