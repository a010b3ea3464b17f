"""Ask every peer about every claim, in worker processes with hard limits."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from benchmarks.answers import Answer, Finding, Outcome
from benchmarks.corpora import Labelled
from benchmarks.peers import PEERS
from benchmarks.peers.peer import Untranslatable, finding
from verify.config import Guard, Settings
from verify.model import Claim, Evidence, Verdict
from verify.pool import Pool, TaskError
from verify.read import ReadError
from verify.read.claims import claim, record

PATIENCE = 3
"""How much longer than its processor time a claim may take on the clock: other work may go on beside."""


def ask(peer: str, line: bytes, settings: Settings, guard: Guard) -> Finding:
    """What one peer finds about one claim. Called in a worker; reading and translating are not measured."""
    chosen = PEERS[peer]

    claims: list[Claim] = []

    def read() -> Evidence | None:
        try:
            claims.append(claim(record(line)))
            chosen.prepare(claims[0])
        except (ReadError, Untranslatable) as error:
            return Evidence(Outcome.UNSAYABLE.name, Verdict.UNDECIDED, str(error))
        return None

    failure = guard("read", read)
    if failure is not None:
        return finding(failure)
    if not claims:  # a worker that has replaced another one
        claims.append(claim(record(line)))
    return chosen.ask(chosen.prepare(claims[0]), settings, guard)


def within(limit: float, finding: Finding) -> Finding:
    """The same, but STOPPED if it took more than the limit."""
    return finding if finding.seconds <= limit else Finding(Outcome.STOPPED, limit, finding.detail)


def measure(
    claims: Sequence[Labelled],
    peers: Sequence[str],
    limit: float,
    memory: int,
    known: dict[tuple[str, str], Finding],
    on_answer: Callable[[Answer], None] = lambda answer: None,
) -> Iterator[Answer]:
    """The answers, claim by claim, every peer in turn, so that what slows the machine down slows all of them.

    Each peer has a worker of its own, and none shares what another has remembered. What is known is not asked again.

    Args:
        limit: seconds of processor time for a claim; on the clock it may be :data:`PATIENCE` times as much.
        memory: MiB for a worker.
    """
    settings = Settings(timeout=PATIENCE * limit, memory=memory, jobs=1, thorough=True)
    with contextlib.ExitStack() as stack:
        pools = {peer: stack.enter_context(Pool(settings)) for peer in peers}
        for labelled in claims:
            for peer in peers:
                found = known.get((peer, labelled.id))
                if found is None:
                    try:
                        found = within(limit, pools[peer].submit(ask, peer, labelled.line, settings).result())
                    except TaskError as error:
                        found = Finding(Outcome.STOPPED, limit, str(error))
                    on_answer(Answer(peer, labelled.corpus, labelled.id, found))
                yield Answer(peer, labelled.corpus, labelled.id, found)


def measure_in_lanes(
    claims: Sequence[Labelled],
    peers: Sequence[str],
    limit: float,
    memory: int,
    known: dict[tuple[str, str], Finding],
    lanes: int,
    on_answer: Callable[[Answer], None] = lambda answer: None,
) -> Iterator[Answer]:
    """As :func:`measure`, by several processes that share out the claims; the answers come as they are found.

    All peers are asked about a claim in the same lane, one after the other, so that they share its luck.
    """
    if lanes <= 1:
        yield from measure(claims, peers, limit, memory, known, on_answer)
        return
    fork = multiprocessing.get_context("fork")
    open_ends: list[Connection] = []
    workers = []
    for lane in range(lanes):
        here, there = fork.Pipe(duplex=False)
        worker = fork.Process(target=_lane, args=(claims[lane::lanes], peers, limit, memory, known, there))
        worker.start()
        there.close()
        open_ends.append(here)
        workers.append(worker)
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            try:
                answer, new = end.recv()
            except EOFError:
                open_ends.remove(end)
                continue
            if new:
                on_answer(answer)
            yield answer
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise RuntimeError(f"a lane of the measurement ended with exit code {worker.exitcode}")


def _lane(
    claims: Sequence[Labelled],
    peers: Sequence[str],
    limit: float,
    memory: int,
    known: dict[tuple[str, str], Finding],
    out: Connection,
) -> None:
    new: list[Answer] = []
    for answer in measure(claims, peers, limit, memory, known, new.append):
        out.send((answer, answer in new))
        new.clear()


# -- answers that are kept -------------------------------------------------------------------------------------------


def load(file: Path) -> dict[tuple[str, str], Finding]:
    """The answers in a file, by peer and id."""
    found: dict[tuple[str, str], Finding] = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            outcome = Outcome[fields["outcome"]]
            found[fields["peer"], fields["id"]] = Finding(outcome, fields["seconds"], fields["detail"])
    return found


def store(answer: Answer, file: Path) -> None:
    """Append an answer to a file."""
    fields = {
        "peer": answer.peer,
        "id": answer.id,
        "outcome": answer.finding.outcome.name,
        "seconds": answer.finding.seconds,
        "detail": answer.finding.detail,
    }
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(fields, ensure_ascii=False) + "\n")
