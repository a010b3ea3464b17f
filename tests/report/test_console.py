"""The terminal: everything is said, nothing is cut off, colour is never needed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from report.terminal.layout import hanging, wrap
from report.terminal.run import begin, render
from tests.report import samples
from tests.report.snapshot import same_as_snapshot

WIDTHS = [20, 40, 72, 80, 140]


def shown(width: int = 140, **options: str | bool) -> str:
    return render(samples.RICH, width=width, color=False, **options)  # type: ignore[arg-type]


def without_carets(page: str) -> str:
    """The page without what points at the wrong part of a line where there is no colour."""
    return re.sub(r"(?m)^[ ^]*\^\n", "", page)


@pytest.mark.parametrize("width", [40, 80, 140])
def test_snapshot(width: int) -> None:
    same_as_snapshot(f"console-{width}.txt", shown(width))


def test_snapshot_ascii() -> None:
    same_as_snapshot("console-80-ascii.txt", shown(80, encoding="ascii"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_terminal(width: int, encoding: str) -> None:
    assert max(map(cell_len, shown(width, encoding=encoding).splitlines())) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(width: int) -> None:
    def letters(text: str) -> str:
        return "".join(sorted(re.sub(r"\s", "", without_carets(text))))

    assert letters(shown(width)) == letters(shown(1000))


def test_a_derivation_that_was_laid_out_beforehand_is_shown_alike() -> None:
    whole = render(samples.RICH, color=False)
    for derivation in samples.RICH.derivations[::2]:
        begin(derivation)
    assert render(samples.RICH, color=False) == whole


def test_every_verdict_is_said_in_words_and_marked() -> None:
    page = shown()
    for mark, verdict in zip(
        "✓≈✗?∅‼", ("PROVED", "SUPPORTED", "REFUTED", "UNDECIDED", "VACUOUS", "CONFLICT"), strict=True
    ):
        assert any(mark in line and verdict in line for line in page.splitlines())


def test_without_colour_there_are_no_escapes_and_with_colour_the_same_words() -> None:
    plain, coloured = shown(), render(samples.RICH, width=140, color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == without_carets(plain)


def test_no_color_and_pipes_are_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in render(samples.RICH)  # pytest's standard output is no terminal
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" in render(samples.RICH)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in render(samples.RICH)


def test_markup_in_foreign_text_is_just_text() -> None:
    page = shown()
    assert "[red]Markup[/red]" in page
    assert "[link=x]all[/link]" in page
    assert "[bold]1[/bold] ≠ 2" in page
    assert "\x1b" not in page


def test_the_wrong_part_of_a_line_is_pointed_at() -> None:
    lines = shown(80).splitlines()
    (at,) = [at for at, line in enumerate(lines) if line.startswith(" ✗  6.2")]
    start, end = lines[at + 1].index("^"), len(lines[at + 1])
    assert lines[at][start:end] == "(1 + e⁻ˣ)⁻²"
    coloured = render(samples.RICH, width=80, color=True)
    assert "\x1b[4;31m(1 + e⁻ˣ)⁻²\x1b[0m" in coloured


def test_refutations_tell_everything() -> None:
    page = shown()
    for words in (
        "sign: J is −log already; one minus too many.",
        "should read (proved for all n, d): ∂/∂V_c(−log P(o))",
        "at n=2, d=1, V_c=(1), U=((0), (1)), o=1: −0.7310585786… ≠ 0.7310585786…",
        "In line 4.1 J is −log already; one minus too many; line 4.2 takes it back; from there on everything is right.",
        "known: J is −log already: one minus too many",
        "known: covered by the erratum on 4.1",
        "at λ=0, p=1: left side true, right side false",
        "time limit of 10 s reached",
        "carried from M.1",
        "derivations/broken.py:12: V_c + 1",
        "Not acknowledged: sigmoid-derivative 6.2",
    ):
        assert words in page
    *_, counts, more = page.splitlines()
    assert counts.startswith("22 steps · 10 proved")
    assert more == "More about a line: python -m verify explain hostile:H.2 derivations/sample.py"


def test_formulas_are_divided_before_their_operators() -> None:
    lines = [line.plain for line in wrap(Text("a + b − c = d · e"), 10)]
    assert lines == ["a + b − c", "= d · e"]
    assert [line.plain for line in wrap(Text("= " + "a" * 9), 8)] == ["=", "a" * 8, "a"]


def test_empty_and_clean_runs() -> None:
    assert render(samples.EMPTY, width=80, color=False) == "0 steps · 0.0 s\n"
    page = render(samples.CLEAN, width=80, color=False)
    assert "right throughout" in page
    assert "Not acknowledged" not in page


@given(st.text(alphabet="ab ŷ中 \u0302", max_size=80), st.integers(9, 40), st.integers(0, 30))
def test_wrapping_loses_nothing_and_fits(words: str, width: int, hang: int) -> None:
    lines = wrap(Text(words), width, hang)
    assert all(cell_len(line.plain) <= width for line in lines)
    assert "".join("".join(line.plain.split()) for line in lines) == "".join(words.split())


@given(
    st.text(alphabet="ab ", max_size=60), st.text(alphabet="cd ", max_size=60), st.integers(20, 40), st.integers(0, 30)
)
@settings(max_examples=50)
def test_hanging_fits_beside_any_margin(first: str, body: str, width: int, indent: int) -> None:
    lines = list(hanging(Text(first), Text(body), width, indent))
    assert all(cell_len(line.plain.rstrip()) <= width for line in lines)
    assert "".join("".join(line.plain.split()) for line in lines) == "".join((first + body).split())
