"""Activations in straight and quadratic pieces: hard sigmoid and hard swish."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symcnn.formula.conditions import And, Cases, Compare
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.activations import ONE, ZERO, Activation


@dataclass(frozen=True, slots=True)
class Hardsigmoid(Activation):
    """``min(max(x + 3, 0), 6)/6``; the derivative at -3 and at 3 is 0.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(evaluate(Hardsigmoid().value(x), {})) for x in (-4, 0, 1, 4)]
    ['0', '1/2', '2/3', '1']
    """

    def value(self, x: Operand) -> Formula:
        return Call("min", (Call("max", (formula(x) + 3, ZERO)), formula(6))) / 6

    def derivative(self, x: Operand) -> Formula:
        inside = And((Compare("<", -3, x), Compare("<", x, 3)))
        return Cases(((formula(Fraction(1, 6)), inside),), ZERO)

    @property
    def low(self) -> Formula:
        return ZERO

    @property
    def high(self) -> Formula:
        return ONE

    @property
    def lipschitz(self) -> Formula:
        return formula(Fraction(1, 6))

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        return ((formula(-3), ZERO), (formula(3), ZERO))


@dataclass(frozen=True, slots=True)
class Hardswish(Activation):
    """``x*hardsigmoid(x)``; at -3 and at 3 the derivative is that of the straight piece, 0 and 1.

    Source: Howard et al., "Searching for MobileNetV3" (2019). It is least at x = -3/2, -3/8.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(evaluate(Hardswish().value(x), {})) for x in (-3, Fraction(-3, 2), 1, 5)]
    ['0', '-3/8', '2/3', '5']
    """

    def value(self, x: Operand) -> Formula:
        return x * Hardsigmoid().value(x)

    def derivative(self, x: Operand) -> Formula:
        at = formula(x)
        branches = ((ZERO, Compare("<=", at, -3)), (at / 3 + Fraction(1, 2), Compare("<", at, 3)))
        return Cases(branches, ONE)

    @property
    def low(self) -> Formula:
        return formula(Fraction(-3, 8))

    @property
    def lipschitz(self) -> Formula:
        return formula(Fraction(3, 2))

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        return ((formula(-3), ZERO), (formula(3), ONE))
