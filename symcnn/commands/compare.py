"""``symcnn compare``: every mark and verdict that differs between two runs, with its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.commands.output import folded, print_json, print_table
from symcnn.grader.outputs.texts import amount, one_line

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
    if found.versions[0] != found.versions[1]:
        print(f"symcnn {found.versions[0]}, then {found.versions[1]}")
    if found.changes:
        rows = [
            (
                one_line(each.student, _STUDENT),
                one_line(each.question, _QUESTION),
                _mark(each.before),
                _mark(each.after) + (" (lower)" if each.fell else ""),
                _told(each.causes),
            )
            for each in found.changes
        ]
        print_table(("student", "question", "before", "after", "because"), rows)
    others = [each for each in found.totals if any(cause.kind != "marks" for cause in each.causes)]
    if others:
        lines = [
            (
                one_line(each.student, _STUDENT),
                _total(each.before),
                _total(each.after) + (" (lower)" if each.fell else ""),
                _told(each.causes),
            )
            for each in others
        ]
        print_table(("student", "total before", "after", "because"), lines)
    for line in _summary(found):
        print(folded(line))


def _summary(found: Comparison) -> list[str]:
    """What changed, in a line a cause, and what fell."""
    if not found.changes and not found.totals:
        return ["nothing differs"]
    counts: dict[str, int] = {}
    for change in found.changes:
        counts[_told(change.causes)] = counts.get(_told(change.causes), 0) + 1
    lines = [f"{count} x {told}" for told, count in sorted(counts.items(), key=lambda e: -e[1])]
    marks, totals = (sum(each.fell for each in some) for some in (found.changes, found.totals))
    changed = f"{len(found.changes)} marks and {len(found.totals)} totals differ"
    return [*lines, f"{changed}; {marks} marks and {totals} totals fell"]


def _mark(mark: Mark | None) -> str:
    if mark is None:
        return "-"
    points = "open" if mark.points is None else amount(mark.points)
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
