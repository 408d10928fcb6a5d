"""The form that students fill in, in the formats that submissions are read from.

An empty place reads back as no answer. Nothing of a key, a rubric or a mistake is shown.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment
from symcnn.grader.handouts.asked import Asked, asked, instructions
from symcnn.grader.handouts.blank_words import word
from symcnn.grader.handouts.filling import fill
from symcnn.grader.handouts.prose import MEDIA

_WIDTH = 92


def blank(assignment: Assignment, format: str) -> str:
    """The form in "md", "tex", "ipynb", "csv" or "yaml"; AuthorError for another format.

    >>> from symcnn.grader.assignment import Question
    >>> blank(Assignment("A", (Question("q1", "formula"), Question("q2", "number"))), "csv")
    'student,name,q1,q2\\n'
    """
    if format not in FORMATS:
        raise AuthorError(f"there is no form in {format!r}; choose {', '.join(FORMATS)}")
    return FORMATS[format](assignment)


def _values(assignment: Assignment, medium: str, format: str) -> dict[str, Any]:
    """What templates show, as the medium shows it."""
    language = assignment.language
    persian = language == "fa"

    def shown(text: str) -> str:
        return MEDIA[medium](text, persian)

    due = assignment.due.replace("T", " ")
    return {
        "persian": persian,
        "title": shown(" ".join(assignment.title.split())),
        "due": shown(word("due", language, due=due)) if due else "",
        "word": {code: shown(word(code, language)) for code in ("student", "name", "how")},
        "instructions": [shown(each) for each in instructions(assignment, format)],
        "questions": [_shown(each, shown) for each in asked(assignment)],
    }


def _shown(each: Asked, shown: Callable[[str], str]) -> Asked:
    return Asked(
        each.id,
        shown(each.points),
        shown(each.prompt),
        tuple((shown(name), shown(text)) for name, text in each.options),
        tuple(shown(hint) for hint in each.hints),
    )


def _markdown(assignment: Assignment) -> str:
    return fill("blank.md.j2", _values(assignment, "md", "md"))


def _tex(assignment: Assignment) -> str:
    return fill("blank.tex.j2", _values(assignment, "tex", "tex"))


def _csv(assignment: Assignment) -> str:
    out = io.StringIO()
    ids = [each.id for each in assignment.questions]
    csv.writer(out, lineterminator="\n").writerow(["student", "name", *ids])
    return out.getvalue()


def _yaml(assignment: Assignment) -> str:
    values = _values(assignment, "plain", "yaml")
    lines = [*_comment(values["title"]), *_comment(values["due"])]
    for each in values["instructions"]:
        lines += _comment(each)
    lines += ["", 'student: ""', 'name: ""', "answers:"]
    for question in values["questions"]:
        lines += ["", *_comment(f"{question.id}: {question.points}", "  ")]
        lines += _comment(question.prompt, "  ")
        for name, text in question.options:
            lines += _comment(f"  {name}: {text}", "  ")
        for hint in question.hints:
            lines += _comment(hint, "  ")
        lines += [f"  {question.id}: |", ""]
    return "\n".join(lines) + "\n"


def _comment(text: str, margin: str = "") -> list[str]:
    """Lines that no reader of YAML sees."""
    lines = [line for part in text.splitlines() for line in _wrapped(part)]
    return [f"{margin}# {line}".rstrip() for line in lines] if text else []


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    lead = text[: len(text) - len(text.lstrip())]
    lines = wrap(
        text, _WIDTH, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False
    )
    return lines or [""]


def _notebook(assignment: Assignment) -> str:
    values = _values(assignment, "md", "ipynb")
    head = [f"# {values['title']}", values["due"]]
    head += [f"{values['word'][code]}: " for code in ("student", "name")]
    head.append("\n".join(f"- {each}" for each in values["instructions"]))
    cells = [_cell("head", "\n\n".join(each for each in head if each), {})]
    for each in values["questions"]:
        told = [f"## {each.id}", f"*{each.points}*", each.prompt]
        told.append("\n".join(f"- **{name}**: {text}" for name, text in each.options))
        told += each.hints
        cells.append(_cell(f"q-{each.id}", "\n\n".join(part for part in told if part), {}))
        mark = {"symcnn": {"question": each.id}}
        cells.append(_cell(f"a-{each.id}", "", mark))
    whole = {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cell(name: str, source: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": re.sub(r"[^A-Za-z0-9_-]", "-", name),
        "metadata": dict(metadata),
        "source": source.splitlines(keepends=True),
    }


FORMATS: Mapping[str, Callable[[Assignment], str]] = MappingProxyType(
    {"md": _markdown, "tex": _tex, "ipynb": _notebook, "csv": _csv, "yaml": _yaml}
)
