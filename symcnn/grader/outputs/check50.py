"""JSON as ``check50 -o json`` writes it: ``passed`` is null for what nobody has decided yet.

A question that builds on another one's answer names it as its ``dependency``.
"""

from __future__ import annotations

from typing import Any

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.gradescope import as_json
from symcnn.grader.outputs.lines import answer_lines, heading
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.seen import Seen, alone, seen, standing_seen
from symcnn.grader.outputs.texts import amount, directed, one_line, spoken, visible

SCHEMA = "symcnn 1"
_DESCRIPTION = 200
_PASSED = {"right": True, "partial": False, "wrong": False, "missing": False}


def check50(grading: Grading) -> dict[str, str]:
    """A file for each student; ``check50/results.json`` too where there is only one."""
    names = file_names(each.student for each in grading.students)
    files = {
        f"check50/{names[each.student]}.json": as_json(_report(each, grading))
        for each in grading.students
    }
    only = alone(grading)
    if only is not None:
        files["check50/results.json"] = files[f"check50/{names[only.student]}.json"]
    return files


def _report(graded: Graded, grading: Grading) -> dict[str, Any]:
    language = grading.assignment.language
    answers = seen(graded, grading.assignment, grading.phase)
    return {
        "slug": one_line(grading.assignment.title, _DESCRIPTION),
        "results": [_check(each, language) for each in answers],
        "version": SCHEMA,
        "summary": standing_seen(graded, answers, language),
    }


def _check(answer: Seen, language: str) -> dict[str, Any]:
    question = answer.question
    passed = _PASSED.get(answer.state)
    data: dict[str, Any] = {"of": amount(answer.of)}
    if answer.points is not None and answer.state != "recorded":
        data["points"] = amount(answer.points)
    cause = None
    if not passed and answer.state != "recorded":
        told = "\n".join(spoken(each.text) for each in answer.remarks)
        cause = {"rationale": heading(answer, language), "help": told or None}
    return {
        "name": visible(question.id),
        "description": directed(one_line(question.prompt or question.id, _DESCRIPTION), language),
        "passed": passed,
        "log": answer_lines(answer, language),
        "cause": cause,
        "data": data,
        "dependency": visible(question.uses[0][1]) if question.uses else None,
    }
