"""One mark explained: what it rests on, in both languages, and a line that decides it again."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Convention, Feedback, Question
from symcnn.grader.marking import Marker
from symcnn.grader.marking.student import graded
from symcnn.grader.marks import Grading
from symcnn.grader.people.deciding import decided
from symcnn.grader.people.decisions import Decision, Decisions
from symcnn.grader.people.explain import Explanation, explained
from symcnn.grader.people.runs import Run
from symcnn.grader.records import results_text
from symcnn.grader.submission import Response, Submission

ROOT = Path(__file__).resolve().parents[3]
HALF = Fraction(1, 2)
QUESTIONS = (
    Question(
        "q1", "formula", Fraction(2), key="K^2*C_in*C_out + C_out", aliases=(("F", "K"),),
        conventions=(Convention("no bias", "K^2*C_in*C_out", HALF, "The bias is missing."),),
        feedback=Feedback("verdict", "solution"),
    ),
    Question("q2", "formula", Fraction(1), key="floor(N/2) + 1", given="C_in: integer"),
    Question("q3", "number", Fraction(1), key="112"),
    Question(
        "q4", "number", Fraction(1), key="64*n^2", given="n: positive integer",
        uses=(("n", "q3"),), carried=HALF, tolerance="1%", unit=1000,
    ),
    Question("q5", "matrix", Fraction(2), key="Matrix([[a, 0], [b, a]])", entries=True),
    Question("q6", "chain", Fraction(3), key="(K + 1)^2", start="K^2 + 2*K + 1"),
    Question("q7", "choice", Fraction(1), key="a", options=(("a", "yes"), ("b", "no"))),
    Question("q8", "manual", Fraction(3)),
)  # fmt: skip
ASSIGNMENT = Assignment("A", QUESTIONS, given="K, C_in, C_out, N: positive integer")
ANSWERS: dict[str, tuple[str, ...]] = {
    "q1": (
        "C_out(K² C_in + 1)", "F^2 C_in C_out + C_out", "K^2 C_in C_out", "K*C_in", "K^2 +",
        "Q^2", "$K^{2} C_{in} C_{out} + C_{out}$", "-K", "@K", "it's K", "y = C_out*(K^2*C_in+1)",
        "K = 3", "۲ K^2", "1/(K - K)", "K\x1b[31m", "``K``", "K^2 * C_in\n* C_out + C_out",
        "$(reboot)",
    ),
    "q2": ("floor((N + 2)/2)", "N/2 + 1", "ceil((N + 1)/2)"),
    "q3": ("112", "224/2", "113", "۱۱۲"),
    "q4": ("802816", "803K", "12544", "817216", "5 MB", "10"),
    "q5": ("[[a, 0], [b, a]]", "Matrix([[a, 0], [0, a]])", "a", "[[a, 0, 0], [b, a, 0]]"),
    "q6": (
        "K^2 + 2*K + 1\n= (K + 1)^2", "K^2 + 2K + 1\n= K^2 + 1\n= (K + 1)^2", "K^2 +",
        "K^2 + 2K + 1 = (K+1)*(K+1)\n= (K + 1)^2", "- K\n= 'K'",
    ),
    "q7": ("a", "b"),
    "q8": ("It's there",),
}  # fmt: skip


def class_of(assignment: Assignment = ASSIGNMENT) -> Grading:
    """As many students as the longest list of answers."""
    marker = Marker(assignment)
    students = []
    for n in range(max(map(len, ANSWERS.values()))):
        responses = tuple(
            (name, Response(texts[n % len(texts)], f"s{n}.md, line 3"))
            for name, texts in ANSWERS.items()
        )
        students.append(graded(marker, Submission(f"98{n:02}", responses)))
    return Grading(assignment, tuple(students))


CLASS = class_of()


def explain(question: str, answer: str) -> Explanation:
    n = ANSWERS[question].index(answer)
    return explained(Run(CLASS), f"98{n:02}", question)


CASES = [(question, each) for question, texts in ANSWERS.items() for each in texts]
EXIT = {"proved": 0, "refuted": 1, "invalid": 2, "undecided": 3}


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[object]:
    """Runs a line as a shell would, with symcnn in this process."""

    def run(line: str) -> int:
        assert "\n" not in line
        words = shlex.split(line)
        if words[0] == "printf":
            end = words.index("|")
            text = "".join(f"{each}\n" for each in words[2:end])
            stdin = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
            monkeypatch.setattr(sys, "stdin", stdin)
            words = words[end + 1 :]
        assert words[0] == "symcnn"
        code = main(words[1:])
        capsys.readouterr()
        return code

    yield run


@pytest.mark.parametrize(("question", "answer"), CASES)
def test_the_line_for_the_shell_decides_as_marking_did(
    question: str, answer: str, shell: object
) -> None:
    found = explain(question, answer)
    assert found.mark.answer == answer
    assert found.again == found.mark.outcome
    for each in found.tried:
        assert each.kind in EXIT
        if each.replay and " read " not in each.replay:
            assert shell(each.replay) == EXIT[each.kind], each.replay  # type: ignore[operator]
    kinds = {each.what: each.kind for each in found.tried}
    if found.mark.outcome == "right":
        assert "proved" in kinds.values() or question == "q7"
    if found.mark.outcome in ("wrong", "partial", "carried") and question != "q7":
        assert kinds.get("key", kinds.get("chain")) == "refuted"
    if found.mark.outcome == "unreadable":
        assert set(kinds.values()) == {"invalid"}


def test_a_real_shell_takes_the_lines(tmp_path: Path) -> None:
    program = tmp_path / "symcnn"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m symcnn "$@"\n')
    program.chmod(0o755)
    cases = [
        ("q1", "it's K", 0),
        ("q1", "K^2 +", 2),
        ("q6", "K^2 + 2K + 1\n= K^2 + 1\n= (K + 1)^2", 1),
    ]
    for question, answer, code in cases:
        [line] = [
            each.replay for each in explain(question, answer).tried if each.what != "convention"
        ]
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr


def test_the_evidence_of_a_right_and_a_wrong_answer() -> None:
    right = explain("q1", "C_out(K² C_in + 1)")
    assert right.tried[0].evidence[0] == "proved by rational normal form"
    assert any("polynomial identity" in each for each in right.tried[0].evidence)
    assert "F = K" in right.names
    assert "positive integer" in right.names[0]
    wrong = explain("q1", "K*C_in")
    assert wrong.tried[0].evidence[0].startswith("refuted at K = 1, C_in = 1, C_out = ")
    assert [each.what for each in wrong.tried] == ["key", "convention"]


def test_a_right_answer_that_was_seen_at_once_is_read_here() -> None:
    mark = CLASS.students[0].mark("q2")
    assert mark is not None and (mark.outcome, mark.read) == ("right", "")
    assert explain("q2", mark.answer).mark.read == mark.answer == "floor((N + 2)/2)"


def test_the_level_of_both_phases_and_its_words() -> None:
    before, after = explain("q1", "K*C_in").told
    assert (before.phase, before.level, after.level) == ("before", "verdict", "solution")
    assert not any("C_out" in each for each in before.words)
    assert "The right answer is K^2*C_in*C_out + C_out." in after.words


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("q1", "C_out(K² C_in + 1)", "2 x 1 = 2: the answer is right"),
        ("q1", "K^2 C_in C_out", "2 x 0.5 = 1: the credit of the convention no bias"),
        ("q1", "K*C_in", "2 x 0 = 0: nothing in it earns points"),
        ("q1", "K^2 +", "open: there are no points until a person decides"),
        ("q4", "817216", "1 x 0.5 = 0.5: the share of what is right for one's own earlier answer"),
        ("q8", "It's there", "open: there are no points until a person decides"),
    ],
)
def test_the_arithmetic_of_the_points(question: str, answer: str, told: str) -> None:
    own = explain(question, answer)
    if question == "q4":
        own = carried()
    assert own.counted == told


def carried() -> Explanation:
    responses = (("q3", Response("113")), ("q4", Response("817216")))
    own = graded(Marker(ASSIGNMENT), Submission("7", responses))
    return explained(Run(Grading(ASSIGNMENT, (own,))), "7", "q4")


def test_an_answer_that_is_right_for_ones_own_value_is_replayed_against_that(
    shell: object,
) -> None:
    found = carried()
    assert [(each.what, each.kind) for each in found.tried] == [
        ("key", "refuted"), ("own", "proved"),
    ]  # fmt: skip
    assert found.tried[1].key == "64*113^2"
    assert shell(found.tried[1].replay) == 0  # type: ignore[operator]
    assert "the answer is 817216, the key 802816: off by 14400" in found.tried[0].evidence


def test_a_decision_is_told_with_its_person() -> None:
    decision = Decision("q8", HALF, student="9800", words="A start.", by="Sara")
    after = decided(CLASS, Decisions("d", (decision,)))
    found = explained(Run(after), "9800", "q8")
    assert found.counted == "0.5 of 3, decided by Sara"
    assert found.told[0].words == ("A start.",)
    assert found.again == "manual"


def test_an_answer_that_was_stopped_is_not_tried_again() -> None:
    def bomb(*_: object) -> None:
        raise AssertionError("it was tried")

    own = CLASS.students[0]
    stopped = tuple(
        replace(each, outcome="undecided", points=None, read="", answer="Sum(x, (x, 1, K))!")
        for each in own.marks
    )
    run = Run(Grading(ASSIGNMENT, (replace(own, marks=stopped),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Marker, "mark", bomb)
        found = explained(run, own.student, "q1")
    assert "marking was stopped" in found.tried[0].evidence[0]
    assert found.tried[0].replay.startswith("symcnn verify 'Sum(x, (x, 1, K))!' --against ")


# In the shell


@pytest.fixture
def run(tmp_path: Path) -> str:
    (tmp_path / "results.json").write_text(results_text(CLASS), encoding="utf-8", errors="replace")
    return str(tmp_path)


def test_explain_prints_lines_that_fit(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", run, "۹۸۰۰", "q1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "9800, q1 (formula, out of 2)"
    assert "  C_out(K² C_in + 1)" in lines
    assert "  (s0.md, line 3)" in lines
    *rest, first, second = lines
    assert "the same in the shell:" in rest
    assert first.startswith("  symcnn verify 'C_out(K² C_in + 1)' --against ")
    assert second.startswith("  symcnn verify ")
    assert max(map(len, rest)) <= 80


def test_hostile_text_cannot_reach_the_terminal(
    run: str, capsys: pytest.CaptureFixture[str]
) -> None:
    number = ANSWERS["q1"].index("K\x1b[31m")
    assert main(["explain", run, f"98{number:02}", "q1"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_json(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", run, "9803", "q1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["outcome"], found["points"]) == (1, "wrong", "0")
    assert [each["kind"] for each in found["tried"]] == ["refuted", "refuted"]


@pytest.mark.parametrize(
    ("student", "question", "told"),
    [
        ("980", "q1", "there is no student '980' in this run; did you mean 98"),
        ("x", "q1", "its students are 9800, 9801"),
        ("9800", "Q-1", "there is no question 'Q-1' in this run; did you mean q1?"),
        ("9800", "zzz", "its questions are q1, q2"),
        ("9800\x1b[2J", "q1", "there is no student"),
    ],
)
def test_what_is_not_there(
    run: str, student: str, question: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", run, student, question]) == 2
    err = capsys.readouterr().err
    assert told in " ".join(err.split())
    assert "\x1b" not in err


def test_persian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    persian = replace(ASSIGNMENT, language="fa")
    own = graded(Marker(persian), Submission("7", (("q1", Response("K*C_in")),)))
    run = tmp_path / "results.json"
    run.write_text(results_text(Grading(persian, (own,))), encoding="utf-8")
    assert main(["explain", str(run), "7", "q1"]) == 0
    out = capsys.readouterr().out
    for persian_words in ("پاسخ:", "رد شد، در", "نمره:", "دانشجو پیش از مهلت", "نادرست"):
        assert persian_words in out
    for english in ("refuted at", "against the", "the student reads", "wrong"):
        assert english not in out
