"""``python -m verify explain``: what it finds, what it says where there is nothing of the name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify.cli import main

NOTES = """\
from verify.notation import derivation, eq, line, real
x = real("x")
ONE = derivation("first-one", "A square", source="p. 1", start=line((x + 1) ** 2, tag="1.0"),
                 steps=[eq(x**2 + 2 * x + 1, tag="1.1"), eq(x**2 + 1, tag="1.2")])
TWO = derivation("second-one", "Another", source="p. 2", start=line(x, tag="2.0"),
                 steps=[eq(x, tag="2.1"), eq(2 * x - x, tag="1.2")])
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("notes.py").write_text(NOTES, encoding="utf-8")
    return "notes.py"


def test_a_step_is_explained(notes, capsys):
    assert main(["explain", "first-one:1.1", notes]) == 0
    told = capsys.readouterr().out
    assert "PROVED" in told and "common canonical form" in told and "re-check" in told


def test_a_refuted_step_comes_with_a_program(notes, capsys):
    assert main(["explain", "FIRST-one:1.2", notes]) == 0
    told = capsys.readouterr().out
    assert "REFUTED" in told and "from mpmath import *" in told


def test_a_tag_that_only_one_derivation_has_is_enough(notes, capsys):
    assert main(["explain", "2.1", notes]) == 0
    assert "Another" in capsys.readouterr().out


def test_a_derivation_is_explained(notes, capsys):
    assert main(["explain", "first-one", notes]) == 0
    assert "python -m verify explain first-one:1.2" in capsys.readouterr().out


def test_a_step_for_programs(notes, capsys):
    assert main(["explain", "first-one:1.1", notes, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["step"]["tag"] == "1.1"
    assert main(["explain", "first-one", notes, "--format", "json"]) == 0
    assert [step["tag"] for step in json.loads(capsys.readouterr().out)["steps"]] == ["1.1", "1.2"]


def test_a_kind_of_slip_needs_no_notes(capsys):
    assert main(["explain", "Sign"]) == 0
    assert "A wrong sign" in capsys.readouterr().out


def test_without_a_name_it_lists_what_there_is(notes, capsys):
    assert main(["explain"]) == 0
    told = capsys.readouterr().out
    assert "softmax-shift" in told and "missing-delta" in told


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("first-one:1.9", "first-one has no step '1.9'; its steps: 1.1, 1.2"),
        ("first-one:1.0", "1.0 is the first line of first-one, which asserts nothing yet"),
        ("1.2", "2 derivations have a step '1.2': first-one:1.2, second-one:1.2"),
        ("frist-one", "there is no derivation, step or kind of slip 'frist-one'; near it: first-one"),
        ("sing", "near it: sign"),
        ("qqqqqqqq", "without a name it lists them"),
        ("notes.py", "notes.py is a path: the name of what is to be explained comes first, then where to look"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_near(notes, capsys, name, message):
    assert main(["explain", name, notes]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err


def test_without_a_path_it_says_where_it_has_looked(capsys):
    assert main(["explain", "my-notes:2"]) == 2
    told = capsys.readouterr().err
    assert "slip 'my-notes:2' in the notes that come along (those of a file: explain NAME FILE.py)" in told


def test_markdown_is_for_the_catalogue(capsys):
    assert main(["explain", "sign", "--format", "markdown"]) == 2
    assert "takes no name" in capsys.readouterr().err
