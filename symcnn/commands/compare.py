"""``symcnn compare``: every mark and verdict that differs between two runs, with its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.commands.output import folded, print_json, print_table
from symcnn.grader.outputs.texts import amount, one_line
from symcnn.grader.people.words import WORDS, word

if TYPE_CHECKING:
    import argparse
    from fractions import Fraction

    from symcnn.grader.marks import Mark, Total
    from symcnn.grader.people.causes import Cause
    from symcnn.grader.people.compare import Change, Comparison, TotalChange

_STUDENT, _QUESTION = 20, 12  # columns


def run(arguments: argparse.Namespace) -> int:
    """0 when no mark and no total fell or ``--allow-lower`` says that they may, else 1."""
    from symcnn.grader.people.compare import compared
    from symcnn.grader.people.runs import read_run

    found = compared(read_run(arguments.run), read_run(arguments.other))
    if arguments.json:
        print_json(_record(found))
    else:
        _print(found)
    return 1 if found.fell and not arguments.allow_lower else 0


def _print(found: Comparison) -> None:
    language = found.language

    def heads(*names: str) -> list[str]:
        return [word(each, language) for each in names]

    def lower(each: Change | TotalChange) -> str:
        return word("lower", language) if each.fell else ""

    first, second = found.versions
    if first != second:
        print(word("versions", language, before=first, after=second))
    if found.changes:
        rows = [
            [
                one_line(each.student, _STUDENT),
                one_line(each.question, _QUESTION),
                _mark(each.before, language),
                _mark(each.after, language) + lower(each),
                _told(each.causes),
            ]
            for each in found.changes
        ]
        middle = "before-column", "after-column"
        print_table(heads("student-column", "question", *middle, "cause-column"), rows)
    others = [each for each in found.totals if any(cause.kind != "marks" for cause in each.causes)]
    if others:
        rows = [
            [
                one_line(each.student, _STUDENT),
                _total(each.before),
                _total(each.after) + lower(each),
                _told(each.causes),
            ]
            for each in others
        ]
        print_table(heads("student-column", "total-column", "after-column", "cause-column"), rows)
    for line in _summary(found):
        print(folded(line))


def _summary(found: Comparison) -> list[str]:
    """What changed, in a line a cause, and what fell."""
    language = found.language
    if not found.changes and not found.totals:
        return [word("nothing-differs", language)]
    counts: dict[str, int] = {}
    for change in found.changes:
        counts[_told(change.causes)] = counts.get(_told(change.causes), 0) + 1
    lines = [
        WORDS["times"][language == "fa"].format(count=count, cause=cause)
        for cause, count in sorted(counts.items(), key=lambda each: -each[1])
    ]
    changed = word(
        "changed",
        language,
        marks=len(found.changes),
        lower=sum(each.fell for each in found.changes),
        totals=len(found.totals),
        fallen=sum(each.fell for each in found.totals),
    )
    return [*lines, changed]


def _mark(mark: Mark | None, language: str) -> str:
    if mark is None:
        return "-"
    points = word("open", language) if mark.points is None else amount(mark.points)
    return f"{mark.outcome} {points}/{amount(mark.of)}"


def _total(total: Total | None) -> str:
    return "-" if total is None else f"{amount(total.points)} of {amount(total.full)}"


def _told(causes: tuple[Cause, ...]) -> str:
    return "; ".join(each.text for each in causes)


def _record(found: Comparison) -> dict[str, Any]:
    """Schema 1: texts for points, null where a run has no such mark."""
    return {
        "schema": 1,
        "versions": list(found.versions),
        "fell": found.fell,
        "changes": [_change(each) for each in found.changes],
        "totals": [_change_of_total(each) for each in found.totals],
    }


def _change(each: Change) -> dict[str, Any]:
    sides = {
        name: None
        if mark is None
        else {
            "outcome": mark.outcome,
            "points": _text(mark.points),
            "of": _text(mark.of),
            "by": mark.by,
        }
        for name, mark in (("before", each.before), ("after", each.after))
    }
    return {
        "student": each.student,
        "question": each.question,
        **sides,
        "fell": each.fell,
        "causes": _causes(each.causes),
    }


def _change_of_total(each: TotalChange) -> dict[str, Any]:
    sides = {
        name: None
        if total is None
        else {"points": _text(total.points), "full": _text(total.full), "open": total.open}
        for name, total in (("before", each.before), ("after", each.after))
    }
    return {
        "student": each.student,
        **sides,
        "fell": each.fell,
        "causes": _causes(each.causes),
    }


def _causes(causes: tuple[Cause, ...]) -> list[dict[str, str]]:
    return [{"kind": each.kind, "text": each.text} for each in causes]


def _text(points: Fraction | None) -> str | None:
    return None if points is None else str(points)
