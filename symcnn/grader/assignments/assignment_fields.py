"""The fields of a question: which there are, to which kinds they belong, how each is read.

It may know what a field holds by itself; whether fields fit together is `assignment_question`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from symcnn.grader.assignment import (
    FORMS,
    KINDS,
    PHASES,
    Convention,
    Criterion,
    Feedback,
    Milestone,
)
from symcnn.grader.yaml_entries import Entry, needed
from symcnn.verifying.feedback import LEVELS

COMMON = ("id", "type", "points", "prompt", "bonus", "feedback")
_ASKED = ("key", "given", "aliases", "uses", "carried", "accept", "reject")
_COMPARED = (*_ASKED, "conventions", "mistakes", "conditional")
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "formula": (*COMMON, *_COMPARED, "form", "form_credit"),
        "number": (*COMMON, *_COMPARED, "form", "form_credit", "tolerance", "unit"),
        "matrix": (*COMMON, *_COMPARED, "entries"),
        "chain": (*COMMON, *_COMPARED, "start", "milestones"),
        "truth": (*COMMON, "key", "reason", "rubric", "accept", "reject"),
        "choice": (*COMMON, "key", "options", "accept", "reject"),
        "manual": (*COMMON, "rubric"),
        "statement": ("id", "type", "prompt"),
    }
)
EVERY = tuple(dict.fromkeys(field for kind in KINDS for field in FIELDS[kind]))
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")
_TAKEN = ("student", "name", "answers", "email", "group", "schema", "total", "points")
_UNITS = ("1000", "1024")


def simple_id(entry: Entry) -> str:
    """The id of a question: it names a cell, a column and a heading in every format."""
    text = entry.filled()
    if not _ID.fullmatch(text):
        raise entry.error(
            f"{text!r} is no id", "write a letter, then letters, digits, _ . -, 40 at most"
        )
    if text.lower() in _TAKEN:
        raise entry.error(f"{text!r} names something else in a submission", "choose another id")
    return text


def name_of(entry: Entry, text: str) -> str:
    """A name as formulas use it."""
    if not _NAME.fullmatch(text):
        raise entry.error(f"{text!r} is no name", "write one like K or C_in")
    return text


def names(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Names and what each stands for."""
    return tuple((name_of(each, name), each.filled()) for name, each in entry.pairs())


def shares(entry: Entry) -> tuple[tuple[str, Fraction], ...]:
    """Names of mistakes and the share of the points that each leaves."""
    return tuple((name, each.exact(1)) for name, each in entry.pairs())


def texts(entry: Entry) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(each.filled() for each in entry.items())


def options(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The choices: a short name and its text."""
    found = tuple((name, each.filled()) for name, each in entry.pairs())
    for name, _ in found:
        if not re.fullmatch(r"[^\W_]{1,20}", name):
            raise entry.error(f"{name!r} names no option", "write one letter, number or word")
    folded = [name.casefold() for name, _ in found]
    if len(set(folded)) < len(folded) or len(found) < 2:
        raise entry.error("two options at least, with names apart", "write {a: ..., b: ...}")
    return found


def conventions(entry: Entry) -> tuple[Convention, ...]:
    """Other keys that count."""
    found = []
    for each in entry.items():
        fields = each.table(("name", "key", "credit", "note"))
        found.append(
            Convention(
                needed(each, fields, "name").filled(),
                needed(each, fields, "key").filled(),
                fields["credit"].exact(1) if "credit" in fields else Fraction(1),
                fields["note"].text() if "note" in fields else "",
            )
        )
    if len({each.name for each in found}) < len(found):
        raise entry.error("two conventions have one name", "rename one")
    return tuple(found)


def milestones(entry: Entry) -> tuple[Milestone, ...]:
    """Lines of a derivation that earn."""
    found = []
    for each in entry.items():
        fields = each.table(("key", "credit"))
        key, credit = needed(each, fields, "key"), needed(each, fields, "credit")
        found.append(Milestone(key.filled(), credit.exact(1)))
    if sum(each.credit for each in found) > 1:
        raise entry.error("the milestones are worth more than 1 together", "lower their credits")
    return tuple(found)


def rubric(entry: Entry) -> tuple[Criterion, ...]:
    """The lines by which a person marks."""
    found = []
    for each in entry.items():
        fields = each.table(("text", "points"))
        text, points = needed(each, fields, "text"), needed(each, fields, "points")
        found.append(Criterion(text.filled(), points.exact()))
    return tuple(found)


def feedback(entry: Entry) -> Feedback:
    """How much is told before the due date, and after it."""
    fields = entry.table(PHASES)
    return Feedback(**{phase: each.word(LEVELS) for phase, each in fields.items()})


def _tolerance(entry: Entry) -> str:
    entry.exact()
    return entry.filled().replace("٫", ".").replace("٪", "%")


READERS: Mapping[str, Callable[[Entry], Any]] = MappingProxyType(
    {
        "id": simple_id,
        "points": Entry.exact,
        "prompt": Entry.text,
        "bonus": Entry.flag,
        "feedback": feedback,
        "key": Entry.filled,
        "given": Entry.text,
        "aliases": names,
        "uses": names,
        "carried": lambda entry: entry.exact(1),
        "accept": texts,
        "reject": texts,
        "conventions": conventions,
        "mistakes": shares,
        "conditional": lambda entry: entry.exact(1),
        "form": lambda entry: entry.word(FORMS),
        "form_credit": lambda entry: entry.exact(1),
        "tolerance": _tolerance,
        "unit": lambda entry: int(entry.word(_UNITS)),
        "entries": Entry.flag,
        "start": Entry.filled,
        "milestones": milestones,
        "reason": lambda entry: entry.exact(1),
        "rubric": rubric,
        "options": options,
    }
)
