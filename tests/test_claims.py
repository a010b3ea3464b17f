"""Claims in bulk: one answer a line, in order, as it goes, whatever the lines are; and on again after a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify import claims
from verify.cli import main
from verify.config import Settings
from verify.model import Verdict
from verify.pool import Pool, TaskError

ROOT = Path(__file__).parent.parent
KEYS = ["id", "verdict", "scope", "check", "witness", "reason", "seconds"]


def line(id: Any = "a", lhs: str = "x", rhs: str = "x", relation: str = "=", **fields: Any) -> str:
    whole = {"id": id, "source": "", "lhs": lhs, "relation": relation, "rhs": rhs, "symbols": {"x": "real"}}
    return json.dumps({**whole, "given": [], "truth": None, **fields}, ensure_ascii=False)


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(text) for text in path.read_bytes().splitlines()]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_each_line_has_its_answer() -> None:
    lines = [
        line("right", "(x + 1)**2", "x**2 + 2*x + 1").encode(),
        line("wrong", "(x + 1)**2", "x**2 + 1").encode(),
        line("nowhere", "x", "x", given=["Gt(x, 0)", "Lt(x, 0)"]).encode(),
        b"",
        line("", "x", "x").encode(),
        line("right", "x", "x").encode(),
        b"\xff",
        line("tower", "9**9**9**9", "1").encode(),
        line("pole", "1/0", "1").encode(),
        line("unknown", "nothing(x)", "1").encode(),
        line("import", "__import__('os').system('touch executed')", "1").encode(),
        line("deep", "(" * 500 + "x" + ")" * 500, "x").encode(),
        line("huge", "x" + " + x" * 300_000, "x").encode(),
        line("größer", "x**2", "0", ">=").encode(),
        line("cut off").encode()[:30],
    ]
    Path("in.jsonl").write_bytes(b"\n".join(lines))
    assert main(["claims", "in.jsonl", "--out", "out.jsonl", "--jobs", "2"]) == 0
    found = answers(Path("out.jsonl"))
    assert all(list(answer) == KEYS for answer in found)
    expected = [
        ("right", "PROVED", ""),
        ("wrong", "REFUTED", ""),
        ("nowhere", "VACUOUS", "no point satisfies the assumptions"),
        (None, "UNDECIDED", "line 4: an empty line"),
        ("", "UNDECIDED", "line 5: the id is empty"),
        ("right", "UNDECIDED", "line 6: the id occurred on line 1 already"),
        (None, "UNDECIDED", "line 7: not UTF-8"),
        ("tower", "UNDECIDED", "cannot be read: lhs: an exponent larger than 10000 (column 4)"),
        ("pole", "UNDECIDED", "cannot be read: lhs: a division by zero (column 3)"),
        ("unknown", "UNDECIDED", "cannot be read: lhs: the function nothing is not known (column 1)"),
        ("import", "UNDECIDED", "cannot be read: lhs: an attribute"),
        ("deep", "UNDECIDED", "cannot be read: lhs: parentheses nested deeper than 100 (column 101)"),
        ("huge", "UNDECIDED", "cannot be read: lhs: longer than 200000 characters"),
        ("größer", "PROVED", ""),
        (None, "UNDECIDED", "line 15: not JSON: Expecting ',' delimiter, column 31 (is the line cut off?)"),
    ]
    assert [(a["id"], a["verdict"]) for a in found] == [(id, verdict) for id, verdict, _ in expected]
    for answer, (_, _, reason) in zip(found, expected, strict=True):
        assert answer["reason"].startswith(reason)
    assert found[0]["check"] == "canonical form"
    assert found[0]["witness"] is None
    assert set(found[1]["witness"]) == {"point", "lhs", "rhs", "note"}
    assert not Path("executed").exists()


def test_the_scope_says_each_condition_once() -> None:
    Path("in.jsonl").write_text(
        line("a", "x/(x*(x - 1))", "1/(x - 1)") + "\n" + line("b", "log(x/(x - 1))", "log((2*x)/(2*x - 2))")
    )
    assert main(["claims", "in.jsonl", "--out", "out.jsonl", "--jobs", "1"]) == 0
    for answer in answers(Path("out.jsonl")):
        conditions = answer["scope"].replace("; ", ", ").split(", ")
        assert len(conditions) == len(set(conditions)) >= 2


def test_standard_input_and_output() -> None:
    text = line("a") + "\n" + line("b", "x", "x + 1") + "\n"
    command = [sys.executable, "-m", "verify", "claims", "-", "--jobs", "1"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(row)["verdict"] for row in done.stdout.splitlines()] == ["PROVED", "REFUTED"]


def test_no_claims_no_answers() -> None:
    Path("in.jsonl").write_text("")
    assert main(["claims", "in.jsonl", "--out", "out.jsonl"]) == 0
    assert Path("out.jsonl").read_text() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.jsonl"], "cannot read nowhere.jsonl: No such file"),
        (["in.jsonl", "--resume"], "--resume continues the file of --out"),
        (["in.jsonl", "--out", "in.jsonl"], "in.jsonl is the input"),
        (["in.jsonl", "--out", "no/such/folder"], "cannot write no/such/folder: No such file"),
        (["in.jsonl", "--out", "other.jsonl", "--resume"], "its line 1 is about 'z', that of the input about 'a'"),
        (["in.jsonl", "--out", "text.txt", "--resume"], "its line 1 is not a verdict"),
        (["in.jsonl", "--out", "longer.jsonl", "--resume"], "it has more lines than the input, whose last is line 1"),
    ],
)
def test_misuse(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.jsonl").write_text(line("a"))
    Path("other.jsonl").write_text('{"id": "z", "verdict": "PROVED"}\n')
    Path("text.txt").write_text("some notes\n")
    Path("longer.jsonl").write_text('{"id": "a", "verdict": "PROVED"}\n{"id": "b", "verdict": "PROVED"}\n')
    assert main(["claims", *words]) == 2
    assert said in capsys.readouterr().err
    assert Path("in.jsonl").read_text() == line("a")


# -- order and window ----------------------------------------------------------------------------------------------


class Later:
    """An answer that counts how many are in flight."""

    def __init__(self, executor: Slowly, name: str) -> None:
        self.executor, self.name = executor, name

    def result(self, timeout: float | None = None) -> claims.Answer:
        self.executor.flying -= 1
        if self.name == "bad":
            raise TaskError("the worker process died, between two checks")
        return {**claims.unreadable(self.name, ""), "verdict": "PROVED"}

    def cancel(self) -> bool:
        self.executor.cancelled += 1
        return True


class Slowly:
    """An executor that is not the local pool."""

    flying = most = cancelled = 0

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Later:
        self.flying += 1
        self.most = max(self.most, self.flying)
        return Later(self, args[1])


class Tap(io.BytesIO):
    """An input that knows how many lines were taken."""

    taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.taken += 1
        return super().readline(size)


def test_only_a_window_of_lines_is_in_flight_and_in_memory() -> None:
    source = Tap("\n".join(line(f"{i}") for i in range(100)).encode())
    executor = Slowly()
    stream = claims.run(source, executor, Settings(), window=7)
    for i, answer in enumerate(stream):
        assert answer["id"] == f"{i}"
        assert source.taken <= i + 9
    assert executor.most == 7


def test_what_is_in_flight_is_cancelled_when_nobody_wants_it() -> None:
    executor = Slowly()
    stream = claims.run(io.BytesIO("\n".join(line(f"{i}") for i in range(9)).encode()), executor, Settings(), window=5)
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert executor.cancelled == 4


def test_a_task_that_fails_is_an_answer() -> None:
    source = io.BytesIO(f"{line('bad')}\n{line('good')}".encode())
    first, second = claims.run(source, Slowly(), Settings(), window=5)
    assert (first["verdict"], first["reason"]) == ("UNDECIDED", "the worker process died, between two checks")
    assert second["verdict"] == "PROVED"


def test_a_line_too_long_is_not_taken_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.claims.lines.LONGEST", 300)
    source = io.BytesIO(f"{line('a')}\n{'x' * 1000}\n{line('b')}\n{'y' * 300}\n{'z' * 301}".encode())
    found = list(claims.run(source, Slowly(), Settings(), window=5))
    assert [answer["id"] for answer in found] == ["a", None, "b", None, None]
    assert [answer["reason"][:15] for answer in found][1] == "line 2: longer "


def test_half_a_surrogate_pair_can_be_written() -> None:
    assert json.loads(claims.text(claims.unreadable("\ud800", "")))["id"] == "\ud800"


# -- the pool as an executor ---------------------------------------------------------------------------------------


def double(number: int, guard: Any) -> int:
    if number < 0:
        raise ValueError("negative")
    if number == 7:
        time.sleep(0.2)
    return 2 * number


def pid(guard: Any) -> int:
    return os.getpid()


def test_the_pool_takes_tasks_one_by_one() -> None:
    with Pool(Settings(jobs=2)) as pool:
        slow, quick = pool.submit(double, 7), pool.submit(double, 1)
        bad, unwanted = pool.submit(double, -1), pool.submit(double, 2)
        assert unwanted.cancel()
        assert quick.result() == 2
        with pytest.raises(TaskError, match="internal error: ValueError: negative"):
            bad.result()
        with pytest.raises(TaskError, match="cancelled"):
            unwanted.result()
        assert slow.result() == 14
        assert slow.done()
        assert not slow.cancel()
        assert pool.submit(double, 3).result() == 6
        hanging = pool.submit(double, 7)
        with pytest.raises(TimeoutError):
            hanging.result(timeout=0.01)


def test_a_worker_is_used_again_until_it_is_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.pool.executor.WORN", 3)
    with Pool(Settings(jobs=1)) as pool:
        workers = [pool.submit(pid).result() for _ in range(7)]
    assert workers[0] == workers[1] == workers[2] != workers[3]
    assert len(set(workers)) == 3


def test_a_claim_that_times_out_in_one_check_gets_what_the_others_say(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify import ladder
    from verify.checks.equations import canonical

    def forever(claim: Any, settings: Any) -> None:
        while True:
            pass

    forever.__module__ = canonical.__name__
    monkeypatch.setattr(ladder, "SYMBOLIC", (forever, *ladder.SYMBOLIC))
    settings = Settings(jobs=1, timeout=2)
    with Pool(settings) as pool:
        (found,) = claims.run(io.BytesIO(line("a", "x*(x + 1)", "x**2 + x").encode()), pool, settings, window=2)
    assert found["verdict"] == Verdict.PROVED.value


def test_reading_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.read import claims as reading

    def forever(record: Any) -> None:
        while True:
            pass

    monkeypatch.setattr(reading, "claim", forever)
    settings = Settings(jobs=1, timeout=0.5)
    with Pool(settings) as pool:
        (found,) = claims.run(io.BytesIO(line().encode()), pool, settings, window=2)
    assert (found["verdict"], found["check"]) == ("UNDECIDED", "read")
    assert found["reason"] == "cannot be read: time limit, 0.5 s"


# -- resuming ------------------------------------------------------------------------------------------------------


def test_a_killed_run_goes_on_where_it_was() -> None:
    lines = [line(f"{i}", f"(x + {i})**2", f"x**2 + {2 * i}*x + {i * i}") for i in range(150)]
    lines[20:20] = ["", line("3")]
    Path("in.jsonl").write_text("\n".join(lines))
    out = Path("out.jsonl")
    command = [sys.executable, "-m", "verify", "claims", str(Path("in.jsonl").absolute())]
    command += ["--jobs", "1", "--out", str(out.absolute())]
    process = subprocess.Popen(command, cwd=ROOT)
    until = time.monotonic() + 60
    while not (out.exists() and out.read_bytes().count(b"\n") >= 25) and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = out.read_bytes()
    kept = before[: before.rindex(b"\n") + 1]
    assert 25 <= kept.count(b"\n") < len(lines)
    out.write_bytes(kept + b'{"id": "cut o')
    assert subprocess.run([*command, "--resume"], cwd=ROOT, timeout=120).returncode == 0
    assert out.read_bytes().startswith(kept)
    found = answers(out)
    assert [answer["id"] for answer in found] == [json.loads(row)["id"] if row else None for row in lines]
    assert {answer["verdict"] for answer in found} == {"PROVED", "UNDECIDED"}
    assert found[21]["reason"] == "line 22: the id occurred on line 4 already"
    complete = out.read_bytes()
    assert main(["claims", "in.jsonl", "--out", "out.jsonl", "--resume"]) == 0  # nothing is left to do
    assert out.read_bytes() == complete


def test_to_resume_what_was_not_begun_is_to_begin() -> None:
    Path("in.jsonl").write_text(line())
    assert main(["claims", "in.jsonl", "--out", "out.jsonl", "--resume"]) == 0
    assert len(answers(Path("out.jsonl"))) == 1
