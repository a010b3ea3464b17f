"""The limits hold: whatever a check does, its claim alone is undecided, and everything else goes on."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify.config import Guard, Settings
from verify.model import Evidence, Verdict
from verify.pool import Event, Phase, process, run

ROOT = Path(__file__).parent.parent
QUICK = Settings(timeout=0.5, memory=200, jobs=2)
PATIENT = Settings(timeout=20, memory=200, jobs=2)
Check = Callable[[], Evidence | None]


def fine() -> Evidence:
    return Evidence("fine", Verdict.PROVED, "")


def findings(task: dict[str, Check], guard: Guard) -> dict[str, Evidence | None]:
    """A task is a table of checks."""
    faulthandler.disable()  # pytest's tells of every worker that dies on purpose
    return {name: guard(name, check) for name, check in task.items()}


def unfinished(task: Any, reason: str) -> dict[str, Evidence | None]:
    return {"unfinished": Evidence("", Verdict.UNDECIDED, reason)}


def detail(evidence: Evidence | None) -> str:
    assert evidence is not None
    return evidence.detail


def loop() -> Evidence:
    while True:
        pass


def hang_in_c() -> Evidence:
    return Evidence("", Verdict.PROVED, str((9**9**8) % 7))


def sleep_through_signals() -> Evidence:
    signal.pthread_sigmask(signal.SIG_BLOCK, set(range(1, signal.NSIG)))
    time.sleep(60)
    return fine()


def eat_memory() -> Evidence:
    hog = [bytearray(1 << 24) for _ in range(1000)]
    return Evidence("", Verdict.PROVED, str(len(hog)))


def eat_memory_in_flint() -> Evidence:
    from flint import fmpz

    return Evidence("", Verdict.PROVED, str((fmpz(1) << (1 << 33)) % 7))


def raise_type_error() -> Evidence:
    raise TypeError("no such thing")


def answer_a_lambda() -> Evidence:
    return Evidence("", Verdict.PROVED, lambda: "not to be pickled")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fatal", "said"),
    [
        (loop, "time limit, 0.5 s"),
        (hang_in_c, "time limit, 0.5 s"),
        (sleep_through_signals, "time limit, 0.5 s"),
        (eat_memory, "memory limit, 200 MiB"),
        (eat_memory_in_flint, "memory limit, 200 MiB"),
        (os.abort, "the worker process died (signal 6)"),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "the worker process died (signal 11)"),
        (lambda: os._exit(3), "the worker process died (exit status 3)"),
        (lambda: os.closerange(3, 100), "the worker process died ("),
        (lambda: sys.exit(), "the worker process died (exit status 1)"),
        (raise_type_error, "internal error in this check: TypeError: no such thing"),
        (answer_a_lambda, "internal error in this check: "),
    ],
)
def test_one_bad_check_is_undecided_and_the_rest_goes_on(fatal: Check, said: str) -> None:
    tasks: list[dict[str, Check]] = [
        {"1/fine": fine},
        {"2/fine": fine, "2/fatal": fatal, "2/after": fine},
        {"3/fine": fine},
    ]
    settings = QUICK if "time" in said else PATIENT  # on a busy machine even death takes a while
    one, two, three = run(tasks, findings, settings=settings, failed=unfinished)
    assert one == {"1/fine": fine()}
    assert three == {"3/fine": fine()}
    assert two["2/fine"] == two["2/after"] == fine()
    bad = two["2/fatal"]
    assert bad is not None
    assert (bad.check, bad.verdict) == ("fatal", Verdict.UNDECIDED)
    assert bad.detail.startswith(said)


def test_a_limit_on_time_counts_work_not_waiting_for_a_busy_machine() -> None:
    def kept_waiting() -> Evidence:
        time.sleep(2 * QUICK.timeout)
        return fine()

    tasks: list[dict[str, Check]] = [{"1/waits": kept_waiting}]
    assert run(tasks, findings, settings=QUICK, failed=unfinished) == [{"1/waits": fine()}]


def test_results_come_in_the_order_of_the_tasks() -> None:
    def work(task: int, guard: Guard) -> int:
        time.sleep(0.02 * (5 - task))
        return task * task

    assert run(range(5), work, settings=Settings(jobs=3), failed=lambda task, reason: -1) == [0, 1, 4, 9, 16]


def test_no_tasks_no_processes() -> None:
    assert run([], findings, settings=QUICK, failed=unfinished) == []


def test_meanwhile_is_called_once_when_the_workers_have_begun_and_hears_of_every_result() -> None:
    told: list[str] = []
    heard: list[dict[str, Evidence | None]] = []

    def begun(event: Event) -> None:
        if event.phase is Phase.STARTED:
            told.append("a task has begun")

    def meanwhile() -> Callable[[dict[str, Evidence | None]], None]:
        told.append("meanwhile")
        return heard.append

    tasks = [{"fine": fine}] * 3
    found = run(tasks, findings, settings=PATIENT, on_event=begun, failed=unfinished, meanwhile=meanwhile)
    assert sorted(map(id, heard)) == sorted(map(id, found))
    assert told.count("meanwhile") == 1
    assert told.index("meanwhile") == 2  # after two tasks for two workers, before the third


def test_a_worker_goes_on_with_what_is_akin_to_its_last_task(tmp_path: Path) -> None:
    def work(task: str, guard: Guard) -> int:
        """Wait until the two tasks of a round are both under way: so each worker does one of them."""
        (tmp_path / task).touch()
        while len(list(tmp_path.glob(f"?{task[1]}"))) < 2:
            time.sleep(0.01)
        return os.getpid()

    tasks = ["a1", "b1", "b2", "a2", "a3", "b3"]
    found = dict(
        zip(tasks, run(tasks, work, settings=PATIENT, failed=lambda _, __: 0, kin=lambda t: t[0]), strict=True)
    )
    assert found["a1"] == found["a2"] == found["a3"] != found["b1"] == found["b2"] == found["b3"]


def test_finished_checks_are_replayed_not_repeated(tmp_path: Path) -> None:
    def counted(name: str, evidence: Evidence | None) -> Check:
        def check() -> Evidence | None:
            with open(tmp_path / name, "a") as file:
                file.write("x")
            return evidence

        return check

    task: dict[str, Check] = {
        "a": counted("a", fine()),
        "silent": counted("silent", None),
        "dies": lambda: os._exit(1),
        "b": counted("b", fine()),
        "dies too": lambda: os._exit(2),
        "c": counted("c", fine()),
    }
    events: list[Event] = []
    (result,) = run([task], findings, settings=PATIENT, on_event=events.append, failed=unfinished)
    assert {name: (tmp_path / name).read_text() for name in ("a", "silent", "b", "c")} == dict.fromkeys(
        ("a", "silent", "b", "c"), "x"
    )
    assert result["a"] == result["b"] == result["c"] == fine()
    assert result["silent"] is None
    assert detail(result["dies"]) == "the worker process died (exit status 1)"
    assert detail(result["dies too"]) == "the worker process died (exit status 2)"
    assert [event.phase for event in events] == [Phase.STARTED, Phase.STOPPED, Phase.STOPPED, Phase.FINISHED]
    assert events[1].detail == "dies: the worker process died (exit status 1)"


def test_a_check_within_a_check_shares_its_limits() -> None:
    def work(task: int, guard: Guard) -> Evidence | None:
        return guard("outer", lambda: guard("inner", loop))

    (evidence,) = run([0], work, settings=QUICK, failed=lambda task, reason: None)
    assert evidence is not None
    assert (evidence.check, evidence.detail) == ("outer", "time limit, 0.5 s")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (loop, "time limit, 1.5 s, between two checks"),
        (lambda: os._exit(4), "the worker process died (exit status 4), between two checks"),
        (eat_memory, "memory limit, 200 MiB, between two checks"),
        (raise_type_error, "internal error: TypeError: no such thing"),
    ],
)
def test_a_task_that_fails_between_its_checks_is_given_up(
    act: Callable[[], Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE", 0.5)

    def work(task: str, guard: Guard) -> str:
        guard("fine", fine)
        if task == "bad":
            act()
        return task

    settings = QUICK if "time" in said else PATIENT
    results = run(["good", "bad", "fine"], work, settings=settings, failed=lambda task, reason: reason)
    assert results == ["good", said, "fine"]


def test_a_result_that_cannot_be_sent_is_a_failure() -> None:
    (result,) = run([0], lambda task, guard: lambda: 1, settings=QUICK, failed=lambda task, reason: reason)
    assert "internal error" in str(result)


def test_workers_do_not_write_to_the_reports_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    def work(task: int, guard: Guard) -> int:
        print("from Python")
        os.write(1, b"from C\n")
        return task

    run([0], work, settings=QUICK, failed=lambda task, reason: -1)
    out, err = capfd.readouterr()
    assert out == ""
    assert "from Python" in err
    assert "from C" in err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_no_worker_is_left_when_the_parent_raises() -> None:
    def on_event(event: Event) -> None:
        if event.phase is Phase.FINISHED:
            raise KeyboardInterrupt

    def work(task: int, guard: Guard) -> int:
        while task:
            pass
        return task

    before = children()
    with pytest.raises(KeyboardInterrupt):
        run([0, 1, 2], work, settings=QUICK, on_event=on_event, failed=lambda task, reason: -1)
    assert children() == before


def children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


PARENT = """
    import os, sys, time
    from verify.config import Settings
    from verify.pool import run

    def check():
        os.write(int(sys.argv[1]), b"%d\\n" % os.getpid())
        while True:
            pass

    try:
        run([0, 1], lambda t, guard: guard("hangs", check), settings=Settings(jobs=2), failed=lambda t, r: r)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("deadly", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a worker ends with its check")
def test_no_worker_outlives_its_parent(deadly: signal.Signals) -> None:
    readable, writable = os.pipe()
    command = [sys.executable, "-c", textwrap.dedent(PARENT), str(writable)]
    parent = subprocess.Popen(command, cwd=ROOT, pass_fds=[writable], start_new_session=True)
    os.close(writable)
    with os.fdopen(readable) as pids:
        workers = [int(pids.readline()), int(pids.readline())]
        assert all(alive(pid) for pid in workers)
        began = time.monotonic()
        if deadly == signal.SIGINT:
            os.killpg(parent.pid, deadly)  # as a terminal does: to all of them
        else:
            parent.send_signal(deadly)
        assert parent.wait(5) == (130 if deadly == signal.SIGINT else -deadly)
        assert pids.read() == ""  # waits until the last process that holds the pipe has ended
        while any(alive(pid) for pid in workers):
            time.sleep(0.01)
        assert time.monotonic() - began < 2


def alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()  # an orphan waits for init to bury it
    except OSError:
        return False
