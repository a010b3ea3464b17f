"""What can be collected is; what cannot is an error at the author's own line, and never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import verify
from verify.collect import collect
from verify.model import LoadError

Write = Callable[..., Path]

GOOD = """\
from verify.notation import derivation, eq, line, real
x = real("x")
{name} = derivation("{id}", "A title", start=line(x + x, tag="0"), steps=[eq(2 * x, tag="1")])
"""


def good(id: str = "good", name: str = "D") -> str:
    return GOOD.format(id=id, name=name)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files into a folder of their own, which is the current one: ``write("a.py", text)``."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write


def ids(*paths: Path) -> list[str]:
    derivations, errors = collect(paths)
    assert errors == []
    return [derivation.id for derivation in derivations]


def the_error(*paths: Path) -> LoadError:
    _, errors = collect(paths)
    assert len(errors) == 1
    return errors[0]


# -- what is found -------------------------------------------------------------------------------------------


def test_places_are_relative_to_the_current_folder_when_inside_it(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("notes/a.py", good())
    (derivation,), errors = collect([Path("notes")])
    assert errors == []
    assert derivation.start is not None
    for place in (derivation.place, derivation.start.place, derivation.steps[0].line.place):
        assert (place.file, place.line) == ("notes/a.py", 3)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    (derivation,), _ = collect([Path("../notes")])
    assert derivation.place.file == str(tmp_path / "notes/a.py")


def test_a_folder_is_searched_in_natural_order_without_private_names(write: Write) -> None:
    for name in ("eq10", "eq2", "sub/eq1", "_private", ".hidden", "_sub/a", ".git/a", "__pycache__/a"):
        write(f"notes/{name}.py", good(name))
    write("notes/readme.txt", "not Python")
    assert ids(Path("notes")) == ["eq2", "eq10", "sub/eq1"]


def test_derivations_come_in_order_of_definition(write: Write) -> None:
    text = good("first", "B") + good("second", "A") + "AGAIN = B\n"
    assert ids(write("a.py", text)) == ["first", "second"]


def test_a_file_is_collected_once_however_often_it_is_named(write: Write) -> None:
    file = write("notes/a.py", good())
    assert ids(file, Path("notes"), file.resolve()) == ["good"]


def test_a_private_file_is_collected_when_it_is_named(write: Write) -> None:
    assert ids(write("_a.py", good())) == ["good"]


def test_the_projects_own_notes_are_the_default(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("own/a.py", good())
    monkeypatch.setattr("verify.collect.files.OWN", Path("own"))
    assert ids() == ["good"]


def test_siblings_can_be_imported_and_leave_no_trace(write: Write) -> None:
    for folder in ("one", "two"):
        write(f"{folder}/common.py", f"NAME = '{folder}'\n")
        write(f"{folder}/random.py", "raise RuntimeError('the standard library has a module of this name')\n")
        write(f"{folder}/a.py", "import random, common\n" + good().replace('"good"', "common.NAME"))
    path, hooks = sys.path[:], sys.meta_path[:]
    assert ids(Path("one/a.py"), Path("two/a.py")) == ["one", "two"]
    assert sys.path == path
    assert sys.meta_path == hooks
    assert "common" not in sys.modules
    assert not list(Path().rglob("__pycache__"))


def test_an_imported_derivation_belongs_to_the_file_that_defines_it(write: Write) -> None:
    write("notes/a.py", good("a"))
    write("notes/b.py", "from a import D as OTHER\n" + good("b"))
    assert ids(Path("notes")) == ["a", "b"]


def test_a_derivation_made_by_a_siblings_function_belongs_to_its_caller(write: Write) -> None:
    write("_common.py", "def make(id):\n    " + good().replace("\n", "\n    ").replace('"good"', "id") + "return D\n")
    assert ids(write("a.py", "from _common import make\nA = make('a')\nB = make('b')\n")) == ["a", "b"]


def test_an_edit_counts_at_once(write: Write) -> None:
    assert ids(write("a.py", good("old"))) == ["old"]
    assert ids(write("a.py", good("new"))) == ["new"]


def test_what_a_file_prints_does_not_go_to_stdout(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    ids(write("a.py", good() + "print('hello')\n"))
    assert capsys.readouterr() == ("", "hello\n")


# -- what is wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x = 1\ny = 1 / 0\n", 2, "ZeroDivisionError: division by zero"),
        ("def f():\n    raise ValueError('two\\nlines')\n\nf()\n", 2, "ValueError: two lines"),
        ("import json\n\njson.loads('{')\n", 3, "JSONDecodeError: Expecting property name"),
        ("x = (1,\ny = 2\n", 1, "SyntaxError: '(' was never closed"),
        ("if True:\nx = 1\n", 2, "IndentationError: expected an indented block"),
        ("import no_such_module\n", 1, "ModuleNotFoundError: No module named 'no_such_module'"),
        ("from . import a\n", 1, "ImportError: attempted relative import"),
        ("assert False\n", 1, "AssertionError"),
        ("import sys\nsys.exit(3)\n", 2, "SystemExit: 3"),
        ("def f(): f()\nf()\n", 1, "RecursionError: maximum recursion depth exceeded"),
        ("from verify.notation import real, eq\nx = real('x')\neq(x, x, x)\n", 3, "a line with '=' takes one side"),
        (
            "from verify.notation import dot\n\ndot('a', 'b')\n",
            3,
            "expected an expression or a number, got the text 'a' (a line's LaTeX comes after it)",
        ),
    ],
)
def test_an_exception_is_reported_at_the_authors_line(write: Write, text: str, line: int, message: str) -> None:
    error = the_error(write("a.py", text))
    assert (error.file, error.line) == ("a.py", line)
    assert message in error.message
    assert "\n" not in error.message


@pytest.mark.parametrize(("step", "message"), [("eq(v)", "vector"), ("eq(x + k)", "index k"), ("eq(y)", "symbol y")])
def test_an_encoding_without_sense_spares_the_others(write: Write, step: str, message: str) -> None:
    bad = f"""\
