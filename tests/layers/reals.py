"""Values of formulas with roots and exponentials, as floats."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from symcnn.claims import Equation, Verdict
from symcnn.formula import Formula
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Ball, Family
from symcnn.prover import decide
from symcnn.prover.statements import settle
from symcnn.reading import read_given
from tests.layers.values import WIDE, family


def middle(value: Any) -> float:
    """A number, or the middle of the ball that encloses it."""
    if isinstance(value, Ball):
        assert value.high - value.low < Fraction(1, 10**9)
        return float((value.low + value.high) / 2)
    assert isinstance(value, Fraction), value
    return float(value)


def real(formula: Formula, **names: Any) -> Any:
    """The value as a float, an array as a NumPy array of floats."""
    point = {
        name: value if isinstance(value, Fraction | Family) else
        Fraction(value) if isinstance(value, int) else family(value)
        for name, value in names.items()
    }  # fmt: skip
    value = evaluate(formula, point, budget=WIDE)
    if isinstance(value, ArrayValue):
        return np.array([middle(each) for each in value.entries]).reshape(value.shape)
    return middle(value)


def judged(lhs: Any, rhs: Any, given: str = "", needs: str = "") -> str:
    """The kind of the prover's verdict on ``lhs = rhs``."""
    return settle(Equation(lhs, rhs), read_given(given or {}), read_given(needs or {})).kind


def decided(lhs: Any, rhs: Any, given: str, needs: str = "") -> Verdict:
    """The whole verdict on ``lhs = rhs``."""
    return decide(Equation(lhs, rhs), read_given(given), read_given(needs or {}))
