"""A submission in a Jupyter notebook, read as data: the sources of marked cells, never run.

A cell is marked by ``{"symcnn": {"question": "q1a"}}`` in its metadata, by nbgrader's ``grade_id``,
or, in Markdown cells, by fenced blocks as in `markdown`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from symcnn.grader.formats.found import Entry, Found, Sheet, Trouble, Unusable, trouble
from symcnn.grader.formats.json_file import loaded
from symcnn.grader.formats.markdown import sheet_of
from symcnn.grader.ids import shown

FORMAT = "4"
MAX_CELLS = 5_000
_STUBS = ("YOUR ANSWER HERE", "# YOUR CODE HERE")  # what nbgrader writes into empty cells


def read(text: str, questions: Collection[str] | None = None) -> Found:
    """The sheet of the notebook; nbgrader's cells count where they are named like a question.

    Raises Unusable for what is no notebook of format 4, or has no marked cell.
    """
    whole = loaded(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("nbformat"), str):
        raise Unusable("no-notebook")
    if whole["nbformat"] != FORMAT:
        raise Unusable("notebook-version", version=shown(whole["nbformat"][:20]))
    cells = whole.get("cells")
    if not isinstance(cells, list):
        raise Unusable("no-notebook")
    if len(cells) > MAX_CELLS:
        raise Unusable("too-many", limit=str(MAX_CELLS))
    fields = dict(_own(whole.get("metadata")))
    entries: list[Entry] = []
    troubles: list[Trouble] = []
    for number, cell in enumerate(cells, 1):
        place = f"cell {number}"
        source = _source(cell)
        if source is None:
            troubles.append(trouble("bad-cell", place))
            continue
        question = _question(cell["metadata"], questions)
        if question:
            stub = source.strip() == _STUBS[0] or source.startswith(_STUBS[1])
            entries.append(Entry(question, "" if stub else source.strip(), place))
        elif cell.get("cell_type") in ("markdown", "raw"):
            inner = _within(source, place)
            entries += inner.entries
            troubles += inner.troubles
            for field, value in (("student", inner.student), ("name", inner.name)):
                if field == "student" and value and fields.get(field, value) != value:
                    raise Unusable("two-students", place)
                if value:
                    fields.setdefault(field, value)
    if not entries and not troubles:
        raise Unusable("no-marks-ipynb")
    student, name = fields.get("student", ""), fields.get("name", "")
    return Found((Sheet(student, name, tuple(entries), tuple(troubles)),))


def _own(metadata: Any) -> list[tuple[str, str]]:
    """The fields below ``symcnn`` that are texts and not empty."""
    own = metadata.get("symcnn") if isinstance(metadata, dict) else None
    if not isinstance(own, dict):
        return []
    return [(k, v.strip()) for k, v in own.items() if isinstance(v, str) and v.strip()]


def _source(cell: Any) -> str | None:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return None
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(each, str) for each in source):
        source = "".join(source)
    return source if isinstance(source, str) else None


def _question(metadata: dict[str, Any], questions: Collection[str] | None) -> str:
    own = dict(_own(metadata)).get("question", "")
    if own:
        return own
    theirs = metadata.get("nbgrader")
    name = theirs.get("grade_id") if isinstance(theirs, dict) else None
    if not isinstance(theirs, dict) or not isinstance(name, str):
        return ""
    counts = theirs.get("solution") is True if questions is None else name in questions
    return name if counts else ""


def _within(source: str, place: str) -> Sheet:
    """The blocks of a Markdown cell, their places within it."""
    try:
        sheet = sheet_of(source)
    except Unusable as error:
        raise Unusable(error.trouble.code, place) from error
    return sheet._replace(
        entries=tuple(each._replace(place=f"{place}, {each.place}") for each in sheet.entries),
        troubles=tuple(each._replace(place=f"{place}, {each.place}") for each in sheet.troubles),
    )
