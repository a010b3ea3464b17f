"""The command: what it selects, prints, writes and answers, with an engine and formats that do as they are told."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import report
from verify.cli import main
from verify.commands import check
from verify.config import Guard, Settings
from verify.model import Derivation, DerivationResult, Evidence, Judgement, Run, Standing, StepResult, Verdict

ROOT = Path(__file__).parent.parent.parent
NOTES = """\
from verify.notation import derivation, eq, line, real
x = real("x")

def make(id, *verdicts):
    steps = [eq(x, tag=f"6.{number}", reason=verdict) for number, verdict in enumerate(verdicts, 1)]
    return derivation(id, f"The {id}", source="eq. (6)", start=line(x, tag="6.0"), steps=steps)

"""


def judge(derivation: Derivation, settings: Settings, guard: Guard, others=()) -> DerivationResult:
    """Each step is what its author says: ``reason="REFUTED"``; "hang" and "crash" do."""
    steps = []
    for step in derivation.steps:
        wish = step.justification

        def check(wish: str = wish) -> Evidence:
            while wish == "hang":
                pass
            return Evidence("stub", Verdict[wish], f"seed {settings.seed}")

        if wish == "crash":
            raise TypeError("a bug")
        evidence = guard(f"{step.tag}/stub", check)
        assert evidence is not None
        judgement = Judgement(evidence.verdict, reason=evidence.detail)
        steps.append(
            StepResult(step.tag, step.line.place.line, step.relation, "", "", "", judgement, None, Standing.UNKNOWN)
        )
    return DerivationResult(
        derivation.id, derivation.title, "", derivation.place.file, derivation.place.line, (), (), None, tuple(steps)
    )


def abandoned(derivation: Derivation, reason: str) -> DerivationResult:
    judgement = Judgement(Verdict.UNDECIDED, reason=reason)
    steps = tuple(
        StepResult(s.tag, 0, s.relation, "", "", "", judgement, None, Standing.UNKNOWN) for s in derivation.steps
    )
    return DerivationResult(derivation.id, "", "", "", 0, (), (), None, steps)


def render(run: Run) -> str:
    """One line a step, one an error."""
    steps = [f"{d.id}:{s.tag} {s.verdict.value} {s.judgement.reason}" for d in run.derivations for s in d.steps]
    return "\n".join([*steps, *(f"{error.file}:{error.line} {error.message}" for error in run.errors)])


def render_json(run: Run) -> str:
    return json.dumps({"steps": len(run.steps), "program": run.program, "seed": run.seed}) + "\n"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes notes, ``notes("a.py", sigmoid=["PROVED"], …)``, into the current folder; its engine is a stub."""
    monkeypatch.setattr("verify.engine.judge", judge)
    monkeypatch.setattr("verify.engine.abandoned", abandoned)
    monkeypatch.setattr(report, "FORMATS", {**dict.fromkeys(check.FORMATS, render), "json": render_json})
    monkeypatch.chdir(tmp_path)

    def write(name: str, **derivations: list[str]) -> str:
        lines = [f"{id} = make({id.replace('_', '-')!r}, *{verdicts})" for id, verdicts in derivations.items()]
        Path(name).write_text(NOTES + "\n".join(lines) + "\n", encoding="utf-8")
        return name

    return write


Notes = Callable[..., str]
Capture = pytest.CaptureFixture[str]


def out(capsys: Capture) -> list[str]:
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


# -- exit codes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (["PROVED", "SUPPORTED"], 0),
        (["PROVED", "REFUTED"], 1),
        (["UNDECIDED"], 1),
        (["VACUOUS"], 1),
        (["CONFLICT", "REFUTED"], 2),
        (["hang"], 1),
        (["crash"], 1),
    ],
)
def test_the_exit_code_says_what_was_found(notes: Notes, verdicts: list[str], code: int) -> None:
    assert main([notes("a.py", a=verdicts), "--timeout", "0.5"]) == code


def test_what_hangs_or_crashes_is_undecided_with_its_reason(notes: Notes, capsys: Capture) -> None:
    main([notes("a.py", a=["PROVED", "hang"], b=["crash"], c=["PROVED"]), "--timeout", "0.5", "--seed", "7"])
    assert out(capsys) == [
        "a:6.1 PROVED seed 7",
        "a:6.2 UNDECIDED time limit, 0.5 s",
        "b:6.1 UNDECIDED internal error: TypeError: a bug",
        "c:6.1 PROVED seed 7",
    ]


def test_a_file_that_cannot_be_loaded_does_not_keep_the_others_from_being_verified(
    notes: Notes, capsys: Capture
) -> None:
    Path("bad.py").write_text("1 / 0\n", encoding="utf-8")
    assert main(["bad.py", notes("a.py", a=["PROVED"])]) == 2
    assert out(capsys) == ["a:6.1 PROVED seed 0", "bad.py:1 ZeroDivisionError: division by zero"]


