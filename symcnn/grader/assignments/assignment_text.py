"""An `Assignment` as the YAML that reads back equal: only what differs from the default.

It may not know how assignment files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symcnn.grader.assignment import Assignment, Feedback, Question, Totals

_WIDTH = 96
_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_ .()/^+*-]*[A-Za-z0-9_.)]|[A-Za-z]|[0-9]+(\.[0-9]+)?(/[0-9]+)?"
)
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_BLOCK = re.compile(r"[^\s\x00-\x1f\x7f-\x9f][^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_ORDER = (
    "points", "bonus", "prompt", "given", "key", "start", "milestones", "aliases", "uses",
    "carried", "options", "reason", "form", "form_credit", "tolerance", "unit", "entries",
    "conventions", "mistakes", "conditional", "rubric", "accept", "reject", "feedback",
)  # fmt: skip
_PAIRS = ("aliases", "uses", "options", "mistakes")


def assignment_text(assignment: Assignment) -> str:
    """The file, ending with a line end.

    >>> truth = Question("a", "truth", Fraction(1, 2), key="true")
    >>> print(assignment_text(Assignment("A", (truth,))))
    schema: 1
    title: A
    language: en
    <BLANKLINE>
    questions:
      - id: a
        type: truth
        points: 1/2
        key: "true"
    <BLANKLINE>
    """
    lines = ["schema: 1", f"title: {scalar(assignment.title)}", f"language: {assignment.language}"]
    for name in ("given", "due"):
        if getattr(assignment, name):
            lines += _field(name, getattr(assignment, name))
    if assignment.feedback != Feedback():
        lines.append(f"feedback: {_levels(assignment.feedback)}")
    if assignment.totals != Totals():
        lines.append(f"totals: {_totals(assignment.totals)}")
    lines += ["", "questions:"]
    for place, question in enumerate(assignment.questions):
        lines += [""] if place else []
        body = list(_question(question))
        lines += [f"  - {body[0]}", *(f"    {each}".rstrip() for each in body[1:])]
    return "\n".join(lines) + "\n"


def _question(question: Question) -> Iterator[str]:
    yield f"id: {scalar(question.id)}"
    yield f"type: {question.kind}"
    blank = Question(question.id, question.kind)
    for name in _ORDER:
        value = getattr(question, name)
        if name == "points" and question.kind != "statement":
            yield f"points: {value}"
        elif value != getattr(blank, name):
            yield from _field(name, value)


def _field(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _block(f"{name}: ", value)
    elif isinstance(value, bool):
        yield f"{name}: {'true' if value else 'false'}"
    elif isinstance(value, Feedback):
        yield f"{name}: {_levels(value)}"
    elif isinstance(value, (int, Fraction)):
        yield f"{name}: {Fraction(value)}"
    elif name in _PAIRS:
        yield from _flow(name, "{", [f"{scalar(key)}: {scalar(each)}" for key, each in value], "}")
    elif all(isinstance(each, str) for each in value) and any("\n" in each for each in value):
        yield f"{name}:"
        yield from (f"  {line}" for each in value for line in _block("- ", each))
    elif all(isinstance(each, str) for each in value):
        yield from _flow(name, "[", [scalar(each) for each in value], "]")
    else:
        yield f"{name}:"
        yield from (f"  - {_record(each)}" for each in value)


def _block(head: str, value: str) -> Iterator[str]:
    """A text of several lines as they stand, else in one line."""
    if "\n" in value and _BLOCK.fullmatch(value) and _keeps(value):
        yield f"{head}|-"
        yield from (f"  {line}".rstrip() for line in value.split("\n"))
    else:
        yield f"{head}{scalar(value)}"


def _keeps(value: str) -> bool:
    """Whether a block keeps every line: none ends in blanks, as editors would take them off."""
    return all(line == line.rstrip() for line in value.split("\n"))


def _flow(name: str, opening: str, pieces: list[str], closing: str) -> Iterator[str]:
    line = f"{name}: {opening}{', '.join(pieces)}{closing}"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{name}:"
    mark = "- " if opening == "[" else ""
    yield from (f"  {mark}{piece}" for piece in pieces)


def _record(value: Any) -> str:
    default = {"credit": Fraction(1), "note": ""} if hasattr(value, "note") else {}
    fields = [
        f"{name}: {scalar(getattr(value, name))}"
        for name in value.__match_args__
        if getattr(value, name) != default.get(name)
    ]
    return "{" + ", ".join(fields) + "}"


def _levels(feedback: Feedback) -> str:
    return f"{{before: {feedback.before}, after: {feedback.after}}}"


def _totals(totals: Totals) -> str:
    fields = [] if totals.cap is None else [f"cap: {totals.cap}"]
    fields += [f"step: {totals.step}"] if totals.step else []
    fields += [f"factor: {scalar(totals.factor)}"] if totals.factor else []
    return "{" + ", ".join(fields) + "}"


def scalar(value: str | Fraction) -> str:
    """A text or number on one line, in quotes where YAML might take it for something else.

    >>> scalar("where"), scalar("a: b"), scalar("no"), scalar(Fraction(1, 2))
    ('where', '"a: b"', '"no"', '1/2')
    """
    if isinstance(value, Fraction):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and " - " not in value:
        return value
    return '"' + "".join(_ESCAPES.get(each) or _shown(each) for each in value) + '"'


def _shown(letter: str) -> str:
    if letter.isprintable() or letter == "\u200c":
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
