"""Classroom 50: ``result.json`` by its schema ``classroom50/result/v1``, and what goes with it.

The schema has room for whole numbers only and wants a score for every test. So points are counted
in the largest part of a point that makes all of them whole, and an open mark, which is no number,
is no test at all: maximum and score count what is marked. ``release-body.md`` says in words what
the numbers leave out, and ``github-output.txt`` holds the status and summary of the commit.

Who submitted what and where is not in a grading: it comes as the environment that the runner gives
(CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL, REVIEW_URL, OWNER,
ASSIGNMENT_TYPE); the runner itself puts owner, type and date in their place afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from symcnn.grader.assignment import Assignment
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.gradescope import as_json
from symcnn.grader.outputs.lines import explained
from symcnn.grader.outputs.markdown import page, student_blocks
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.seen import Seen, alone, seen, standing_seen
from symcnn.grader.outputs.texts import amount, one_line

SCHEMA = "classroom50/result/v1"
_NAME = 200
_FIELDS = (
    ("classroom", "CLASSROOM"),
    ("assignment", "ASSIGNMENT"),
    ("assignment_type", "ASSIGNMENT_TYPE"),
    ("owner", "OWNER"),
    ("submission", "SUBMISSION_TAG"),
    ("commit", "COMMIT_URL"),
    ("release", "RELEASE_URL"),
    ("review", "REVIEW_URL"),
)


def classroom(grading: Grading, environment: Mapping[str, str]) -> dict[str, str]:
    """A result for each student; where there is one, ``result.json`` and its companions."""
    names = file_names(each.student for each in grading.students)
    parts = _parts(grading)
    files = {
        f"classroom/{names[each.student]}.json": as_json(_result(each, grading, parts, environment))
        for each in grading.students
    }
    only = alone(grading)
    if only is not None:
        language = grading.assignment.language
        files["classroom/result.json"] = files[f"classroom/{names[only.student]}.json"]
        files["classroom/release-body.md"] = page(student_blocks(only, grading), language)
        files["classroom/github-output.txt"] = _output(only, grading)
    return files


def _result(
    graded: Graded, grading: Grading, parts: int, environment: Mapping[str, str]
) -> dict[str, Any]:
    answers = seen(graded, grading.assignment, grading.phase)
    tests = [_test(each, parts, grading.assignment.language) for each in _marked(answers)]
    most = sum(test["max-score"] for test in tests)
    told = all(each.state != "later" for each in answers)
    score = whole(graded.total.points, parts) if told else sum(test["score"] for test in tests)
    return {
        "schema": SCHEMA,
        **{field: environment[name] for field, name in _FIELDS if environment.get(name)},
        "score": score,
        "max-score": max(most, score),
        "tests": tests,
    }


def _marked(answers: Iterable[Seen]) -> list[Seen]:
    return [each for each in answers if each.points is not None and each.state != "recorded"]


def _test(answer: Seen, parts: int, language: str) -> dict[str, Any]:
    assert answer.points is not None
    score = whole(answer.points, parts)
    return {
        "test-name": one_line(answer.question.id, _NAME),
        "passed": answer.state == "right",
        "score": score,
        "max-score": max(whole(answer.of, parts), score),
        "points": amount(answer.points),
        "of": amount(answer.of),
        "message": explained(answer, language),
    }


def whole(points: Fraction, parts: int) -> int:
    """Points counted in parts of a point.

    >>> whole(Fraction(5, 2), 4)
    10
    """
    counted = points * parts
    assert counted.denominator == 1
    return max(0, counted.numerator)


def _parts(grading: Grading) -> int:
    """Into how many parts a point has to be cut. Credits of the assignment count as well, so that
    students who are graded one by one get the same parts."""
    values = [*_credits(grading.assignment)]
    for graded in grading.students:
        values.append(graded.total.points)
        values += [each.points for each in graded.marks if each.points is not None]
        values += [each.of for each in graded.marks]
    return lcm(*(value.denominator for value in values))


def _credits(assignment: Assignment) -> Iterable[Fraction]:
    yield assignment.totals.step
    for each in assignment.questions:
        yield each.points
        shares = [each.form_credit, each.carried, each.conditional, each.reason]
        shares += [share for _, share in each.mistakes]
        shares += [other.credit for other in each.conventions]
        shares += [other.credit for other in each.milestones]
        yield from (each.points * share for share in shares)
        yield from (line.points for line in each.rubric)


def _output(graded: Graded, grading: Grading) -> str:
    """Status and summary of the commit: a failure only where an answer is not right."""
    answers = seen(graded, grading.assignment, grading.phase)
    fails = any(each.state in ("partial", "wrong", "missing") for each in answers)
    told = standing_seen(graded, answers, grading.assignment.language)
    return f"status={'failure' if fails else 'success'}\nsummary=symcnn: {told}\n"
