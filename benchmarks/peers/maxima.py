"""Maxima: is the difference zero after ``ratsimp`` or ``radcan``; what does ``zeroequiv`` say.

``radcan`` knows exponentials and logarithms but no trigonometry; after ``exponentialize`` it does, and is the strongest
that Maxima has to offer here.

One process of Maxima is kept for many claims. What is measured is the processor time of that process from the question
to the answer (Linux tells it in nanoseconds), so neither its start nor the translation counts, nor waiting for a turn.
"""

from __future__ import annotations

import ctypes
import functools
import os
import re
import select
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answers import Outcome
from benchmarks.peers import plain
from benchmarks.peers.maxima_text import COMPARED, assumptions, text
from benchmarks.peers.peer import Peer, Untranslatable, guarded
from verify.model import Claim, Relation

PROGRAM = "maxima"
_DONE = "@done"
_ASKS = re.compile(r"(Is |Acceptable answers)[^$]*\?", re.DOTALL)
_SETTINGS = "display2d: false$ simpsum: true$ simpproduct: true$"
_ANSWER = re.compile(r"@(zero|other|number|true|false|t|nil)\b")
_OUTCOMES = {
    "zero": Outcome.PROVED,
    "true": Outcome.PROVED,
    "t": Outcome.PROVED,  # as Lisp says it
    "number": Outcome.REFUTED,
    "false": Outcome.REFUTED,
    "nil": Outcome.REFUTED,
    "other": Outcome.UNEQUAL,
}


_OPPOSITE = {
    Relation.NE: Relation.EQ,
    Relation.LT: Relation.GE,
    Relation.LE: Relation.GT,
    Relation.GT: Relation.LE,
    Relation.GE: Relation.LT,
}


class Died(Exception):
    """Maxima ended by itself, or waits for an answer that nobody gives."""


class Session:
    """A running Maxima. It dies with the process that started it."""

    def __init__(self) -> None:
        die_with_parent = functools.partial(ctypes.CDLL(None).prctl, 1, signal.SIGKILL)
        self._process = subprocess.Popen(
            [PROGRAM, "--very-quiet"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,  # no threads here
        )
        self.ask(_SETTINGS)

    def ask(self, commands: str) -> str:
        """Have commands done; what Maxima prints until they are.

        Raises:
            Died: there will be no answer.
        """
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(f'{commands}\nprint("{_DONE}")$\n'.encode())
            process.stdin.flush()
        except BrokenPipeError:
            raise Died("Maxima ended by itself") from None
        said = ""
        while _DONE not in said:
            select.select([process.stdout], [], [])
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise Died("Maxima ended by itself")
            said += chunk.decode(errors="replace")
            if _ASKS.search(said):
                raise Died("it asks back")
        return said

    def seconds(self) -> float:
        """The processor time that it has used."""
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[0]) / 1e9
        except OSError:  # not Linux
            return time.perf_counter()

    def end(self) -> None:
        """Kill it, and leave no zombie."""
        self._process.kill()
        self._process.wait()


_session: Session | None = None


def _running() -> Session:
    global _session
    if _session is None:
        _session = Session()
    return _session


def _abandon() -> None:
    global _session
    if _session is not None:
        _session.end()
    _session = None


@dataclass(frozen=True)
class Question:
    """What is sent: assumptions first, then what is asked."""

    given: tuple[str, ...]
    asked: str


def _ask(question: Question) -> tuple[Outcome, float, str]:
    session = _running()
    session.ask("supcontext(claim)$ " + " ".join(f"errcatch({fact})$" for fact in question.given))
    began = session.seconds()
    try:
        said = session.ask(question.asked)
        spent = session.seconds() - began
        session.ask("killcontext(claim)$ remove(all, complex, all, integer)$ reset(gensumnum)$")
    except Died as error:
        spent = session.seconds() - began
        _abandon()
        return Outcome.UNDECIDED, spent, str(error)
    found = _ANSWER.search(said)
    return (_OUTCOMES.get(found[1], Outcome.UNDECIDED) if found else Outcome.UNDECIDED), spent, said.strip()[:200]


def _simplified(form: str, claim: Claim) -> Question:
    """Whether the difference becomes 0 or another number; for an inequality, whether it or its opposite is known.

    That an inequality ``is`` false says only that it is not known to be true, where something in it may be complex.
    """
    given = plain.claim(claim)
    difference = form.format(f"({text(given.lhs)}) - ({text(given.rhs)})")
    if given.relation is Relation.EQ:
        verdict = 'if d = 0 then "@zero" elseif numberp(d) then "@number" else "@other"'
    else:
        holds, fails = (COMPARED[relation].format("d", "0") for relation in (given.relation, _OPPOSITE[given.relation]))
        verdict = f'if is({holds}) = true then "@true" elseif is({fails}) = true then "@false" else "@unknown"'
    return _question(claim, f"block([d: {difference}], {verdict})")


def _zeroequiv(claim: Claim) -> Question:
    """``zeroequiv`` tests at random points whether an expression in one variable is zero."""
    given = plain.claim(claim)
    if given.relation is not Relation.EQ:
        raise Untranslatable("it knows equalities only")
    symbols = sorted(given.lhs.free_symbols | given.rhs.free_symbols, key=lambda s: (s.name != "x", s.name))
    difference = f"({text(given.lhs)}) - ({text(given.rhs)})"
    return _question(claim, f'concat("@", zeroequiv({difference}, {text(symbols[0]) if symbols else "v_x"}))')


def _question(claim: Claim, command: str) -> Question:
    return Question(tuple(assumptions(claim)), f"print(errcatch({command}))$")


def _missing() -> str:
    return "" if shutil.which(PROGRAM) else "the program maxima is not installed"


def _peer(name: str, form: str) -> Peer:
    title = f"Maxima, `{form.format('lhs - rhs')}`"
    return Peer(name, title, functools.partial(_simplified, form), guarded(_ask), _missing)


PEERS = (
    _peer("ratsimp", "ratsimp({})"),
    _peer("radcan", "radcan({})"),
    _peer("radcan-exp", "radcan(exponentialize({}))"),
    Peer("zeroequiv", "Maxima, `zeroequiv(lhs - rhs, x)`", _zeroequiv, guarded(_ask), _missing),
)
