"""Folders, files and zips of submissions: who handed in what, and what a person is told."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.assignments.assignment_file import assignment_text
from symcnn.grader.marks import Graded, Grading, Mark, Total
from symcnn.grader.outputs.gradebook import gradebook
from symcnn.grader.records import results_text
from symcnn.grader.submission import Problem, Response, Submission
from symcnn.grader.submissions import MAX_ANSWER, read_submissions

QUESTIONS = ("q1a", "q1b", "q2")


def _read(
    path: Path, questions: tuple[str, ...] | None = QUESTIONS
) -> tuple[dict[str, Submission], list[str]]:
    found, problems = read_submissions([path], questions)
    return {each.student: each for each in found}, [str(each) for each in problems]


def _texts(submission: Submission) -> dict[str, str]:
    return {question: response.text for question, response in submission.responses}


def _markdown(**answers: str) -> str:
    return "\n".join(f"## {q}\n\n```answer {q}\n{text}\n```\n" for q, text in answers.items())


FORMS = {
    "ali.yaml": "student: 7\nname: Ali\nanswers:\n  q1a: K^2*C_in\n  q2: |\n    a\n    = b\n",
    "ali.json": '{"student": 7, "name": "Ali", "answers": {"q1a": "K^2*C_in", "q2": "a\\n= b"}}',
    "ali.toml": "student = 7\nname = 'Ali'\n[answers]\nq1a = 'K^2*C_in'\nq2 = '''\na\n= b'''\n",
    "ali.csv": 'student,name,q1a,q2\n7,Ali,K^2*C_in,"a\n= b"\n',
    "ali.md": "---\nstudent: 7\nname: Ali\n---\n" + _markdown(q1a="K^2*C_in", q2="a\n= b"),
    "ali.tex": (
        "\\student{7} \\name{Ali}\n\\begin{answer}{q1a}\nK^2*C_in % taps\n\\end{answer}\n"
        "\\begin{answer}{q2}\na\n= b\n\\end{answer}\n"
    ),
    "ali.ipynb": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {"symcnn": {"student": "7", "name": '
        '"Ali"}}, "cells": [{"cell_type": "raw", "metadata": {"symcnn": {"question": "q1a"}}, '
        '"source": ["K^2*C_in"]}, {"cell_type": "code", "metadata": {"symcnn": {"question": "q2"}}'
        ', "source": ["a\\n", "= b\\n"]}]}'
    ),
}
PLACES = {
    "ali.yaml": "line 4", "ali.json": "answers.q1a", "ali.toml": "answers.q1a",
    "ali.csv": "row 2, column q1a", "ali.md": "line 8", "ali.tex": "line 3", "ali.ipynb": "cell 1",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_format_says_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FORMS[name], encoding="utf-8")
    found, problems = _read(tmp_path)
    assert problems == []
    assert set(found) == {"7"}
    assert found["7"].name == "Ali"
    assert found["7"].source == name
    assert _texts(found["7"]) == {"q1a": "K^2*C_in", "q2": found["7"].responses[1][1].text}
    assert found["7"].responses[1][1].text.strip() == "a\n= b"
    assert found["7"].responses[0][1].place == f"{name}, {PLACES[name]}"
    assert [str(each) for each in found["7"].problems] == [f"{name}: no answer to q1b"]


def test_a_file_says_who_it_is_before_its_name_does(tmp_path: Path) -> None:
    (tmp_path / "40012345.md").write_text(_markdown(q2="K"), encoding="utf-8")
    (tmp_path / "other.md").write_text("Student: ۴۰۰۱\n" + _markdown(q2="K"), encoding="utf-8")
    (tmp_path / "40012346").mkdir()
    (tmp_path / "40012346" / "answers.md").write_text(_markdown(q2="K"), encoding="utf-8")
    moodle = tmp_path / "Sara Ahmadi_98765_assignsubmission_file_"
    moodle.mkdir()
    (moodle / "my homework.md").write_text(_markdown(q2="K"), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert problems == []
    assert list(found) == ["4001", "40012345", "40012346", "98765"]
    assert found["98765"].name == "Sara Ahmadi"


def test_folders_around_everything_name_nobody(tmp_path: Path) -> None:
    inner = tmp_path / "homework" / "class"
    inner.mkdir(parents=True)
    for each in ("1", "2"):
        (inner / f"{each}.md").write_text(_markdown(q2="K"), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert (list(found), problems) == (["1", "2"], [])
    assert found["1"].source == "homework/class/1.md"


def test_two_submissions_with_one_id_are_told_and_neither_is_used(tmp_path: Path) -> None:
    for name, student in (("a.md", "علي"), ("b.md", "علی\u200c"), ("c.md", "9")):
        (tmp_path / name).write_text(f"student: {student}\n" + _markdown(q2="K"), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert list(found) == ["9"]
    assert problems == [
        "a.md: 2 submissions for the student علی: a.md, b.md; none of them is marked; leave one, "
        "or write the right id into each"
    ]


def test_the_same_id_in_another_case_is_another_student(tmp_path: Path) -> None:
    for name, student in (("1.md", "Ali"), ("2.md", "ali")):
        (tmp_path / name).write_text(f"student: {student}\n" + _markdown(q2="K"), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert (list(found), problems) == (["Ali", "ali"], [])


def test_duplicates(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(
        _markdown(q1a="K", q1b="K") + _markdown(q1a="K^2", q1b=" K ", q2="1"), encoding="utf-8"
    )
    found, _ = _read(tmp_path)
    assert _texts(found["7"]) == {"q1b": "K", "q2": "1"}
    assert found["7"].unclear == ("q1a",)
    assert [str(each) for each in found["7"].problems] == [
        "7.md, line 15: two different answers to q1a, K and K^2; neither is marked; delete one "
        "of them, or decide by hand"
    ]


def test_a_misspelt_question_is_no_missing_answer(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(_markdown(Q1a="K", q1b="1", q77x="2"), encoding="utf-8")
    found, _ = _read(tmp_path)
    assert _texts(found["7"]) == {"q1b": "1"}
    assert found["7"].unclear == ("q1a",)
    assert [str(each) for each in found["7"].problems] == [
        "7.md, line 4: there is no question Q1a, and its answer is left out; did you mean q1a?",
        "7.md, line 16: there is no question q77x, and its answer is left out",
        "7.md: no answer to q2",
    ]


def test_names_of_questions_are_folded_like_ids(tmp_path: Path) -> None:
    (tmp_path / "7.yaml").write_text("answers: {q۲: K}", encoding="utf-8")
    found, _ = _read(tmp_path)
    assert _texts(found["7"]) == {"q2": "K"}
    assert _texts(_read(tmp_path, None)[0]["7"]) == {"q2": "K"}


def test_without_questions_nothing_is_missing_or_too_much(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(_markdown(anything="K"), encoding="utf-8")
    found, _ = _read(tmp_path, None)
    assert _texts(found["7"]) == {"anything": "K"}
    assert found["7"].problems == ()


def test_an_empty_form_is_a_submission_without_answers(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(_markdown(q1a="", q1b=" ", q2=""), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert (found["7"].responses, found["7"].unclear, problems) == ((), (), [])
    assert [str(each) for each in found["7"].problems] == ["7.md: no answer to q1a, q1b, q2"]


def test_long_answers_and_halves_of_characters(tmp_path: Path) -> None:
    (tmp_path / "7.json").write_text(
        f'{{"answers": {{"q1a": "{"K" * (MAX_ANSWER + 1)}", "q1b": "K\\ud800", '
        f'"q2": "{"K" * MAX_ANSWER}"}}}}',
        encoding="utf-8",
    )
    found, _ = _read(tmp_path)
    assert found["7"].unclear == ("q1a",)
    assert found["7"].problems[0].message.startswith("the answer to q1a has more than 100000")
    assert _texts(found["7"])["q1b"] == "K\ufffd"
    assert len(_texts(found["7"])["q2"]) == MAX_ANSWER


def test_columns_that_are_no_question_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text(
        "Timestamp;student;name;q1a;q2;Q1b\n1;7;Ali;K;;\n2;8;Sara;K;2;3\n3;;Reza;K;;\n\n4;9;;;;\n",
        encoding="utf-8",
    )
    found, problems = _read(tmp_path)
    assert list(found) == ["7", "8", "9"]
    assert problems == [
        "class.csv: there is no question Timestamp, and its answer is left out",
        "class.csv: there is no question Q1b, and its answer is left out; did you mean q1b?",
        "class.csv, row 4: nothing says whose answers these are; write the student's id: "
        "student: 40012345",
    ]
    assert found["8"].unclear == ("q1b",)
    assert [each.message for each in found["8"].problems] == []
    assert [each.message for each in found["7"].problems] == ["no answer to q1b, q2"]
    assert found["8"].responses[1][1].place == "class.csv, row 3, column q2"


def test_what_a_course_keeps_beside_the_submissions(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(_markdown(q2="K"), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("student,name,late\n7,Ali,0.9\n", encoding="utf-8")
    (tmp_path / "roster-map.csv").write_text(
        "pseudonym,student,name,salt\nS-AB2345,7,Ali,x\n", encoding="utf-8"
    )
    own = Submission("7", (("q2", Response("K")),), "7.md")
    question = Question("q2", "formula", Fraction(1), key="K")
    mark = Mark("q2", "right", Fraction(1), Fraction(1), "K")
    one = Fraction(1)
    graded = Graded(own.student, (mark,), Total(one, one, one, one, 0), source=own.source)
    grading = Grading(Assignment("A", (question,)), (graded,))
    [(name, text)] = gradebook(grading).items()
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "graded").mkdir()
    (tmp_path / "graded" / "results.json").write_text(results_text(grading), encoding="utf-8")
    (tmp_path / "graded" / "7.md").write_text(_markdown(q2="N"), encoding="utf-8")
    (tmp_path / "costs.yaml").write_text(assignment_text(grading.assignment), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert _texts(found["7"]) == {"q2": "K"}
    assert problems == [
        "costs.yaml: this is an assignment and no submission; name the submissions",
        "gradebook.csv, row 1: this is a gradebook and no submission; name the submissions",
        "graded: the results of a run are not read as submissions",
        "roster-map.csv: no column is named like a question; name the columns as the form does",
        "roster.csv: no column is named like a question; name the columns as the form does",
    ]


def test_problems_in_persian(tmp_path: Path) -> None:
    (tmp_path / "7.md").write_text(_markdown(q1a="K"), encoding="utf-8")
    (tmp_path / "8.docx").write_bytes(b"PK")
    [found], [problem] = read_submissions([tmp_path], QUESTIONS, language="fa")
    assert problem.message == "پروندهٔ \u2066.docx\u2069 خوانده نمی‌شود"
    assert found.problems == (Problem("7.md", "برای \u2066q1b, q2\u2069 پاسخی نیست"),)


def test_several_paths_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "7.md").write_text(_markdown(q2="K"), encoding="utf-8")
    found, [problem] = read_submissions([tmp_path / "a", tmp_path / "b", tmp_path / "a"])
    assert found == ()
    assert "a/7.md, b/7.md" in problem.message


@pytest.mark.parametrize("student", ["../../etc", "a\\b", "..", "4.01E+08", "x" * 81, "a\tb"])
def test_ids_that_cannot_be(tmp_path: Path, student: str) -> None:
    form = {"student": student, "answers": {"q2": "K"}}
    (tmp_path / "x.json").write_text(json.dumps(form), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert found == {}
    assert len(problems) == 1
    assert "id" in problems[0]


def test_names_with_odd_characters_are_shown(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/a\nb\x1b[31m\xff.md"
    Path(os.fsdecode(name)).write_text(_markdown(q2="K"), encoding="utf-8")
    said = os.fsencode(tmp_path) + "/c\u202ed.md".encode()
    Path(os.fsdecode(said)).write_text("student: 7\n" + _markdown(q2="K"), encoding="utf-8")
    found, problems = _read(tmp_path)
    assert found["7"].source == "c\\u202ed.md"
    assert problems == [
        "a\\nb\\x1b[31m\\udcff.md: the student's id holds an invisible character: "
        "a\\nb\\x1b[31m\\udcff; type it again, or rename the file"
    ]
    problems[0].encode()


def test_the_order_is_that_of_the_ids_whatever_the_disk_says(tmp_path: Path) -> None:
    for each in ("b", "ab", "a", "B", "10", "9"):
        (tmp_path / f"{each}.md").write_text(_markdown(q2="K"), encoding="utf-8")
    first, _ = _read(tmp_path)
    assert list(first) == ["10", "9", "B", "a", "ab", "b"]


def test_a_class_of_forms(tmp_path: Path) -> None:
    for number in range(100):
        answers = {f"q{n}": f"K^2*C_in + {n}" for n in range(30)}
        if number % 2:
            text = _markdown(**answers)
            (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
        else:
            text = "answers:\n" + "".join(f"  {q}: {a}\n" for q, a in answers.items())
            (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    found, problems = read_submissions([tmp_path])
    assert (len(found), problems) == (100, ())
    assert all(len(each.responses) == 30 for each in found)
