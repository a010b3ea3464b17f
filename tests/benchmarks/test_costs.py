"""What grows is what it says, and ratios are of pairs."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks import markdown, scaling, start
from benchmarks.start import Cost
from verify import engine
from verify.config import Settings


@pytest.mark.parametrize(
    "make", [lambda: scaling.terms(3, 0), lambda: scaling.variables(3, 0), lambda: scaling.product(0)]
)
def test_what_is_measured_is_true_and_provable(make) -> None:  # type: ignore[no-untyped-def]
    scaling.proved(*make())


def test_bare_polynomials_agree_and_differ() -> None:
    scaling.bare(*scaling.product(0))
    lhs, rhs = scaling.product(0)
    with pytest.raises(AssertionError):
        scaling.bare(lhs, rhs + 1)


def test_every_step_of_the_chain_holds() -> None:
    assert all(step.verdict.holds for step in engine.judge(scaling.chain(3, 0), Settings()).steps)


def test_each_round_has_symbols_of_its_own() -> None:
    seen = []
    scaling.least(lambda *sides: seen.append(sides), lambda number: scaling.terms(2, number), 3)
    assert len({frozenset(rhs.free_symbols) for _, rhs in seen}) == 3


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    pairs = [(Cost(2, 3), Cost(1, 1)), (Cost(30, 3), Cost(10, 1)), (Cost(4, 3), Cost(1, 1))]
    assert "| wall clock | 4.00 s | 1.00 s | 3.00 |" in start.report(pairs)


def test_tables_go_to_their_place_in_a_document(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    markdown.put(document, "compare", "new\n")
    assert document.read_text() == "new\n"
    document.write_text("before\n<!-- start -->\nold\n<!-- end of start -->\nafter\n")
    for text in ("new", "newer"):
        markdown.put(document, "start", text)
        wanted = f"before\n<!-- start -->\n\n{text}\n\n<!-- end of start -->\nafter\n"
        assert document.read_text() == wanted


def test_a_document_without_a_place_is_refused_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("what somebody wrote\n")
    parser = argparse.ArgumentParser()
    markdown.add_markdown(parser, "start")
    refused = {"a.md": "has no lines <!-- start -->", "none/a.md": "there is no folder", ".": "has no lines"}
    for file, message in refused.items():
        with pytest.raises(SystemExit):
            parser.parse_args(["--markdown", str(tmp_path / file)])
        assert message in capsys.readouterr().err
    assert parser.parse_args(["--markdown", str(tmp_path / "new.md")]).markdown == tmp_path / "new.md"
