"""What nbgrader and otter-grader read: a notebook with test cells, and files of tests.

Both call `notebook.py`; the assignment beside them is a file, best a compiled one.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.references import granted

_BY_HAND = ("manual", "statement")
_USE = "from symcnn.grader.ready.notebook import"


def variable(question: Question) -> str:
    """The name under which a notebook holds the answer.

    >>> variable(Question("q1-a", "formula"))
    'answer_q1_a'
    """
    return "answer_" + "".join(sign if sign.isalnum() else "_" for sign in question.id)


def nbgrader_notebook(assignment: Assignment, file: str) -> str:
    """A notebook in which each question has a cell to answer in, and one that nbgrader marks by.

    ``file`` is where the assignment lies beside the notebook. What a person marks is a cell of its
    own that nbgrader leaves to a person; so does an open answer count 0 until then.

    >>> asked = Assignment("A", (Question("q1", "formula", Fraction(2), "How many?", "K^2"),))
    >>> [each["metadata"].get("nbgrader", {}).get("grade")
    ...  for each in json.loads(nbgrader_notebook(asked, "a.bin"))["cells"]]
    [None, None, False, True]
    """
    cells = [_cell("markdown", "title", f"# {assignment.title}", {})]
    for each in assignment.questions:
        cells += _cells(assignment, each, file)
    whole = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cells(assignment: Assignment, question: Question, file: str) -> list[dict[str, Any]]:
    name = f"q-{question.id}"
    asked = _cell("markdown", name, f"## {question.id}\n\n{question.prompt}".rstrip(), {})
    if question.kind in _BY_HAND:
        points = 0 if question.kind == "statement" else float(question.points)
        return [asked, _cell("markdown", f"a-{question.id}", "", _marks(question, True, points))]
    holds = variable(question)
    names = ", ".join(found for found, _ in granted(assignment, question).domains)
    hint = f"  # in {names}" if names else ""
    answer = _cell("code", f"a-{question.id}", f'{holds} = ""{hint}', _marks(question, True, None))
    used = ", ".join(
        f"{used!r}: {variable(assignment.question(used))}" for _, used in question.uses
    )
    earlier = f", earlier={{{used}}}" if used else ""
    source = f"{_USE} check\n\ncheck({question.id!r}, {holds}, {file!r}{earlier}, when_open=0.0)"
    test = _cell(
        "code", f"t-{question.id}", source, _marks(question, False, float(question.points))
    )
    return [asked, answer, test]


def _marks(question: Question, solution: bool, points: float | None) -> dict[str, Any]:
    """What nbgrader reads of a cell: is it for an answer, does it carry points?"""
    about: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": ("a-" if solution else "t-") + question.id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return {"nbgrader": about if points is None else {**about, "points": points}}


def _cell(kind: str, name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    bare = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name)
    more: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": bare if bare.isascii() else bare.encode("punycode").decode()[:64],
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
        **more,
    }


def otter_tests(assignment: Assignment, file: str) -> dict[str, str]:
    """A test file in the OK format for each question that marks itself, by its name.

    A test of otter-grader passes or fails, so a question has one for each share that an answer may
    earn. Other shares, as of a matrix entry by entry, count as the next smaller one.

    >>> asked = Assignment("A", (Question("q1", "formula", Fraction(2), key="K^2"),))
    >>> list(otter_tests(asked, "a.bin"))
    ['q1.py']
    """
    return {
        f"{each.id}.py": _otter(assignment, each, file)
        for each in assignment.questions
        if each.kind not in _BY_HAND
    }


def _otter(assignment: Assignment, question: Question, file: str) -> str:
    used = ", ".join(
        f"{used!r}: {variable(assignment.question(used))}" for _, used in question.uses
    )
    earlier = f", earlier={{{used}}}" if used else ""
    call = f"earned({question.id!r}, {variable(question)}, {file!r}{earlier})"
    cases, below = [], Fraction(0)
    for share in shares(question):
        points = question.points * share
        code = f">>> {_USE} earned\n>>> {call} >= {float(points)!r}\nTrue"
        cases.append(
            {"code": code, "hidden": False, "locked": False, "points": float(points - below)}
        )
        below = points
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": question.id, "points": None, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {test!r}\n"


def shares(question: Question) -> tuple[Fraction, ...]:
    """The shares that an answer may earn without a person, from small to full.

    >>> [str(each) for each in shares(Question("q", "formula", conditional=Fraction(1, 2)))]
    ['1/2', '1']
    """
    full = Fraction(1)
    found = {full, question.conditional}
    found |= {each.credit for each in question.conventions}
    found |= {share for _, share in question.mistakes}
    if question.uses:
        found.add(question.carried)
    if question.form:
        found |= {each * question.form_credit for each in tuple(found)}
    together = Fraction(0)
    for each in question.milestones:
        together += each.credit
        found |= {each.credit, together}
    return tuple(sorted(each for each in found if 0 < each <= full))
