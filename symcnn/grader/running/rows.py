"""A mark as a short row for the journal, and back: what the submission says is not said again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from symcnn.grader.assignment import Question
from symcnn.grader.marks import Mark, Remark
from symcnn.grader.submission import Response

Row: TypeAlias = list[Any]
NO_ANSWER = Response("")
_NOTHING = Mark("", "", None, Fraction(0))[6:]  # what a bare verdict has after answer and place


def row_of(mark: Mark, response: Response | None) -> Row:
    """The row of a mark of this answer (None: there is none); a bare verdict has a short one.

    >>> row_of(Mark("a", "right", Fraction(2), Fraction(2), "K"), Response("K"))
    ['right', '2', '2']
    >>> row_of(Mark("a", "right", Fraction(2), Fraction(2), "K", read="K"), Response("K"))
    ['right', '2', '2', None, None, 'K', '', '', '', []]
    """
    own = response or NO_ANSWER
    points = mark.points
    row: Row = [mark.outcome, None if points is None else _told(points), _told(mark.of)]
    if mark[6:] == _NOTHING and mark[4:6] == own:
        return row
    return [
        *row,
        None if mark.answer == own.text else mark.answer,
        None if mark.place == own.place else mark.place,
        mark.read,
        mark.mistake,
        mark.group,
        mark.by,
        [(each.level, each.kind, each.text) for each in mark.remarks],
    ]


def _told(points: Fraction) -> str:
    return str(points.numerator) if points.denominator == 1 else str(points)


class Numbers(dict[str, Fraction]):
    """Fractions by their text: a class has few different ones.

    >>> Numbers()["1/3"]
    Fraction(1, 3)
    """

    def __missing__(self, text: str) -> Fraction:
        made = self[text] = Fraction(text)
        return made


def mark_of(row: Row, question: Question, response: Response | None, numbers: Numbers) -> Mark:
    """The mark of a row."""
    outcome, points, of, *more = row
    own = response or NO_ANSWER
    worth = None if points is None else numbers[points]
    if not more:
        return Mark(question.id, outcome, worth, numbers[of], own.text, own.place)
    answer, place, read, mistake, group, by, remarks = more
    return Mark(
        question.id,
        outcome,
        worth,
        numbers[of],
        own.text if answer is None else answer,
        own.place if place is None else place,
        read,
        tuple([Remark(*each) for each in remarks]) if remarks else (),
        mistake,
        group,
        by,
    )
