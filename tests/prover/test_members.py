"""Members of sampled families: the same whether one is looked at, or all of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.prover.members import Members
from symcnn.prover.samples import FAMILY_CHOICES, family

VALUES = tuple(map(Fraction, (0, 1, 2, -1, Fraction(1, 2))))


@pytest.mark.parametrize("choice", range(FAMILY_CHOICES))
@pytest.mark.parametrize("support", [None, ((-2, 3), (0, 50))])
def test_one_by_one_or_all_at_once(
    choice: int, support: tuple[tuple[int, int], ...] | None
) -> None:
    alone = family("w", choice, 2, VALUES, support).members
    whole = family("w", choice, 2, VALUES, support).members
    complete = dict(whole.items())
    for place in [(0, 0), (3, 40), (3, 41), (4, 0), (-3, 0), (-2, 4)]:
        assert alone.get(place, "none") == complete.get(place, "none")
        assert (place in alone) == (place in complete)
    assert alone == complete
    assert complete == whole


def test_nothing_is_made_before_it_is_looked_at() -> None:
    made: list[tuple[int, ...]] = []

    def value(place: tuple[int, ...]) -> Fraction:
        made.append(place)
        return Fraction(1)

    members = Members((range(40), range(40), range(40)), value, None)
    assert members.get((1, 2, 3)) == 1
    assert members[1, 2, 3] == 1
    assert members.get((1, 2)) is None
    assert made == [(1, 2, 3)]
    with pytest.raises(KeyError):
        members[40, 0, 0]
