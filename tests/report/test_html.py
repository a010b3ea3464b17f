"""HTML: one file that needs nothing else, in which foreign text stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.html.run import render
from report.html.text import code, line, plain_math, prose, text
from tests.report import samples
from tests.report.snapshot import same_as_snapshot
from tests.report.test_latex import stress

_VOID = {"meta", "wbr"}
_PLAIN = set(
    "html head meta title style body header footer h1 h2 h3 p a b ul li div span section details summary code table "
    "tbody tr td wbr sup sub".split()
)
_MATHS = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
    "mpadded".split()
)
_ATTRIBUTES = set("id class href title lang dir charset name content http-equiv style aria-hidden".split())
_MATHS_ATTRIBUTES = set(
    "form stretchy symmetric lspace rspace accent accentunder movablelimits displaystyle mathvariant linethickness "
    "width minsize maxsize class".split()
)


class Reader(HTMLParser):
    """Reads a page, and asserts that its elements are ours and properly nested."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _PLAIN | _MATHS, tag
        assert {name for name, _ in attrs} <= (_ATTRIBUTES if tag in _PLAIN else _MATHS_ATTRIBUTES), (tag, attrs)
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "mspace"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data


def read(page: str) -> Reader:
    """A page as it is read."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


def test_snapshot() -> None:
    same_as_snapshot("report.html", render(samples.RICH))


@pytest.mark.parametrize("name", ["rich", "stress", "clean", "empty"])
def test_it_is_well_formed_and_every_link_leads_somewhere(name: str) -> None:
    run = {"rich": samples.RICH, "clean": samples.CLEAN, "empty": samples.EMPTY, "stress": stress()}[name]
    found = read(render(run))
    assert len(found.ids) == len(set(found.ids))
    assert {target.removeprefix("#") for target in found.links} <= set(found.ids)


def test_it_needs_nothing_else() -> None:
    page = render(samples.RICH)
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|\bsrc=|url\(|@import|<script", page)


def test_foreign_text_stays_text() -> None:
    words = read(render(samples.RICH)).words
    assert "[red]Markup[/red] & 100% of $x_1$ | <b>#*_`~^\\{}" in words
    assert "\x1b" not in words and "\u202e" not in words


def test_it_carries_no_times() -> None:
    assert not re.search(r"0\.21|1\.0625|\d s\b(?! reached)", render(samples.RICH))


def test_most_important_first() -> None:
    page = render(samples.RICH)
    places = [page.index(words) for words in ("22 steps", "<h2>What to mend", "<h2>Derivations", "<section")]
    assert places == sorted(places)
    task = page.partition("<h2>What to mend")[2].partition("<h2>")[0]
    assert "The factor" in task and "Should read (supported by numbers only)" in task


def test_refuted_steps_are_open_and_the_evidence_is_folded() -> None:
    page = render(samples.RICH)
    box = page.partition('id="step-naive-softmax-center-4.1"')[2].partition('id="step-')[0]
    for words in (
        "one minus too many",
        "Should read (proved for all n, d)",
        "Counterexample",
        "line 4.2 is right again",
    ):
        assert words in box.partition("<details>")[0]
    assert "Read as" in box.partition("<details>")[2]
    assert '<details class="proved sound" id="step-naive-softmax-center-4.3">' in page
    assert "<details open" not in page


def test_empty_run() -> None:
    assert "There was nothing to check." in render(samples.EMPTY)
    assert "<p>Nothing.</p>" in render(samples.CLEAN)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("V_c ∈ ℝ^(n×d)", "V<sub>c</sub>\u00a0∈\u00a0ℝ<sup>n×d</sup>"),
        ("x_1=(1), x^2 < y", "x<sub>1</sub>=(1), x<sup>2</sup>\u00a0&lt;\u00a0y"),
        ("a_long_name and J_naive", "a_long_name and J<sub>naive</sub>"),
        ("my_name", "my_name"),
        ("σ(U_kᵀV_c)", "σ(U<sub>k</sub>ᵀV<sub>c</sub>)"),
        ("<b>^(<i>)", "&lt;b&gt;<sup>&lt;i&gt;</sup>"),
    ],
)
def test_plain_mathematics(words: str, written: str) -> None:
    assert plain_math(words) == written


def test_a_formula_keeps_its_full_stop() -> None:
    assert prose("not $x$.").endswith("<math><mi>x</mi></math>.</span>")
    assert prose("$x$ and $y$ <b>") == "<math><mi>x</mi></math> and <math><mi>y</mi></math> &lt;b&gt;"


def test_what_cannot_be_typeset_is_shown_with_the_reason() -> None:
    assert (
        line(r"\frac{1}{2", "=")
        == '= <code>\\frac{1}{2</code> <span class="quiet">(not typeset: a } is missing)</span>'
    )


@given(st.text())
def test_no_words_are_markup(words: str) -> None:
    for written in (text(words), code(words), plain_math(words), prose(words), line(words)):
        read(written)
