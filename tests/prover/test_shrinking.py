"""The witness that is shown holds no more than the difference needs, and still is one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import Equation, Refuted
from symcnn.claims.statements import as_formula
from symcnn.formula.values import Family
from symcnn.prover import decide
from symcnn.prover.witness import value_at, values_differ
from symcnn.reading import read_given

CASES = [
    # one member decides
    ("x[0] + x[1]", "x[0] + x[2]", "x: indexed real", {"x": 1}),
    # a product of two families needs one member of each
    (
        "Sum(w[j]*x[j], (j, 0, 2))",
        "Sum(w[j]*x[j], (j, 0, 1))",
        "w, x: indexed real",
        {"w": 1, "x": 1},
    ),
    # members of a positive family cannot be left out where the support is declared
    ("n[0]*n[1]", "n[0]", "n: indexed positive integer support 0..1", {"n": 2}),
    # the sizes alone differ
    ("Vector([x[0]])", "Vector([x[0], x[1]])", "x: indexed real", {"x": 0}),
]


@pytest.mark.parametrize(("lhs", "rhs", "given", "members"), CASES)
def test_members_that_are_needed_stay(
    lhs: str, rhs: str, given: str, members: dict[str, int]
) -> None:
    granted = read_given(given)
    sides = as_formula(lhs, granted), as_formula(rhs, granted)
    verdict = decide(Equation(*sides), granted)
    assert isinstance(verdict, Refuted)
    point = dict(verdict.witness.values)
    families = {name: value for name, value in point.items() if isinstance(value, Family)}
    assert {name: len(value.members) for name, value in families.items()} == members
    assert values_differ(value_at(sides[0], point), value_at(sides[1], point))
    for name, value in families.items():
        for place in value.members:
            rest = {other: v for other, v in value.members.items() if other != place}
            trial = {**point, name: Family(rest, Fraction(0))}
            if "positive" not in given:
                assert not values_differ(value_at(sides[0], trial), value_at(sides[1], trial))