def test_a_folder_of_a_subcommands_name_is_written_with_a_dot(notes: Notes) -> None:
    Path("new").mkdir()
    notes("new/a.py", a=["PROVED"])
    assert main(["./new"]) == 0
    assert main(["check", "new"]) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--jobs", "two"], "argument --jobs: a whole number ≥ 0 is needed, not 'two'"),
        (["--jobs", "-1"], "argument --jobs: "),
        (["--timeout", "0"], "argument --timeout: a number of seconds > 0 is needed, not '0'"),
        (["--timeout", "nan"], "argument --timeout: "),
        (["--timeout", "inf"], "argument --timeout: "),
        (["--seed", "1.5"], "argument --seed: a whole number ≥ 0 is needed, not '1.5'"),
        (["--format", "pdf"], "argument --format: invalid choice: 'pdf'"),
        (["--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["-k"], "argument -k: expected one argument"),
    ],
)
def test_wrong_options_are_misuse(capsys: Capture, options: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(options)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_bug_in_the_program_is_not_a_finding(notes: Notes, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "FORMATS", {"console": lambda run: 1 / 0})
    assert main([notes("a.py", a=["PROVED"])]) == 2
    assert "a bug in the program" in capsys.readouterr().err


# -- selecting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "selected"),
    [
        ([], ["sigmoid:6.1", "sigmoid:6.2", "log-sigmoid:6.1", "softmax:6.1"]),
        (["SIGMOID"], ["sigmoid:6.1", "sigmoid:6.2", "log-sigmoid:6.1"]),
        (["sig*"], ["sigmoid:6.1", "sigmoid:6.2"]),
        (["s*x", "log"], ["log-sigmoid:6.1", "softmax:6.1"]),
        (["6.2"], ["sigmoid:6.1", "sigmoid:6.2"]),
        (["sigmoid:6.1"], ["sigmoid:6.1", "sigmoid:6.2"]),
        (["Sigmoid:6"], ["sigmoid:6.1", "sigmoid:6.2", "log-sigmoid:6.1"]),
        (["s*:6.1"], ["sigmoid:6.1", "sigmoid:6.2", "softmax:6.1"]),
        (["sigmoid:6.1", "sigmoid"], ["sigmoid:6.1", "sigmoid:6.2", "log-sigmoid:6.1"]),
    ],
)
def test_k_selects_derivations_and_steps(
    notes: Notes, capsys: Capture, patterns: list[str], selected: list[str]
) -> None:
    file = notes("a.py", sigmoid=["PROVED", "PROVED"], log_sigmoid=["PROVED"], softmax=["PROVED"])
    assert main([file, *(word for pattern in patterns for word in ("-k", pattern))]) == 0
    assert [line.split()[0] for line in out(capsys)] == selected


def test_only_the_selected_derivations_count(notes: Notes) -> None:
    file = notes("a.py", a=["PROVED", "REFUTED"], b=["PROVED"])
    assert main([file, "-k", "b"]) == 0
    assert main(["-k", "a:6.2", "check", file]) == 2  # "check" is a word of ours only when it comes first
    assert main(["check", "-k", "a:6.2", file]) == 1


