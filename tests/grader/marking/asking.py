"""Questions and marks for the tests of marking."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking import Marker
from symcnn.grader.marks import Mark

CNN = "K, S, N, H, W, C_in, C_out: positive integer; P: nonnegative integer"


def asked(kind: str, key: str, points: Fraction | int = 2, **fields: Any) -> Question:
    """A question with the id ``q``."""
    return Question(fields.pop("id", "q"), kind, Fraction(points), key=key, **fields)


def marker(*questions: Question, language: str = "en") -> Marker:
    """A marker for these questions."""
    return Marker(Assignment("A", questions, language=language))


def mark(question: Question | Marker, text: str, earlier: Mapping[str, Mark] | None = None) -> Mark:
    """The mark of an answer, which is the same without detail."""
    found = question if isinstance(question, Marker) else marker(question)
    name = found.assignment.questions[-1].id
    whole = found.mark(name, text, earlier or {})
    less = found.mark(name, text, earlier or {}, detail=False)
    assert (less.outcome, less.points) == (whole.outcome, whole.points), text
    assert not less.remarks and not less.group and not less.mistake
    return whole


def worth(question: Question | Marker, text: str) -> tuple[str, Fraction | None]:
    """Outcome and points of an answer."""
    found = mark(question, text)
    return found.outcome, found.points


def told(found: Mark, kind: str) -> list[str]:
    """The remarks of one kind."""
    return [each.text for each in found.remarks if each.kind == kind]
