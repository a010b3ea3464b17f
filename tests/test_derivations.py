"""Every derivation of the project is a test case: adding a file adds tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import report
from verify import __version__, collect, engine
from verify.config import Settings
from verify.model import Derivation, DerivationResult, Run, Standing, Verdict

DERIVATIONS, ERRORS = collect.collect([])
NAMES = [derivation.id for derivation in DERIVATIONS]
_judged: dict[str, DerivationResult] = {}


def judged(derivation: Derivation) -> DerivationResult:
    """Each derivation is judged once a process."""
    if derivation.id not in _judged:
        _judged[derivation.id] = engine.judge(derivation, Settings(), others=DERIVATIONS)
    return _judged[derivation.id]


def test_all_files_load() -> None:
    assert ERRORS == []


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=NAMES)
def test_holds_no_surprise(derivation: Derivation) -> None:
    result = judged(derivation)
    for step in result.steps:
        surprise = step.stale_erratum or not (step.verdict.holds or step.acknowledged)
        assert not surprise, f"{derivation.id}:{step.tag} is {step.verdict.value}; mend the line or give it an erratum"
        assert step.verdict in (Verdict.PROVED, Verdict.SUPPORTED, Verdict.REFUTED), (step.tag, step.judgement)
        if step.verdict is Verdict.REFUTED:
            assert step.judgement.witness is not None, step.tag
            assert step.judgement.witness.lhs != step.judgement.witness.rhs


# What the notes' lines are, by hand: every line not named here is right and proved for all sizes.
REFUTED = {
    "cross-entropy:3.3": Standing.OWN_SLIP,
    "naive-softmax-center:4.1": Standing.OWN_SLIP,
    "naive-softmax-center:4.2": Standing.CANCELS,
    "naive-softmax-outside:5.2": Standing.OWN_SLIP,
    "naive-softmax-outside:5.4": Standing.CANCELS,
    "sigmoid-derivative:6.2": Standing.OWN_SLIP,
    "sigmoid-derivative:6.3": Standing.CANCELS,
    "negative-sampling-center-as-printed:7.1": Standing.OWN_SLIP,
    "negative-sampling-center-as-printed:7.2": Standing.OWN_SLIP,
    "negative-sampling-center-as-printed:7.3": Standing.OWN_SLIP,
    "negative-sampling-center:7.12": Standing.OWN_SLIP,
    "negative-sampling-center:7.3": Standing.CANCELS,
    "negative-sampling-negative:7c.1": Standing.OWN_SLIP,
    "negative-sampling-negative:7c.2": Standing.CANCELS,
    "skip-gram-gradients-2:S2.1": Standing.OWN_SLIP,
    "skip-gram-likelihood-as-printed:M.1": Standing.OWN_SLIP,
    "skip-gram-likelihood-as-printed:M.4": Standing.OWN_SLIP,
    "tiny-corpus:C.6": Standing.OWN_SLIP,
    "relu-similarity:R.7": Standing.OWN_SLIP,
    "relu-similarity:R.9": Standing.OWN_SLIP,
}
CARRIED = {"naive-softmax-outside:5.3", "skip-gram-likelihood-as-printed:M.2"}


def test_sixty_two_steps() -> None:
    assert sum(len(derivation.steps) for derivation in DERIVATIONS if derivation.id in NOTES) == 62


NOTES = (
    "softmax-shift cross-entropy naive-softmax-center naive-softmax-outside sigmoid-derivative "
    "negative-sampling-center-as-printed negative-sampling-center negative-sampling-outside "
    "negative-sampling-negative skip-gram-gradients-1 skip-gram-gradients-2 skip-gram-gradients-3 "
    "skip-gram-likelihood-as-printed skip-gram-likelihood tiny-corpus relu-similarity"
).split()


@pytest.mark.parametrize("derivation", [d for d in DERIVATIONS if d.id in NOTES], ids=lambda d: d.id)
def test_verdicts_and_standings(derivation: Derivation) -> None:
    for step in judged(derivation).steps:
        name = f"{derivation.id}:{step.tag}"
        if name in REFUTED:
            assert (step.verdict, step.standing) == (Verdict.REFUTED, REFUTED[name]), name
        else:
            expected = Standing.CARRIED if name in CARRIED else Standing.SOUND
            assert (step.verdict, step.standing) == (Verdict.PROVED, expected), (name, step.judgement)


def test_case_split_is_reported_as_scope() -> None:
    (outside,) = [d for d in DERIVATIONS if d.id == "naive-softmax-outside"]
    scopes = {step.tag: step.judgement.scope for step in judged(outside).steps}
    assert scopes["5.2"] == "holds for omega = o"


@pytest.mark.parametrize("tag", ["C.1", "C.2", "C.3", "C.4"])
def test_corpus_is_counted(tag: str) -> None:
    (corpus,) = [d for d in DERIVATIONS if d.id == "tiny-corpus"]
    (step,) = [s for s in judged(corpus).steps if s.tag == tag]
    assert step.judgement.evidence[0].check == "numeric"
    assert step.judgement.evidence[0].detail.startswith("computed rigorously")


# What a teacher marks in the notes: the slips of a line, and the parts of it that are underlined.
MARKED = {
    "cross-entropy:3.3": ("lost-function", []),
    "naive-softmax-center:4.1": ("sign", ["-"]),
    "naive-softmax-center:4.2": ("cancels", []),
    "naive-softmax-outside:5.2": ("missing-delta", ["-V_c"]),
    "naive-softmax-outside:5.4": ("cancels", []),
    "sigmoid-derivative:6.2": ("extra-factor", ["(1+e^{-x})^{-2}"]),
    "sigmoid-derivative:6.3": ("cancels", []),
    "negative-sampling-center-as-printed:7.1": ("mislabelled function", [r"\sigma'(U_o^T V_c)"]),
    "negative-sampling-center-as-printed:7.2": (
        "line-break function argument", [r"\sigma'(-U_k^T V_c)", "U_k^T V_c"],
    ),
    "negative-sampling-center-as-printed:7.3": ("mislabelled", []),
    "negative-sampling-center:7.12": (
        "function argument", [r"\sigma'(U_o^T V_c)", r"\sigma'(-U_k^T V_c)", "U_k^T V_c"],
    ),
    "negative-sampling-center:7.3": ("cancels", []),
    "negative-sampling-negative:7c.1": ("sign", []),
    "negative-sampling-negative:7c.2": ("cancels", []),
    "skip-gram-gradients-2:S2.1": ("sign", ["-"]),
    "skip-gram-likelihood-as-printed:M.1": ("double-counting", [r"\prod_{t=1}^T\prod_{j=-m}^m "]),
    "skip-gram-likelihood-as-printed:M.4": ("stationary", [r"\arg\max_{\theta,\lambda}"]),
    "tiny-corpus:C.6": ("premise", [r"\Rightarrow"]),
    "relu-similarity:R.7": ("converse", [r"\Leftrightarrow"]),
    "relu-similarity:R.9": ("converse", [r"\Leftrightarrow"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUTED)
def test_marking(name: str) -> None:
    (derivation,) = [d for d in DERIVATIONS if d.id == name.partition(":")[0]]
    (step,) = [s for s in judged(derivation).steps if s.tag == name.partition(":")[2]]
    codes = " ".join(d.code for d in step.diagnoses)
    parts = [step.latex[slice(*span)] for d in step.diagnoses for span in d.spans if span != (0, len(step.latex))]
    assert (codes, sorted(parts)) == (MARKED[name][0], sorted(MARKED[name][1]))
    if codes != "cancels":
        last = step.diagnoses[-1]
        assert last.repair_verdict is Verdict.PROVED
        assert last.repair_latex


def test_committed_report_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parent.parent
    monkeypatch.chdir(root)
    derivations, errors = collect.collect([])
    results = tuple(judged(derivation) for derivation in derivations)
    fresh = report.FORMATS["markdown"](Run(f"derivation-verifier {__version__}", 0, results, tuple(errors)))
    committed = (root / "REPORT.md").read_text(encoding="utf-8")
    assert fresh.strip() == committed.strip(), "REPORT.md is stale: python -m verify --format markdown > REPORT.md"
