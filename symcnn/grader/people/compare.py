"""Two runs side by side: every mark, verdict and total that differs, with its cause."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.frozen import frozen
from symcnn.grader.marks import Graded, Mark, Total
from symcnn.grader.people.causes import Cause, Side, causes_of, causes_of_total
from symcnn.grader.people.runs import Run
from symcnn.grader.people.words import word


@frozen
class Change:
    """A mark that differs; None where a run has no such mark."""

    student: str
    question: str
    before: Mark | None
    after: Mark | None
    causes: tuple[Cause, ...]

    @property
    def fell(self) -> bool:
        """Whether the student has fewer points for it: fewer, none any more, or open again."""
        return _fell(_points(self.before), _points(self.after))


@frozen
class TotalChange:
    """A total that differs."""

    student: str
    before: Total | None
    after: Total | None
    causes: tuple[Cause, ...]

    @property
    def fell(self) -> bool:
        """Whether it is lower."""
        first = None if self.before is None else self.before.points
        return _fell(first, None if self.after is None else self.after.points)


@frozen
class Comparison:
    """Whatever differs, students in the order of the first run and questions in that of the second.

    ``versions`` are those of symcnn, before and after.
    """

    changes: tuple[Change, ...]
    totals: tuple[TotalChange, ...]
    versions: tuple[str, str] = ("", "")
    language: str = "en"

    @property
    def fell(self) -> int:
        """How many marks and totals fell."""
        marks, totals = (sum(each.fell for each in some) for some in (self.changes, self.totals))
        return marks + totals


def _points(mark: Mark | None) -> Fraction | None:
    return None if mark is None else mark.points


def _fell(before: Fraction | None, after: Fraction | None) -> bool:
    """No points are fewer than some; to have had none, or zero, is nothing to fall from.

    >>> _fell(Fraction(1), None), _fell(None, Fraction(0)), _fell(Fraction(0), None)
    (True, False, False)
    """
    if before is None:
        return False
    return before > 0 if after is None else after < before


def compared(before: Run, after: Run) -> Comparison:
    """What differs from the first run to the second.

    >>> from symcnn.grader.assignment import Assignment
    >>> from symcnn.grader.marks import Grading
    >>> empty = Run(Grading(Assignment("A", ()), ()), "0.1.0")
    >>> compared(empty, empty)
    Comparison(changes=(), totals=(), versions=('0.1.0', '0.1.0'), language='en')
    """
    old = {each.student: each for each in before.grading.students}
    new = {each.student: each for each in after.grading.students}
    changes: list[Change] = []
    totals: list[TotalChange] = []
    language = after.grading.assignment.language
    for name in dict.fromkeys((*old, *new)):
        first, second = old.get(name), new.get(name)
        if first is None or second is None:
            key = "student-added" if first is None else "student-removed"
            cause = (Cause("student", word(key, language)),)
            marks = [each for side in (first, second) if side is not None for each in side.marks]
            changes += [
                Change(name, each.question, *_sided(each, gone=second is None), cause)
                for each in marks
            ]
            ends = [None if each is None else each.total for each in (first, second)]
            totals.append(TotalChange(name, ends[0], ends[1], cause))
            continue
        sides = _sides(before, first), _sides(after, second)
        own = _changes(*sides)
        changes += own
        if first.total != second.total:
            causes = causes_of_total(*sides, marks=bool(own))
            totals.append(TotalChange(name, first.total, second.total, causes))
    versions = before.version, after.version
    return Comparison(tuple(changes), tuple(totals), versions, language)


def _sided(mark: Mark, *, gone: bool) -> tuple[Mark | None, Mark | None]:
    return (mark, None) if gone else (None, mark)


def _sides(run: Run, graded: Graded) -> Side:
    return Side(run.grading.assignment, graded, run.version)


def _changes(before: Side, after: Side) -> list[Change]:
    """One student's marks that differ."""
    language = after.assignment.language
    old = {each.question: each for each in before.graded.marks}
    new = {each.question: each for each in after.graded.marks}
    found = []
    for name in dict.fromkeys((*new, *old)):
        first, second = old.get(name), new.get(name)
        if first is None or second is None:
            key = "question-added" if first is None else "question-removed"
            causes: tuple[Cause, ...] = (Cause("question", word(key, language)),)
        elif _result(first) == _result(second):
            continue
        else:
            causes = causes_of(before, after, first, second)
        found.append(Change(after.graded.student, name, first, second, causes))
    return found


def _result(mark: Mark) -> tuple[str, Fraction | None, Fraction]:
    """What a change is a change of."""
    return mark.outcome, mark.points, mark.of
