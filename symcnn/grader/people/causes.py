"""Why a mark differs between two runs: the things in both records that decide about it.

A cause is named when it differs between the records and can reach the mark; nothing is marked
again here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment, Convention, Question
from symcnn.grader.marks import Graded, Mark
from symcnn.grader.outputs.texts import amount, one_line
from symcnn.grader.people.words import word

# Fields of a question that no mark depends on.
_SILENT = frozenset({"id", "prompt", "rubric", "accept", "reject", "feedback"})
_OWN = frozenset({"key", "conventions", "points"})
_SHOWN = 60


@frozen
class Cause:
    """What differs: a code, and a sentence.

    ``kind`` is "text", "key", "convention", "points", "rule", "given", "uses", "decision",
    "question", "student", "totals", "factor", "marks", "version" or "unknown".
    """

    kind: str
    text: str


@frozen
class Side:
    """What one run holds about a mark."""

    assignment: Assignment
    graded: Graded
    version: str


def causes_of(before: Side, after: Side, first: Mark, second: Mark) -> tuple[Cause, ...]:
    """Every reason in the records for which the second mark differs from the first."""
    language = after.assignment.language
    found = list(_decision(first, second, language))
    if not second.by or first.outcome != second.outcome or not found:
        found += _others(before, after, first, second, language)
    if found:
        return tuple(dict.fromkeys(found))
    if before.version != after.version:
        told = word("version", language, before=before.version, after=after.version)
        return (Cause("version", told),)
    return (Cause("unknown", word("unknown", language)),)


def _decision(first: Mark, second: Mark, language: str) -> Iterator[Cause]:
    if first.by and not second.by:
        yield Cause("decision", word("decision-removed", language, by=first.by))
    elif second.by and not first.by:
        yield Cause("decision", word("decision-added", language, by=second.by))
    elif second.by and (first.by, first.points) != (second.by, second.points):
        yield Cause("decision", word("decision-changed", language, by=second.by))


def _others(before: Side, after: Side, first: Mark, second: Mark, language: str) -> Iterator[Cause]:
    if first.answer != second.answer:
        yield Cause("text", word("text-changed", language))
    old = before.assignment.question(first.question)
    new = after.assignment.question(second.question)
    yield from _question(old, new, language)
    if before.assignment.given != after.assignment.given:
        yield Cause("given", word("given-changed", language))
    for name in dict.fromkeys(other for _, other in (*old.uses, *new.uses)):
        if _differs(before.graded.mark(name), after.graded.mark(name)):
            yield Cause("uses", word("uses-changed", language, question=name))


def _differs(first: Mark | None, second: Mark | None) -> bool:
    if first is None or second is None:
        return first is not second
    return (first.answer, first.outcome) != (second.answer, second.outcome)


def _question(old: Question, new: Question, language: str) -> Iterator[Cause]:
    """What a mended question says differently."""
    if old.key != new.key:
        sides = (one_line(each.key, _SHOWN) for each in (old, new))
        yield _arrow("key", "key-changed", *sides, language=language)
    yield from _conventions(old.conventions, new.conventions, language)
    if old.points != new.points:
        amounts = (amount(each.points, language) for each in (old, new))
        yield _arrow("points", "points-changed", *amounts, language=language)
    for name in Question.__match_args__:
        if name in _SILENT or name in _OWN:
            continue
        if getattr(old, name) != getattr(new, name):
            kind = "given" if name == "given" else "rule"
            yield Cause(kind, word("field-changed", language, field=name))


def _conventions(
    old: tuple[Convention, ...], new: tuple[Convention, ...], language: str
) -> Iterator[Cause]:
    known, wanted = ({each.name: each for each in some} for some in (old, new))
    for name, each in wanted.items():
        if name not in known:
            yield Cause("convention", word("convention-added", language, name=name))
        elif (each.key, each.credit) != (known[name].key, known[name].credit):
            yield Cause("convention", word("convention-changed", language, name=name))
    for name in known:
        if name not in wanted:
            yield Cause("convention", word("convention-removed", language, name=name))


def causes_of_total(before: Side, after: Side, *, marks: bool) -> tuple[Cause, ...]:
    """Why a total differs; ``marks`` says whether a mark of the student's does."""
    language = after.assignment.language
    found = []
    if marks:
        found.append(Cause("marks", word("marks-changed", language)))
    rules = [
        name
        for name in ("cap", "step", "factor")
        if getattr(before.assignment.totals, name) != getattr(after.assignment.totals, name)
    ]
    for name in rules:
        sides = (_said(getattr(e.assignment.totals, name), language) for e in (before, after))
        arrow = _arrow("totals", "rule-changed", *sides, language=language, rule=name)
        found.append(arrow)
    if before.graded.factor != after.graded.factor:
        factors = (amount(e.graded.factor, language) for e in (before, after))
        found.append(_arrow("factor", "factor-changed", *factors, language=language))
    names = [
        name
        for name in ("bonus", "points")
        if _of_questions(before.assignment, name) != _of_questions(after.assignment, name)
    ]
    if names and not marks:
        found.append(Cause("question", word("questions-changed", language)))
    if not found and before.version != after.version:
        told = word("version", language, before=before.version, after=after.version)
        found.append(Cause("version", told))
    return tuple(found) or (Cause("unknown", word("unknown", language)),)


def _of_questions(assignment: Assignment, name: str) -> list[tuple[str, Any]]:
    return [(each.id, getattr(each, name)) for each in assignment.questions]


def _said(value: Fraction | str | None, language: str) -> str:
    if value is None or value == "":
        return word("none", language)
    return amount(value, language) if isinstance(value, Fraction) else value


def _arrow(kind: str, key: str, first: str, second: str, *, language: str, **more: str) -> Cause:
    return Cause(kind, word(key, language, before=first, after=second, **more))
