"""Whether an assignment does what its author means: its keys, its examples, its mistakes.

An error has to be mended before anybody is marked; a warning ought to be looked at; a note says
something that is good to know. Nothing here reads files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from symcnn.errors import printable
from symcnn.formula.frozen import frozen, replace
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.assignments.key_check import Told, check_keys
from symcnn.grader.assignments.shipped_keys import Shipped
from symcnn.grader.marking import Marker
from symcnn.grader.marks import Mark
from symcnn.grader.submission import Response, Submission

_JUDGED = ("formula", "number", "matrix", "chain")
_SEVERITIES = ("error", "warning", "note")
_SHOWN = 60


@frozen
class Found:
    """One thing that was found; ``severity`` is "error", "warning" or "note"."""

    severity: str
    question: str
    message: str


@frozen
class Row:
    """A question: what became of its key, and how many of its examples came out as expected."""

    question: str
    kind: str
    key: str
    examples: str


@frozen
class Checked:
    """What a check found, in the order of the questions."""

    rows: tuple[Row, ...]
    found: tuple[Found, ...]

    @property
    def errors(self) -> int:
        """How many have to be mended."""
        return sum(each.severity == "error" for each in self.found)

    def summary(self) -> str:
        """All in one line."""
        counts = [(sum(e.severity == name for e in self.found), name) for name in _SEVERITIES]
        told = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts)
        return f"{len(self.rows)} question{'' if len(self.rows) == 1 else 's'}: {told}"

    def lines(self) -> Iterator[str]:
        """Errors first, then warnings and notes; what is alike about several questions once."""
        for severity in _SEVERITIES:
            alike: dict[str, list[str]] = {}
            for each in self.found:
                if each.severity == severity:
                    alike.setdefault(each.message, []).append(each.question)
            for message, questions in alike.items():
                yield f"{severity}: {', '.join(questions)}: {message}"

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "schema": 1,
            "questions": [
                {"question": e.question, "type": e.kind, "key": e.key, "examples": e.examples}
                for e in self.rows
            ],
            "found": [
                {"severity": e.severity, "question": e.question, "message": e.message}
                for e in self.found
            ],
        }


def check_assignment(assignment: Assignment, answers: Sequence[str | Path] = ()) -> Checked:
    """Decides every key and every example; ``answers`` are searched for keys besides our own.

    Raises AuthorError where a question cannot be marked at all.
    """
    Marker(assignment)  # an assignment that cannot be used is told before anything is decided
    shipped = Shipped(answers)
    rows, found = [], []
    for question in assignment.questions:
        key, told = "", list[Told]()
        if question.kind in _JUDGED:
            key, told = check_keys(assignment, question)
            told += shipped.told(assignment, question)
        right, examples = _examples(assignment, question)
        told += examples
        count = len(question.accept) + len(question.reject)
        rows.append(Row(question.id, question.kind, key, f"{right} of {count}" if count else ""))
        found += [Found(severity, question.id, message) for severity, message in told]
    return Checked(tuple(rows), tuple(found))


def _examples(assignment: Assignment, question: Question) -> tuple[int, list[Told]]:
    """How many examples came out as the author says, and what is wrong with the others."""
    told: list[Told] = []
    if question.kind in _JUDGED:
        missing = [name for name in ("accept", "reject") if not getattr(question, name)]
        if missing:
            told.append(("warning", f"no examples in {' and '.join(missing)}"))
    if not question.accept and not question.reject:
        return 0, told
    needed = _needed(assignment, question)
    marker = Marker(replace(assignment, questions=(*needed, question)))
    earlier = tuple((each.id, Response(each.key)) for each in needed)
    right = 0
    for field in ("accept", "reject"):
        for text in getattr(question, field):
            submission = Submission("example", (*earlier, (question.id, Response(text))))
            mark = marker.marks(submission)[-1]
            if (field == "accept") == _is_right(mark, question) and not _is_loose(mark, question):
                right += 1
            else:
                told.append(("error", _odd(field, text, mark)))
    return right, told


def _needed(assignment: Assignment, question: Question) -> tuple[Question, ...]:
    """The earlier questions whose answers it uses, and those that these use."""
    wanted = {used for _, used in question.uses}
    found: list[Question] = []
    for each in reversed(assignment.questions):
        if each.id in wanted and each.id != question.id:
            found.append(each)
            wanted |= {used for _, used in each.uses}
    return tuple(reversed(found))


def _is_right(mark: Mark, question: Question) -> bool:
    """Right; or right so far, where a person still gives points for a reason."""
    by_person = mark.points is None and mark.outcome == "manual" and question.reason > 0
    return mark.outcome == "right" or by_person


def _is_loose(mark: Mark, question: Question) -> bool:
    """Neither right nor wrong."""
    if question.reason and mark.outcome == "manual":
        return False
    return mark.points is None or mark.outcome in ("form", "missing")


def _odd(field: str, text: str, mark: Mark) -> str:
    shown = printable(" ".join(text.split()))
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    wanted = "right" if field == "accept" else "wrong"
    reasons = list(_reasons(mark))
    why = f" ({'; '.join(reasons)})" if reasons else ""
    return f"{field}: {shown} is {mark.outcome}, not {wanted}{why}"


def _reasons(mark: Mark) -> Iterator[str]:
    """The sentences that tell why, without the key."""
    kinds = {"where", "witness", "condition", "name", "form", "line"}
    kinds |= {"read"} if mark.outcome in ("unreadable", "undecided") else set()
    for remark in mark.remarks:
        if remark.kind in kinds:
            yield remark.text.rstrip(".")