def test_an_unknown_k_is_misuse_and_tells_what_is_near(notes: Notes, capsys: Capture) -> None:
    Path("bad.py").write_text("1 / 0\n", encoding="utf-8")
    files = [notes("a.py", sigmoid=["PROVED"], softmax=["PROVED"]), "bad.py"]
    assert main([*files, "-k", "sigmiod"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0] == "bad.py:1: ZeroDivisionError: division by zero"
    assert "-k 'sigmiod' matches no derivation and no step; near it: sigmoid" in captured.err
    assert main([*files, "-k", "sig", "-k", "%%%%"]) == 2
    assert "--list shows the ids" in capsys.readouterr().err


def test_list_is_one_line_a_derivation(notes: Notes, capsys: Capture) -> None:
    file = notes("a.py", sigmoid=["PROVED", "hang"], log_sigmoid=["PROVED"])
    assert main([file, "--list"]) == 0
    assert out(capsys) == [
        "sigmoid      2 steps  a.py:6  eq. (6)  The sigmoid",
        "log-sigmoid  1 step   a.py:6  eq. (6)  The log-sigmoid",
    ]
    assert main([file, "missing.py", "--list", "-k", "log"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("log-sigmoid")
    assert captured.err == "missing.py: there is no such file or folder\n"


# -- printing and writing ------------------------------------------------------------------------------------


def test_the_formats_are_those_there_are() -> None:
    assert set(check.FORMATS) == set(report.FORMATS) == {*check.WITHOUT_FORMS, *check.REPORT_FILES.values()}


def test_json_alone_goes_to_stdout(notes: Notes, capsys: Capture) -> None:
    file = notes("a.py", a=["PROVED"])
    with open(file, "a", encoding="utf-8") as noisy:
        noisy.write("print('noise')\n1 / 0\n")
    assert main([file, "--format", "json", "--seed", "3"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["seed"] == 3
    assert captured.err.splitlines() == ["noise", "a.py:10: ZeroDivisionError: division by zero"]


def test_the_report_is_written_beside_the_print(notes: Notes, capsys: Capture) -> None:
    assert main([notes("a.py", a=["PROVED"]), "--report", "deep/down"]) == 0
    assert sorted(path.name for path in Path("deep/down").iterdir()) == [
        "report.html",
        "report.json",
        "report.md",
        "report.tex",
    ]
    assert json.loads(Path("deep/down/report.json").read_text(encoding="utf-8"))["steps"] == 1
    assert Path("deep/down/report.md").read_text(encoding="utf-8") == "a:6.1 PROVED seed 0"
    assert out(capsys) == ["a:6.1 PROVED seed 0"]


def test_a_report_is_whole_or_not_there(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    file = notes("a.py", a=["PROVED"])
    Path("report.md").write_text("the old one", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", interrupted)
    assert main([file, "--report", "."]) == 130
    assert Path("report.md").read_text(encoding="utf-8") == "the old one"
    assert sorted(path.name for path in Path().iterdir()) == ["a.py", "report.md"]


def test_a_report_that_cannot_be_written_is_misuse(notes: Notes, capsys: Capture) -> None:
    file = notes("a.py", a=["hang"])
    assert main([file, "--report", "a.py/below"]) == 2
    assert "cannot make the folder a.py/below: Not a directory" in capsys.readouterr().err
    Path("full/report.md").mkdir(parents=True)
    assert main([notes("a.py", a=["PROVED"]), "--report", "full"]) == 2
    assert "cannot write full/report.md: Is a directory" in capsys.readouterr().err


def test_documents_are_utf8_and_terminals_get_what_they_can_show(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "FORMATS", dict.fromkeys(check.FORMATS, lambda run: "σ ≥ 0"))
    file = notes("a.py", a=["PROVED"])
    for format, expected in (("console", b"? ? 0\n"), ("markdown", "σ ≥ 0\n".encode())):
        written = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
        assert main([file, "--format", format]) == 0
        assert written.getvalue() == expected


# -- as a process --------------------------------------------------------------------------------------------


def python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, **options)


def test_help_and_version_do_not_wait_for_sympy() -> None:
    code = (
        "import sys; from verify.cli import main\n"
        "try: main([sys.argv[1]])\n"
        "except SystemExit as stopped: print(stopped.code, sorted({'sympy', 'numpy', 'rich'} & set(sys.modules)))"
    )
    help = python("-c", code, "--help")
    assert "[check] [PATH ...]" in help.stdout
    assert help.stdout.endswith("0 []\n")
    version = python("-c", code, "--version")
    assert re.fullmatch(r"derivation-verifier \d+\.\d+\.\d+\n0 \[\]\n", version.stdout)


def test_python_m_verify_is_the_command() -> None:
    ran = python("-m", "verify", "new", "notes.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "verify: a derivation is a Python file: notes.txt.py?\n"


PROGRAM = """
    import sys, tests.commands.test_check as stub
    sys.modules["verify.engine"] = stub
    import report
    report.FORMATS = dict.fromkeys(report.FORMATS, lambda run: "line\\n" * 100000)
    from verify.cli import main
    sys.exit(main(sys.argv[1:]))
"""


def test_a_reader_who_has_seen_enough_is_no_error(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / notes("a.py", a=["REFUTED"])
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(file)]
    ran = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert ran.stdout is not None
    assert ran.stderr is not None
    assert ran.stdout.readline() == "line\n"
    ran.stdout.close()
    assert ran.stderr.read() == ""
    assert ran.wait() == 1
    ran.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / notes("a.py", a=["PROVED"])
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(file)]
        ran = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (2, "verify: cannot write to standard output: No space left on device\n")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_ctrl_c_ends_at_once_and_leaves_nothing_behind(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / notes("a.py", a=["hang"], b=["hang"])
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(PROGRAM),
        str(file),
        "--report",
        str(tmp_path / "report"),
        "--jobs=2",
    ]
    ran = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert ran.stderr is not None
    children = Path(f"/proc/{ran.pid}/task/{ran.pid}/children")
    while len(workers := children.read_text().split()) < 2:
        time.sleep(0.01)
    began = time.monotonic()
    os.killpg(ran.pid, signal.SIGINT)
    assert ran.stderr.read() == "interrupted\n"
    assert ran.wait() == 130
    assert time.monotonic() - began < 2
    ran.stderr.close()
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    assert list((tmp_path / "report").iterdir()) == []
