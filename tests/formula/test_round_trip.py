"""What is printed as plain text is read back to an equal formula, for every node."""

import pytest
from hypothesis import HealthCheck, example, given, settings

from symcnn.formula import (
    Add,
    Bracket,
    Call,
    Compare,
    Index,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    Unknown,
    negative,
    table,
)
from symcnn.formula.plain import plain
from symcnn.reading import read

from .strategies import GIVEN, statements

x, y, i = Symbol("x"), Symbol("K"), Symbol("i")


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(statements())
@example(Mul((Rational(-1), Rational(3))))
@example(negative(Mul((Rational(-3), x))))
@example(Mul((Pow(x, Rational(-1)), y)))
@example(Add((Add((x, y)), negative(x - y))))
@example(Mul((x, negative(y), Rational(-2))))
def test_reading_what_is_printed(formula):
    text = plain(formula)
    assert read(text, GIVEN).formula == formula, text


@pytest.mark.parametrize(
    "formula",
    [
        Call("floor", ((x + 2 * y - 3) / Symbol("S"),)) + 1,
        Sum(Index("W", (i, i + 1)) * Bracket(Compare("=", i, 2 * y)), "i"),
        Unknown("phi", (x,), (2,)),
        Unknown("f", (x, y), (1, 0)) + Unknown("f", (x, y)),
        table([[1, x], [y, 0]]) * table([x, y]),
    ],
)
def test_without_declarations(formula):
    assert read(plain(formula)).formula == formula
