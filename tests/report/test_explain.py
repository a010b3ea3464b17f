"""The explanation of a step: everything is there, at any width and on any terminal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.cells import cell_len

from report import json_
from report.terminal import explain, slips
from tests.report import samples
from verify.diagnose.catalogue import CATALOGUE
from verify.model import Evidence, ProofRecord, Verdict, Witness

PROOF = ProofRecord(
    "exp(x)**2", "exp(2*x)", ("x", "exp(x)"), ("sqrt(y)**2 = y",), ("x ≠ 0",), "exp(x)**2", ("exp(x)**2", "b", "c")
)
PROGRAM = "from mpmath import *\n\nx = mpf(1)/2\nlhs = x\nrhs = 2*x\nprint(lhs, rhs)"
SEEN = Witness({"x": "1/2"}, "1/2", "1", python=PROGRAM)


def derivation():
    chain = samples.CENTER
    first, second, *rest = chain.steps
    refuted = replace(
        first.judgement, witness=SEEN, evidence=(Evidence("numeric", Verdict.REFUTED, "look", witness=SEEN),)
    )
    evidence = (
        Evidence("canonical form", Verdict.PROVED, "both sides are …", "all n", ("x ≠ 0",), None, 0.25, (PROOF,)),
    )
    proved = replace(second.judgement, verdict=Verdict.PROVED, evidence=evidence)
    return replace(chain, steps=(replace(first, judgement=refuted), replace(second, judgement=proved), *rest))


def text(tag: str, width: int = 80, encoding: str = "utf-8") -> str:
    return explain.step(derivation(), tag, width=width, color=False, encoding=encoding)


def test_a_proof_is_told_in_full():
    told = text("4.2")
    for part in ("exp(x)**2", "= exp(2*x)", "sqrt(y)**2 = y", "x ≠ 0", "common canonical form", "0.250 s", "all n"):
        assert part in told


def test_a_witness_comes_with_a_program_that_can_be_pasted():
    told = text("4.1")
    assert PROGRAM in told
    assert "x = 1/2" in told and "left side: 1/2" in told and "right side: 1" in told


def test_the_line_before_is_shown():
    assert [line.split()[0] for line in text("4.1").splitlines() if "∂J" in line][:1] == ["4.0"]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("tag", ["4.1", "4.2"])
def test_no_line_is_wider_than_the_terminal(tag, width):
    assert all(cell_len(line) <= width for line in text(tag, width).splitlines())


def test_a_dumb_terminal_gets_ascii():
    text("4.1", encoding="ascii").encode("ascii")
    assert "\x1b" not in text("4.1")


def test_an_unknown_tag_is_an_error():
    with pytest.raises(KeyError):
        text("9.9")


def test_a_whole_chain_names_its_steps():
    told = explain.chain(derivation(), width=80, color=False, encoding="utf-8")
    assert "python -m verify explain naive-softmax-center:4.1" in told


def test_the_same_for_programs():
    document = json.loads(json_.step(derivation(), "4.2"))
    assert document["step"] == json.loads(json_.chain(derivation()))["steps"][1]
    assert document["step"]["evidence"][0]["proofs"][0]["python"] == {"lhs": "exp(x)**2", "rhs": "b", "canonical": "c"}


def test_a_kind_of_slip_is_told_with_its_example():
    kind = CATALOGUE["sign"]
    told = slips.kind(kind, width=80, color=False, encoding="utf-8")
    assert all(part in told for part in (kind.code, kind.title, f"wrong   {kind.wrong}", f"right   {kind.right}"))
