"""Arrays by a rule, written out: equal to the rule, and only where they are small."""

from __future__ import annotations

import pytest

from symcnn.formula.plain import plain
from symcnn.grader.assignments.written_out import written_out
from symcnn.reading import read, read_given
from symcnn.verifying.checker import Checker

GIVEN = read_given("w, x: indexed real; n: positive integer")


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        (
            "Array((2, 3), (o, i), Sum(w[j]*Bracket(i = o + j), (j, 0, 1)))",
            "Matrix([[w[0], w[1], 0], [0, w[0], w[1]]])",
        ),
        ("Array((2,), (i,), x[2*i + 1]*(n + 1 - 0*n))", None),
        (
            "Matrix([[1, 0], [w[0], 1]])*Array((2,), (i,), x[i + 1])",
            "Vector([x[1], w[0]*x[1] + x[2]])",
        ),
        ("Array((2,), (i,), Sum(x[j]*Bracket(j < 0), (j, 0, 3)))", "Vector([0, 0])"),
    ],
)
def test_it_is_equal_to_its_rule(rule: str, table: str | None) -> None:
    formula = read(rule, GIVEN).formula
    found = written_out(formula, GIVEN)
    assert found is not None
    assert Checker(found, GIVEN).check(formula).kind == "proved"
    if table is not None:
        assert plain(found) == table


@pytest.mark.parametrize(
    "other",
    [
        "Array((n,), (i,), x[i])",
        "Array((7, 7), (i, j), x[i + j])",
        "Array((2, 2, 2), (i, j, k), x[i + j + k])",
        "Array((1/2,), (i,), x[i])",
        "Matrix([[1, 2]])*Array((3,), (i,), x[i])",
        "x[1] + 1",
        "Matrix([[w[0], 0], [0, w[0]]])",
    ],
)
def test_everything_else_is_left_alone(other: str) -> None:
    assert written_out(read(other, GIVEN).formula, GIVEN) is None
