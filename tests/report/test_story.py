"""The words that all formats share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report.glyphs import value
from report.words import story, tally
from report.words.headline import Headline, Tone, headline
from report.words.tale import tale
from tests.report import samples
from tests.report.samples import derivation, step
from verify.model import Diagnosis, Relation, Run, Standing, StartResult, StepResult, Verdict, Witness

START = StartResult("0", "x", "x")
OK = step("a", "x")
SLIP = step("b", "x", Verdict.REFUTED, Standing.OWN_SLIP, since="b")
CARRIED = step("c", "x", standing=Standing.CARRIED, since="b")
CANCELS = step("d", "x", Verdict.REFUTED, Standing.CANCELS, since="b")
OPEN = step("e", "x", Verdict.UNDECIDED, Standing.UNKNOWN)
UNSURE = step("f", "x", Verdict.REFUTED, Standing.UNKNOWN)
VACUOUS = step("v", "x", Verdict.VACUOUS, Standing.UNKNOWN)
CONFLICT = step("w", "x", Verdict.CONFLICT, Standing.UNKNOWN)


@pytest.mark.parametrize(
    ("steps", "text", "tone"),
    [
        ([OK, OK], "right throughout", Tone.GOOD),
        ([OK, SLIP, CANCELS, OK], "right in the end, with a slip on the way", Tone.MENDED),
        ([OK, SLIP, CARRIED], "wrong from line b on", Tone.WRONG),
        ([OK, replace(SLIP, since="")], "wrong in the last line, b", Tone.WRONG),
        ([SLIP, replace(CARRIED, since="")], "wrong from line b on", Tone.WRONG),
        ([OK, OPEN, replace(OPEN, tag="g")], "not decided: e, g", Tone.OPEN),
        ([OK, OPEN, SLIP, CARRIED], "wrong from line b on; not decided: e", Tone.WRONG),
        ([SLIP, OPEN, CANCELS], "right in the end, with a slip on the way; not decided: e", Tone.MENDED),
        ([SLIP, OPEN], "slip in b; not decided: e", Tone.WRONG),
        ([UNSURE], "slip in f", Tone.WRONG),
        ([OK, VACUOUS], "nothing satisfies the givens: v", Tone.ALARM),
        ([OK, VACUOUS, CONFLICT], "checks in conflict: w", Tone.ALARM),
        ([], "no steps", Tone.OPEN),
    ],
)
def test_headline_of_a_chain(steps: list[StepResult], text: str, tone: Tone) -> None:
    assert headline(derivation("id", "title", *steps, start=START)) == Headline(text, tone)


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([OK], "it holds"),
        ([OK, OK, OK], "all 3 hold"),
        ([OK, SLIP], "1 of 2 hold"),
        ([OK, OPEN, SLIP], "1 of 3 hold; not decided: e"),
    ],
)
def test_headline_of_a_list(steps: list[StepResult], text: str) -> None:
    assert headline(derivation("id", "title", *steps)).text == text


def test_summary_counts_everything() -> None:
    assert tally.summary(samples.RICH) == (
        "22 steps · 10 proved · 1 supported · 7 refuted (5 own slips, 2 cancel) · 2 undecided · 1 vacuous"
        " · 1 in CONFLICT · 1 not loaded · 1.1 s"
    )
    assert tally.summary(samples.CLEAN, seconds=False) == "2 steps · 2 proved"
    assert tally.summary(samples.EMPTY) == "0 steps · 0.0 s"


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([SLIP], "1 own slip"),
        ([SLIP, CANCELS], "1 own slip, 1 cancels"),
        ([UNSURE], "1 of unknown standing"),
        ([OK], ""),
    ],
)
def test_breakdown_of_the_refuted(steps: list[StepResult], text: str) -> None:
    assert tally.breakdown(steps) == text


@pytest.mark.parametrize(
    ("relation", "lhs", "rhs", "text"),
    [
        (Relation.EQ, "-1/2", "0.5", "at x=1: −1/2 ≠ 0.5"),
        (Relation.NE, "1", "1", "at x=1: 1 = 1"),
        (Relation.LT, "2", "1", "at x=1: 2 ≥ 1"),
        (Relation.LE, "2", "1", "at x=1: 2 > 1"),
        (Relation.GT, "1", "2", "at x=1: 1 ≤ 2"),
        (Relation.GE, "1", "2", "at x=1: 1 < 2"),
        (Relation.IMPLIES, "True", "false", "at x=1: left side true, right side false"),
        (Relation.IFF, "false", "true", "at x=1: left side false, right side true"),
        (Relation.SAME_MAXIMISERS, "p=1", "p=0", "at x=1: left side: p=1; right side: p=0"),
    ],
)
def test_witness_says_what_was_found(relation: Relation, lhs: str, rhs: str, text: str) -> None:
    assert story.witness(Witness({"x": "1"}, lhs, rhs), relation) == text


def test_witness_may_have_no_point_and_a_note() -> None:
    assert story.witness(Witness({}, "1", "x-2", "component 2"), Relation.EQ) == "1 ≠ x-2 (component 2)"
    assert story.witness(None, Relation.EQ) == ""


def test_chain_tells_since_when_and_whether_it_comes_right() -> None:
    def told(*steps: StepResult, of: StepResult) -> str:
        return story.chain(derivation("id", "title", *steps, start=START), of)

    assert told(SLIP, CANCELS, of=SLIP) == "the chain is off from here; line d is right again"
    assert told(SLIP, CANCELS, of=CANCELS) == "the line is right again (proved against 0)"
    assert told(SLIP, CARRIED, of=SLIP) == "the chain is off from here to the end: the last line, c, is wrong too"
    assert told(OK, SLIP, of=SLIP) == "the chain is off from here, and this is the last line"
    assert told(SLIP, OPEN, of=SLIP).endswith("whether the last line, e, is right is not known")
    later = replace(SLIP, tag="s")
    assert told(SLIP, later, of=later).startswith("the chain has been off since b")
    assert told(UNSURE, of=UNSURE) == "whether the line is right, measured against 0, is not known"
    assert told(OK, of=OK) == ""


def test_notes_mention_errata() -> None:
    chain = derivation("id", "title", start=START)
    known = replace(SLIP, erratum="lost sign", acknowledged=True)
    assert story.Note("erratum", "known: lost sign") in story.notes(chain, known)
    covered = replace(CANCELS, acknowledged=True)
    assert story.Note("erratum", "known: covered by the erratum on b") in story.notes(chain, covered)
    stale = replace(OK, erratum="lost sign", stale_erratum=True)
    assert story.notes(chain, stale) == (story.Note("stale", "stale erratum, the step verifies: lost sign"),)


def test_scope_names_each_condition_once() -> None:
    assert story.scope(step("a", "x", scope="x > 0", conditions=("x > 0", "y ≠ 0"))) == "x > 0; y ≠ 0"
    assert story.verdict_line(CANCELS) == "REFUTED · cancels b"


def test_tasks_list_slips_but_not_what_cancels_them() -> None:
    tasks = dict(tally.tasks(samples.RICH))
    new = [(found.id, slip.tag) for found, slip in tasks["New slips"]]
    assert ("sigmoid-derivative", "6.2") in new
    assert ("sigmoid-derivative", "6.3") not in new
    assert [slip.tag for _, slip in tasks["Slips the author knows of"]] == ["4.1"]
    assert tally.tasks(samples.CLEAN) == tally.tasks(samples.EMPTY) == []


def test_surprises_are_what_makes_the_run_fail() -> None:
    assert tally.surprises(samples.CLEAN) == []
    known = replace(SLIP, acknowledged=True)
    assert tally.surprises(Run("v", 0, (derivation("id", "t", OK, known),))) == []
    assert len(tally.surprises(Run("v", 0, (derivation("id", "t", OK, SLIP, OPEN, known),)))) == 2


NAMED = replace(SLIP, diagnoses=(Diagnosis("sign", "There is a minus too many before the whole line."),))
UNNAMED = replace(SLIP, diagnoses=(Diagnosis("unexplained", "No single slip explains this line."),))
TAKEN = replace(CANCELS, diagnoses=(Diagnosis("cancels", "Drops again the minus that b had too many."),))
TWO = replace(
    SLIP, diagnoses=(Diagnosis("sign", "The sign is wrong: $x$."), Diagnosis("constant", "Each factor is doubled."))
)
LABEL = replace(SLIP, diagnoses=(Diagnosis("mislabelled", "The line is right about something else: x, not y."),))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            [NAMED, TAKEN, OK, replace(OK, tag="z")],
            "In line b there is a minus too many before the whole line; line d drops it again; from there on "
            "everything is right.",
        ),
        ([OK, SLIP, CANCELS], "Line b does not follow; line d takes it back; the result is right."),
        ([NAMED, CARRIED, TAKEN, OK], "In line b there is a minus too many before the whole line; line c carries "
         "it along; line d drops again the minus that b had too many; from there on everything is right."),
        ([OK, UNNAMED], "Line b does not follow, and no single slip explains it; the chain ends there."),
        ([SLIP, CARRIED, replace(CARRIED, tag="g"), replace(CARRIED, tag="h")],
         "Line b does not follow; lines c to h carry it along, to the end."),
        ([SLIP, replace(SLIP, tag="s"), OPEN],
         "Line b does not follow; line s does not follow either; whether line e is right, against 0, is not known."),
        ([OK, replace(CANCELS, since="")],
         "Line d does not follow from the line before, though it is right; the result is right."),
        ([LABEL], "Line b is right about something else."),
        ([OK, TWO], "In line b the sign is wrong, and each factor is doubled; the chain ends there."),
        ([OK, OK], ""),
        ([SLIP, VACUOUS], ""),
    ],
)  # fmt: skip
def test_the_story_of_a_chain(steps: list[StepResult], told: str) -> None:
    assert tale(derivation("id", "title", *steps, start=START)) == told
    assert tale(derivation("id", "title", *steps)) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-3*pi/4", "−3π/4"),
        ("2*sqrt(2)", "2√2"),
        ("sqrt(x)", "√x"),
        ("1 - 2i", "1 − 2i"),
        ("((0), (-2))", "((0), (−2))"),
        ("x ↦ 1 + −x^5 + 9·x^2", "x ↦ 1 − x^5 + 9·x^2"),
        ("a*b**2", "a·b^2"),
        ("pi/2 + I", "π/2 + i"),
        ("E", "e"),
    ],
)
def test_values_are_written_as_by_hand(text: str, shown: str) -> None:
    assert value(text) == shown


def test_many_steps_are_named_by_their_derivations() -> None:
    found = tally.surprises(samples.RICH)
    assert tally.named(found, 3).startswith("sigmoid-derivative 6.2, 6.3, 6.6; and ")
    assert tally.named(found[:1]) == "sigmoid-derivative 6.2"


def test_the_points_that_an_arg_min_shares_are_minimisers() -> None:
    same = replace(OK, relation=Relation.SAME_MAXIMISERS)
    assert story.relation(same) == "same maximisers:"
    assert story.relation(replace(same, minimised=True)) == "same minimisers:"
    assert story.typeset_relation(replace(same, minimised=True)) == r"\text{same minimisers: }"
    assert story.typeset_relation(OK) == "="
