"""What judges have in common whose finding depends on the text alone, and is never seen at once."""

from __future__ import annotations

from fractions import Fraction

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark


def exact(points: Fraction) -> str:
    """Points as they are written: ``2.5``, or ``7/3`` where the decimals do not end.

    >>> exact(Fraction(5, 2)), exact(Fraction(7, 3)), exact(Fraction(2))
    ('2.5', '7/3', '2')
    """
    rest = points.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(points)
    whole, places = points, 0
    while whole.denominator != 1:
        whole, places = whole * 10, places + 1
    digits = str(abs(whole.numerator)).rjust(places + 1, "0")
    sign = "-" if points < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class ByItself:
    """The question, and its words."""

    __slots__ = ("question", "tell")

    def __init__(self, assignment: Assignment, question: Question) -> None:
        self.question = question
        self.tell = Teller(assignment.language)

    @property
    def alone(self) -> bool:
        """No other answer counts."""
        return True

    @property
    def plainly(self) -> None:
        """Never."""
        return None

    def rubric(self) -> tuple[Remark, ...]:
        """The lines of the rubric: they may say what the answer is."""
        return tuple(
            Remark(
                "solution",
                "person",
                self.tell.put("rubric", points=self.tell.ltr(exact(each.points)), text=each.text),
            )
            for each in self.question.rubric
        )
