"""Marked cells of notebooks, read as data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symcnn.grader.formats.found import Sheet, Unusable
from symcnn.grader.formats.notebook import read


def _cell(source: Any, kind: str = "markdown", **metadata: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": metadata, "source": source}


def _marked(question: str, source: Any, kind: str = "markdown") -> dict[str, Any]:
    return _cell(source, kind, symcnn={"question": question})


def _graded(name: str, source: str, *, solution: bool = True) -> dict[str, Any]:
    return _cell(source, "code", nbgrader={"grade_id": name, "solution": solution, "grade": True})


def _text(*cells: Any, version: Any = 4) -> str:
    return json.dumps({"nbformat": version, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def _sheet(*cells: Any, questions: tuple[str, ...] | None = None) -> Sheet:
    [sheet] = read(_text(*cells), questions).sheets
    return sheet


def _answers(*cells: Any, questions: tuple[str, ...] | None = None) -> list[tuple[str, str, str]]:
    sheet = _sheet(*cells, questions=questions)
    return [(each.question, each.text, each.place) for each in sheet.entries]


def test_marked_cells_of_every_kind() -> None:
    cells = [
        _cell("# Homework\n\nStudent id: ۷\n\nName: Ali"),
        _marked("q1", ["K^2\n", "= K*K\n"]),
        _marked("q2", "import os; os.abort()", "code"),
        _cell("notes", "raw"),
        _marked("q3", "", "raw"),
    ]
    assert _answers(*cells) == [
        ("q1", "K^2\n= K*K", "cell 2"),
        ("q2", "import os; os.abort()", "cell 3"),
        ("q3", "", "cell 5"),
    ]
    assert (_sheet(*cells).student, _sheet(*cells).name) == ("۷", "Ali")


def test_cells_of_nbgrader() -> None:
    cells = [_graded("q1", "K"), _graded("test_q1", "assert 1", solution=False), _cell("x", "code")]
    assert _answers(*cells, questions=("q1",)) == [("q1", "K", "cell 1")]
    assert _answers(*cells) == [("q1", "K", "cell 1")]
    with pytest.raises(Unusable) as caught:
        _sheet(*cells, questions=("q2",))
    assert caught.value.trouble.code == "no-marks-ipynb"


def test_cells_that_nobody_filled_in() -> None:
    stubs = [
        _graded("q1", "YOUR ANSWER HERE"),
        _graded("q2", "# YOUR CODE HERE\nraise SystemExit"),
        _graded("q3", "YOUR ANSWER HERE K"),
    ]
    assert [text for _, text, _ in _answers(*stubs)] == ["", "", "YOUR ANSWER HERE K"]


def test_blocks_in_cells_that_have_lost_their_marks() -> None:
    cells = [_cell("student: 7"), _cell("## q1\n```answer q1\nK\n```"), _cell("print(1)", "code")]
    assert _answers(*cells) == [("q1", "K", "cell 2, line 3")]
    assert _sheet(*cells).student == "7"


def test_a_damaged_cell_is_told_and_the_others_are_read() -> None:
    sheet = _sheet({"cell_type": "raw"}, 3, _cell({}), _cell(["a", None]), _marked("q1", "K"))
    assert [(each.code, each.place) for each in sheet.troubles] == [
        ("bad-cell", f"cell {number}") for number in (1, 2, 3, 4)
    ]
    assert [each.text for each in sheet.entries] == ["K"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_text(version=3), "notebook-version"), (_text(version=5), "notebook-version"),
        (_text(version="4"), "no-marks-ipynb"), (_text(version=None), "no-notebook"),
        ("7", "no-notebook"), ('{"cells": []}', "no-notebook"), ('{"nbformat": 4}', "no-notebook"),
        ("{", "json"), (_text(_cell("student: 7"), _cell("student: 8")), "two-students"),
    ],
)  # fmt: skip
def test_what_cannot_be_used(text: str, code: str) -> None:
    with pytest.raises(Unusable) as caught:
        read(text)
    assert caught.value.trouble.code == code
