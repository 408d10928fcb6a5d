"""The queue: what is open, one entry a group of equal answers, and the table of it.

No name and no id of a student is in it. Answers are data: every sign of them is shown, none acts.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from symcnn.formula.frozen import frozen
from symcnn.grader.handouts.prose import plain
from symcnn.grader.marks import Grading
from symcnn.grader.outputs.texts import amount, cut, one_line, spoken, visible
from symcnn.grader.people.groups import Group, open_groups
from symcnn.grader.people.queue_page import queue_page
from symcnn.grader.people.words import word

if TYPE_CHECKING:
    from symcnn.grader.assignment import Question

_SPELLINGS = 3
_TOLD = frozenset({"read", "verdict", "where", "line", "entry", "name", "note", "person"})
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_COLUMNS = (
    "group", "question", "prompt", "students", "answer", "read", "why", "key", "rubric", "of",
    "decision",
)  # fmt: skip


@frozen
class Entry:
    """One group as it is shown. ``others`` are more spellings, ``more`` says how many are left."""

    group: str
    question: str
    kind: str
    prompt: str
    count: int
    students: str
    answer: str
    others: tuple[str, ...]
    more: str
    read: str
    why: tuple[str, ...]
    key: str
    rubric: tuple[tuple[str, str], ...]
    of: str
    full: str
    decision: str
    direction: str


def rendered_queue(grading: Grading) -> dict[str, str]:
    """``queue.html`` and ``queue.csv``: what waits for a person, the commonest answers first."""
    entries = [entry(grading, each) for each in open_groups(grading)]
    return {
        "queue.html": queue_page(grading, entries),
        "queue.csv": _table(entries),
    }


def entry(grading: Grading, group: Group) -> Entry:
    """What a person needs to decide about a group."""
    language = grading.assignment.language
    question = grading.assignment.question(group.question)
    texts = list(dict.fromkeys(_visible(each.mark.answer) for each in group.members))
    others, more = tuple(texts[1 : 1 + _SPELLINGS]), len(texts) - 1 - _SPELLINGS
    return Entry(
        group.id,
        group.question,
        question.kind,
        plain(question.prompt),
        len(group.members),
        _students(len(group.members), language),
        texts[0],
        others,
        word("more", language, count=more) if more > 0 else "",
        group.mark.read if group.mark.read != group.mark.answer.strip() else "",
        _why(group, question, language),
        question.key if question.kind not in ("manual", "statement") else "",
        tuple((each.text, amount(each.points, language)) for each in question.rubric),
        amount(question.points),
        word("full", language, points=question.points),
        snippet(group, question.points),
        "auto" if question.kind in ("manual", "truth", "choice", "statement") else "ltr",
    )


def snippet(group: Group, points: Fraction) -> str:
    """The lines for ``decisions.yaml``, to be filled in; the answer stands in a comment."""
    first = one_line(group.mark.answer.strip().split("\n", 1)[0], 60)
    count = _students(len(group.members), "en")
    return (
        f"# {one_line(group.question, 60)}, {count}: {first}\n"
        f"- question: {_yaml(group.question)}\n"
        f"  group: {group.id}\n"
        f"  points:   # from 0 to {amount(points)}\n"
        '  words: ""\n'
        "  by:\n"
    )


def _yaml(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    from json import dumps

    return dumps(text, ensure_ascii=False)


def _students(count: int, language: str) -> str:
    return word("student", language) if count == 1 else word("students", language, count=count)


def _why(group: Group, question: Question, language: str) -> tuple[str, ...]:
    """What marking said about the answer, or else a sentence of ours."""
    mark = group.mark
    told = (
        each.text
        for each in mark.remarks
        if each.kind in _TOLD and each.level != "solution"
        if each.kind != "read" or not mark.read  # what was read is shown by itself
    )
    said = tuple(dict.fromkeys(spoken(each) for each in told))
    if said:
        return said
    if question.kind == "truth" and mark.outcome == "manual":
        return (word("truth", language, points=question.points * (1 - question.reason)),)
    known = mark.outcome in ("unreadable", "undecided")
    return (word(mark.outcome if known else "manual", language),)


def _visible(text: str) -> str:
    """The text, no longer than a screen, with every hidden sign visible."""
    kept, left = cut(text.strip())
    return visible(kept) + ("…" if left else "")


def _table(entries: list[Entry]) -> str:
    """The rows for a spreadsheet, with a byte order mark; no cell is a formula."""
    import csv
    import io

    out = io.StringIO()
    write = csv.writer(out).writerow
    write(_COLUMNS)
    for each in entries:
        rubric = "\n".join(f"{points}: {text}" for text, points in each.rubric)
        row = (
            each.group, each.question, each.prompt, str(each.count), each.answer,
            each.read, "\n".join(each.why), each.key, rubric, each.of, each.decision,
        )  # fmt: skip
        write([_cell(text) for text in row])
    return "\ufeff" + out.getvalue()


def _cell(text: str) -> str:
    """The text so that no spreadsheet computes it.

    >>> _cell("=1+1"), _cell("K^2")
    ("'=1+1", 'K^2')
    """
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") else text
