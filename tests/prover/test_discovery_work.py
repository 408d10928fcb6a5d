"""The search for assumption sets ends by counting, and says the same each time."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import Equation, Refuted
from symcnn.formula import Symbol
from symcnn.prover import decide, discovery
from symcnn.prover.discovery import fails
from symcnn.prover.work import Spent, Work
from symcnn.reading import read, read_given

GIVEN = "alpha, gamma: real; beta: positive; x: real"


def _found(lhs: str, rhs: str, given: str) -> list[list[str]]:
    read_in = read_given(given)
    verdict = decide(Equation(read(lhs, read_in).formula, read(rhs, read_in).formula), read_in)
    assert isinstance(verdict, Refuted)
    return [[str(each) for each in group] for group in verdict.holds_when]


@pytest.mark.parametrize(
    ("lhs", "rhs"), [("abs(alpha*x)", "alpha*abs(x)"), ("max(alpha, gamma)", "alpha")]
)
def test_a_smaller_budget_finds_no_other_sets(
    lhs: str, rhs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _found(lhs, rhs, GIVEN)
    assert whole
    assert whole == _found(lhs, rhs, GIVEN)
    monkeypatch.setattr(discovery, "WORK", 0)
    assert _found(lhs, rhs, GIVEN) == []
    monkeypatch.setattr(discovery, "WORK", 4_000)
    assert all(each in whole for each in _found(lhs, rhs, GIVEN))


def test_work_ends() -> None:
    work = Work(10)
    work.spend(10)
    with pytest.raises(Spent):
        work.spend(1)


def test_a_point_of_difference() -> None:
    x = Symbol("x")
    assert fails((x, x + 1), {"x": Fraction(0)})
    assert not fails((x, 2 * x), {"x": Fraction(0)})
    assert fails((1 / x, x), {"x": Fraction(0)})
    assert not fails((x, 1 / x), {"x": Fraction(0)})
