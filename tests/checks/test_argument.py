"""What is proved without an equation tells by which rule, and from what."""

import json

import pytest
from sympy import log

from report import json_
from report.terminal import explain
from verify import collect, engine
from verify.config import Settings
from verify.model import Verdict
from verify.notation import Ge, Gt, derivation, gt, implies, real, sigmoid

RECORDS = Settings(records=True)
NOTES = {derivation.id: derivation for derivation in collect.collect([])[0]}
x, y = real("x y")


def evidence(steps, tag, check):
    (step,) = [step for step in steps if step.tag == tag]
    assert step.verdict is Verdict.PROVED
    return next(found for found in step.judgement.evidence if found.check == check)


@pytest.fixture(scope="module")
def likelihood():
    return engine.judge(NOTES["skip-gram-likelihood"], RECORDS)


@pytest.mark.parametrize(
    ("tag", "check", "rule", "premise"),
    [
        ("M.1", "maximisers", "strictly increasing function", "both range over p"),
        ("M.2", "maximisers", "strictly increasing function", "the logarithm is strictly increasing"),
        ("M.3", "maximisers", "share no variables", "has no other variables than p[:, c]"),
        ("M.4", "maximisers", "the Lagrangian is stationary", "is concave in p[:, c]"),
        ("M.8", "implication", "one maximiser", "is strictly concave in p[:, c]"),
    ],
)
def test_a_maximiser_tells_its_rule_its_premises_and_the_equalities(likelihood, tag, check, rule, premise):
    found = evidence(likelihood.steps, tag, check)
    (inference,) = found.inferences
    assert rule in inference.rule
    assert any(premise in words for words in inference.premises)
    assert found.proofs


def test_reports_show_the_rule(likelihood):
    shown = explain.step(likelihood, "M.4", width=200, color=False)
    assert "by the rule:" in shown and "λ, of either sign, multiplies the constraint" in shown
    document = json.loads(json_.step(likelihood, "M.4"))
    (inference,) = document["step"]["evidence"][0]["inferences"]
    assert inference["source"].startswith("Boyd & Vandenberghe")


@pytest.mark.parametrize(
    ("step", "check", "premises"),
    [
        (gt(sigmoid(x**2), -1), "sign", ["sigmoid(x**2) > 0", "sigmoid(x**2) + 1 > 0"]),
        (implies(Gt(x, 0), Gt(sigmoid(x), sigmoid(0))), "implication", None),
        (implies(Ge(x, 1), Ge(log(x) * 2, 0)), "implication", None),
    ],
)
def test_an_inequality_tells_the_signs_it_rests_on(step, check, premises):
    made = derivation("t", "T", steps=[step])
    assert made is not None
    found = evidence(engine.judge(made, RECORDS).steps, "1", check)
    (inference,) = found.inferences
    assert inference.premises and (premises is None or list(inference.premises) == premises)


def test_nothing_is_written_down_unless_a_report_asks_for_it():
    made = derivation("t", "T", steps=[gt(sigmoid(x), 0)])
    assert made is not None
    assert evidence(engine.judge(made, Settings()).steps, "1", "sign").inferences == ()
