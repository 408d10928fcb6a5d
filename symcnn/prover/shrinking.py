"""A witness made smaller: families keep only those members that the difference needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcnn.claims.verdict import Witness
from symcnn.formula.nodes import Formula
from symcnn.formula.values import Family, PointValue
from symcnn.prover.members import Place
from symcnn.prover.points import Sampler, Slot
from symcnn.prover.witness import lacks, value_at, values_differ, witness


def smaller(found: Witness, lhs: Formula, rhs: Formula, sampler: Sampler) -> Witness:
    """A witness of the same kind at which no member of a family can be left out.

    A member that is left out has the value of all others, and one that stays is 1 if that will do.
    Every step is evaluated exactly and stays within the domain.
    """
    best, point = found, dict(found.values)
    if not any(isinstance(value, Family) for value in point.values()):
        return found
    trial = _looked_at(point, lhs, rhs, sampler)
    seen = _still(found, trial, lhs, rhs, sampler)
    if seen is not None:
        best, point = seen, trial
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


class _Reader(Mapping[Place, Fraction]):
    """The members of a family, and which of them were looked at; None for all of them."""

    __slots__ = ("_members", "places")

    def __init__(self, members: Mapping[Place, Fraction]) -> None:
        self._members = members
        self.places: set[Place] | None = set()

    def __getitem__(self, place: Place) -> Fraction:
        if self.places is not None:
            self.places.add(place)
        return self._members[place]

    def __iter__(self) -> Iterator[Place]:
        self.places = None
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def looked_at(self) -> dict[Place, Fraction]:
        """Those members, in order."""
        if self.places is None:
            return dict(self._members)
        return {place: self._members[place] for place in sorted(self.places & self._members.keys())}


def _looked_at(
    point: dict[str, PointValue], lhs: Formula, rhs: Formula, sampler: Sampler
) -> dict[str, PointValue]:
    """The point with only those members of families that the values of the sides depend on."""
    trial = dict(point)
    readers: dict[str, tuple[_Reader, Fraction]] = {}
    for slot in sampler.slots:
        value = point[slot.name]
        if isinstance(value, Family) and _may_lack(value, slot):
            reader = _Reader(value.members)
            readers[slot.name] = reader, value.otherwise
            trial[slot.name] = Family(reader, value.otherwise)
    value_at(lhs, trial)
    value_at(rhs, trial)
    for name, (reader, otherwise) in readers.items():
        trial[name] = Family(reader.looked_at(), otherwise)
    return trial


def _outermost_first(place: Place) -> tuple[int, Place]:
    return -sum(map(abs, place)), place


def _may_lack(family: Family, slot: Slot) -> bool:
    """Members can be left out: what then stands in their place lies in the domain."""
    return slot.domain.support is None or family.otherwise in slot.values


def _simpler(family: PointValue, place: Place, slot: Slot) -> Iterator[Family]:
    if not isinstance(family, Family):
        return
    if _may_lack(family, slot):
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
