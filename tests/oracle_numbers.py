"""Numbers of the text oracle: exact Fractions, and enclosures where roots, exp, ... appear.

Enclosures come from mpmath at 90 digits and are widened far beyond its rounding error; symcnn gets
its own from FLINT, so the two share no code. Nothing here knows formulas.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import NamedTuple

from mpmath import MPContext

_DIGITS = 90
_PAD = Fraction(1, 10**70)
_BITS = 700  # enclosures with longer denominators are rounded outwards
_LARGEST_EXPONENT = 4000


class CannotEvaluate(Exception):
    """The oracle does not know the value: too large, too close to call, or not its language."""


class NoValue(Exception):
    """There is no value here: a division by zero, the root of a negative number, ..."""


class Approx(NamedTuple):
    """A real number in ``[low, high]``."""

    low: Fraction
    high: Fraction


Number = Fraction | Approx


def _span(x: Number) -> tuple[Fraction, Fraction]:
    return (x.low, x.high) if isinstance(x, Approx) else (x, x)


def _enclosure(low: Fraction, high: Fraction) -> Approx:
    if max(low.denominator.bit_length(), high.denominator.bit_length()) > _BITS:
        scale = 1 << _BITS
        return Approx(Fraction(low * scale // 1, scale), Fraction(-(-high * scale // 1), scale))
    return Approx(low, high)


def plus(x: Number, y: Number) -> Number:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x + y
    (a, b), (c, d) = _span(x), _span(y)
    return _enclosure(a + c, b + d)


def times(x: Number, y: Number) -> Number:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x * y
    if x == 0 or y == 0:
        return Fraction(0)
    ends = [a * b for a in _span(x) for b in _span(y)]
    return _enclosure(min(ends), max(ends))


def inverse(x: Number) -> Number:
    if isinstance(x, Fraction):
        if x == 0:
            raise NoValue("division by zero")
        return 1 / x
    if sign(x) == 0:
        raise NoValue("division by zero")
    return _enclosure(1 / x.high, 1 / x.low)


def sign(x: Number) -> int:
    """-1, 0 or 1; an enclosure around 0 is too close to call."""
    low, high = _span(x)
    if low > 0:
        return 1
    if high < 0:
        return -1
    if low == high == 0:
        return 0
    raise CannotEvaluate("an enclosure contains zero")


def compare(x: Number, y: Number) -> int:
    """The sign of ``x - y``."""
    return sign(plus(x, times(Fraction(-1), y)))


def floor(x: Number) -> Fraction:
    low, high = _span(x)
    if low // 1 != high // 1:
        raise CannotEvaluate("an enclosure contains an integer")
    return Fraction(low // 1)


def absolute(x: Number) -> Number:
    low, high = _span(x)
    if low < 0 < high:
        return Approx(Fraction(0), max(-low, high))
    return x if low >= 0 else times(Fraction(-1), x)


def largest(x: Number, y: Number) -> Number:
    (a, b), (c, d) = _span(x), _span(y)
    low, high = max(a, c), max(b, d)
    return low if isinstance(x, Fraction) and isinstance(y, Fraction) else Approx(low, high)


def integer(x: Number) -> int:
    """The integer that x is; anything else has no value where this is asked."""
    if isinstance(x, Fraction):
        if x.denominator == 1:
            return x.numerator
        raise NoValue(f"{x} is not an integer")
    low, high = _span(x)
    if -(-low // 1) > high // 1:
        raise NoValue("a number that is not an integer")
    raise CannotEvaluate("an enclosure that may be an integer")


def _integer_root(n: int, k: int) -> int | None:
    """The exact k-th root of n >= 0, if it is an integer."""
    if k == 2:
        root = isqrt(n)
    else:
        low, high = 0, 1 << (n.bit_length() // k + 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if middle**k <= n else (low, middle - 1)
        root = low
    return root if root**k == n else None


def nth_root(x: Number, n: int) -> Number:
    """The real n-th root, n >= 1: of negative numbers too where n is odd."""
    if n < 1:
        raise NoValue("a root is of a positive integer order")
    if n == 1:
        return x
    s = sign(x)
    if s < 0:
        if n % 2 == 0:
            raise NoValue("an even root of a negative number")
        return times(Fraction(-1), nth_root(times(Fraction(-1), x), n))
    if isinstance(x, Fraction):
        top, bottom = _integer_root(x.numerator, n), _integer_root(x.denominator, n)
        if top is not None and bottom is not None:
            return Fraction(top, bottom)
    return _monotone(lambda c, y: c.root(y, n), x, relative=True)


def power(base: Number, exponent: Number) -> Number:
    if isinstance(exponent, Fraction):
        if exponent.denominator == 1:
            return _integer_power(base, exponent.numerator)
        s = sign(base)
        if s < 0:
            raise NoValue("a fractional power of a negative number")
        if s == 0:
            if exponent < 0:
                raise NoValue("zero to a negative power")
            return Fraction(0)
        return _integer_power(nth_root(base, exponent.denominator), exponent.numerator)
    s = sign(base)
    if s < 0:
        raise NoValue("an irrational power of a negative number")
    if s == 0:
        if sign(exponent) < 0:
            raise NoValue("zero to a negative power")
        return Fraction(0)
    return exponential(times(exponent, logarithm(base)))


def _integer_power(base: Number, n: int) -> Number:
    if n == 0:
        return Fraction(1)
    if n < 0:
        return inverse(_integer_power(base, -n))
    if isinstance(base, Fraction):
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if size > 1 and n * size > 20 * _LARGEST_EXPONENT:
            raise CannotEvaluate("a number beyond the size limit")
        return base**n
    if n > _LARGEST_EXPONENT:
        raise CannotEvaluate("a number beyond the size limit")
    low, high = base
    if low < 0 < high and n % 2 == 0:
        return _enclosure(Fraction(0), max(low**n, high**n))
    ends = (low**n, high**n)
    return _enclosure(min(ends), max(ends))


@lru_cache(maxsize=1)
def _context() -> MPContext:
    """One for this process; its precision is set here and nowhere else."""
    context = MPContext()
    context.dps = _DIGITS
    return context


def _fraction(value: object) -> Fraction:
    s, mantissa, exponent, _ = value._mpf_  # type: ignore[attr-defined]
    exact = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -exact if s else exact


def _monotone(f, x: Number, relative: bool = False) -> Approx:  # type: ignore[no-untyped-def]
    """The image of an increasing function, from its values at the two ends."""
    context = _context()
    ends = []
    for end, outward in zip(_span(x), (-1, 1), strict=True):
        if abs(end) > 10**5:
            raise CannotEvaluate("a number beyond the size limit")
        y = _fraction(f(context, context.mpf(end.numerator) / end.denominator))
        ends.append(y + outward * _PAD * (abs(y) if relative else 1 + abs(y)))
    return _enclosure(*ends)


def exponential(x: Number) -> Number:
    if x == 0:
        return Fraction(1)
    low, high = _span(x)
    if max(abs(low), abs(high)) > 400:
        raise CannotEvaluate("a number beyond the size limit")
    return _monotone(lambda c, y: c.exp(y), x, relative=True)


def logarithm(x: Number) -> Number:
    if sign(x) <= 0:
        raise NoValue("the logarithm of a number that is not positive")
    return Fraction(0) if x == 1 else _monotone(lambda c, y: c.log(y), x)


def logarithm_to(x: Number, base: Number) -> Number:
    """``log(x)/log(base)``, exact where x is a small integer power of the base."""
    bottom = logarithm(base)
    top = logarithm(x)
    if isinstance(x, Fraction) and isinstance(base, Fraction) and base != 1:
        for n in range(-40, 41):
            if base**n == x:
                return Fraction(n)
    return times(top, inverse(bottom))


def tanh(x: Number) -> Number:
    return Fraction(0) if x == 0 else _monotone(lambda c, y: c.tanh(y), x)


def erf(x: Number) -> Number:
    return Fraction(0) if x == 0 else _monotone(lambda c, y: c.erf(y), x)


def sigmoid(x: Number) -> Number:
    return inverse(plus(Fraction(1), exponential(times(Fraction(-1), x))))


def _wave(name: str, x: Number) -> Approx:
    """sin or cos: the value at the middle, give or take the radius (the slope is at most 1)."""
    low, high = _span(x)
    middle, radius = (low + high) / 2, (high - low) / 2
    if abs(middle) > 10**5:
        raise CannotEvaluate("a number beyond the size limit")
    context = _context()
    y = _fraction(getattr(context, name)(context.mpf(middle.numerator) / middle.denominator))
    return _enclosure(y - radius - _PAD, y + radius + _PAD)


def sine(x: Number) -> Number:
    return Fraction(0) if x == 0 else _wave("sin", x)


def cosine(x: Number) -> Number:
    return Fraction(1) if x == 0 else _wave("cos", x)


def circle() -> Approx:
    y = _fraction(+_context().pi)
    return Approx(y - _PAD, y + _PAD)
