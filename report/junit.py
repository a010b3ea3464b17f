"""JUnit XML, which continuous integration servers show as the results of tests: a step is a test case.

A step that makes the run fail is a failure; a contradiction between two checks, and a file that cannot be loaded, is an
error. What the author has acknowledged passes, and is told in ``system-out``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from report.findings import Finding, findings, formula
from report.text import REPLACEMENT, clean
from report.words import story
from verify.model import DerivationResult, LoadError, Run, StepResult, Verdict

_NO_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\n]")


def render(run: Run) -> str:
    """The run as an XML document, ending with a newline."""
    found = {id(finding.step): finding for finding in findings(run)}
    suites = [_suite(derivation, found) for derivation in run.derivations]
    if run.errors:
        suites.append(_not_loaded(run.errors))
    root = Element("testsuites", {"name": _xml(run.program), **_counts(suites), "time": _time(run.seconds)})
    root.extend(suites)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(derivation: DerivationResult, found: dict[int, Finding]) -> Element:
    cases = [_case(derivation, step, found.get(id(step))) for step in derivation.steps]
    return _filled(f"{derivation.id} · {derivation.title}", cases)


def _case(derivation: DerivationResult, step: StepResult, finding: Finding | None) -> Element:
    seconds = sum(evidence.seconds for evidence in step.judgement.evidence)
    case = Element(
        "testcase",
        classname=_xml(derivation.id),
        name=_xml(f"{step.tag} {formula(step)}"),
        file=_xml(derivation.file),
        line=str(step.line),
        time=_time(seconds),
    )
    if finding is None:
        return case
    verdict, lines = story.verdict_line(step), "\n".join(finding.lines)
    if finding.expected:
        SubElement(case, "system-out").text = _xml(f"{verdict}\n{lines}")
        return case
    outcome = "error" if step.verdict is Verdict.CONFLICT else "failure"
    SubElement(case, outcome, type=_xml(finding.kind), message=_xml(f"{verdict}: {finding.lines[0]}")).text = _xml(
        lines
    )
    return case


def _not_loaded(errors: Iterable[LoadError]) -> Element:
    cases = []
    for error in errors:
        case = Element("testcase", classname="not loaded", name=_xml(error.file), file=_xml(error.file))
        if error.line:
            case.set("line", str(error.line))
        SubElement(case, "error", type="not-loaded", message=_xml(error.message))
        cases.append(case)
    return _filled("Could not be loaded", cases)


def _filled(name: str, cases: list[Element]) -> Element:
    """A suite of these cases."""
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
    }
    suite = Element("testsuite", {"name": _xml(name), **{count: str(number) for count, number in counts.items()}})
    suite.extend(cases)
    return suite


def _counts(suites: Iterable[Element]) -> dict[str, str]:
    """The counts of all suites together."""
    suites = list(suites)
    return {name: str(sum(int(suite.attrib[name]) for suite in suites)) for name in ("tests", "failures", "errors")}


def _xml(text: str) -> str:
    """Clean lines of text, without characters that no XML document may have."""
    return _NO_XML.sub(REPLACEMENT, "\n".join(map(clean, text.split("\n"))))


def _time(seconds: float) -> str:
    return f"{seconds:.3f}" if math.isfinite(seconds) else "0.000"
