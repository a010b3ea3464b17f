"""Scores and tables on made-up answers."""

from __future__ import annotations

from benchmarks.answers import Answer, Finding, Outcome
from benchmarks.corpora import Labelled, Overruled, corrected
from benchmarks.score import score
from benchmarks.table import share, tables

CLAIMS = [Labelled("c", id, b"", id not in ("false", "slip")) for id in ("one", "two", "three", "cut", "false", "slip")]
CUT = {"cut": Overruled("cut", False, {}, "1.05", "1.1", "The decimal is rounded.")}
ANSWERS = {
    "one": Finding(Outcome.PROVED, 0.001),
    "two": Finding(Outcome.UNEQUAL, 0.003),
    "three": Finding(Outcome.STOPPED, 5.0),
    "cut": Finding(Outcome.PROVED, 0.002),
    "false": Finding(Outcome.REFUTED, 0.004),
    "slip": Finding(Outcome.UNSAYABLE),
}
PEER = [Answer("peer", "c", id, finding) for id, finding in ANSWERS.items()]
OURS = [Answer("ours", "c", id, Finding(Outcome.PROVED, 0.001)) for id in ANSWERS]


def test_shares_are_of_the_true_and_of_the_false() -> None:
    found = score(CLAIMS, PEER, "peer", "ours")
    assert (found.true, found.false) == (4, 2)
    assert (found.proved, found.refuted, found.wrong) == (2, 1, ())
    assert (found.undecided, found.stopped, found.wrong_if_no_meant_false) == (2, 1, 1)


def test_an_overruled_label_counts_for_every_peer() -> None:
    claims = corrected(CLAIMS, CUT)
    assert score(claims, PEER, "peer", "ours").wrong == ("cut",)
    assert score(claims, OURS, "ours", "ours").wrong == ("cut", "false", "slip")
    assert score(claims, PEER, "peer", "ours").proved == 1


def test_refuting_what_is_true_is_wrong_and_what_has_no_label_is_neither() -> None:
    answers = [Answer("peer", "c", id, Finding(Outcome.REFUTED)) for id in ("one", "open")]
    claims = [Labelled("c", "one", b"", True), Labelled("c", "open", b"", None)]
    assert score(claims, answers, "peer", "peer").wrong == ("one",)


def test_times_are_over_what_could_be_asked_and_compared_on_the_same_claims() -> None:
    found = score(CLAIMS, PEER + OURS, "peer", "ours")
    assert found.median == 0.003
    assert abs(found.mean - 5.010 / 5) < 1e-9
    assert found.ratio is not None
    assert abs(found.ratio - 5.010 / 0.005) < 1e-9


def test_the_table_has_a_row_for_each_peer_and_names_what_is_wrong() -> None:
    text = tables(corrected(CLAIMS, CUT), PEER + OURS, ["ours", "peer"], "ours")
    assert "### All corpora: 3 true claims, 3 false ones" in text
    (row,) = [line for line in text.splitlines() if line.startswith("| peer")]
    assert row.split(" | ")[1:6] == ["33.3 %", "–", "33.3 %", "**1**", "2"]
    assert "wrong on `cut`" in text


def test_a_share_is_whole_only_where_nothing_is_missing() -> None:
    assert share(1999, 2000) == "99.9 %"
    assert share(99999, 100000) == "99.9 %"
    assert share(2000, 2000) == "100.0 %"
    assert share(0, 0) == "–"
