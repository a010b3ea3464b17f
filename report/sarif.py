"""SARIF 2.1.0 (OASIS), which code hosts and editors show as findings at a file and line.

A step that makes the run fail is a result; one that the author has acknowledged is a suppressed result. A file that
cannot be loaded is a result too, since otherwise nothing of it would be seen where the others are.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from report.findings import Finding, findings, formula
from report.text import clean
from report.words import story
from verify.model import LoadError, Run, Verdict

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(run: Run) -> str:
    """The run as an indented JSON document, ending with a newline."""
    results = [*map(_result, findings(run)), *map(_not_loaded, run.errors)]
    name, _, version = run.program.rpartition(" ")
    tool = {"name": name or version, "version": version, "rules": _rules(results)}
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": tool}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _rules(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kinds of findings that occur."""
    kinds = sorted({result["ruleId"] for result in results})
    return [{"id": kind, "shortDescription": {"text": kind.replace("-", " ").capitalize()}} for kind in kinds]


def _result(finding: Finding) -> dict[str, Any]:
    step, derivation = finding.step, finding.derivation
    lines = (f"{finding.name} {formula(step)}", clean(story.verdict_line(step)), *finding.lines)
    result: dict[str, Any] = {
        "ruleId": finding.kind,
        "level": _level(finding),
        "message": {"text": "\n".join(lines)},
        "locations": [
            {**_location(derivation.file, step.line), "logicalLocations": [{"fullyQualifiedName": finding.name}]}
        ],
    }
    if finding.expected:
        result["suppressions"] = [{"kind": "inSource", "justification": clean(step.erratum or "acknowledged")}]
    return result


def _level(finding: Finding) -> str:
    if finding.step.stale_erratum or finding.step.verdict is Verdict.UNDECIDED:
        return "warning"
    return "error"


def _not_loaded(error: LoadError) -> dict[str, Any]:
    return {
        "ruleId": "not-loaded",
        "level": "error",
        "message": {"text": clean(error.message)},
        "locations": [_location(error.file, error.line)],
    }


def _location(file: str, line: int) -> dict[str, Any]:
    """A line of a file; line 0 stands for the whole file."""
    path = PurePath(file)
    scheme = "file://" if path.is_absolute() else ""
    physical: dict[str, Any] = {"artifactLocation": {"uri": scheme + quote(path.as_posix(), errors="replace")}}
    if line > 0:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}
