"""SARIF: every finding has its place; what the author has acknowledged is suppressed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from report.sarif import render
from report.words.tally import surprises
from tests.report import samples
from tests.report.snapshot import same_as_snapshot
from verify.model import LoadError, Run


def read(run: Run) -> Any:
    document = json.loads(render(run))
    assert document["version"] == "2.1.0"
    (only,) = document["runs"]
    return only


def test_snapshot() -> None:
    same_as_snapshot("report.sarif", render(samples.RICH))


@pytest.mark.parametrize("run", [samples.RICH, samples.CLEAN, samples.EMPTY], ids=["rich", "clean", "empty"])
def test_what_makes_a_run_fail_is_not_suppressed(run: Run) -> None:
    shown = [result for result in read(run)["results"] if "suppressions" not in result]
    assert len(shown) == len(surprises(run)) + len(run.errors)
    assert bool(shown) == bool(run.exit_code)


def test_every_result_has_its_rule_and_its_line() -> None:
    run = read(samples.RICH)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({result["ruleId"] for result in run["results"]})
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0] == {"artifactLocation": {"uri": "derivations/softmax.py"}, "region": {"startLine": 21}}
    assert places[-1] == {"artifactLocation": {"uri": "derivations/broken.py"}, "region": {"startLine": 12}}
    assert all(place["region"]["startLine"] > 0 for place in places)


def test_files_are_addresses() -> None:
    errors = tuple(LoadError(file, 0, "no") for file in ("a b.py", "/notes/σ.py", "/\ud800.py"))
    places = [result["locations"][0]["physicalLocation"] for result in read(Run("v 1", 0, (), errors))["results"]]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert uris == ["a%20b.py", "file:///notes/%CF%83.py", "file:///%3F.py"]
    assert not any("region" in place for place in places)  # a whole file has no line


def test_odd_characters_do_not_break_it() -> None:
    odd = samples.derivation(
        "a\ud800", "\x1b", replace(samples.step("\x00", "x"), stale_erratum=True, erratum="\ud800")
    )
    (result,) = read(Run("v", 0, (odd,)))["results"]
    assert result["level"] == "warning"
    assert "\x1b" not in result["message"]["text"]
