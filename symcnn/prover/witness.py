"""The smallest point at which two formulas differ, evaluated exactly or in disjoint balls."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from symcnn.claims.verdict import Witness
from symcnn.formula.meaning import Budget, evaluate
from symcnn.formula.nodes import Formula
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Point,
    PointValue,
    Scalar,
    Undefined,
    Unevaluable,
    Value,
)
from symcnn.prover.points import BUDGET
from symcnn.prover.work import Work

STEP = 12  # units of work for one term of a sum or entry of an array


class Seen(NamedTuple):
    """What sampling met: a difference, an admissible point, and points where lhs alone fails."""

    difference: Witness | None = None
    admissible: Witness | None = None
    undefined: tuple[Witness, ...] = ()
    tried: int = 0


NOTHING = Seen()


def value_at(
    f: Formula, point: Point, budget: Budget = BUDGET, work: Work | None = None
) -> Value | Undefined | None:
    """The value, or None where the budget ends first. Raises `Spent` at the end of the work."""
    try:
        if work is None:
            return evaluate(f, point, budget=budget)
        return evaluate(f, point, budget=budget, meter=lambda steps: work.spend(STEP * (steps + 2)))
    except Unevaluable:
        return None


def differ(a: Scalar, b: Scalar) -> bool:
    """The numbers are certainly different.

    >>> differ(Ball(Fraction(1), Fraction(2)), Fraction(3))
    True
    """
    if type(a) is Fraction and type(b) is Fraction:
        return a != b
    if isinstance(a, Undefined) or isinstance(b, Undefined):
        return False
    (low, high), (least, most) = _ends(a), _ends(b)
    return high < least or most < low


def _ends(x: Fraction | Ball) -> tuple[Fraction, Fraction]:
    return (x.low, x.high) if isinstance(x, Ball) else (x, x)


def defined(value: Value | Undefined | None) -> bool:
    """There is a value, and an array has all its entries."""
    if isinstance(value, ArrayValue):
        return not any(isinstance(entry, Undefined) for entry in value.entries)
    return value is not None and not isinstance(value, Undefined)


def values_differ(a: Value | Undefined | None, b: Value | Undefined | None) -> bool:
    """Both are defined somewhere and certainly differ: in shape, or in an entry of both."""
    if a is None or b is None or isinstance(a, Undefined) or isinstance(b, Undefined):
        return False
    if isinstance(a, ArrayValue) and isinstance(b, ArrayValue):
        if a.shape != b.shape:
            return True
        return any(differ(x, y) for x, y in zip(a.entries, b.entries, strict=True))
    if isinstance(a, ArrayValue) or isinstance(b, ArrayValue):
        return True
    return differ(a, b)


def lacks(a: Value | Undefined | None, b: Value | Undefined | None) -> bool:
    """``a`` has no value (or lacks an entry) where ``b`` has one."""
    if a is None or b is None or isinstance(b, Undefined):
        return False
    if isinstance(a, Undefined):
        return defined(b)
    if isinstance(a, ArrayValue) and isinstance(b, ArrayValue) and a.shape == b.shape:
        return any(
            isinstance(x, Undefined) and not isinstance(y, Undefined)
            for x, y in zip(a.entries, b.entries, strict=True)
        )
    return False


def witness(
    point: dict[str, PointValue],
    lhs: Value | Undefined | None = None,
    rhs: Value | Undefined | None = None,
) -> Witness:
    """The point with what both sides are worth there."""
    return Witness(tuple(point.items()), lhs, rhs)


def compare(
    lhs: Formula,
    rhs: Formula,
    points: Iterable[dict[str, PointValue]],
    before: Seen = NOTHING,
    *,
    first: bool = False,
    budget: Budget = BUDGET,
    work: Work | None = None,
) -> Seen:
    """Evaluate both sides point by point until they differ; ``first``: or both are defined.

    What was seen ``before``, at other points, is kept.
    """
    _, admissible, lacking, tried = before
    undefined = list(lacking)
    for point in points:
        tried += 1
        b = value_at(rhs, point, budget, work)
        if b is None or isinstance(b, Undefined):
            continue
        a = value_at(lhs, point, budget, work)
        if values_differ(a, b):
            return Seen(witness(point, a, b), admissible, tuple(undefined), tried)
        if lacks(a, b):
            undefined.append(witness(point, a, b))
        elif admissible is None and defined(a) and defined(b):
            admissible = witness(point, a, b)
            if first:
                break
    return Seen(None, admissible, tuple(undefined), tried)
