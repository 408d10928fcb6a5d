"""A reference of fractions and floors made ready once: the kind of a verdict, at once.

Two rational functions of the same names are equal wherever both are defined iff their cross
products are the same polynomial; an admissible point at which the cross products differ refutes.
Floors are generators in a normal form (`packed_floors.py`): there the same polynomial proves as
well, where nothing is divided by that could be 0. What neither shows is not decided here, and
evidence is not made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from itertools import islice

from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import free_names
from symcnn.formula.values import Point
from symcnn.prover.domains import Facts
from symcnn.prover.packed import Names, Outside, Packed, fraction, over_term, times
from symcnn.prover.packed_floors import SPARE, Floors, Integers
from symcnn.prover.packed_values import Monomials, value_at
from symcnn.prover.points import Sampler
from symcnn.prover.witness import value_at as exact_value

_POINTS = 4
_SMALL = 5  # where there are floors, which agree at many points of large values
_TRIED = 40
_RAISED = 8  # divisors to this power leave whole numbers


class RationalKey:
    """The reference as a fraction, with points of the domain at which it has a value.

    >>> from symcnn.formula.nodes import Symbol
    >>> K = Symbol("K")
    >>> key = RationalKey.of(K**2 + K, Given())
    >>> key.kind(K * (K + 1)), key.kind(K**2), key.kind(Symbol("M"))
    ('proved', 'refuted', None)
    """

    __slots__ = ("_above", "_below", "_floors", "_points", "_sorts")

    def __init__(
        self, sorts: Integers, above: Packed, below: Packed | None, floors: Floors,
        points: Iterable[Sequence[Fraction | int]],
    ) -> None:  # fmt: skip
        self._sorts = sorts
        self._above = above
        self._below = below
        self._floors = floors
        self._points = tuple(Monomials(point, _RAISED) for point in points)

    @property
    def names(self) -> Names:
        """The names that candidates may use."""
        return self._sorts.names

    @property
    def never_0(self) -> frozenset[int]:
        """The codes of names that are positive integers."""
        return self._sorts.never_0

    def floors(self) -> Floors:
        """For one candidate: its divisors, and its floors beside those of the reference."""
        return Floors(self._sorts, self._floors.found)

    @classmethod
    def of(cls, reference: Formula, given: Given, more: Iterable[str] = ()) -> RationalKey | None:
        """The key of a reference of fractions and floors; None for others, and without a point.

        ``more`` are names besides its own that a candidate may use.
        """
        symbols = [Symbol(name) for name in dict.fromkeys((*free_names(reference), *more))]
        scalars = [each for each in symbols if _is_number(given.domain(each.name))]
        sorts = Integers({each.name: given.domain(each.name) for each in scalars})
        floors = Floors(sorts)
        try:
            above, below = fraction(reference, sorts.names, floors)
        except Outside:
            return None
        if floors.found and not floors.plain():
            return None
        if below is not None and len(below) == 1:
            above, below = over_term(above, below)
        sides = (reference, *scalars)
        sampler = Sampler(Facts(given, sides), sides)
        found = _admissible(reference, scalars, sampler.points(mixed_first=True), _POINTS)
        if floors.found:
            found = _admissible(reference, scalars, sampler.points(), _SMALL) + found
        points = tuple(map(floors.at, found))
        return cls(sorts, above, below, floors, points) if points else None

    def kind(self, candidate: Formula) -> str | None:
        """ "proved" or "refuted" where that is plain, else None."""
        floors = self.floors()
        try:
            return self.kind_of(*fraction(candidate, self.names, floors), floors)
        except Outside:
            return None

    def kind_of(self, above: Packed, below: Packed | None, floors: Floors) -> str | None:
        """The same for a fraction in packed `names`, read with these `floors`."""
        try:
            left = above if self._below is None else times(above, self._below)
            right = self._above if below is None else times(self._above, below)
        except Outside:
            return None
        if floors.found and not floors.plain():
            return None
        doubtful = [each for each in floors if not floors.never_0(each)] if floors else []
        if left == right:
            return "proved" if not doubtful or self._differ(doubtful, None, floors) else None
        return "refuted" if self._differ(doubtful, (left, right), floors) else None

    def _differ(
        self, doubtful: list[Packed], sides: tuple[Packed, Packed] | None, floors: Floors
    ) -> bool:
        """Whether at one of the points none of the divisors is 0 and the sides have two values."""
        for point in self._points:
            value: Callable[[Packed], Fraction | int] = point.sum
            if len(floors.found) > len(self._floors.found):
                value = partial(value_at, point=floors.at(point.point[:-SPARE]))
            if all(map(value, doubtful)) and (sides is None or value(sides[0]) != value(sides[1])):
                return True
        return False


def _admissible(
    reference: Formula, scalars: Sequence[Symbol], points: Iterable[Point], most: int
) -> list[tuple[Fraction | int, ...]]:
    """The values of the names at points where the reference has one, the plainest points first."""
    found: list[tuple[Fraction | int, ...]] = []
    whole = 0
    for point in islice(points, _TRIED):
        values = [point[each.name] for each in scalars]
        if isinstance(exact_value(reference, point), Fraction) and all(
            isinstance(value, Fraction) for value in values
        ):
            found.append(tuple(_plain(value) for value in values))
            whole += not _broken(found[-1])
            if whole == most:
                break
    return sorted(found, key=_broken)[:most]


def _broken(point: tuple[Fraction | int, ...]) -> int:
    """How many of the values are no integers."""
    return sum(type(value) is not int for value in point)


def _is_number(domain: Domain | None) -> bool:
    return domain is None or (domain.kind in ("integer", "real") and not domain.indices)


def _plain(value: object) -> Fraction | int:
    assert isinstance(value, Fraction)
    return value.numerator if value.denominator == 1 else value
