"""`Marker`: an assignment with its keys made ready, and the marks of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Never

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.asked import ready
from symcnn.grader.marking.chains import chain_of
from symcnn.grader.marking.choices import Choices, Truths
from symcnn.grader.marking.finding import NO_MARKS, Finding, Judge
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.matrices import Matrices
from symcnn.grader.marking.numbers import Numbers
from symcnn.grader.marking.others import Manual, Statement
from symcnn.grader.marking.reading import without_comments
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Mark, Remark
from symcnn.grader.submission import Submission

_SET = object.__setattr__
_ZERO = Fraction(0)
_FORMULAS: Mapping[str, type[Formulas]] = {
    "formula": Formulas,
    "number": Numbers,
    "matrix": Matrices,
}


class Marker:
    """Marks answers; immutable, picklable as its assignment, and safe in many threads at once.

    Raises AuthorError for an assignment whose keys cannot be used.

    >>> from symcnn.grader.submission import Response
    >>> asked = Question("q1", "formula", Fraction(2), key="K^2*C_in", given="cnn")
    >>> marker = Marker(Assignment("A", (asked,)))
    >>> [marker.mark("q1", text).outcome for text in ("C_in K^2", "K*C_in", "", "K^2 +")]
    ['right', 'wrong', 'missing', 'unreadable']
    """

    __slots__ = ("_judges", "_tell", "assignment")
    assignment: Assignment
    _judges: Mapping[str, Judge]
    _tell: Teller

    def __init__(self, assignment: Assignment) -> None:
        judges: dict[str, Judge] = {}
        for each in assignment.questions:
            if each.id in judges:
                raise AuthorError(f"two questions have the id {each.id!r}")
            judges[each.id] = _judge(assignment, each, judges)
        _SET(self, "assignment", assignment)
        _SET(self, "_judges", judges)
        _SET(self, "_tell", Teller(assignment.language))

    def marks(self, submission: Submission, *, detail: bool = True) -> tuple[Mark, ...]:
        """A mark for each question, in the order of the assignment.

        Without ``detail`` there are outcomes and points only, the same ones.
        """
        responses = dict(reversed(submission.responses))
        earlier: dict[str, Mark] = {}
        for name, judge in self._judges.items():
            response = responses.get(name)
            if response is None:
                earlier[name] = self._mark(judge, "", "", earlier, detail)
            else:
                earlier[name] = self._mark(judge, response.text, response.place, earlier, detail)
        return tuple(earlier.values())

    def mark(
        self,
        question: str,
        text: str | None,
        earlier: Mapping[str, Mark] = NO_MARKS,
        *,
        place: str = "",
        detail: bool = True,
    ) -> Mark:
        """The mark of one answer; ``earlier`` are the student's marks by question.

        Raises AuthorError for a question that there is not.
        """
        return self._mark(self.judge(question), text or "", place, earlier, detail)

    def judge(self, question: str) -> Judge:
        """What marks the answers to a question. Raises AuthorError where there is none."""
        judge = self._judges.get(question)
        if judge is None:
            raise AuthorError(f"there is no question {question!r} in {self.assignment.title!r}")
        return judge

    def _mark(
        self, judge: Judge, text: str, place: str, earlier: Mapping[str, Mark], detail: bool
    ) -> Mark:
        question = judge.question
        points = question.points
        asked = text.strip()
        if not detail:
            plain = judge.quick(asked) if asked else None
            if plain is not None:
                earned = points if plain == "right" else _ZERO
                return Mark(question.id, plain, earned, points, text, place)
        if not asked or not without_comments(asked):
            return self._missing(judge, text, place, detail)
        found = judge.find(asked, earlier, detail=detail)
        share = found.share
        return Mark(
            question.id,
            found.outcome,
            None if share is None else points * share,
            points,
            text,
            place,
            found.read,
            found.remarks if detail else (),
            found.mistake if detail else "",
            found.group if detail else "",
        )

    def _missing(self, judge: Judge, text: str, place: str, detail: bool) -> Mark:
        question = judge.question
        remarks: tuple[Remark, ...] = ()
        if detail:
            remarks = (self._tell.remark("readable", "note", "missing"), *judge.solution())
        group = "missing" if detail else ""
        return Mark(
            question.id, "missing", _ZERO, question.points, text, place, "", remarks, "", group
        )

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a marker does not change: {name}")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[Marker], tuple[Assignment]]:
        return Marker, (self.assignment,)

    def __repr__(self) -> str:
        return f"Marker({self.assignment.title!r}, {len(self._judges)} questions)"


def _judge(assignment: Assignment, question: Question, judges: Mapping[str, Judge]) -> Judge:
    kind = question.kind
    if kind in _FORMULAS:
        usable = {name: each for name, each in judges.items() if isinstance(each, Formulas)}
        return _FORMULAS[kind](ready(assignment, question, usable))
    if kind == "chain":
        return chain_of(assignment, question)
    if kind == "truth":
        return Truths(assignment, question)
    if kind == "choice":
        return Choices(assignment, question)
    if kind == "manual":
        return Manual(assignment, question)
    if kind == "statement":
        return Statement(assignment, question)
    raise AuthorError(f"question {question.id!r}: there is no type {kind!r}")


__all__ = ["Finding", "Marker"]
