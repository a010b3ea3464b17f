"""What the peers are given, and how their answers are read."""

from __future__ import annotations

import json

import pytest

from benchmarks.answers import Answer, Finding, Outcome
from benchmarks.corpora import Labelled
from benchmarks.measure import measure, measure_in_lanes, within
from benchmarks.peers import PEERS, maxima_text, plain
from benchmarks.peers.peer import Untranslatable
from verify.model import Claim
from verify.read.claims import claim, record


def line(lhs: str, rhs: str, relation: str = "=", given: tuple[str, ...] = (), **symbols: str) -> bytes:
    fields = {"id": f"{lhs} {relation} {rhs}", "lhs": lhs, "relation": relation, "rhs": rhs}
    return json.dumps(fields | {"symbols": symbols, "given": list(given)}).encode()


def read(lhs: str, rhs: str = "0", **more: str) -> Claim:
    return claim(record(line(lhs, rhs, **more)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x/2", "((1/2) * v_x)"),
        ("exp(-x)", "exp(((-1) * v_x))"),
        ("Derivative(sin(x), x)", "diff(sin(v_x), v_x, (1))"),
        ("Sum(k**2, (k, 1, n))", "sum(((v_k)^((2))), v_k, (1), v_n)"),
        ("Integral(exp(-t), (t, 0, oo))", "integrate(exp(((-1) * v_t)), v_t, (0), inf)"),
        ("Limit(1/t, t, 0, dir='+')", "limit(((v_t)^((-1))), v_t, (0), plus)"),
        ("Piecewise((x, x > 0), (0, True))", "(if (v_x > (0)) then v_x else (0))"),
        ("besselj(n, x) + polygamma(1, x)", "(bessel_j(v_n, v_x) + psi[(1)](v_x))"),
        ("hyper((1, 2), (3,), x)", "hypergeometric([(1), (2)], [(3)], v_x)"),
        ("pi*I*E", "(%e * %pi * %i)"),
        ("sigmoid(x)", "((((1) + exp(((-1) * v_x))))^((-1)))"),
    ],
)
def test_expressions_for_maxima(text: str, wanted: str) -> None:
    given = read(text, x="real", n="integer")
    assert maxima_text.text(plain.claim(given).lhs) == wanted


def test_what_maxima_has_no_word_for_is_not_translated() -> None:
    with pytest.raises(Untranslatable, match="gcd"):
        maxima_text.text(plain.claim(read("gcd(n, 2)", n="integer")).lhs)


def test_maxima_is_told_what_is_known_of_the_symbols() -> None:
    given = claim(record(line("x", "y", given=("Gt(y, x)",), x="positive", y="real", n="integer", z="complex")))
    assert set(maxima_text.assumptions(given)) == {"assume(v_x > 0)", "assume(v_y > 0)", "assume((v_y > v_x))"}
    used = claim(record(line("n*z", "0", n="integer", z="complex")))
    assert set(maxima_text.assumptions(used)) == {"declare(v_n, integer)", "declare(v_z, complex)"}


def test_plain_claims_hold_nothing_of_this_project() -> None:
    given = plain.claim(read("relu(x)/x + Sum(k, (k, 1, 3))", x="real"))
    kinds = {type(node).__module__ for side in (given.lhs, given.rhs) for node in side.atoms() | {side}}
    assert not [module for module in kinds if module.startswith("verify")]


TRUE = line("sin(x)**2 + cos(x)**2", "1", x="real")
FALSE = line("(x + 1)**2", "x**2 + 1", x="real")
ORDER = line("x", "x + 1", "<", x="real")
UNREADABLE = line("nosuchfunction(x)", "1", x="real")


@pytest.mark.parametrize(
    "peer", [name for name, peer in PEERS.items() if not peer.missing() and name not in ("ratsimp", "radcan")]
)
def test_every_peer_answers(peer: str) -> None:
    claims = [Labelled("c", text.decode(), text, True) for text in (TRUE, FALSE, ORDER, UNREADABLE)]
    found = [a.finding for a in measure(claims, [peer], 20, 4096, {})]
    assert found[0].outcome is Outcome.PROVED, found[0]
    assert found[1].outcome in (Outcome.REFUTED, Outcome.UNEQUAL, Outcome.UNDECIDED), found[1]
    assert found[2].outcome in (Outcome.PROVED, Outcome.UNDECIDED, Outcome.UNSAYABLE), found[2]
    assert found[3].outcome is Outcome.UNSAYABLE
    assert 0 < found[0].seconds < 20
    if peer == "ladder":
        assert found[1].outcome is Outcome.REFUTED


def test_a_claim_that_takes_too_long_is_stopped_and_the_next_is_answered() -> None:
    long = line("Integral(exp(sin(x)**3*log(cos(x))), (x, 0, y))", "Integral(exp(sin(x)**3), (x, 0, y))", y="real")
    claims = [Labelled("c", text.decode(), text, None) for text in (long, TRUE)]
    first, second = (a.finding for a in measure(claims, ["simplify"], 0.3, 4096, {}))
    assert first.outcome is Outcome.STOPPED
    assert second.outcome in (Outcome.PROVED, Outcome.STOPPED)


def test_who_takes_more_processor_time_than_allowed_has_not_answered() -> None:
    assert within(5, Finding(Outcome.PROVED, 4.9)).outcome is Outcome.PROVED
    late = within(5, Finding(Outcome.PROVED, 5.1))
    assert (late.outcome, late.seconds) == (Outcome.STOPPED, 5)


def test_several_lanes_find_what_one_finds() -> None:
    claims = [
        Labelled("made", f"{n}", line(f"(x + {n})**2", f"x**2 + {2 * n}*x + {n * n}", x="real"), True) for n in range(5)
    ]
    kept: list[Answer] = []
    alone = {(a.peer, a.id): a.finding.outcome for a in measure(claims, ["canonical", "ladder"], 20, 4096, {})}
    lanes = measure_in_lanes(claims, ["canonical", "ladder"], 20, 4096, {}, 2, kept.append)
    assert {(a.peer, a.id): a.finding.outcome for a in lanes} == alone
    assert {(a.peer, a.id) for a in kept} == set(alone)
    known = {(a.peer, a.id): a.finding for a in kept}
    kept.clear()
    assert len(list(measure_in_lanes(claims, ["canonical", "ladder"], 20, 4096, known, 2, kept.append))) == 10
    assert not kept
