"""Gradescope: a ``results.json`` for each student, by its documented fields.

An open question is a test without score, maximum and status, for each of them would read as zero
points. Gradescope wants a score somewhere: it stands at the top, counts what is marked, and while
anything is open or told later one hidden test keeps students from seeing it; they read
"14.5 of 18 marked, 2 open". Students see only the fields ``output``.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.lines import explained
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.seen import Seen, alone, seen, standing, standing_seen
from symcnn.grader.outputs.texts import amount, one_line, visible
from symcnn.grader.outputs.words import say

_STATUS = {"right": "passed", "wrong": "failed", "missing": "failed"}
_NAME = 120


def gradescope(grading: Grading) -> dict[str, str]:
    """A file for each student; ``gradescope/results.json`` too where there is only one."""
    names = file_names(each.student for each in grading.students)
    files = {
        f"gradescope/{names[each.student]}.json": _text(each, grading) for each in grading.students
    }
    only = alone(grading)
    if only is not None:
        files["gradescope/results.json"] = files[f"gradescope/{names[only.student]}.json"]
    return files


def as_json(value: Any) -> str:
    """JSON that stays data even where a page takes it in: no ``<`` stands in it."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n"


def number(value: Fraction) -> int | float:
    """The number that JSON can hold; exact points stand beside it as text."""
    return int(value) if value.denominator == 1 else float(value)


def _text(graded: Graded, grading: Grading) -> str:
    return as_json(result(graded, grading))


def result(graded: Graded, grading: Grading) -> dict[str, Any]:
    """The object that Gradescope reads, of one student."""
    assignment, phase = grading.assignment, grading.phase
    language = assignment.language
    answers = seen(graded, assignment, phase)
    total = graded.total
    tests: list[dict[str, Any]] = []
    for place, each in enumerate(answers, start=1):
        tests.append(_test(each, place, language))
        if each.state == "later":
            tests.append(_withheld(graded, place, each, language))
    if total.open or any(each.state == "later" for each in answers):
        said = say("total_so_far", language, standing=standing(total, language))
        tests.append({"name": say("sum", language), "output": said, "visibility": "hidden"})
    lines = [standing_seen(graded, answers, language)]
    lines += [visible(str(each)) for each in graded.problems]
    return {
        "score": number(total.points),
        "output": "\n".join(lines),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible" if phase == "before" else "after_due_date",
        "stdout_visibility": "hidden",
        "extra_data": {
            "student": visible(graded.student),
            "points": amount(total.points),
            "marked": amount(total.marked),
            "full": amount(total.full),
            "open": total.open,
        },
        "tests": tests,
    }


def _test(answer: Seen, place: int, language: str) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": _name(answer, language),
        "number": str(place),
        "output": explained(answer, language),
        "output_format": "text",
    }
    if answer.points is not None and answer.state != "recorded":
        test["score"] = number(answer.points)
        test["max_score"] = number(answer.of)
        if answer.state in _STATUS:
            test["status"] = _STATUS[answer.state]
    return test


def _withheld(graded: Graded, place: int, answer: Seen, language: str) -> dict[str, Any]:
    """The mark of an answer whose student is not told it: for staff, hidden for good."""
    points = next(each.points for each in graded.marks if each.question == answer.question.id)
    test: dict[str, Any] = {
        "name": _name(answer, language),
        "number": f"{place}.1",
        "visibility": "hidden",
    }
    if points is not None:
        test["score"], test["max_score"] = number(points), number(answer.of)
    return test


def _name(answer: Seen, language: str) -> str:
    parts = [one_line(answer.question.id, _NAME)]
    if answer.question.bonus:
        parts.append(f"({say('bonus', language)})")
    if answer.state == "open":
        parts.append(f"({say('open', language)})")
    return " ".join(parts)
