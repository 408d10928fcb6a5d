"""Submissions marked one after another, each as a line of the journal; what fails is told.

This runs in children of the marking server, and in the process of the caller where there are none.
A submission that cannot be marked as a whole is marked answer by answer, so that only the answers
which cannot be marked stay open.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import NamedTuple, Protocol, TypeAlias

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import Mark, Remark
from symcnn.grader.running.journal import line_of
from symcnn.grader.running.rows import Row, Rows
from symcnn.grader.running.run_words import told
from symcnn.grader.submission import Response, Submission


class Marking(Protocol):
    """What marks a submission: a mark for each question of the assignment, in its order."""

    def marks(self, submission: Submission, *, detail: bool = True) -> tuple[Mark, ...]: ...


_response = partial(tuple.__new__, Response)  # as `Response._make`, in half of the time
Make: TypeAlias = Callable[[Assignment], Marking]


def marker(assignment: Assignment) -> Marking:
    """The grader's own marking, loaded where it is needed: the process of the caller seldom is."""
    from symcnn.grader.marking import Marker

    return Marker(assignment)


class Item(NamedTuple):
    """A submission as plain texts: what is marked, under the digest of everything that counts."""

    digest: str
    student: str
    responses: tuple[tuple[str, str, str], ...]
    unclear: tuple[str, ...] = ()

    def submission(self, names: Iterable[str] | None = None) -> Submission:
        """The submission, or as much of it as answers these questions."""
        answers = [(each[0], _response(each[1:])) for each in self.responses]
        if names is not None:
            chosen = frozenset(names)
            answers = [each for each in answers if each[0] in chosen]
        return Submission(self.student, tuple(answers), unclear=self.unclear)


def item_of(submission: Submission, digest: str) -> Item:
    """The item of a submission."""
    answers = tuple((name, each.text, each.place) for name, each in submission.responses)
    return Item(digest, submission.student, answers, submission.unclear)


class Failure(NamedTuple):
    """Why something could not be marked: "time", "memory", "ended" or "bug", and what was seen."""

    code: str
    seen: str


def attempt(
    marking: Marking, submission: Submission, rows: Rows, *, detail: bool
) -> list[Row] | Failure:
    """The rows of a submission, a question a row. A bug in marking is told with its traceback."""
    try:
        return rows.of(marking.marks(submission, detail=detail), submission.responses)
    except MemoryError:
        return Failure("memory", "MemoryError")
    except Exception:  # noqa: BLE001  a bug costs the answer that shows it, and is reported
        from traceback import format_exc

        return Failure("bug", format_exc())


def marked_line(item: Item, rows: list[Row], trouble: Iterable[tuple[str, str, str]] = ()) -> bytes:
    """The line of a submission; ``trouble`` names questions that failed, why, and what was seen."""
    return line_of([item.digest, item.student, rows, list(trouble)])


class Pieces:
    """A submission on its way answer by answer, after it could not be marked as a whole.

    ``next`` names what to mark, None when there is no more; `add` takes its rows, or the failure.
    An answer is marked together with the answers of the same student on which it rests.
    """

    __slots__ = ("_assignment", "_failed", "_left", "_rows", "item")

    def __init__(self, item: Item, assignment: Assignment) -> None:
        self.item = item
        self._assignment = assignment
        self._rows: dict[str, Row] = {}
        self._failed: dict[str, Failure] = {}
        answered = {name for name, _, _ in item.responses}
        order = (each.id for each in _by_use(assignment))
        self._left = ["", *(name for name in order if name in answered)]  # "": those not answered

    @property
    def next(self) -> str | None:
        """The question to mark, "" for all that have no answer."""
        return self._left[0] if self._left else None

    def submission(self) -> Submission:
        """As much of the submission as `next` needs."""
        name = self._left[0]
        return self.item.submission(_needed(self._assignment, name) - set(self._failed))

    def add(self, rows: list[Row] | Failure) -> None:
        """What came of `next`."""
        name = self._left.pop(0)
        answered = {name for name, _, _ in self.item.responses}
        for number, question in enumerate(self._assignment.questions):
            if question.id == name or (name == "" and question.id not in answered):
                if isinstance(rows, Failure):
                    self._fail(question, rows)
                elif self._rests_on_failed(question, rows[number]):
                    self._fail(question, Failure("uses", ""))
                else:
                    self._rows[question.id] = rows[number]

    def _rests_on_failed(self, question: Question, row: Row) -> bool:
        used = _needed(self._assignment, question.id) & set(self._failed)
        return bool(used) and row[0] not in ("right", "missing")

    def _fail(self, question: Question, failure: Failure) -> None:
        self._failed[question.id] = failure
        text, place = next(
            ((text, place) for name, text, place in self.item.responses if name == question.id),
            ("", ""),
        )
        why = Remark("readable", "note", told(failure.code, self._assignment.language))
        mark = Mark(question.id, "undecided", None, question.points, text, place, "", (why,))
        self._rows[question.id] = Rows([question]).row(mark, Response(text, place))

    def line(self) -> bytes:
        """The line of the whole submission."""
        rows = [self._rows[each.id] for each in self._assignment.questions]
        trouble = [(name, each.code, each.seen) for name, each in self._failed.items()]
        return marked_line(self.item, rows, trouble)


def _needed(assignment: Assignment, name: str) -> set[str]:
    """The question and those whose answers its key uses, and theirs."""
    found: set[str] = set()
    left = [name]
    uses = {each.id: [other for _, other in each.uses] for each in assignment.questions}
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += uses.get(each, ())
    return found


def _by_use(assignment: Assignment) -> list[Question]:
    """The questions, each after those that it uses."""
    order = list(assignment.questions)
    order.sort(key=lambda each: len(_needed(assignment, each.id)))
    return order


def marked_here(
    make: Make, assignment: Assignment, items: Iterable[Item], *, detail: bool
) -> Generator[bytes, None, None]:
    """Lines marked in this very process: no limits, and what kills it kills the run."""
    marking, rows_of = make(assignment), Rows(assignment.questions)
    for item in items:
        rows = attempt(marking, item.submission(), rows_of, detail=detail)
        if isinstance(rows, list):
            yield marked_line(item, rows)
            continue
        pieces = Pieces(item, assignment)
        while pieces.next is not None:
            pieces.add(attempt(marking, pieces.submission(), rows_of, detail=detail))
        yield pieces.line()
