"""GitHub Actions: a job summary, and annotations at the lines of the answers.

A summary may hold 1 MiB; this one stays below 900 kB and says what it leaves out. GitHub shows ten
annotations of each sort; the tenth says how many more there are. In a command the text is escaped,
so that no answer can begin one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.lines import heading
from symcnn.grader.outputs.markdown import (
    page,
    problem_blocks,
    question_blocks,
    student_blocks,
    student_row,
    table_head,
)
from symcnn.grader.outputs.markdown_text import prose
from symcnn.grader.outputs.seen import Seen, alone, called, seen, standing_seen
from symcnn.grader.outputs.texts import one_line, spoken
from symcnn.grader.outputs.words import say

LIMIT = 900_000  # bytes
SHOWN = 10  # annotations of one sort
_RESERVE = 2_000  # bytes for what is said about the rest
_NAME = 120
_PATH = 400
_MESSAGE = 800
_PLACE = re.compile(r"(?P<file>.*?)(?:, (?:line|row|cell|page) (?P<number>\d+).*)?", re.DOTALL)
_SORTS = {"wrong": "error", "partial": "warning", "missing": "warning", "open": "notice"}


def github(grading: Grading) -> dict[str, str]:
    """``github/summary.md`` and ``github/annotations.txt``."""
    return {
        "github/summary.md": summary(grading),
        "github/annotations.txt": commands(grading),
    }


def summary(grading: Grading, limit: int = LIMIT) -> str:
    """The Markdown of a job: the student, or the class and then each student, folded."""
    language = grading.assignment.language
    room = _Room(limit - _RESERVE)
    room.take(f"# {prose(one_line(grading.assignment.title, _NAME))}")
    only = alone(grading)
    if only is not None:
        whole = all(map(room.take, student_blocks(only, grading)))
        if not whole:
            room.say(say("too_long_one", language, size=limit // 1000))
        room.all(problem_blocks(grading))
    elif not grading.students:
        room.all([say("empty", language), *problem_blocks(grading)])
    else:
        _class(grading, room, limit)
    return page(room.blocks, language)


def _class(grading: Grading, room: _Room, limit: int) -> None:
    """The table has a third of the room, so that the questions find theirs."""
    language = grading.assignment.language
    size = limit // 1000
    room.all(problem_blocks(grading))
    rows = _Room(limit // 3, apart=1)
    rows.all(table_head(grading))
    left = sum(rows.full or not rows.take(student_row(each, grading)) for each in grading.students)
    room.take("\n".join(rows.blocks))
    if left:
        room.say(say("too_long", language, count=left, size=size))
    room.all(question_blocks(grading))
    left = sum(room.full or not room.take(_folded(each, grading)) for each in grading.students)
    if left:
        room.say(say("too_long", language, count=left, size=size))


class _Room:
    """Blocks as long as there is room; after the first that finds none, no other is taken."""

    def __init__(self, size: int, apart: int = 2) -> None:
        self.left = size
        self.apart = apart
        self.blocks: list[str] = []
        self.full = False

    def take(self, block: str) -> bool:
        size = len(block.encode()) + self.apart
        self.full = self.full or size > self.left
        if not self.full:
            self.left -= size
            self.blocks.append(block)
        return not self.full

    def all(self, blocks: Iterable[str]) -> None:
        for each in blocks:
            self.take(each)

    def say(self, sentence: str) -> None:
        self.blocks.append(f"**{sentence}**")


def _folded(graded: Graded, grading: Grading) -> str:
    answers = seen(graded, grading.assignment, grading.phase)
    told = standing_seen(graded, answers, grading.assignment.language)
    head = escape(f"{one_line(called(graded), _NAME)}: {told}")
    body = "\n\n".join(each for each in student_blocks(graded, grading, level=3) if each)
    return f"<details><summary>{head}</summary>\n\n{body}\n\n</details>"


def commands(grading: Grading) -> str:
    """A command a line for what is not right, ten of a sort at most."""
    language = grading.assignment.language
    found: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for graded in grading.students:
        for each in seen(graded, grading.assignment, grading.phase):
            if each.state in _SORTS:
                sort = _SORTS[each.state]
                found[sort].append(_command(sort, each, graded, grading))
    lines: list[str] = []
    for sort, all_of_it in found.items():
        shown = all_of_it if len(all_of_it) <= SHOWN else all_of_it[: SHOWN - 1]
        lines += shown
        if len(shown) < len(all_of_it):
            said = say("more", language, count=len(all_of_it) - len(shown))
            lines.append(f"::{sort}::{data(said)}")
    return "".join(f"{line}\n" for line in lines)


def _command(sort: str, answer: Seen, graded: Graded, grading: Grading) -> str:
    language = grading.assignment.language
    title = one_line(answer.question.id, _NAME)
    if len(grading.students) > 1:
        title = f"{one_line(graded.student, _NAME)}, {title}"
    properties = {**_place(answer.place, graded.source), "title": title}
    shown = ",".join(f"{name}={property_data(value)}" for name, value in properties.items())
    message = heading(answer, language)
    for line in (spoken(each.text) for each in answer.remarks):
        if len(message) + len(line) > _MESSAGE:
            message += "\n…"
            break
        message += f"\n{line}"
    return f"::{sort} {shown}::{data(message)}"


def _place(place: str, source: str) -> dict[str, str]:
    """File and line of an answer, as far as its place names them."""
    found = _PLACE.fullmatch(place)
    file = found["file"] if found else ""
    if not file or source.endswith("/" + file):
        file = source
    if not file:
        return {}
    number = found["number"] if found and ", line " in place else None
    shown = one_line(file, _PATH)
    return {"file": shown, "line": number} if number else {"file": shown}


def data(text: str) -> str:
    """The message of a command.

    >>> data("100 %\\n::error::x")
    '100 %25%0A::error::x'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_data(text: str) -> str:
    """A property of a command.

    >>> property_data("a,b: c")
    'a%2Cb%3A c'
    """
    return data(text).replace(":", "%3A").replace(",", "%2C")
