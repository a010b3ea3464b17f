"""Implications between relations that hold or fail by the signs of the symbols alone: xy > 0 ⇔ both have one sign.

Every real number is negative, zero or positive. Each case is looked at; where a sign does not follow from those of
the symbols (that of ``x + y`` where they differ), every one is reckoned with. Everything here is defined everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import product

from sympy import Abs, Add, Expr, Integer, Max, Min, Mul, Pow, Rational, Symbol, sign

from verify.checks.common import all_sizes, space_of
from verify.checks.evidence.argument import Argument, premise
from verify.checks.evidence.record import inferences
from verify.checks.inequalities.arithmetic import scalar
from verify.checks.inequalities.order import ALLOWED
from verify.config import Settings
from verify.facts.sign import EACH, SINGLE, Sign, flip, of_symbol, plus, times, union
from verify.model import Claim, Evidence, Relation, Verdict
from verify.terms import Conj, Content, Disj, Neg, Rel, is_proposition, relu

RULE = "every real number is negative, zero or positive"
MOST = 4  # symbols
Signs = Mapping[Symbol, Sign]


class _Other(Exception):
    """Something whose sign is no matter of signs."""


def check(claim: Claim, settings: Settings) -> Evidence | None:
    """PROVED where it holds in every case; it says nothing otherwise."""
    if claim.relation not in (Relation.IMPLIES, Relation.IFF):
        return None
    if not (is_proposition(claim.lhs) and is_proposition(claim.rhs)):
        return None
    space = space_of(claim)
    symbols = (*space.scalars, *space.integers)
    if not scalar(space) or not 1 <= len(symbols) <= MOST:
        return None
    try:
        cases = [signs for signs in _cases(symbols) if _possible(claim, signs)]
        if not cases or not all(_holds(claim, signs) for signs in cases):
            return None
    except _Other:
        return None
    names = ", ".join(s.name for s in symbols)
    words = f"for each of the signs that {names} may have"
    found = Argument(words, RULE, lambda: [premise("it holds in each of {} cases", Integer(len(cases)))])
    return Evidence("signs", Verdict.PROVED, words, all_sizes(claim), inferences=inferences(settings, found))


def _cases(symbols: tuple[Symbol, ...]) -> Iterator[Signs]:
    known = [of_symbol(s) for s in symbols]
    if None not in known:
        for signs in product(*(EACH[possible] for possible in known if possible is not None)):
            yield dict(zip(symbols, signs, strict=True))


def _possible(claim: Claim, signs: Signs) -> bool:
    """Whether a case is not seen to be against what is given, as far as that is a matter of signs."""
    for given in (*claim.givens.constraints, *claim.premises):
        try:
            if _truth(given, signs) is False:
                return False
        except _Other:
            continue
    return True


def _holds(claim: Claim, signs: Signs) -> bool:
    left, right = _truth(claim.lhs, signs), _truth(claim.rhs, signs)
    if claim.relation is Relation.IMPLIES:
        return left is False or right is True
    return left is not None and left is right


def _truth(p: Content, signs: Signs) -> bool | None:
    """Whether a proposition holds in one case; ``None`` where its signs do not tell."""
    if isinstance(p, Rel):
        possible = plus(_sign(p.lhs, signs), flip(_sign(p.rhs, signs)))
        allowed = ALLOWED[p.op]
        return True if not possible & ~allowed else False if not possible & allowed else None
    if isinstance(p, Conj | Disj):
        truths = [_truth(part, signs) for part in p.parts]
        decisive = isinstance(p, Disj)
        return decisive if decisive in truths else None if None in truths else not decisive
    if isinstance(p, Neg):
        truth = _truth(p.part, signs)
        return None if truth is None else not truth
    raise _Other


def _sign(e: Expr, signs: Signs) -> Sign:
    """The possible signs of an expression."""
    if isinstance(e, Rational):
        return SINGLE[(e.p > 0) - (e.p < 0) + 1]
    if isinstance(e, Symbol) and e in signs:
        return signs[e]
    if isinstance(e, Add | Mul):
        return reduce(plus if isinstance(e, Add) else times, [_sign(a, signs) for a in e.args])
    if isinstance(e, Pow) and isinstance(e.exp, Integer) and e.exp > 0:
        base = _sign(e.base, signs)
        return base if e.exp % 2 else union(times(one, one) for one in EACH[base])
    if isinstance(e, Abs):
        return union(times(one, one) for one in EACH[_sign(e.args[0], signs)])
    if isinstance(e, relu):
        return union(max(one, Sign.ZERO, key=SINGLE.index) for one in EACH[_sign(e.args[0], signs)])
    if isinstance(e, sign):
        return _sign(e.args[0], signs)
    if isinstance(e, Max | Min):
        larger = max if isinstance(e, Max) else min
        parts = [EACH[_sign(a, signs)] for a in e.args]
        return union(larger(one, key=SINGLE.index) for one in product(*parts))
    raise _Other
