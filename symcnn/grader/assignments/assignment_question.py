"""One question of an assignment file: its fields read, and found to fit together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from symcnn.grader.assignment import KINDS, Question
from symcnn.grader.assignments.assignment_fields import EVERY, FIELDS, READERS
from symcnn.grader.assignments.assignment_keys import check_keys
from symcnn.grader.yaml_entries import Entry, meant, needed

_COMPARED = ("formula", "number", "matrix", "chain")
_NEEDS = {"form_credit": "form", "carried": "uses"}
_USABLE = ("formula", "number", "matrix")
_TRUTH = {
    "true": "true", "yes": "true", "درست": "true", "false": "false", "no": "false",
    "نادرست": "false",
}  # fmt: skip
_COMMAS = re.compile(r"[\s,;،؛]+")


def read_question(entry: Entry, earlier: Sequence[Question], shared: str) -> Question:
    """The question at an entry; ``shared`` is the assignment's ``given``.

    Raises AuthorError that names file, line and field.
    """
    fields = entry.table(EVERY)
    kind = needed(entry, fields, "type").word(KINDS)
    for field, each in fields.items():
        if field not in FIELDS[kind]:
            holders = [other for other in KINDS if field in FIELDS[other]]
            raise each.error(
                f"a {kind} question has no field {field!r}",
                f"delete it; it belongs to {', '.join(holders)}",
            )
    values: dict[str, Any] = {
        field: READERS[field](each) for field, each in fields.items() if field in READERS
    }
    own = needed(entry, fields, "id")
    if any(other.id.casefold() == values["id"].casefold() for other in earlier):
        raise own.error(f"another question has the id {values['id']!r}", "rename one of them")
    for dependent, ground in _NEEDS.items():
        if dependent in fields and not values.get(ground):
            raise fields[dependent].error(f"it says nothing without {ground!r}")
    values["points"] = _points(entry, fields, values, kind)
    if kind in ("truth", "choice"):
        values["key"] = (_truth if kind == "truth" else _choice)(entry, fields, values)
    elif kind in _COMPARED:
        needed(entry, fields, "key")
        _uses(fields, values, earlier)
    question = Question(kind=kind, **values)
    if kind in _COMPARED:
        check_keys(entry, fields, question, shared)
    return question


def _points(
    entry: Entry, fields: Mapping[str, Entry], values: Mapping[str, Any], kind: str
) -> Fraction:
    if kind == "statement":
        return Fraction(0)
    lines = values.get("rubric", ())
    listed = sum((each.points for each in lines), Fraction(0))
    points: Fraction = values.get("points", listed)
    if "points" not in fields and not (kind == "manual" and lines):
        needed(entry, fields, "points")
    byhand = points * (values.get("reason", Fraction(0)) if kind == "truth" else 1)
    if lines and listed != byhand:
        raise fields["rubric"].error(
            f"its lines are worth {listed} together, but a person gives {byhand}",
            "make the two agree",
        )
    return points


def _truth(entry: Entry, fields: Mapping[str, Entry], values: Mapping[str, Any]) -> str:
    place = needed(entry, fields, "key")
    found = _TRUTH.get(values["key"].casefold())
    if found is None:
        raise place.error(f"{values['key']!r} is neither true nor false", "write true or false")
    return found


def _choice(entry: Entry, fields: Mapping[str, Entry], values: Mapping[str, Any]) -> str:
    """The right options with commas, in the order of the options."""
    place = needed(entry, fields, "key")
    needed(entry, fields, "options")
    known = [name for name, _ in values["options"]]
    chosen = [each for each in _COMMAS.split(values["key"]) if each]
    for name in chosen:
        if name not in known:
            raise place.error(f"{name!r} is none of the options", meant(name, known))
    if len(set(chosen)) < len(chosen):
        raise place.error("an option stands twice", "name each once")
    return ",".join(name for name in known if name in chosen)


def _uses(
    fields: Mapping[str, Entry], values: Mapping[str, Any], earlier: Sequence[Question]
) -> None:
    kinds = {each.id: each.kind for each in earlier}
    for name, place in fields["uses"].pairs() if "uses" in fields else ():
        target = dict(values["uses"])[name]
        if target not in kinds:
            raise place.error(
                f"there is no earlier question {target!r}",
                meant(target, tuple(kinds)) if kinds else "put it above this one",
            )
        if kinds[target] not in _USABLE:
            raise place.error(f"{target} is a {kinds[target]} question, and has no formula")
