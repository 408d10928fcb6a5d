"""``symcnn grade`` from the shell: exit codes, what is printed where, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.grader.records import from_record, read_results

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTION = "  - {id: q1, type: formula, points: 2, key: K^2*C, given: 'K, C: positive integer'}\n"
ASSIGNMENT = f"schema: 1\ntitle: Costs\nquestions:\n{QUESTION}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with an assignment, where the shell stands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(ASSIGNMENT)
    return tmp_path


PLAIN = ["--format", "csv"]  # pages have tests of their own


def handed_in(place: Path, **answers: str) -> list[str]:
    """Files of submissions, one for each student."""
    for name, text in answers.items():
        sent = {"student": name, "answers": {"q1": text}}
        (place / f"{name}.json").write_text(json.dumps(sent))
    return [f"{name}.json" for name in answers]


@pytest.mark.parametrize(
    ("answers", "options", "code"),
    [
        ({"s1": "C K K", "s2": "K C"}, [], 0),
        ({"s1": "C K K", "s2": "K C"}, ["--require-full-marks"], 1),
        ({"s1": "C K K"}, ["--require-full-marks"], 0),
        ({"s1": "C K K", "s2": "K +"}, [], 1),
    ],
)
def test_exit_codes(place: Path, answers: dict[str, str], options: list[str], code: int) -> None:
    assert main(["grade", "a.yaml", *handed_in(place, **answers), *options, *PLAIN]) == code
    assert len(read_results(place / "graded").students) == len(answers)


def test_a_file_that_cannot_be_used_is_left_for_a_person(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "bad.json").write_text("{")
    assert main(["grade", "a.yaml", *handed_in(place, s1="C K K"), "bad.json", *PLAIN]) == 1
    assert "bad.json" in capfd.readouterr().err
    assert main(["grade", "a.yaml", "bad.json", *PLAIN]) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("schema: 1\n", "a.yaml"),
        (ASSIGNMENT.replace("K^2*C", "K^2*"), "a.yaml, line 4"),
        (ASSIGNMENT.replace("K^2*C", "{0: 1}"), "a.yaml"),
    ],
)
def test_an_unusable_assignment_is_told_before_anything_is_graded(
    place: Path, text: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "a.yaml").write_text(text)
    assert main(["grade", "a.yaml", *handed_in(place, s1="K")]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert told in err
    assert not (place / "graded" / "results.json").exists()


def test_json_prints_the_record_alone(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["--json", "--format", "csv,junit", "--jobs", "2", "-o", "run"]
    assert main(["grade", "a.yaml", *handed_in(place, s1="C K K", s2="K +"), *words]) == 1
    out, err = capfd.readouterr()
    assert from_record(json.loads(out)) == read_results(place / "run")
    assert "marked 2 of 2 submissions" in err
    assert {each.name for each in (place / "run").iterdir()} == {
        "gradebook.csv", "journal.jsonl", "junit.xml", "queue.csv", "queue.html", "results.json",
    }  # fmt: skip


def test_the_summary_goes_to_stdout_and_progress_does_not(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", "a.yaml", *handed_in(place, s1="C K K", s2="K +"), *PLAIN]) == 1
    out, err = capfd.readouterr()
    assert "2 students, 2 answers, 1 open: see graded/queue.html" in out
    assert "marked" in err and "marked" not in out
    assert "s1" in out


BUGGY = """
import signal
import sys
from symcnn.cli import main
from symcnn.grader.running import batches
from tests.grader.running.standin import Standin
batches.marker = Standin
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job begins without it
sys.exit(main(sys.argv[1:]))
"""


def test_a_bug_in_marking_exits_with_70_after_all_else_is_graded(place: Path) -> None:
    files = handed_in(place, s1="raise oops", s2="K^2*C")
    done = subprocess.run(
        [sys.executable, "-c", BUGGY, "grade", "a.yaml", *files, *PLAIN],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "ValueError: oops" in done.stderr
    assert "bug in symcnn" in done.stderr
    first, second = read_results(place / "graded").students
    assert first.marks[0].points is None
    assert second.marks[0].points == 2


def test_ctrl_c_stops_and_says_how_to_go_on(place: Path) -> None:
    files = handed_in(place, **{f"s{n}": "K^2*C" for n in range(60)}, z="sleep 60")
    command = [sys.executable, "-c", BUGGY, "grade", "a.yaml", *files, *PLAIN]
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        while "marked 55" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode == 130
    kept = (place / "graded" / "journal.jsonl").read_bytes().count(b"\n")
    assert 55 <= kept <= 60
    assert f"interrupted: {kept} of 61 submissions are marked" in told
    assert "Traceback" not in told


def test_where_there_is_a_terminal_progress_is_a_bar(place: Path) -> None:
    main_end, other_end = os.openpty()
    files = handed_in(place, s1="C K K")
    done = subprocess.run(
        [sys.executable, "-m", "symcnn", "grade", "a.yaml", *files, *PLAIN],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=other_end,
        check=False,
    )
    os.close(other_end)
    shown = os.read(main_end, 1 << 16).decode()
    os.close(main_end)
    assert done.returncode == 0
    assert "marking" in shown
    assert "Traceback" not in shown
