"""Markdown: what GitHub needs in order to show exactly what was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from report.markdown.run import render
from report.markdown.text import code, inline_math, link, text
from tests.report import samples
from tests.report.fuzzing import latex
from tests.report.snapshot import same_as_snapshot

GITHUB = MarkdownIt("commonmark").enable("table")


def test_snapshot() -> None:
    same_as_snapshot("report.md", render(samples.RICH))


def test_most_important_first() -> None:
    page = render(samples.RICH)
    assert "<br>Should read (supported by numbers only)" in page.partition("## Derivations")[0]
    places = [page.index(f"## {title}\n") for title in ("What to mend", "Derivations", "Evidence")]
    assert places == sorted(places)
    assert page.index("22 steps") < places[0]


def test_it_carries_no_times() -> None:
    page = render(samples.RICH)
    assert not re.search(r"\d s\b(?! reached)", page)
    assert "0.21" not in page
    assert "1.0625" not in page


def test_every_link_leads_somewhere() -> None:
    page = render(samples.RICH)
    anchors = re.findall(r'<a id="([^"]*)">', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= set(anchors)
    assert "(derivations/sample.py#L17)" in page


def test_refuted_steps_are_boxed_with_all_they_need() -> None:
    box = re.search(r'<a id="step-naive-softmax-center-4.1"></a>\n\n((?:>.*\n)+)', render(samples.RICH))
    assert box
    for words in (
        "```math",
        "Counterexample: at n=2",
        "−0.7310585786… ≠ 0.7310585786…",
        "line 4.2 is right again",
    ):
        assert words in box[1]


def test_what_was_read_stands_with_the_evidence() -> None:
    assert "- 4.1 was read as `Derivative(" in render(samples.RICH).partition("## Evidence")[2]


def test_all_rows_of_a_table_have_its_columns() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", render(samples.RICH), re.MULTILINE):
        rows = [re.sub(r"\\\|", "", line).count("|") for line in block.splitlines()]
        assert len(set(rows)) == 1


def test_foreign_html_stays_text() -> None:
    page = render(samples.RICH)
    assert "<b>" not in page
    assert "\x1b" not in page
    tags = set(re.findall(r"<(/?[a-z]+)", page))
    assert tags <= {
        "br",
        *(end + name for name in ("a", "details", "summary", "span", "sub", "sup") for end in ("", "/")),
    }


def test_empty_run() -> None:
    assert "There was nothing to check." in render(samples.EMPTY)
    assert "Nothing.\n" in render(samples.CLEAN)


def plain(markdown: str) -> str:
    """What a reader sees: the text of the rendered page."""
    html = GITHUB.render(markdown)
    html = re.sub(r"<[^>]*>", "", html)
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&").strip()


@given(st.text(alphabet="ab1 \\`*_{}[]()#+-.!|~<>&$=\n:/", max_size=30))
def test_prose_is_shown_as_it_is(words: str) -> None:
    assert plain(text(words)) == " ".join(words.split())


@given(st.text(alphabet="ab `|\\", max_size=20))
def test_code_is_shown_as_it_is(words: str) -> None:
    want = " ".join(words.split())
    assert plain(code(words)).strip() == want
    cell = GITHUB.render(f"| a |\n| - |\n| {code(words, cell=True)} |\n")
    assert not want or f"<code>{want.replace('&', '&amp;')}</code>" in cell


@given(latex)
def test_mathematics_never_breaks_a_table(source: str) -> None:
    html = GITHUB.render(f"| a | b |\n| - | - |\n| {inline_math(source, '=', cell=True)} | x |\n")
    assert html.count("<td>") == 2
    assert "<td>x</td>" in html


@pytest.mark.parametrize("target", ["a b.py#L1", "a(b).py", "<x>", "a.py#L3"])
def test_links_survive_odd_paths(target: str) -> None:
    assert "<a href=" in GITHUB.render(link("x", target))
