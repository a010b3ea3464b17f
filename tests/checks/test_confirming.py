"""Where a proof stands numbers confirm it at a few points; where they cannot, they look as they do without one."""

from __future__ import annotations

from sympy import Expr, Integer, Symbol, exp, log, sign

from verify.checks.numbers import numeric
from verify.config import Settings
from verify.engine import settle
from verify.model import Claim, Evidence, Givens, Relation, Verdict

PROVED = Settings(proved=True)
x, y = Symbol("x", real=True), Symbol("y", positive=True)


def equation(lhs: Expr, rhs: Expr) -> Claim:
    return Claim("a:1", lhs, Relation.EQ, rhs, Givens((x, y)))


def evidence_of(claim: Claim, settings: Settings) -> Evidence:
    (found,) = (e for e in settle(claim, settings).evidence if e.check == "numeric")
    return found


def test_twenty_certified_points_confirm_a_proof() -> None:
    claim = equation(log(y**2) + (x + 1) ** 2, 2 * log(y) + x**2 + 2 * x + 1)
    found = evidence_of(claim, Settings())
    assert (found.verdict, found.scope) == (Verdict.SUPPORTED, "20 points")
    assert "screened" not in found.detail
    assert "screened" in evidence_of(claim, Settings(thorough=True)).detail


def test_a_proof_that_is_wrong_is_still_contradicted() -> None:
    found = numeric.check(equation(exp(x), exp(x) + x / 1000), PROVED)
    assert found is not None and found.verdict is Verdict.REFUTED and found.witness is not None


def test_where_most_points_are_undefined_it_goes_on_looking() -> None:
    found = numeric.check(equation(log(x - 2) + log(x - 2), 2 * log(x - 2)), PROVED)
    assert found is not None and found.verdict is Verdict.SUPPORTED


def test_what_is_false_at_few_points_only_is_still_refuted() -> None:
    judgement = settle(equation(sign(x) ** 2, Integer(1)), Settings())
    assert judgement.verdict is Verdict.REFUTED and judgement.witness is not None
    assert judgement.witness.point["x"] == "0"
