"""The members of a family at a point, each made when somebody looks at it.

What a member is worth is a function of its place alone, so that it does not matter which of them
are looked at, or in which order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import TypeVar

Place = tuple[int, ...]
Other = TypeVar("Other")


class Members(Mapping[Place, Fraction]):
    """The members at the places of some ranges, except those that are worth ``without``.

    >>> found = Members((range(2), range(3)), lambda place: Fraction(sum(place)), Fraction(0))
    >>> found.get((1, 2)), found.get((0, 0), "none"), found.get((5, 5), "none"), len(found)
    (Fraction(3, 1), 'none', 'none', 5)
    """

    __slots__ = ("_complete", "_made", "_ranges", "_value", "_without")

    def __init__(
        self,
        ranges: tuple[range, ...],
        value: Callable[[Place], Fraction],
        without: Fraction | None,
    ) -> None:
        self._ranges = ranges
        self._value = value
        self._without = without
        self._made: dict[Place, Fraction | None] = {}
        self._complete: dict[Place, Fraction] | None = None

    def _make(self, place: Place) -> Fraction | None:
        ranges = self._ranges
        found = None
        if len(place) == len(ranges) and all(map(range.__contains__, ranges, place)):
            found = self._value(place)
            if found == self._without:
                found = None
        self._made[place] = found
        return found

    def _all(self) -> dict[Place, Fraction]:
        if self._complete is None:
            each = ((place, self._make(place)) for place in product(*self._ranges))
            self._complete = {place: value for place, value in each if value is not None}
        return self._complete

    def get(self, place: Place, default: Other = None) -> Fraction | Other:  # type: ignore[assignment]
        """The member, or the default where there is none."""
        try:
            found = self._made[place]
        except KeyError:
            found = self._make(place)
        return default if found is None else found

    def __getitem__(self, place: Place) -> Fraction:
        found = self.get(place)
        if found is None:
            raise KeyError(place)
        return found

    def __iter__(self) -> Iterator[Place]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())
