"""What marking found: a mark for each answer, a total for each student, the class as a whole.

The one value that every output is made from. A mark without points is open: a person decides it,
and no output shows a number in its place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment
from symcnn.grader.submission import Problem
from symcnn.verifying.feedback import LEVELS

# right: proved.  conditional: holds under more than is granted.  form: right, not as it was asked.
# partial: some of it was found.  carried: right for one's own earlier value.  wrong: refuted.
# missing: no answer.  unreadable: not gradable.  undecided: neither proved nor refuted.
# manual: for a person from the start.  statement: recorded, no points.
OUTCOMES = (
    "right", "conditional", "form", "partial", "carried", "wrong", "missing", "unreadable",
    "undecided", "manual", "statement",
)  # fmt: skip
OPEN = frozenset({"unreadable", "undecided", "manual"})
NONE = Fraction(0)


@frozen
class Remark:
    """A sentence for the student, and the level of feedback from which it is told.

    ``kind`` is what the sentence is about: "read", "verdict", "where", "mistake", "condition",
    "witness", "key", "hint", "note", "form", "line", "entry", "name", "person".
    """

    level: str
    kind: str
    text: str


class Mark(NamedTuple):
    """One answer, marked.

    ``points`` is None where the mark is open. ``answer`` is the student's text, ``read`` how it
    was read (plain notation, empty where it was not). ``mistake`` names the slip that was found.
    ``group`` is the same for answers that were proved equal to each other, and for unreadable ones
    of the same normalised text. ``by`` says which person decided, in ``decisions.yaml``.
    """

    question: str
    outcome: str
    points: Fraction | None
    of: Fraction
    answer: str = ""
    place: str = ""
    read: str = ""
    remarks: tuple[Remark, ...] = ()
    mistake: str = ""
    group: str = ""
    by: str = ""

    @property
    def open(self) -> bool:
        """Whether a person has to decide."""
        return self.points is None

    def told(self, level: str) -> tuple[Remark, ...]:
        """The remarks that a level of feedback lets through.

        >>> said = Remark("verdict", "verdict", "not equal"), Remark("witness", "witness", "K = 2")
        >>> mark = Mark("a", "wrong", Fraction(0), Fraction(1), remarks=said)
        >>> [each.text for each in mark.told("where")]
        ['not equal']
        """
        height = LEVELS.index(level)
        return tuple(each for each in self.remarks if LEVELS.index(each.level) <= height)


BARE = Mark("", "", None, NONE)[6:]  # what a bare verdict has after answer and place


@frozen
class Total:
    """``points`` of ``marked`` points, after cap and factor; ``open`` marks are in neither.

    ``full`` counts every question without bonus. ``exact`` is the sum before cap, factor and
    rounding.
    """

    points: Fraction
    exact: Fraction
    marked: Fraction
    full: Fraction
    open: int


@frozen
class Graded:
    """One student's marks, in the order of the questions."""

    student: str
    marks: tuple[Mark, ...]
    total: Total
    name: str = ""
    source: str = ""
    factor: Fraction = Fraction(1)
    problems: tuple[Problem, ...] = ()

    def mark(self, question: str) -> Mark | None:
        """The mark of a question."""
        for each in self.marks:
            if each.question == question:
                return each
        return None


@frozen
class Grading:
    """The whole run; ``problems`` tell of files that could not be used. Students stand by id."""

    assignment: Assignment
    students: tuple[Graded, ...]
    problems: tuple[Problem, ...] = ()
    phase: str = "before"

    @property
    def open(self) -> int:
        """How many marks a person has to decide."""
        return sum(each.total.open for each in self.students)
