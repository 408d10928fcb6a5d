"""Families whose bounds are formulas in other names: no point leaves them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import Refuted, Relation
from symcnn.formula.values import Family
from symcnn.prover import decide
from symcnn.prover.domains import Facts
from symcnn.prover.points import Sampler
from symcnn.reading import read, read_given

GIVEN = "eps: real in (0, 1); w: indexed real in [eps - 1, 1 - eps]"


def test_every_point_keeps_the_family_within_its_bounds() -> None:
    given = read_given(GIVEN)
    formula = read("w[1] + eps", given).formula
    points = list(Sampler(Facts(given, (formula,)), (formula,)).points())
    assert len(points) > 50
    for point in points:
        family, most = point["w"], 1 - point["eps"]
        assert isinstance(family, Family) and isinstance(most, Fraction)
        values = (*family.members.values(), family.otherwise)
        assert all(-most <= value <= most for value in values)
    assert any(len(set(point["w"].members.values())) > 1 for point in points)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("w[1] <= 1 - eps", GIVEN),
        ("abs(w[1]) <= 1", GIVEN),
        ("Prod(w[i]^2, (i, 1, n)) <= 1", GIVEN + "; n: nonnegative integer"),
        ("w[2] < b", "b: positive; w: indexed real in [0, b)"),
    ],
)
def test_what_the_bounds_say_is_never_refuted(text: str, given: str) -> None:
    granted = read_given(given)
    assert not isinstance(decide(Relation(read(text, granted).formula), granted), Refuted)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("w[1] < 1 - eps", GIVEN),
        ("w[1] + w[2] <= 1 - eps", GIVEN),
        ("w[2] <= b/2", "b: positive; w: indexed real in [0, b)"),
    ],
)
def test_the_near_miss_is_refuted_inside_the_bounds(text: str, given: str) -> None:
    granted = read_given(given)
    verdict = decide(Relation(read(text, granted).formula), granted)
    assert isinstance(verdict, Refuted)
