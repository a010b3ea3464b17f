"""JUnit XML: a step is a test case, and fails where it makes the run fail."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from report.junit import render
from report.words.tally import surprises
from tests.report import samples
from tests.report.snapshot import same_as_snapshot
from verify.model import LoadError, Run


def read(run: Run) -> Element:
    return fromstring(render(run).encode())


def test_snapshot() -> None:
    same_as_snapshot("junit.xml", render(samples.RICH))


@pytest.mark.parametrize("run", [samples.RICH, samples.CLEAN, samples.EMPTY], ids=["rich", "clean", "empty"])
def test_the_counts_are_those_of_the_cases(run: Run) -> None:
    root = read(run)
    for part in (root, *root.iter("testsuite")):
        for count, name in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert int(part.attrib[count]) == len(list(part.iter(name)))


@pytest.mark.parametrize("run", [samples.RICH, samples.CLEAN, samples.EMPTY], ids=["rich", "clean", "empty"])
def test_what_makes_a_run_fail_fails(run: Run) -> None:
    root = read(run)
    failing = [
        case for case in root.iter("testcase") if case.find("failure") is not None or case.find("error") is not None
    ]
    assert len(failing) == len(surprises(run)) + len(run.errors)
    assert bool(failing) == bool(run.exit_code)


def test_an_acknowledged_slip_passes_and_is_told() -> None:
    case = next(read(samples.RICH).iter("testcase"))
    assert case.find("failure") is None
    assert (case.findtext("system-out") or "").startswith("REFUTED · own slip\n")


def test_odd_characters_and_numbers_do_not_break_it() -> None:
    odd = samples.derivation("a\ud800\x00\ufffe", "<&>\"'\x1b", samples.step("\uffff", "x\x08"))
    root = read(Run("v\ud800", 0, (odd,), (LoadError("\x00.py", 0, "]]>\x0b"),), float("nan")))
    assert root.attrib["time"] == "0.000"
    assert root.attrib["errors"] == "1"
    step = replace(odd.steps[0], stale_erratum=True, erratum="\ufffe")
    assert "\ufffe" not in render(Run("v", 0, (replace(odd, steps=(step,)),)))
