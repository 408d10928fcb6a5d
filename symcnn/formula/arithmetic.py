"""Sums, products, powers and comparisons of two numbers at work: exact where both are.

A value is an int, a proper Fraction, an Arb ball or Undefined; arrays come in ``array_meaning.py``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from math import gcd, isqrt
from typing import Any

from symcnn.formula.balls import ball, compare_balls, finite, root_of, sign_of
from symcnn.formula.evaluation import Evaluation, Finer, Work
from symcnn.formula.values import Undefined, Unevaluable

EXACT = (int, Fraction)
ORDER: dict[str, Callable[[Work, Work], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def ratio(numerator: int, denominator: int, at: Evaluation) -> int | Fraction:
    """The exact quotient of integers, as an int where it is one; the denominator is not 0."""
    common = gcd(numerator, denominator)
    if denominator < 0:
        common = -common
    if common != 1:
        numerator, denominator = numerator // common, denominator // common
    size = numerator.bit_length() + denominator.bit_length()
    if size > at.bits:
        at.admit(size)
    return numerator if denominator == 1 else proper(numerator, denominator)


def proper(numerator: int, denominator: int) -> Fraction:
    """The Fraction of coprime integers, denominator > 0: without the gcd of the constructor."""
    value: Any = object.__new__(Fraction)
    value._numerator = numerator
    value._denominator = denominator
    return value  # type: ignore[no-any-return]


def integer(value: Work) -> int | None:
    """The value as an integer, None where it surely is none; a ball around one leaves it open."""
    if type(value) is int:
        return value
    if isinstance(value, (Fraction, tuple)):
        return None
    if value.contains_integer():
        raise Finer
    return None


def plus(a: Work, b: Work, at: Evaluation) -> Work:
    """``a + b``."""
    if type(a) is int and type(b) is int:
        return a + b
    if isinstance(a, EXACT) and isinstance(b, EXACT):
        numerator = a.numerator * b.denominator + b.numerator * a.denominator
        return ratio(numerator, a.denominator * b.denominator, at)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    return ball(a, at) + ball(b, at)


def times(a: Work, b: Work, at: Evaluation) -> Work:
    """``a * b``; an exact 0 times a ball is 0."""
    if isinstance(a, EXACT) and isinstance(b, EXACT):
        at.admit(a.numerator.bit_length() + b.numerator.bit_length())
        return ratio(a.numerator * b.numerator, a.denominator * b.denominator, at)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    if (isinstance(a, int) and a == 0) or (isinstance(b, int) and b == 0):
        return 0
    return ball(a, at) * ball(b, at)


def inverse(a: Work, at: Evaluation) -> Work:
    """``1/a``."""
    if isinstance(a, EXACT):
        return ratio(a.denominator, a.numerator, at) if a else Undefined("division by zero")
    if type(a) is Undefined:
        return a
    return finite(1 / a) if sign_of(a) else Undefined("division by zero")


def sign(a: Work) -> int:
    """-1, 0 or 1."""
    return (a > 0) - (a < 0) if isinstance(a, EXACT) else sign_of(a)


def compare(op: str, a: Work, b: Work, at: Evaluation) -> bool | Undefined:
    """One of the six comparisons, between numbers."""
    if isinstance(a, EXACT) and isinstance(b, EXACT):
        return ORDER[op](a, b)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    return compare_balls(op, ball(a, at), ball(b, at))


def power(base: Work, exponent: Work, at: Evaluation) -> Work:
    """``base ** exponent``: x^0 = 1 for every x, 0 to a negative power is Undefined."""
    if type(base) is Undefined or type(exponent) is Undefined:
        return base if type(base) is Undefined else exponent
    if type(exponent) is int:
        return _integer_power(base, exponent, at)
    side = _known_sign(base, exponent)
    if side < 0:
        return Undefined("a negative number to a power that is no integer")
    if side == 0:
        return 0 if sign(exponent) > 0 else Undefined("zero to a negative power")
    if isinstance(exponent, Fraction):
        if isinstance(base, EXACT):
            exact = exact_root(base, exponent.denominator, at)
            if exact is not None:
                return _integer_power(exact, exponent.numerator, at)
        bounded = _integer_power(ball(base, at), abs(exponent.numerator), at)
        found = root_of(bounded, exponent.denominator)
        return found if exponent > 0 else finite(1 / found)
    if isinstance(base, int) and base == 1:
        return 1
    return finite(ball(base, at) ** exponent)


def _known_sign(base: Work, exponent: Work) -> int:
    side = sign(base)
    if side < 0:
        integer(exponent)
    return side


def _integer_power(base: Work, exponent: int, at: Evaluation) -> Work:
    if exponent == 0:
        return 1
    if exponent < 0:
        base, exponent = inverse(base, at), -exponent
        if type(base) is Undefined:
            return Undefined("division by zero")
    if isinstance(base, EXACT):
        numerator, denominator = base.numerator, base.denominator
        size = max(abs(numerator), denominator).bit_length() - 1
        if abs(numerator) > 1 or denominator > 1:
            at.admit(max(size, 1) * exponent)
            return base**exponent
        return numerator ** (2 - exponent % 2)
    if exponent.bit_length() > 60:
        raise Unevaluable(f"an exponent of {exponent.bit_length()} bits is beyond the budget")
    return finite(base**exponent)


def exact_root(value: int | Fraction, degree: int, at: Evaluation) -> int | Fraction | None:
    """The root of a number >= 0 where it is rational, else None."""
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if above is None or below is None else ratio(above, below, at)


def _whole_root(value: int, degree: int) -> int | None:
    if value < 2 or degree == 1:
        return value
    if degree >= value.bit_length():
        return None
    if degree == 2:
        found = isqrt(value)
        return found if found * found == value else None
    low, high = 1, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= value else (low, middle - 1)
    return low if low**degree == value else None
