"""A witness made smaller: families keep only those members that the difference needs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcnn.claims.verdict import Witness
from symcnn.formula.nodes import Formula
from symcnn.formula.values import Family, PointValue
from symcnn.prover.points import Sampler, Slot
from symcnn.prover.witness import lacks, value_at, values_differ, witness


def smaller(found: Witness, lhs: Formula, rhs: Formula, sampler: Sampler) -> Witness:
    """A witness of the same kind at which no member of a family can be left out.

    A member that is left out has the value of all others, and one that stays is 1 if that will do.
    Every step is evaluated exactly and stays within the domain.
    """
    best, point = found, dict(found.values)
    for slot in sampler.slots:
        value = point[slot.name]
        if not isinstance(value, Family):
            continue
        for place in sorted(value.members, key=_outermost_first):
            for members in _simpler(point[slot.name], place, slot):
                trial = {**point, slot.name: members}
                seen = _still(found, trial, lhs, rhs, sampler)
                if seen is not None:
                    best, point = seen, trial
                    break
    return best


def _outermost_first(place: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return -sum(map(abs, place)), place


def _simpler(family: PointValue, place: tuple[int, ...], slot: Slot) -> Iterator[Family]:
    if not isinstance(family, Family):
        return
    if slot.domain.support is None or family.otherwise in slot.values:
        rest = {other: value for other, value in family.members.items() if other != place}
        yield Family(rest, family.otherwise)
    if family.members[place] != 1 and Fraction(1) in slot.values:
        yield Family({**family.members, place: Fraction(1)}, family.otherwise)


def _still(
    found: Witness, point: dict[str, PointValue], lhs: Formula, rhs: Formula, sampler: Sampler
) -> Witness | None:
    if not sampler.admissible(point):
        return None
    a, b = value_at(lhs, point), value_at(rhs, point)
    alike = lacks if lacks(found.lhs, found.rhs) else values_differ
    return witness(point, a, b) if alike(a, b) else None
