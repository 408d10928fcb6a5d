"""Formulas that answers are compared with: a key, a convention, a key for one's own value.

Each is made ready once and knows whether a formula equals it, exactly or within a tolerance.
Nothing here knows points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from symcnn.errors import AuthorError, ParseError
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.formula.values import Ball, Undefined, Unevaluable
from symcnn.grader.assignment import Assignment, Question
from symcnn.prover.points import BUDGET
from symcnn.reading import Reading, read, read_given
from symcnn.verifying.checker import Checker

Number: TypeAlias = Fraction | Ball


@frozen
class Tolerance:
    """How far a number may be off: by ``size``, or by that share of the right number."""

    size: Fraction
    relative: bool = False

    def around(self, value: Number) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """Two lower ends, then two upper ones: certainly inside between the inner ones.

        >>> [str(each) for each in Tolerance(Fraction(1, 10), relative=True).around(Fraction(-5))]
        ['-11/2', '-11/2', '-9/2', '-9/2']
        """
        low, high = (value.low, value.high) if isinstance(value, Ball) else (value, value)
        off = self.size, self.size
        if self.relative:
            nearest = min(abs(low), abs(high)) if (low > 0) == (high > 0) else Fraction(0)
            off = self.size * nearest, self.size * max(abs(low), abs(high))
        return low - off[1], high - off[0], low + off[0], high + off[1]


def read_tolerance(text: str) -> Tolerance | None:
    """The tolerance that a text such as ``0.01`` or ``1%`` means, None for an empty one.

    Raises AuthorError.

    >>> read_tolerance("1%"), read_tolerance("1/2") == Tolerance(Fraction(1, 2))
    (Tolerance(size=Fraction(1, 100), relative=True), True)
    """
    shown = text.strip().lstrip("±").strip()
    if not shown:
        return None
    relative = shown.endswith(("%", "٪"))
    try:
        value = number(read(shown[:-1] if relative else shown).formula)
    except ParseError as error:
        raise AuthorError(f"the tolerance {text!r} is no number: write 0.01 or 1%") from error
    if not isinstance(value, Fraction) or value < 0:
        raise AuthorError(f"the tolerance {text!r} is no number from 0 on: write 0.01 or 1%")
    return Tolerance(value / 100 if relative else value, relative)


def number(formula: Formula) -> Number | Undefined | None:
    """The value of closed arithmetic; None where it has names, is too long, or is no number."""
    if free_names(formula):
        return None
    try:
        value = evaluate(formula, {}, budget=BUDGET)
    except Unevaluable:
        return None
    return value if isinstance(value, (Fraction, Ball, Undefined)) else None


class Reference:
    """A formula with its domains, and what equals it.

    >>> third = Reference(read("1/3").formula, Given(), Tolerance(Fraction(1, 100)))
    >>> [third.kind(read(each).formula) for each in ("0.33", "0.3")]
    ['proved', 'refuted']
    """

    __slots__ = ("checker", "ends", "formula", "given", "tolerance")

    def __init__(self, formula: Formula, given: Given, tolerance: Tolerance | None = None) -> None:
        self.formula = formula
        self.given = given
        self.tolerance = tolerance
        self.checker = Checker(formula, given, feedback="solution")
        self.ends: tuple[Fraction, Fraction, Fraction, Fraction] | None = None
        if tolerance is not None:
            value = number(formula)
            if isinstance(value, (Fraction, Ball)):
                self.ends = tolerance.around(value)

    def kind(self, formula: Formula) -> str:
        """ "proved", "refuted", "undecided" or "invalid".

        Where the assumptions leave nothing once the formula is in it, nothing is decided.
        """
        if self.tolerance is not None:
            return self._near(formula)
        try:
            return self.checker.check(Reading("", "plain", formula)).kind
        except AuthorError:
            return "undecided"

    def _near(self, formula: Formula) -> str:
        value = number(formula)
        if isinstance(value, Undefined):
            return "invalid"
        if value is None or self.ends is None:
            return "undecided"
        low, high = (value.low, value.high) if isinstance(value, Ball) else (value, value)
        outer, least, most, last = self.ends
        if least <= low and high <= most:
            return "proved"
        return "refuted" if high < outer or low > last else "undecided"

    @property
    def text(self) -> str:
        """The formula in plain text."""
        return plain(self.formula)


def granted(assignment: Assignment, question: Question) -> Given:
    """Domains and relations of a question: the assignment's, then its own, which come first.

    >>> whole = Assignment("A", (), given="K: integer")
    >>> granted(whole, Question("a", "formula", given="K: integer >= 2")).domain("K").low
    Rational(2)
    """
    return read_given("\n".join(each for each in (assignment.given, question.given) if each))


def read_key(text: str, given: Given) -> Formula:
    """A key that has one reading. Raises AuthorError and ParseError."""
    reading = read(text, given)
    if reading.alternatives:
        raise AuthorError(f"the key {text!r} has two readings: write a point as the decimal mark")
    return reading.formula
