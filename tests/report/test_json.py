"""JSON: the promised keys, in the promised order."""

from __future__ import annotations

import json
from typing import Any

from report.json_ import render
from tests.report import samples
from tests.report.snapshot import same_as_snapshot
from verify.model import Run


def read(run: Run) -> Any:
    return json.loads(render(run))


def test_snapshot() -> None:
    same_as_snapshot("report.json", render(samples.RICH))


def test_promised_keys_are_there() -> None:
    document = read(samples.RICH)
    assert list(document) == ["version", "program", "seed", "derivations", "summary", "errors"]
    assert document["version"] == 2
    for derivation in document["derivations"]:
        assert {"id", "title", "source", "file", "line", "remarks", "start", "steps"} <= set(derivation)
        for step in derivation["steps"]:
            assert {
                "tag", "line", "relation", "latex", "lhs", "rhs", "verdict", "from_start", "scope", "conditions",
                "standing", "reason", "witness", "evidence", "diagnoses", "erratum",
            } <= set(step)  # fmt: skip
            for evidence in step["evidence"]:
                assert {"check", "verdict", "detail", "seconds"} <= set(evidence)
    assert document["summary"] == {
        "steps": 22, "PROVED": 10, "SUPPORTED": 1, "REFUTED": 7, "UNDECIDED": 2, "VACUOUS": 1, "CONFLICT": 1,
        "seconds": 1.0625, "exit_code": 2,
    }  # fmt: skip
    assert set(document["errors"][0]) == {"file", "line", "message"}


def test_values() -> None:
    first = read(samples.RICH)["derivations"][0]
    assert first["start"] == {"tag": "4.0", "latex": samples.CENTER.start.latex, "expression": "Derivative(J, V_c)"}  # type: ignore[union-attr]
    step = first["steps"][0]
    assert step["from_start"] == "REFUTED"
    assert step["relation"] == "="
    assert step["standing"] == "own slip"
    assert step["witness"]["point"] == samples.POINT
    alone = read(samples.RICH)["derivations"][3]
    assert alone["start"] is None
    assert alone["steps"][0]["from_start"] is None
    assert alone["steps"][0]["witness"] is None


def test_text_is_kept_as_it_is() -> None:
    text = render(samples.RICH)
    assert "אבל גם כאן קיבלנו…" in text
    assert text.endswith("}\n")
    assert read(samples.RICH)["derivations"][4]["start"]["latex"] == "\\write18{rm}\x1b[31m"


def test_odd_numbers_and_characters_do_not_break_it() -> None:
    assert read(Run("v\ud800", 0, (), (), float("nan")))["summary"]["seconds"] == 0.0
    assert read(samples.EMPTY)["derivations"] == []
