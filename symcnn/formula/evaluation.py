"""What one evaluation carries: its budget, the values of names, and the precision it works at.

An exact number at work is an ``int``, or a ``Fraction`` where it is no integer; an enclosure is an
Arb ball. What a node
means is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from symcnn.formula.nodes import Formula
from symcnn.formula.values import ArrayValue, Ball, Point, PointValue, Undefined, Unevaluable

# int | Fraction | flint.arb | ArrayValue of these | Undefined; flint is imported only when needed.
Work: TypeAlias = Any
Rule: TypeAlias = Callable[[Any, "Evaluation"], Work]
Rules: TypeAlias = tuple[Mapping[type[Formula], Rule], Mapping[type[Formula], Rule]]


class Budget(NamedTuple):
    """How far an evaluation may go; a count and never a clock, so it ends alike everywhere.

    ``steps`` counts terms of sums and products and entries of arrays; ``bits`` is the size of the
    largest number that is built; ``precisions`` are the bits of the balls, tried in this order
    until every comparison is decided.
    """

    steps: int = 200_000
    bits: int = 131_072
    precisions: tuple[int, ...] = (96, 320, 1280)


DEFAULT = Budget()


class Finer(Exception):
    """A decision needs balls, or narrower ones than this pass has: the next precision is tried."""


class Evaluation:
    """One pass over a formula at a point. ``precision`` 0 means that no ball may be made.

    ``values`` and ``truths`` hold the rule for every node; ``symbols`` has the bound variables too.
    """

    __slots__ = ("bits", "point", "precision", "steps", "symbols", "truths", "values")

    def __init__(self, point: Point, budget: Budget, precision: int, rules: Rules) -> None:
        self.values, self.truths = rules
        self.point = point
        self.steps = budget.steps
        self.bits = budget.bits
        self.precision = precision
        self.symbols: dict[str, Work] = {
            name: _at_work(name, value, precision) for name, value in point.items()
        }

    def spend(self, steps: int) -> None:
        """Take steps from the budget, before they are walked."""
        self.steps -= steps
        if self.steps < 0:
            raise Unevaluable("the sums and arrays have more terms than the budget allows")

    def admit(self, bits: int) -> None:
        """Refuse a number of more bits than the budget allows, before it is built."""
        if bits > self.bits:
            raise Unevaluable(f"a number of about {bits} bits is beyond the budget of {self.bits}")


def _at_work(name: str, value: PointValue, precision: int) -> Work:
    if isinstance(value, (Fraction, int)):
        return value.numerator if value.denominator == 1 else value
    if isinstance(value, ArrayValue):
        return ArrayValue(value.shape, tuple(number_at_work(x, precision) for x in value.entries))
    if isinstance(value, tuple):
        return Undefined(f"{name} is a {type(value).__name__.lower()} here, not a number")
    raise TypeError(f"{name}: {value!r} is no value of a point")


def number_at_work(value: Work, precision: int) -> Work:
    """A scalar value as a number at work."""
    if isinstance(value, Ball):
        from symcnn.formula.balls import ball_between

        return ball_between(value, precision)
    if isinstance(value, Undefined):
        return value
    return value.numerator if value.denominator == 1 else value
