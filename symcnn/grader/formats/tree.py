"""A mapping with student, name and answers -> sheets; for YAML, JSON and TOML alike.

A reader hands over leaves, lists and mappings with their places; nothing here knows its grammar.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from symcnn.grader.formats.found import Entry, Found, Sheet, Trouble, Unusable, trouble
from symcnn.grader.formats.words import field_of
from symcnn.grader.ids import near, shown

MAX_DEPTH = 30
MAX_NODES = 20_000  # texts, lists and mappings of one student in YAML
_STRAYS = 20  # fields that are told one by one
_CHOICES = re.compile(r"\w{1,20}")


class Leaf(NamedTuple):
    """A text as it was typed; None for a value that there is not."""

    text: str | None
    place: str


class Items(NamedTuple):
    """A list."""

    items: tuple[Tree, ...]
    place: str


class Pairs(NamedTuple):
    """A mapping in the order of writing; a key may stand twice."""

    pairs: tuple[tuple[str, Tree], ...]
    place: str


Tree: TypeAlias = "Leaf | Items | Pairs"


def sheets_of(tree: Tree) -> Found:
    """The sheets of a file: a mapping for one student, a list of them for several.

    Raises Unusable where there are no answers.
    """
    if isinstance(tree, Pairs):
        return Found((_sheet(tree),))
    if not isinstance(tree, Items) or not tree.items:
        raise Unusable("no-mapping", tree.place)
    sheets: list[Sheet] = []
    troubles: list[Trouble] = []
    for each in tree.items:
        if not isinstance(each, Pairs):
            if len(troubles) < _STRAYS:
                troubles.append(trouble("no-mapping", each.place))
            continue
        try:
            sheets.append(_sheet(each))
        except Unusable as error:
            troubles.append(error.trouble)
    return Found(tuple(sheets), tuple(troubles))


def _sheet(tree: Pairs) -> Sheet:
    student, name = "", ""
    answers: Tree | None = None
    troubles: list[Trouble] = []
    for key, value in tree.pairs:
        field = field_of(key)
        if field == "answers":
            if answers is not None:
                raise Unusable("fields-twice", value.place, field=shown(key))
            answers = value
        elif field in ("student", "name"):
            text = _word(value, key)
            if field == "student" and student and text != student:
                raise Unusable("two-students", value.place)
            student, name = (text, name) if field == "student" else (student, text)
        elif len(troubles) < _STRAYS:
            troubles.append(trouble("stray", value.place, key=shown(key[:60])))
    if answers is None:
        raise _without(tree)
    if isinstance(answers, Leaf) and not (answers.text or "").strip():
        return Sheet(student, name, (), tuple(troubles), tree.place)
    if not isinstance(answers, Pairs):
        raise Unusable("answers-no-mapping", answers.place)
    entries = []
    for key, value in answers.pairs:
        answer = text_of(value)
        if answer is None:
            troubles.append(trouble("no-text", value.place, question=shown(key[:60])))
        entries.append(Entry(key, answer or "", value.place, broken=answer is None))
    return Sheet(student, name, tuple(entries), tuple(troubles), tree.place)


def _word(value: Tree, key: str) -> str:
    if not isinstance(value, Leaf):
        raise Unusable("field-no-text", value.place, field=shown(key))
    return (value.text or "").strip()


def _without(tree: Pairs) -> Unusable:
    keys = [key for key, _ in tree.pairs]
    if "questions" in keys and "schema" in keys:
        return Unusable("assignment")
    close = next((key for key in keys[:_STRAYS] if near(key, ("answers",))), "")
    if close:
        return Unusable("answers-near", tree.place, key=shown(close[:60]))
    return Unusable("no-answers", tree.place)


def text_of(tree: Tree) -> str | None:
    """One text: a list of short words is joined by commas, any other by line ends.

    A list of lists is a matrix; ``answer`` and ``reason`` stand below each other. None for what
    means no text.

    >>> text_of(Items((Leaf("a", ""), Leaf("c", "")), ""))
    'a, c'
    """
    match tree:
        case Leaf(text, _):
            return text or ""
        case Items(items, _) if items and all(isinstance(each, Items) for each in items):
            rows = [_row(each) for each in items if isinstance(each, Items)]
            if any(row is None for row in rows):
                return None
            return f"Matrix([{', '.join(row for row in rows if row is not None)}])"
        case Items(items, _):
            lines = [each.text or "" for each in items if isinstance(each, Leaf)]
            if len(lines) != len(items):
                return None
            choices = all(_CHOICES.fullmatch(line.strip()) for line in lines)
            return (", " if choices else "\n").join(lines)
        case Pairs(pairs, _):
            parts = {key.strip().casefold(): value for key, value in pairs}
            if len(parts) != len(pairs) or not parts.keys() <= {"answer", "reason"}:
                return None
            found = [parts[key] for key in ("answer", "reason") if key in parts]
            texts = [(each.text or "").strip() for each in found if isinstance(each, Leaf)]
            return "\n".join(texts) if len(texts) == len(found) else None


def _row(items: Items) -> str | None:
    cells = [each.text or "" for each in items.items if isinstance(each, Leaf)]
    return f"[{', '.join(cells)}]" if len(cells) == len(items.items) else None
