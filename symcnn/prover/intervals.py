"""Bounds of exact numbers: intervals with rational or missing ends, and their arithmetic.

An interval here is a fact about every value a formula can take, never an enclosure of one value.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

_BITS = 1 << 14  # of an end that is raised to a power


class Interval(NamedTuple):
    """Every number between ``low`` and ``high``; None is no bound, an open end is excluded."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def positive(self) -> bool:
        """Every number in it is greater than 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def negative(self) -> bool:
        """Every number in it is less than 0."""
        return self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open))

    @property
    def nonnegative(self) -> bool:
        """No number in it is less than 0."""
        return self.low is not None and self.low >= 0

    @property
    def nonpositive(self) -> bool:
        """No number in it is greater than 0."""
        return self.high is not None and self.high <= 0

    @property
    def unbounded(self) -> bool:
        """Nothing is known."""
        return self.low is None and self.high is None

    @property
    def only_zero(self) -> bool:
        """It holds no other number than 0."""
        return self.low is not None and self.high is not None and not (self.low or self.high)

    @property
    def empty(self) -> bool:
        """No number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def contains(self, value: Fraction) -> bool:
        """The number lies in it."""
        if self.low is not None and (value < self.low or (value == self.low and self.low_open)):
            return False
        return self.high is None or (
            value < self.high or (value == self.high and not self.high_open)
        )


EVERYTHING = Interval()
NONNEGATIVE = Interval(Fraction(0))
POSITIVE = Interval(Fraction(0), None, True)


def point(value: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def whole(x: Interval) -> Interval:
    """The interval of the integers in ``x``: its ends become integers and closed.

    >>> whole(Interval(Fraction(0), Fraction(7, 2), True))
    Interval(low=Fraction(1, 1), high=Fraction(3, 1), low_open=False, high_open=False)
    """
    low = high = None
    if x.low is not None:
        low = Fraction(floor(x.low) + 1 if x.low_open else ceil(x.low))
    if x.high is not None:
        high = Fraction(ceil(x.high) - 1 if x.high_open else floor(x.high))
    return Interval(low, high)


def meet(x: Interval, y: Interval) -> Interval:
    """The numbers that lie in both."""
    low, low_open = x.low, x.low_open
    if y.low is not None and (low is None or y.low > low or (y.low == low and y.low_open)):
        low, low_open = y.low, y.low_open
    high, high_open = x.high, x.high_open
    if y.high is not None and (high is None or y.high < high or (y.high == high and y.high_open)):
        high, high_open = y.high, y.high_open
    return Interval(low, high, low_open, high_open)


def join(x: Interval, y: Interval) -> Interval:
    """The smallest interval around both."""
    low = high = None
    low_open = high_open = False
    if x.low is not None and y.low is not None:
        low = min(x.low, y.low)
        low_open = all(z.low_open for z in (x, y) if z.low == low)
    if x.high is not None and y.high is not None:
        high = max(x.high, y.high)
        high_open = all(z.high_open for z in (x, y) if z.high == high)
    return Interval(low, high, low_open, high_open)


def minus(x: Interval) -> Interval:
    """The interval of ``-x``."""
    low = None if x.high is None else -x.high
    return Interval(low, None if x.low is None else -x.low, x.high_open, x.low_open)


def plus(x: Interval, y: Interval) -> Interval:
    """The interval of ``x + y``."""
    if x.unbounded or y.unbounded:
        return EVERYTHING
    low = None if x.low is None or y.low is None else x.low + y.low
    high = None if x.high is None or y.high is None else x.high + y.high
    return Interval(low, high, x.low_open or y.low_open, x.high_open or y.high_open)


def times(x: Interval, y: Interval) -> Interval:
    """An interval that holds ``x * y``."""
    if x.only_zero or y.only_zero:
        return Interval(Fraction(0), Fraction(0))
    if x.unbounded or y.unbounded:
        return EVERYTHING
    if x.nonpositive and not x.nonnegative:
        return minus(times(minus(x), y))
    if y.nonpositive and not y.nonnegative:
        return minus(times(x, minus(y)))
    if x.low is not None and x.low >= 0 and y.low is not None and y.low >= 0:
        low = x.low * y.low
        low_open = (x.positive and y.positive) if low == 0 else (x.low_open or y.low_open)
        high = None if x.high is None or y.high is None else x.high * y.high
        high_open = bool(high) and (x.high_open or y.high_open)
        return Interval(low, high, low_open, high_open)
    if None in (x.low, x.high, y.low, y.high):
        return EVERYTHING
    corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)]  # type: ignore[operator]
    return Interval(min(corners), max(corners))


def inverse(x: Interval) -> Interval:
    """An interval that holds ``1 / x`` wherever it is defined."""
    if x.negative:
        return minus(inverse(minus(x)))
    if not x.positive:
        return NONNEGATIVE._replace(low_open=True) if x.nonnegative else EVERYTHING
    low = Fraction(0) if x.high is None else 1 / x.high
    high = 1 / x.low if x.low else None
    return Interval(low, high, x.high is None or x.high_open, x.low_open)


def power(x: Interval, exponent: int) -> Interval:
    """An interval that holds ``x ** exponent`` for a literal exponent."""
    if exponent < 0:
        return inverse(power(x, -exponent))
    if exponent == 0:
        return point(Fraction(1))
    if x.nonpositive and not x.nonnegative:
        folded = power(minus(x), exponent)
        return folded if exponent % 2 == 0 else minus(folded)
    if x.nonnegative and x.low is not None:
        if any(_long(end, exponent) for end in (x.low, x.high)):
            return Interval(x.low, None, x.low_open) if x.low >= 1 else _of_a_sign(x)
        high = None if x.high is None else x.high**exponent
        return Interval(x.low**exponent, high, x.low_open, x.high_open)
    if exponent % 2 == 0:
        return NONNEGATIVE
    return EVERYTHING


def _long(end: Fraction | None, exponent: int) -> bool:
    """The power of the end has more bits than a bound is worth."""
    if end is None:
        return False
    return exponent * max(end.numerator.bit_length(), end.denominator.bit_length()) > _BITS


def _of_a_sign(x: Interval) -> Interval:
    return POSITIVE if x.positive else NONNEGATIVE


def extreme(inner: list[Interval], greatest: bool) -> Interval:
    """The interval of the greatest, or least, of numbers in these"""
    if not greatest:
        return minus(extreme([minus(each) for each in inner], True))
    lows = [each for each in inner if each.low is not None]
    low = max(lows, key=lambda each: (each.low, each.low_open), default=EVERYTHING)
    bounded = all(each.high is not None for each in inner)
    high = max((each.high for each in inner if each.high is not None), default=None)
    return Interval(low.low, high if bounded else None, low.low_open)
