"""``python -m verify new``: the file that it writes verifies as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.cli import main
from verify.commands.new import template


def test_a_new_file_verifies(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my_notes.py"]) == 0
    assert capsys.readouterr().out == "wrote my_notes.py; now: python -m verify my_notes.py\n"
    assert main(["my_notes.py"]) == 0
    told = capsys.readouterr().out
    assert "my-notes · My notes · my notes, p. 1" in told and "right throughout" in told


def test_nothing_is_written_over(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text("x = 1", encoding="utf-8")
    assert main(["new", "a.py"]) == 2
    assert "a.py is there already" in capsys.readouterr().err
    assert Path("a.py").read_text(encoding="utf-8") == "x = 1"
    assert main(["new", "no/such/folder.py"]) == 2


@pytest.mark.parametrize(
    ("stem", "name", "id"), [("1st", "NOTES_1ST", "1st"), ("ß", "NOTES", "notes"), ("a-b", "A_B", "a-b")]
)
def test_any_name_gives_a_module(stem, name, id):
    text = template(stem)
    compile(text, "new", "exec")
    assert f"{name} = derivation(" in text and f'"{id}"' in text
