"""One student's marks with their total."""

from __future__ import annotations

from fractions import Fraction

from symcnn.grader.marking.marker import Marker
from symcnn.grader.marks import Graded
from symcnn.grader.submission import Submission
from symcnn.grader.totals import total


def graded(
    marker: Marker,
    submission: Submission,
    *,
    detail: bool = True,
    factor: Fraction | int = 1,
    name: str = "",
) -> Graded:
    """The student's marks and total; ``factor`` is what the roster multiplies the total by.

    >>> from symcnn.grader.assignment import Assignment, Question
    >>> from symcnn.grader.submission import Response
    >>> asked = Question("q1", "number", Fraction(3), key="28*28")
    >>> marker = Marker(Assignment("A", (asked,)))
    >>> found = graded(marker, Submission("7", (("q1", Response("784")),)), factor=Fraction(1, 2))
    >>> found.total.exact, found.total.points
    (Fraction(3, 1), Fraction(3, 2))
    """
    marks = marker.marks(submission, detail=detail)
    exact = Fraction(factor)
    return Graded(
        submission.student,
        marks,
        total(marks, marker.assignment, exact),
        name or submission.name,
        submission.source,
        exact,
        submission.problems,
    )
