"""`Marker`: an assignment with its keys made ready, and the marks of a submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple, Never

from symcnn.errors import AuthorError
from symcnn.grader.assignment import PHASES, Assignment, Question
from symcnn.grader.marking.asked import ready
from symcnn.grader.marking.chains import chain_of
from symcnn.grader.marking.choices import Choices, Truths
from symcnn.grader.marking.finding import FULL, NO_MARKS, Judge, Memo
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.matrices import Matrices
from symcnn.grader.marking.numbers import Numbers
from symcnn.grader.marking.others import Manual, Statement
from symcnn.grader.marking.reading import without_comments
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import BARE, NONE, Mark, Remark
from symcnn.grader.submission import Submission
from symcnn.verifying.feedback import LEVELS

_SET = object.__setattr__
_mark = partial(tuple.__new__, Mark)
_REMEMBERED = 2_000  # characters of a text that is marked once for all who write it
_FORMULAS: Mapping[str, type[Formulas]] = {
    "formula": Formulas,
    "number": Numbers,
    "matrix": Matrices,
}
_TEXTS = 1_000  # of each question
_Begin = tuple[str, str, Fraction, Fraction]


class _Ready(NamedTuple):
    """A judge, what it found before, and how marks begin for verdicts that are seen at once.

    ``proves`` is None where it is not told at every time which answers are right: those that are
    seen at once do not say how they were read.
    """

    judge: Judge
    memo: Memo
    ask: Callable[[str], str | None] | None
    plain: Mapping[str | None, _Begin]
    proves: Callable[[str], bool] | None
    right: Mark | None


def _ready(assignment: Assignment, judge: Judge) -> _Ready:
    plainly = judge.plainly
    if plainly is None:
        return _Ready(judge, Memo(_TEXTS), None, {}, None, None)
    name, points = judge.question.id, judge.question.points
    begins: dict[str | None, _Begin] = {
        kind: (name, outcome, points if outcome == "right" else NONE, points)
        for kind, outcome in plainly.outcomes.items()
    }
    proves, found = plainly.proves, plainly.right
    right = Mark(name, found.outcome, points, points, remarks=found.remarks, group=found.group)
    always = LEVELS[0] not in {assignment.level(judge.question, each) for each in PHASES}
    return _Ready(judge, Memo(_TEXTS), plainly.ask, begins, proves if always else None, right)


class Marker:
    """Marks answers; immutable, picklable as its assignment, and safe in many threads at once.

    Raises AuthorError for an assignment whose keys cannot be used.

    >>> from symcnn.grader.submission import Response
    >>> asked = Question("q1", "formula", Fraction(2), key="K^2*C_in", given="cnn")
    >>> marker = Marker(Assignment("A", (asked,)))
    >>> [marker.mark("q1", text).outcome for text in ("C_in K^2", "K*C_in", "", "K^2 +")]
    ['right', 'wrong', 'missing', 'unreadable']
    """

    __slots__ = ("_ready", "_tell", "assignment")
    assignment: Assignment
    _ready: Mapping[str, _Ready]
    _tell: Teller

    def __init__(self, assignment: Assignment) -> None:
        judges: dict[str, Judge] = {}
        for each in assignment.questions:
            if each.id in judges:
                raise AuthorError(f"two questions have the id {each.id!r}")
            judges[each.id] = _judge(assignment, each, judges)
        _SET(self, "assignment", assignment)
        _SET(self, "_ready", {name: _ready(assignment, judge) for name, judge in judges.items()})
        _SET(self, "_tell", Teller(assignment.language))

    def marks(self, submission: Submission, *, detail: bool = True) -> tuple[Mark, ...]:
        """A mark for each question, in the order of the assignment.

        Without ``detail`` there are outcomes and points only, the same ones.
        """
        responses = dict(reversed(submission.responses))
        earlier: dict[str, Mark] = {}
        for name, own in self._ready.items():
            response = responses.get(name)
            if response is not None:
                earlier[name] = self._mark(own, response.text, response.place, earlier, detail)
            elif name in submission.unclear:
                earlier[name] = self._unclear(own.judge, detail)
            else:
                earlier[name] = self._missing(own.judge, "", "", detail)
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
        self.judge(question)
        return self._mark(self._ready[question], text or "", place, earlier, detail)

    def judge(self, question: str) -> Judge:
        """What marks the answers to a question. Raises AuthorError where there is none."""
        ready = self._ready.get(question)
        if ready is None:
            raise AuthorError(f"there is no question {question!r} in {self.assignment.title!r}")
        return ready.judge

    def _mark(
        self, ready: _Ready, text: str, place: str, earlier: Mapping[str, Mark], detail: bool
    ) -> Mark:
        asked = text.strip()
        if ready.ask is not None and asked:
            if not detail:
                begin = ready.plain.get(ready.ask(asked))
                if begin is not None:
                    return _mark((*begin, text, place, *BARE))
            elif ready.proves is not None and ready.right is not None and ready.proves(asked):
                return ready.right._replace(answer=text, place=place)
        judge = ready.judge
        if not asked or not without_comments(asked):
            return self._missing(judge, text, place, detail)
        if judge.alone and len(asked) <= _REMEMBERED:
            found = ready.memo.kept(
                (asked, detail), lambda: judge.find(asked, earlier, detail=detail)
            )
        else:
            found = judge.find(asked, earlier, detail=detail)
        question, share = judge.question, found.share
        points = None if share is None else _part(share, question.points)
        mark = Mark(question.id, found.outcome, points, question.points, text, place)
        if not detail:
            return mark
        return mark._replace(
            read=found.read, remarks=found.remarks, mistake=found.mistake, group=found.group
        )

    def _unclear(self, judge: Judge, detail: bool) -> Mark:
        """Nobody can tell which of several answers is meant."""
        question = judge.question
        remarks: tuple[Remark, ...] = ()
        if detail:
            remarks = (self._tell.remark("readable", "read", "unclear"), *judge.solution())
        return Mark(question.id, "unreadable", None, question.points, remarks=remarks)

    def _missing(self, judge: Judge, text: str, place: str, detail: bool) -> Mark:
        question = judge.question
        remarks: tuple[Remark, ...] = ()
        if detail:
            remarks = (self._tell.remark("readable", "note", "missing"), *judge.solution())
        group = "missing" if detail else ""
        return Mark(
            question.id, "missing", NONE, question.points, text, place, "", remarks, "", group
        )

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a marker does not change: {name}")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a marker does not change: {name}")

    def __reduce__(self) -> tuple[type[Marker], tuple[Assignment]]:
        return Marker, (self.assignment,)

    def __repr__(self) -> str:
        return f"Marker({self.assignment.title!r}, {len(self._ready)} questions)"


def _part(share: Fraction, points: Fraction) -> Fraction:
    return points if share is FULL else NONE if share is NONE else points * share


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
