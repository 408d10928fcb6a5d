"""A run marked again: what was handed in stays, and nothing that was found is taken over."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Question, Totals
from symcnn.grader.marks import Grading
from symcnn.grader.people.groups import open_groups
from symcnn.grader.people.regrade import again, formats_in, second_place
from symcnn.grader.records import read_results
from symcnn.grader.submission import Problem
from tests.grader.people.sample import ASSIGNMENT, graded, sample

KEY = """\
schema: 1
title: Costs
given: "K, C_in, C_out: positive integer"
questions:
  - {id: q1, type: formula, points: 2, key: "K^2*C_in*C_out"}
  - {id: q2, type: manual, points: 3}
"""
ANSWERS = """\
student,name,q1,q2
۹۸۱,Ali,"K^2 C_in C_out",It is the identity.
982,Sara,"K^2 C_in C_out + C_out",it is the  identity.
983,,"K^2 +",
"""


def test_what_was_handed_in_is_all_that_is_kept() -> None:
    recorded = sample()
    found = again(recorded, ASSIGNMENT)
    assert [each.student for each in found.submissions] == [
        each.student for each in recorded.students
    ]
    for submission, student in zip(found.submissions, recorded.students, strict=True):
        texts = {name: each.text for name, each in submission.responses}
        assert texts == {each.question: each.answer for each in student.marks if each.answer}
    assert (found.roster, found.problems) == (None, ())


def test_factors_and_problems_of_submissions_stay() -> None:
    late = replace(ASSIGNMENT, totals=Totals(factor="late"))
    twice = (Problem("a.md", "q1a is answered twice"),)
    student = replace(graded("7"), factor=Fraction(1, 2), problems=twice, name="Ali")
    found = again(Grading(late, (student,)), late)
    assert found.roster is not None
    assert found.roster.factor("7", "late") == Fraction(1, 2)
    assert (found.submissions[0].problems, found.submissions[0].name) == (twice, "Ali")
    assert again(Grading(late, (student,)), ASSIGNMENT).roster is None
    with pytest.raises(AuthorError, match="grade --roster"):
        again(Grading(ASSIGNMENT, (student,)), late)
    other = replace(late, totals=Totals(factor="bonus"))
    with pytest.raises(AuthorError, match="'bonus', but the run was marked with the factors"):
        again(Grading(late, (student,)), other)


def test_questions_that_come_and_go_are_told() -> None:
    questions = (*ASSIGNMENT.questions[1:], Question("q9", "manual", Fraction(1)))
    found = again(sample(), Assignment("B", questions))
    told = [str(each) for each in found.problems]
    assert told[0].startswith("q9: the run holds no answers to it")
    assert told[1].startswith("q1a: it is no question any more")


def test_the_first_run_is_never_written_to(tmp_path: Path) -> None:
    first = tmp_path / "run"
    first.mkdir()
    (first / "results.json").write_text("{}")
    (tmp_path / "link").symlink_to(first)
    others = (first, tmp_path / "." / "run", tmp_path / "x" / ".." / "run", tmp_path / "link")
    for other in others:
        for named in (first, first / "results.json"):
            with pytest.raises(AuthorError, match="is the first run"):
                second_place(named, other)
    with pytest.raises(AuthorError, match="-o RUN2"):
        second_place(first, None)
    assert second_place(first, tmp_path / "run2") == tmp_path / "run2"


def test_mend_decide_regrade_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(KEY, encoding="utf-8")
    Path("class.csv").write_text(ANSWERS, encoding="utf-8")
    options = ["--format", "csv", "--phase", "after", "--anonymous"]
    assert main(["grade", "a.yaml", "class.csv", "-o", "run", *options]) == 1
    first = read_results(Path("run"))
    groups = {each.mark.question: each for each in open_groups(first)}
    assert len(groups["q2"].members) == 2
    decisions = (
        f"- {{question: q2, group: {groups['q2'].id}, points: 2.5, words: Short., by: Sara}}\n"
        "- {question: q1, student: 983, points: 0, by: Sara}\n"
        "- {question: q1, student: 981, points: 1, by: Sara}\n"
    )
    Path("decisions.yaml").write_text(decisions, encoding="utf-8")
    before = {each.name: each.read_bytes() for each in Path("run").iterdir() if each.is_file()}
    Path("a.yaml").write_text(KEY.replace('C_out"}', 'C_out + C_out"}'), encoding="utf-8")
    capsys.readouterr()

    assert main(["regrade", "run", "--assignment", "a.yaml", "-o", "run"]) == 2
    assert "is the first run" in capsys.readouterr().err
    assert main(["regrade", "run", "--assignment", "a.yaml", "-o", "run2"]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "line 3: q1 was marked by the program (wrong, 0 / 2)" in told
    after = {each.name: each.read_bytes() for each in Path("run").iterdir() if each.is_file()}
    assert after == before
    assert Path("decisions.yaml").read_text(encoding="utf-8") == decisions

    second = read_results(Path("run2"))
    assert (second.phase, second.open) == ("after", 0)
    assert formats_in(Path("run2")) == formats_in(Path("run")) == ("csv",)
    names = [each.student for each in second.students]
    assert names == [each.student for each in first.students]
    assert not {"981", "982", "983"} & set(names)
    assert (Path("run2") / "roster-map.csv").read_bytes() == before["roster-map.csv"]
    points = sorted(
        (each.marks[0].answer, each.marks[0].points, each.marks[1].points)
        for each in second.students
    )
    assert points == [
        ("K^2 +", 0, 0),
        ("K^2 C_in C_out", 1, Fraction(5, 2)),
        ("K^2 C_in C_out + C_out", 2, Fraction(5, 2)),
    ]

    assert main(["compare", "run", "run2", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    causes = {
        (each["before"]["outcome"], each["after"]["points"]): {c["kind"] for c in each["causes"]}
        for each in found["changes"]
    }
    assert causes == {
        ("wrong", "2"): {"key"},
        ("right", "1"): {"decision", "key"},
        ("unreadable", "0"): {"decision"},
        ("manual", "5/2"): {"decision"},
    }
    assert main(["compare", "run", "run2", "--allow-lower"]) == 0

    Path("decisions.yaml").unlink()
    assert main(["regrade", "run2", "--assignment", "a.yaml", "-o", "run3"]) == 1
    assert read_results(Path("run3")).open == 3
