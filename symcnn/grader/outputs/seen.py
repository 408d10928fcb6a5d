"""What a student may see of their marks: the one place where outputs cut by the level of feedback.

Below ``verdict`` no mark is told, and then no total either: the rest could be reckoned from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import OPEN, Graded, Grading, Mark, Remark, Total
from symcnn.grader.outputs.words import say
from symcnn.verifying.feedback import LEVELS

# The parts of a class that each question is divided into.
STATES = ("right", "partial", "wrong", "missing", "open")

_ALIKE = 40  # characters; longer readings are cut where they are told


@frozen
class Seen:
    """One answer as its student sees it.

    ``state`` is one of `STATES`, or "later" (the mark is not told), or "recorded" (a statement).
    ``points`` is None where there is no number to show. ``outcome`` names the sentence about it.
    """

    question: Question
    state: str
    outcome: str
    points: Fraction | None
    of: Fraction
    answer: str = ""
    place: str = ""
    read: str = ""
    remarks: tuple[Remark, ...] = ()

    def amount(self, language: str) -> str:
        """``1.5 of 2``; nothing for a statement, no number where there is none."""
        if self.state == "recorded":
            return ""
        if self.points is None:
            return say("open_of" if self.state == "open" else "of", language, of=self.of)
        return say("points", language, points=self.points, of=self.of)


def state_of(mark: Mark) -> str:
    """The part of the class that an answer belongs to; "recorded" for a statement.

    >>> state_of(Mark("a", "form", Fraction(1), Fraction(2)))
    'partial'
    """
    if mark.outcome == "statement":
        return "recorded"
    if mark.points is None:
        return "open"
    if mark.points >= mark.of and mark.outcome not in ("wrong", "missing"):
        return "right"
    if mark.points > 0:
        return "partial"
    return "missing" if mark.outcome == "missing" else "wrong"


def outcome_of(mark: Mark) -> str:
    """The code of the sentence about an outcome.

    >>> outcome_of(Mark("a", "undecided", Fraction(1), Fraction(2)))
    'decided'
    """
    if mark.points is not None and (mark.by or mark.outcome in OPEN):
        return "decided"
    return "credited" if mark.outcome == "wrong" and mark.points else mark.outcome


def seen(graded: Graded, assignment: Assignment, phase: str) -> tuple[Seen, ...]:
    """The answers of a student as far as the phase tells them; remarks by level."""
    questions = {each.id: each for each in assignment.questions}
    return tuple(
        _seen(mark, question, assignment.level(question, phase))
        for mark in graded.marks
        for question in (questions[mark.question],)
    )


def _seen(mark: Mark, question: Question, level: str) -> Seen:
    state, outcome, points = state_of(mark), outcome_of(mark), mark.points
    if question.kind == "statement":
        state = "recorded"
    if state not in ("open", "recorded") and LEVELS.index(level) < LEVELS.index("verdict"):
        state = outcome = "later"
        points = None
    told = sorted(
        (each for each in mark.told(level) if not _repeats(each, mark)),
        key=lambda each: LEVELS.index(each.level),
    )
    return Seen(
        question, state, outcome, points, mark.of, mark.answer, mark.place, mark.read, tuple(told)
    )


def _repeats(remark: Remark, mark: Mark) -> bool:
    """Whether it only says how the answer was read, which outputs show by themselves."""
    return remark.kind == "read" and bool(mark.read) and mark.read[:_ALIKE] in remark.text


def has_later(answers: Iterable[Seen]) -> bool:
    """Whether some mark is withheld."""
    return any(each.state == "later" for each in answers)


def standing(total: Total, language: str) -> str:
    """``14.5 of 18 marked, 2 open``, or ``18 of 20 points`` where nothing is open."""
    if not total.open:
        return say("total", language, points=total.points, full=total.full)
    if not total.marked:
        if not total.points:
            return say("unmarked", language, open=total.open)
        return say("bonus_only", language, points=total.points, open=total.open)
    return say("marked", language, points=total.points, marked=total.marked, open=total.open)


def standing_seen(graded: Graded, answers: Iterable[Seen], language: str) -> str:
    """What a student is told of the total."""
    if not has_later(answers):
        return standing(graded.total, language)
    if graded.total.open:
        return say("total_later_open", language, open=graded.total.open)
    return say("total_later", language)


def called(graded: Graded) -> str:
    """A student by name and id."""
    return f"{graded.name} ({graded.student})" if graded.name else graded.student


def alone(grading: Grading) -> Graded | None:
    """The student, where the class has only one."""
    return grading.students[0] if len(grading.students) == 1 else None
