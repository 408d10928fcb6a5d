"""Two runs side by side: whatever differs has its cause, and nothing falls unnoticed."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Convention, Totals
from symcnn.grader.marks import Grading, Mark
from symcnn.grader.people.compare import Comparison, compared
from symcnn.grader.people.runs import Run
from symcnn.grader.records import results_text
from tests.grader.people.sample import ASSIGNMENT, PERSIAN, QUESTIONS, graded, grading, mark

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)
WRONG = mark("q1a", "wrong", ZERO, "K^2*C_in*C_out")
RIGHT = replace(WRONG, outcome="right", points=TWO)
HALF = replace(WRONG, outcome="partial", points=ONE)
OPEN = replace(WRONG, outcome="undecided", points=None)


def with_first(**changes: object) -> Assignment:
    """The assignment with its first question mended."""
    return replace(ASSIGNMENT, questions=(replace(QUESTIONS[0], **changes), *QUESTIONS[1:]))


def compare(
    before: Mark | None,
    after: Mark | None,
    old: Assignment = ASSIGNMENT,
    new: Assignment = ASSIGNMENT,
    versions: tuple[str, str] = ("0.1.0", "0.1.0"),
) -> Comparison:
    """One student in two runs."""
    classes = [
        grading(graded("7", *([] if each is None else [each])), assignment=assignment)
        for each, assignment in ((before, old), (after, new))
    ]
    runs = [Run(each, version) for each, version in zip(classes, versions, strict=True)]
    return compared(runs[0], runs[1])


def kinds(found: Comparison) -> list[list[str]]:
    return [[cause.kind for cause in each.causes] for each in found.changes]


MACS = Convention("MACs", "K^2*C_in*C_out", Fraction(1, 2))


@pytest.mark.parametrize(
    ("before", "after", "old", "new", "kind", "told"),
    [
        (
            WRONG, RIGHT, ASSIGNMENT, with_first(key="K^2*C_in*C_out"),
            "key", "key: K^2*C_in*C_out + C_out became K^2*C_in*C_out",
        ),
        (WRONG, HALF, ASSIGNMENT, with_first(conventions=(MACS,)), "convention", "added: MACs"),
        (HALF, WRONG, with_first(conventions=(MACS,)), ASSIGNMENT, "convention", "removed: MACs"),
        (
            HALF, RIGHT, with_first(conventions=(MACS,)),
            with_first(conventions=(replace(MACS, credit=ONE),)), "convention", "changed: MACs",
        ),
        (
            HALF, replace(HALF, of=Fraction(4), points=TWO), ASSIGNMENT,
            with_first(points=Fraction(4)), "points", "points: 2 became 4",
        ),
        (
            WRONG, HALF, ASSIGNMENT, with_first(mistakes=(("bias", Fraction(1, 2)),)),
            "rule", "mistakes of the question changed",
        ),
        (WRONG, RIGHT, ASSIGNMENT, with_first(given="K: real"), "given", "given of the question"),
        (
            WRONG, RIGHT, ASSIGNMENT, replace(ASSIGNMENT, given=""),
            "given", "given of the assignment",
        ),
        (WRONG, replace(RIGHT, answer="other"), ASSIGNMENT, ASSIGNMENT, "text", "another text"),
        (OPEN, replace(OPEN, points=ONE, by="Sara"), ASSIGNMENT, ASSIGNMENT, "decision", "by Sara"),
        (
            replace(OPEN, points=ONE, by="Sara"), OPEN, ASSIGNMENT, ASSIGNMENT,
            "decision", "decision of Sara is gone",
        ),
        (
            replace(OPEN, points=ONE, by="Sara"), replace(OPEN, points=TWO, by="Ali"),
            ASSIGNMENT, ASSIGNMENT, "decision", "another one, by Ali",
        ),
        (WRONG, RIGHT, ASSIGNMENT, ASSIGNMENT, "unknown", "nothing in the records differs"),
    ],
)  # fmt: skip
def test_every_change_has_its_cause(
    before: Mark, after: Mark, old: Assignment, new: Assignment, kind: str, told: str
) -> None:
    [change] = compare(before, after, old, new).changes
    [cause] = change.causes
    assert cause.kind == kind
    assert told in cause.text


def test_the_program_is_the_cause_where_nothing_else_is() -> None:
    newer = ("0.1.0", "0.2.0")
    assert kinds(compare(WRONG, RIGHT, versions=newer)) == [["version"]]
    mended = with_first(key="K")
    assert kinds(compare(WRONG, RIGHT, new=mended, versions=newer)) == [["key"]]


def test_what_cannot_reach_a_mark_is_no_cause() -> None:
    mended = with_first(prompt="In other words?", accept=("K",))
    assert kinds(compare(WRONG, RIGHT, new=mended)) == [["unknown"]]
    assert compare(WRONG, WRONG, new=with_first(key="K^3")).changes == ()


def test_a_question_that_uses_another_one() -> None:
    uses = replace(QUESTIONS[1], uses=(("x", "q1a"),))
    assignment = replace(ASSIGNMENT, questions=(QUESTIONS[0], uses, *QUESTIONS[2:]))
    carried = mark("q2", "carried", ONE, "2*K")
    first = grading(graded("7", WRONG, carried), assignment=assignment)
    after = replace(RIGHT, answer="C_out*(K^2*C_in + 1)"), replace(carried, outcome="wrong")
    second = grading(graded("7", *after), assignment=assignment)
    found = compared(Run(first), Run(second))
    assert kinds(found) == [["text"], ["uses"]]


def test_questions_and_students_come_and_go() -> None:
    found = compare(None, RIGHT)
    assert (kinds(found), found.fell) == ([["question"]], 0)
    found = compare(RIGHT, None)
    assert (kinds(found), found.changes[0].fell) == ([["question"]], True)
    classes = [Run(grading(graded(name, RIGHT))) for name in ("7", "8")]
    found = compared(classes[0], classes[1])
    assert [(each.student, each.fell) for each in found.changes] == [("7", True), ("8", False)]
    assert [(each.student, each.fell) for each in found.totals] == [("7", True), ("8", False)]


@pytest.mark.parametrize(
    ("before", "after", "fell"),
    [
        (RIGHT, HALF, True),
        (HALF, RIGHT, False),
        (RIGHT, OPEN, True),
        (OPEN, WRONG, False),
        (WRONG, OPEN, False),
        (WRONG, replace(WRONG, outcome="partial"), False),
        (HALF, replace(HALF, of=Fraction(4)), False),
    ],
)
def test_what_counts_as_fallen(before: Mark, after: Mark, fell: bool) -> None:
    [change] = compare(before, after).changes
    assert change.fell is fell


def test_totals_have_causes_of_their_own() -> None:
    capped = replace(ASSIGNMENT, totals=Totals(cap=ONE))
    first, second = graded("7", RIGHT), graded("7", RIGHT)
    second = replace(second, total=replace(second.total, points=ONE))
    found = compared(Run(grading(first)), Run(grading(second, assignment=capped)))
    [change] = found.totals
    assert (found.changes, change.fell) == ((), True)
    assert [each.text for each in change.causes] == ["totals, cap: none became 1"]
    late = replace(second, factor=Fraction(1, 2))
    [change] = compared(Run(grading(first)), Run(grading(late))).totals
    assert [each.text for each in change.causes] == ["factor: 1 became 0.5"]


def test_persian_causes() -> None:
    [change] = compare(WRONG, RIGHT, PERSIAN, replace(PERSIAN, given="")).changes
    assert change.causes[0].text == "دامنه‌های تکلیف (given) تغییر کرده است"
    mended = replace(QUESTIONS[0], conventions=(MACS,))
    renewed = replace(PERSIAN, questions=(mended, *PERSIAN.questions[1:]))
    [change] = compare(WRONG, HALF, PERSIAN, renewed).changes
    assert change.causes[0].text == "قرارداد افزوده: \u2068MACs\u2069"


# In the shell


def write(tmp_path: Path, name: str, grading: Grading) -> str:
    (tmp_path / name).mkdir()
    (tmp_path / name / "results.json").write_text(results_text(grading), encoding="utf-8")
    return str(tmp_path / name)


def test_exit_codes_and_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    low = write(tmp_path, "low", grading(graded("7", WRONG), graded("8" * 40, RIGHT)))
    high = write(tmp_path, "high", grading(graded("7", RIGHT), graded("8" * 40, RIGHT)))
    assert main(["compare", low, low]) == 0
    assert "nothing differs" in capsys.readouterr().out
    assert main(["compare", low, high]) == 0
    out = capsys.readouterr().out
    assert "wrong 0/2" in out
    assert "marks that differ: 1, of them lower: 0; totals that differ: 1" in out
    assert max(map(len, out.splitlines())) <= 80
    assert main(["compare", high, low]) == 1
    assert "(lower)" in capsys.readouterr().out
    assert main(["compare", high, low, "--allow-lower"]) == 0
    capsys.readouterr()
    assert main(["compare", low, str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path, "first", grading(graded("7", RIGHT)))
    second = write(tmp_path, "second", grading(graded("7", OPEN)))
    assert main(["compare", first, second, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["fell"]) == (1, 2)
    [change] = found["changes"]
    assert change["after"] == {"outcome": "undecided", "points": None, "of": "2", "by": ""}
    assert (change["fell"], change["causes"][0]["kind"]) == (True, "unknown")