from sympy import Symbol
from verify.notation import derivation, dimension, eq, index_set, line, real, vector
x, y, n = real("x"), Symbol("y"), dimension("n")
v, k = vector("v", n), index_set("K", n).index("k")
BAD = derivation("bad", "", start=line(x, tag="0"), steps=[
    eq(x, tag="1"),
    {step},
])
"""
    derivations, (error,) = collect([write("a.py", bad + good("after"))])
    assert [derivation.id for derivation in derivations] == ["after"]
    assert (error.file, error.line) == ("a.py", 7)
    assert message in error.message


def test_what_came_before_an_error_is_collected(write: Write) -> None:
    derivations, (error,) = collect([write("a.py", good() + "raise ValueError\n" + good("unreached"))])
    assert [derivation.id for derivation in derivations] == ["good"]
    assert (error.line, error.message) == (4, "ValueError")


def test_an_error_in_a_sibling_is_reported_where_it_is_imported(write: Write) -> None:
    write("common.py", "\n\n1 / 0\n")
    write("other.py", "x = (\n")
    assert the_error(write("a.py", "\nimport common\n")).line == 2
    error = the_error(write("b.py", "\nimport other\n"))
    assert (error.file, error.line) == ("b.py", 2)
    assert error.message.startswith("SyntaxError: '(' was never closed (other.py, line 1)")


def test_of_two_derivations_with_one_id_the_second_is_reported(write: Write) -> None:
    derivations, (error,) = collect([write("a.py", good()), write("b.py", "\n" + good())])
    assert [derivation.place.file for derivation in derivations] == ["a.py"]
    assert (error.file, error.line) == ("b.py", 4)
    assert error.message == "the id 'good' is taken already, at a.py:3; this one is not verified"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.py", "there is no such file or folder"),
        ("missing", "there is no such file or folder"),
        ("text.txt", "this is not a Python file (*.py), nor a folder of them"),
        ("empty.py", "there is no derivation(…) in this file"),
        ("folder", "there is no derivation in this folder"),
        ("x" * 5000, "File name too long"),
    ],
)
def test_a_path_without_derivations_is_an_error(write: Write, name: str, message: str) -> None:
    write("text.txt", "")
    write("empty.py", "")
    write("folder/empty.py", "")
    error = the_error(Path(name))
    assert (error.file, error.line) == (name, 0)
    assert message in error.message


def test_a_helper_file_in_a_folder_needs_no_derivation(write: Write) -> None:
    write("notes/a.py", good())
    write("notes/helpers.py", "")
    assert ids(Path("notes")) == ["good"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("from verify.notation import sigmoyd", "near it: sigmoid"),
        ("from verify.notation import erf", "SymPy has it: from sympy import erf"),
        ("zeta_0", 'declare it, for example zeta_0 = real("zeta_0")'),
        ("derivation", "from verify.notation import derivation"),
        ("from sympy import exp\nexp(x)", 'x = real("x")'),
        ("from sympy import Symbol\n(Symbol('a') + 1)[0]", "of a vector that is not just a name: component(v, i)"),
    ],
)
def test_a_name_that_is_not_known_comes_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "notes.py"
    file.write_text(text)
    _, (error,) = collect([file])
    assert error.message.endswith(message)
    assert str(Path(verify.__file__).parent) not in error.message
