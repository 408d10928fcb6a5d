"""A mark as a short row for the journal, and back: what the submission says is not said again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from symcnn.grader.assignment import Question
from symcnn.grader.marks import BARE, NONE, Mark, Remark
from symcnn.grader.submission import Response

Row: TypeAlias = list[Any]
NO_ANSWER = Response("")
_BARE = list(BARE)


class Rows:
    """Writes the marks of one assignment as rows."""

    __slots__ = ("_ids", "_worth")

    def __init__(self, questions: Iterable[Question]) -> None:
        self._worth = {each.id: (each.points, _told(each.points)) for each in questions}
        self._ids = list(self._worth)

    def of(self, marks: Sequence[Mark], responses: Iterable[tuple[str, Response]]) -> list[Row]:
        """The rows of a submission, a question a row. Raises ValueError for other questions."""
        named = [mark.question for mark in marks]
        if named != self._ids:
            raise ValueError(f"marks of other questions: {named}")
        answers = dict(responses)
        return [self.row(mark, answers.get(mark.question)) for mark in marks]

    def row(self, mark: Mark, response: Response | None) -> Row:
        """The row of a mark of this answer (None: there is none); a bare verdict has a short one.

        >>> asked = Question("a", "formula", Fraction(2), key="K")
        >>> rows, mark = Rows([asked]), Mark("a", "right", Fraction(2), Fraction(2), "K")
        >>> rows.row(mark, Response("K"))
        ['right', '2', '2']
        >>> rows.row(mark._replace(read="K"), Response("K"))
        ['right', '2', '2', None, None, 'K', '', '', '', []]
        """
        question, outcome, points, of, answer, place, *more = mark
        whole, worth = self._worth[question]
        row: Row = [
            outcome,
            worth if points is whole else None if points is None else _told(points),
            worth if of is whole else _told(of),
        ]
        own = response or NO_ANSWER
        if more == _BARE and answer == own.text and place == own.place:
            return row
        row += (None if answer == own.text else answer, None if place == own.place else place)
        row += (mark.read, mark.mistake, mark.group, mark.by)
        row.append([(each.level, each.kind, each.text) for each in mark.remarks])
        return row


def _told(points: Fraction) -> str:
    return "0" if points is NONE else str(points)


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
