"""The gradebook: a CSV file that spreadsheets open as it is meant, for staff.

A byte order mark says that it is UTF-8. What a spreadsheet would run as a formula begins with an
apostrophe. An id that it would turn into another number, or into a date, stands as the formula
``="0012"``, which is the text itself. Points are decimals, for ``7/3`` would become a day in July;
exact ones stand in the record. The cell of an open mark is empty: it is no number yet.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.texts import visible

COLUMNS = ("student", "name", "total", "marked", "full", "open")
_PLACES = Decimal("0.000001")
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Leading zeros, more than eleven digits, exponents, quotients and dates: changed when typed.
_CHANGED = re.compile(r"0\d+|\d{12,}|\d+[.]\d+|\d+[eE]\d+|\d+(?:[-/]\d+){1,2}")


def gradebook(grading: Grading) -> dict[str, str]:
    """``gradebook.csv``: a row a student, a column a question."""
    questions = [each.id for each in grading.assignment.questions if each.kind != "statement"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = [f"{each} (question)" if each in COLUMNS else each for each in questions]
    writer.writerow([*COLUMNS[:2], *map(cell, heads), *COLUMNS[2:]])
    for graded in grading.students:
        writer.writerow(_row(graded, questions))
    return {"gradebook.csv": "\ufeff" + text.getvalue()}


def _row(graded: Graded, questions: list[str]) -> list[str]:
    marks = {each.question: each.points for each in graded.marks}
    total = graded.total
    return [
        id_cell(graded.student),
        cell(graded.name),
        *(decimal(marks.get(each)) for each in questions),
        decimal(total.points) if total.marked or total.points or not total.open else "",
        decimal(total.marked),
        decimal(total.full),
        str(total.open),
    ]


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs.

    >>> cell("=1+1"), cell("Ali")
    ("'=1+1", 'Ali')
    """
    shown = " ".join(visible(text).split("\n"))
    runs = text.startswith(_BEGINS) or shown.lstrip().startswith(_BEGINS)
    return f"'{shown}" if runs else shown


def id_cell(student: str) -> str:
    """The id as a cell that a spreadsheet keeps as it is.

    >>> id_cell("0012"), id_cell("98123456"), id_cell("@ali")
    ('="0012"', '98123456', "'@ali")
    """
    return f'="{student}"' if _CHANGED.fullmatch(student) and student.isascii() else cell(student)


def decimal(points: Fraction | None) -> str:
    """Points with six places at most; nothing for an open mark.

    >>> decimal(Fraction(5, 2)), decimal(Fraction(7, 3)), decimal(Fraction(20)), decimal(None)
    ('2.5', '2.333333', '20', '')
    """
    if points is None:
        return ""
    value = Decimal(points.numerator) / Decimal(points.denominator)
    text = f"{value.quantize(_PLACES, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")
