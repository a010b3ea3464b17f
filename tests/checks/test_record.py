"""What a proof leaves behind: enough to read, and enough for another program to evaluate."""

from __future__ import annotations

import random
from dataclasses import replace

import mpmath
import pytest
from sympy import Symbol, exp, log, sqrt

from verify import engine
from verify.checks import rechecked
from verify.collect import collect
from verify.config import Settings
from verify.ladder import settle
from verify.model import Claim, Derivation, Givens, Relation, Verdict
from verify.terms import sigmoid

RECORDS = Settings(records=True, rechecks=True)
x, y = Symbol("x", real=True), Symbol("y", positive=True)
NOTES = {derivation.id: derivation for derivation in collect([])[0]}
CHAINS = ("softmax-shift", "naive-softmax-center", "naive-softmax-outside", "negative-sampling-negative")


def equation(lhs, rhs):
    return Claim("a:1", lhs, Relation.EQ, rhs, Givens((x, y)))


def test_nothing_is_recorded_unless_a_report_asks_for_it():
    judgement = settle(equation((x + 1) ** 2, x**2 + 2 * x + 1), Settings())
    assert judgement.verdict is Verdict.PROVED
    assert not any(evidence.proofs for evidence in judgement.evidence)


def test_a_proof_tells_kernels_conditions_relations_and_form():
    judgement = settle(
        equation((1 + sqrt(y)) ** 2 * log(x) / exp(-x), (1 + 2 * sqrt(y) + y) * exp(x) * log(x)), RECORDS
    )
    ((record,),) = [evidence.proofs for evidence in judgement.evidence if evidence.proofs]
    assert "exp(x)" in record.kernels and "sqrt(y)" in record.kernels
    assert record.relations == ("sqrt(y)**2 = y",)
    assert record.conditions == ("x > 0",)
    assert "sqrt(y)" in record.canonical
    assert record.python[2]


@pytest.mark.parametrize("id", CHAINS)
def test_both_sides_and_the_form_evaluate_to_the_same(id):
    helpers = {
        **vars(mpmath),
        "sigmoid": lambda t: 1 / (1 + mpmath.exp(-t)),
        "slope": lambda f, a, at: mpmath.diff(lambda t: f({**a, at: t}), a[at]),
    }
    rng = random.Random(id)
    n, d = 4, 2
    entries = {(i, j): mpmath.mpf(rng.uniform(-1, 1)) for i in range(1, n + 1) for j in range(1, d + 1)}
    values = {"n": n, "d": d, "K": 2, "o": 3, "omega": 2, "k": 1, "c": mpmath.mpf(0.5), "i": 2, "U": entries}
    values["V_c"] = {j: entries[1, j] + 1 for j in (1, 2)}
    values["x"] = {i: entries[i, 1] for i in range(1, n + 1)}
    count = 0
    for step in engine.judge(NOTES[id], RECORDS).steps:
        for evidence in step.judgement.evidence:
            for record in evidence.proofs:
                lhs, rhs, form = (eval(text, {**helpers, **values}) for text in record.python)
                assert abs(lhs - rhs) < 1e-10 and abs(lhs - form) < 1e-10, (step.tag, lhs, rhs, form)
                count += 1
    assert count


def test_every_proof_is_looked_at_again_by_another_program():
    judgement = settle(equation(sigmoid(x) + sigmoid(-x), x / x), RECORDS)
    (again,) = [evidence for evidence in judgement.evidence if evidence.check == "re-check"]
    assert again.verdict is Verdict.SUPPORTED
    assert "modulo random primes at 8 and in balls at 8 points" in again.detail


def test_a_proof_that_the_other_program_contradicts_is_a_conflict():
    wrong = rechecked.check(equation(x + 1, x), RECORDS)
    assert wrong is not None and wrong.verdict is Verdict.REFUTED


def test_an_implication_records_the_equalities_it_rests_on():
    derivation: Derivation = NOTES["skip-gram-likelihood"]
    derivation = replace(derivation, steps=derivation.steps[:5])
    step = engine.judge(derivation, RECORDS).steps[-1]
    (record,) = next(evidence for evidence in step.judgement.evidence if evidence.check == "implication").proofs
    assert record.kernels and record.canonical
