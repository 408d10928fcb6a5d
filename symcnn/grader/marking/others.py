"""Answers that no formula is compared with: work for a person, and statements without points."""

from __future__ import annotations

from collections.abc import Mapping

from symcnn.grader.marking.by_itself import ByItself
from symcnn.grader.marking.finding import NONE, Finding
from symcnn.grader.marking.normal import text_group
from symcnn.grader.marks import Mark, Remark


def exact(points: object) -> str:
    """Points as they are written: ``2.5``, or ``7/3`` where the decimals do not end.

    >>> from fractions import Fraction
    >>> exact(Fraction(5, 2)), exact(Fraction(7, 3)), exact(Fraction(2))
    ('2.5', '7/3', '2')
    """
    from fractions import Fraction

    value = Fraction(str(points))
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    whole, places = value, 0
    while whole.denominator != 1:
        whole, places = whole * 10, places + 1
    digits = str(abs(whole.numerator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class Manual(ByItself):
    """For a person from the start, with the lines of the rubric."""

    __slots__ = ()

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """Open."""
        del earlier
        if not detail:
            return Finding("manual", None)
        told = self.tell.remark("readable", "person", "person")
        return Finding("manual", None, "", (told, *self.solution()), "", text_group(text))

    def solution(self) -> tuple[Remark, ...]:
        """The rubric: it may say what the answer is."""
        key = self.question.key
        first = (Remark("solution", "key", self.tell.put("key-text", text=key)),) if key else ()
        lines = (
            Remark(
                "solution",
                "person",
                self.tell.put("rubric", points=self.tell.ltr(exact(each.points)), text=each.text),
            )
            for each in self.question.rubric
        )
        return (*first, *lines)


class Statement(ByItself):
    """Recorded: who helped, which sources were used."""

    __slots__ = ()

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """No points, and never open."""
        del text, earlier
        told = (self.tell.remark("readable", "note", "statement"),) if detail else ()
        return Finding("statement", NONE, "", told)

    def solution(self) -> tuple[Remark, ...]:
        """There is none."""
        return ()
