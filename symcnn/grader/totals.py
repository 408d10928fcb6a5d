"""Marks into one number: exact fractions, the cap, the factor, and one rounding at the end.

Open marks are in no sum. The cap bounds the sum before the factor, and once more after it, so a
factor above 1 cannot exceed it either.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor

from symcnn.grader.assignment import Assignment
from symcnn.grader.marks import Mark, Total

_ZERO = Fraction(0)


def total(marks: Iterable[Mark], assignment: Assignment, factor: Fraction | int = 1) -> Total:
    """The total of a student's marks under the assignment's rules.

    ``marked`` counts the points of questions without bonus that are not open. Raises ValueError
    for a factor below 0, TypeError for one that is not exact.

    >>> from symcnn.grader.assignment import Question, Totals
    >>> rules = Totals(step=Fraction(1, 2))
    >>> asked = Question("a", "formula", Fraction(4)), Question("b", "manual", Fraction(6))
    >>> marks = Mark("a", "partial", Fraction(7, 3), Fraction(4)), Mark("b", "manual", None, 6)
    >>> found = total(marks, Assignment("A", asked, totals=rules))
    >>> [str(each) for each in (found.points, found.exact, found.marked, found.full, found.open)]
    ['5/2', '7/3', '4', '10', '1']
    """
    if not isinstance(factor, (int, Fraction)):
        raise TypeError(f"a factor is a Fraction or an integer, not {factor!r}")
    if factor < 0:
        raise ValueError(f"a factor is never below 0, as {factor} is")
    bonus = {each.id for each in assignment.questions if each.bonus}
    exact, marked, left = _ZERO, _ZERO, 0
    for mark in marks:
        if mark.points is None:
            left += 1
            continue
        exact += mark.points
        if mark.question not in bonus:
            marked += mark.of
    rules = assignment.totals
    points = exact if rules.cap is None else min(exact, rules.cap)
    points *= factor
    if rules.cap is not None:
        points = min(points, rules.cap)
    points = rounded(points, rules.step)
    if rules.cap is not None:
        points = min(points, rules.cap)
    return Total(points, exact, marked, assignment.full, left)


def rounded(points: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of the step, half upwards; the points themselves for a step of 0.

    >>> half = Fraction(1, 2)
    >>> [str(rounded(Fraction(each), half)) for each in ("2.25", "2.24", "7/3")]
    ['5/2', '2', '5/2']
    """
    if not step:
        return points
    return floor(points / step + Fraction(1, 2)) * step
