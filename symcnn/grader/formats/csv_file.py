"""A class in CSV: a header with student, name and questions, then one row a student.

Cells are separated by semicolons, commas or tabs, whichever the header has.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from symcnn.grader.formats.found import Entry, Found, Sheet, Unusable, trouble
from symcnn.grader.formats.words import field_of
from symcnn.grader.ids import shown

MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
_KEPT = re.compile(r"""="([^"]*)"|'([-=+@'].*)""")
_RESULTS = frozenset({"total", "marked", "full", "open"})  # columns of a gradebook
_SIGNS = ";,\t"


def read(text: str) -> Found:
    """A sheet for each row that says something. Raises Unusable without a column ``student``.

    >>> read("student;name;q1\\n7;Ali;K^2\\n").sheets[0].entries
    (Entry(question='q1', text='K^2', place='row 2, column q1', broken=False),)
    """
    rows = table(text)
    head, header = next(rows, (1, []))
    fields = [field_of(each) for each in header]
    if fields.count("student") != 1 or fields.count("name") > 1:
        raise Unusable("csv-header", f"row {head}", header=shown(", ".join(header)[:120]))
    if {each.strip() for each in header} >= _RESULTS:
        raise Unusable("gradebook", f"row {head}")
    student = fields.index("student")
    name = fields.index("name") if "name" in fields else None
    sheets, troubles = [], []
    for row, cells in rows:
        if not any(each.strip() for each in cells):
            continue
        if len(cells) > len(header) and any(each.strip() for each in cells[len(header) :]):
            details = {"cells": str(len(cells)), "columns": str(len(header))}
            troubles.append(trouble("csv-cells", f"row {row}", **details))
            continue
        filled = [*cells, *[""] * (len(header) - len(cells))]
        entries = tuple(
            Entry(title.strip(), filled[at], f"row {row}, column {shown(title.strip()[:60])}")
            for at, title in enumerate(header)
            if at not in (student, name) and title.strip()
        )
        called = "" if name is None else filled[name].strip()
        sheets.append(Sheet(id_in(filled[student]), called, entries, (), f"row {row}"))
    return Found(tuple(sheets), tuple(troubles))


def id_in(cell: str) -> str:
    """The id in a cell, without what keeps spreadsheets from changing it.

    >>> id_in('="0012"'), id_in("'-7"), id_in(" 7 "), id_in("O'Neil")
    ('0012', '-7', '7', "O'Neil")
    """
    kept = _KEPT.fullmatch(cell.strip())
    return next(each for each in kept.groups() if each is not None) if kept else cell.strip()


def table(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers as a spreadsheet shows them, from the header on.

    Raises Unusable where a quote is never closed, or a cell is too long.
    """
    lines = text.split("\n", 1)
    sign, skipped = "", 0
    if lines[0].startswith("sep=") and len(lines[0]) == 5:
        sign, text, skipped = lines[0][4], lines[1] if len(lines) > 1 else "", 1
    first = next((line for line in text.split("\n") if line.strip()), "")
    sign = sign or max(_SIGNS, key=first.count)
    started = False
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = skipped
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unusable("csv", f"row {number}", said=shown(str(error))) from error
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            limits = {"rows": str(MAX_ROWS), "columns": str(MAX_COLUMNS)}
            raise Unusable("csv-large", f"row {number}", **limits)
        started = started or any(each.strip() for each in row)
        if started:
            yield number, row
