"""A submission in Markdown: fenced blocks marked ``answer q1a``, and a line ``student: ...`` above.

Everything else is prose and stays unread: headings, other blocks, comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcnn.grader.formats.found import Entry, Found, Sheet, Trouble, Unusable, trouble
from symcnn.grader.formats.words import field_of
from symcnn.grader.ids import shown

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})(.*)$")
_MARK = re.compile(r"\{?\.?answer\b[ \t]*(.*?)\}?$", re.IGNORECASE)
_DECORATION = " \t>*_#+-"
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")


def read(text: str) -> Found:
    """The sheet of the file. Raises Unusable where no answer is marked.

    >>> read("student: 7\\n\\n## q1\\n\\n```answer q1\\nK^2\\n```\\n").sheets[0].entries
    (Entry(question='q1', text='K^2', place='line 6', broken=False),)
    """
    sheet = sheet_of(text)
    if not sheet.entries and not sheet.troubles:
        raise Unusable("no-marks-md")
    return Found((sheet,))


def sheet_of(text: str) -> Sheet:
    """What is marked in a text; nothing, where nothing is."""
    fields: dict[str, str] = {}
    entries: list[Entry] = []
    troubles: list[Trouble] = []
    for number, line, block in _parts(text.split("\n")):
        if block is None:
            if not entries:
                _note_field(line, number, fields)
            continue
        question, lines, closed = block
        if not question:
            troubles.append(trouble("no-question", f"line {number}"))
            continue
        first = next((at for at, each in enumerate(lines) if each.strip()), 0)
        place = f"line {number + 1 + first}"
        if not closed:
            troubles.append(trouble("open", f"line {number}", question=shown(question[:60])))
        answer = "\n".join(lines).strip() if closed else ""
        entries.append(Entry(question, answer, place, broken=not closed))
    return Sheet(fields.get("student", ""), fields.get("name", ""), tuple(entries), tuple(troubles))


def _note_field(line: str, number: int, fields: dict[str, str]) -> None:
    head, colon, rest = line[:300].replace("：", ":").partition(":")
    field = field_of(head.strip(_DECORATION)) if colon and len(head) < 60 else ""
    if field not in ("student", "name"):
        return
    value = rest.strip(_DECORATION).strip("\"'")
    other = fields.get("student", value) != value
    if field == "student" and other and any(sign.isdecimal() for sign in value):
        raise Unusable("two-students", f"line {number}")
    if value:
        fields.setdefault(field, value)


_Block = tuple[str, list[str], bool]


def _parts(lines: list[str]) -> Iterator[tuple[int, str, _Block | None]]:
    """Lines of prose, and marked blocks (question, lines, whether it is closed), by number."""
    at, comment = 0, False
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if comment:
            comment = "-->" not in line
            continue
        fence = _FENCE.match(line)
        if fence is None:
            bare = _COMMENT.sub("", line) if "<!--" in line else line
            comment = line.rfind("<!--") > line.rfind("-->")
            yield number, bare, None
            continue
        margin, sign, info = fence[1], fence[2], fence[3].strip()
        if sign[0] == "`" and "`" in info:  # code within a line
            continue
        marked = _MARK.match(info)
        inner, at, closed = _inside(lines, at, margin, sign, marked=marked is not None)
        if marked is not None:
            yield number, line, (marked.group(1).strip(), inner, closed)


def _inside(
    lines: list[str], at: int, margin: str, sign: str, *, marked: bool
) -> tuple[list[str], int, bool]:
    """The lines of a block, where it ends, and whether it is closed there.

    The mark of another answer ends an answer that was not closed.
    """
    inner: list[str] = []
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        if fence is not None and fence.group(2)[0] == sign[0]:
            info = fence.group(3).strip()
            if not info and len(fence.group(2)) >= len(sign):
                return inner, at + 1, True
            if marked and _MARK.match(info):
                return inner, at, False
        lead = len(line) - len(line.lstrip(" "))
        inner.append(line[min(lead, len(margin)) :])
        at += 1
    return inner, at, False
