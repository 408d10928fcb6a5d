"""Real numbers as Arb balls: made from exact numbers, compared, and handed out as enclosures.

Every ball holds the number it stands for, whatever the precision. What the balls stand for is said
in ``meaning.py``; a question that overlapping balls leave open raises `Finer`.
"""

from __future__ import annotations

from _thread import RLock  # that of threading, without the rest of it
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from symcnn.formula.evaluation import Evaluation, Finer, Work
from symcnn.formula.values import Ball, Unevaluable

# Arb's precision is one number per process.
_LOCK = RLock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Arb works with this many bits inside; one thread at a time, and restored afterwards."""
    from flint import ctx

    with _LOCK:
        before = ctx.prec
        ctx.prec = bits
        try:
            yield
        finally:
            ctx.prec = before


def ball(value: Work, at: Evaluation) -> Any:
    """A ball that holds the exact number; a ball is itself."""
    if not isinstance(value, (int, Fraction)):
        return value
    if not at.precision:
        raise Finer
    from flint import arb, fmpq

    return arb(fmpq(value.numerator, value.denominator))


def ball_between(value: Ball, precision: int) -> Any:
    """A ball that holds a public enclosure."""
    if not precision:
        raise Finer
    from flint import arb, fmpq

    low, high = (arb(fmpq(end.numerator, end.denominator)) for end in value)
    return low.union(high)


def finite(value: Any) -> Any:
    """The ball, if it bounds its number at all."""
    if not value.is_finite():
        raise Finer
    return value


def enclosure(value: Any, at: Evaluation) -> Ball:
    """The ball as exact ends: middle minus and plus radius, without any rounding."""
    middle, radius = (_dyadic(part, at) for part in (finite(value).mid(), value.rad()))
    return Ball(middle - radius, middle + radius)


def _dyadic(value: Any, at: Evaluation) -> Fraction:
    mantissa, exponent = (int(part) for part in value.man_exp())
    at.admit(abs(exponent) + mantissa.bit_length())
    return Fraction(mantissa << exponent) if exponent > 0 else Fraction(mantissa, 1 << -exponent)


def sign_of(value: Any) -> int:
    """-1, 0 or 1 for the sign of the number in the ball."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    raise Finer


def floor_of(value: Any) -> int:
    """The greatest integer below or at the number in the ball."""
    down = finite(value).floor()
    whole = down.unique_fmpz()
    if whole is None:
        raise Finer
    return int(whole)


def compare_balls(op: str, a: Any, b: Any) -> bool:
    """``a op b`` for the numbers in the balls."""
    if a < b:
        order = -1
    elif a > b:
        order = 1
    elif a.is_exact() and b.is_exact() and a == b:
        order = 0
    elif op in ("<=", ">") and a <= b:
        return op == "<="
    elif op in ("<", ">=") and a >= b:
        return op == ">="
    else:
        raise Finer
    return _HOLDS[op](order)


_HOLDS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def sigmoid_of(value: Any) -> Any:
    """``1/(1 + exp(-x))``; the denominator is above 1."""
    return 1 / (1 + (-value).exp())


def root_of(value: Any, degree: int) -> Any:
    """The real root of a positive number, of degree >= 2."""
    if degree.bit_length() > 60:
        raise Unevaluable(f"a root of degree {degree} is beyond what is computed")
    return finite(value.root(degree))
