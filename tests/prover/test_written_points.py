"""Points are read back from certificates as they were written, and only if they lie inside."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.errors import ParseError
from symcnn.formula.plain import plain_value
from symcnn.formula.values import ArrayValue, Family, PointValue, Polynomial
from symcnn.prover.written import written
from symcnn.prover.written_points import inside, read_point
from symcnn.reading import read
from tests.prover.ask import facts

VALUES: dict[str, PointValue] = {
    "n": Fraction(2),
    "a": Fraction(-7, 3),
    "x": Family({(0,): Fraction(1), (-2,): Fraction(1, 2)}, Fraction(0)),
    "y": Family({}, Fraction(3)),
    "W": Family({(0, 1): Fraction(2), (1, 1): Fraction(-1)}, Fraction(0)),
    "A": ArrayValue((2, 2), tuple(map(Fraction, (1, 0, -1, 2)))),
    "v": ArrayValue((2,), (Fraction(1, 2), Fraction(0))),
    "phi": Polynomial((Fraction(1), Fraction(-2), Fraction(0), Fraction(3))),
}


def test_what_is_written_is_read() -> None:
    text = ", ".join(f"{name} = {plain_value(value, name)}" for name, value in VALUES.items())
    formula = written("phi(a) + x[n] + y[0] + W[0, 1]")
    assert read_point(text, (formula,)) == VALUES


@pytest.mark.parametrize(
    "text",
    ["n = ", "n", "n = 1.5", "x[0] = 1, else 0", "x = x[0] = 1", "x = y[0] = 1, else 0", "n = m",
     "n = 1/0", "phi = t"],
)  # fmt: skip
def test_other_text_is_no_point(text: str) -> None:
    with pytest.raises((ValueError, ParseError)):
        read_point(text, ())


@pytest.mark.parametrize(
    ("assumed", "formula", "text", "fits"),
    [
        ("n: positive integer", "n", "n = 2", True),
        ("n: positive integer", "n", "n = 0", False),
        ("n: positive integer", "n", "n = 1/2", False),
        ("x: real; x > 3", "x", "x = 4", True),
        ("x: real; x > 3", "x", "x = 3", False),
        ("n: integer; 2 divides n", "n", "n = 3", False),
        ("n: integer", "n + m", "n = 3", False),
        ("x: indexed positive real", "x[0]", "x = x[0] = 1, else 2", True),
        ("x: indexed positive real", "x[0]", "x = x[0] = 1, else 0", False),
        ("x: indexed real support 0..2", "x[0]", "x = x[2] = 1, else 0", True),
        ("x: indexed real support 0..2", "x[0]", "x = x[3] = 1, else 0", False),
        ("x: indexed real support 0..2", "x[0]", "x = x[2] = 1, else 1", False),
        ("A: matrix n x n; n: positive integer", "A", "n = 1, A = Matrix([[3]])", True),
        ("A: matrix n x n; n: positive integer", "A", "n = 2, A = Matrix([[3]])", False),
        ("x: real", "x", "x = x[0] = 1, else 0", False),
    ],
)
def test_a_point_has_to_lie_inside(assumed: str, formula: str, text: str, fits: bool) -> None:
    known = facts(assumed, formula)
    sides = (read(formula).formula,)
    assert inside(read_point(text, sides), known, sides) is fits
