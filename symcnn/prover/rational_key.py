"""A rational reference made ready once: the kind of the verdict on each candidate, at once.

Two rational functions of the same names are equal wherever both are defined iff their cross
products are the same polynomial; where they are not, an admissible point at which the cross
products differ refutes. What neither shows is not decided here, and evidence is not made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import islice

from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import free_names
from symcnn.prover.domains import Facts
from symcnn.prover.packed import Names, Outside, Packed, fraction, minus, packing, times, value_at
from symcnn.prover.points import Sampler
from symcnn.prover.witness import value_at as exact_value

_POINTS = 4
_TRIED = 40


class RationalKey:
    """The reference as a fraction, with points of the domain at which it has a value.

    >>> from symcnn.formula.nodes import Symbol
    >>> K = Symbol("K")
    >>> key = RationalKey.of(K**2 + K, Given())
    >>> key.kind(K * (K + 1)), key.kind(K**2), key.kind(Symbol("M"))
    ('proved', 'refuted', None)
    """

    __slots__ = ("_above", "_below", "_points", "names")

    def __init__(
        self, names: Names, above: Packed, below: Packed | None,
        points: tuple[tuple[Fraction | int, ...], ...],
    ) -> None:  # fmt: skip
        self.names = names
        self._above = above
        self._below = below
        self._points = points

    @classmethod
    def of(cls, reference: Formula, given: Given, more: Iterable[str] = ()) -> RationalKey | None:
        """The key of a rational reference; None for every other, and where no point is found.

        ``more`` are names besides its own that a candidate may use.
        """
        symbols = [Symbol(name) for name in dict.fromkeys((*free_names(reference), *more))]
        scalars = [each for each in symbols if _is_number(given.domain(each.name))]
        names = packing(each.name for each in scalars)
        try:
            above, below = fraction(reference, names, [])
        except Outside:
            return None
        sides = (reference, *scalars)
        found = []
        for point in islice(Sampler(Facts(given, sides), sides).points(mixed_first=True), _TRIED):
            values = [point[each.name] for each in scalars]
            if isinstance(exact_value(reference, point), Fraction) and all(
                isinstance(value, Fraction) for value in values
            ):
                found.append(tuple(_plain(value) for value in values))
        found.sort(key=lambda point: sum(not isinstance(value, int) for value in point))
        return cls(names, above, below, tuple(found[:_POINTS])) if found else None

    def kind(self, candidate: Formula) -> str | None:
        """ "proved" or "refuted" where that is plain, else None."""
        divisors: list[Packed] = []
        try:
            return self.kind_of(*fraction(candidate, self.names, divisors), divisors)
        except Outside:
            return None

    def kind_of(self, above: Packed, below: Packed | None, divisors: list[Packed]) -> str | None:
        """The same for a fraction in packed `names`, with all that was divided by on the way."""
        try:
            left = above if self._below is None else times(above, self._below)
            right = self._above if below is None else times(self._above, below)
        except Outside:
            return None
        if left == right:
            return "proved" if not divisors or self._all_differ_from_0(divisors) else None
        return "refuted" if self._all_differ_from_0([minus(left, right), *divisors]) else None

    def _all_differ_from_0(self, polynomials: list[Packed]) -> bool:
        """At one of the points, all at once."""
        return any(all(value_at(each, point) for each in polynomials) for point in self._points)


def _is_number(domain: Domain | None) -> bool:
    return domain is None or (domain.kind in ("integer", "real") and not domain.indices)


def _plain(value: object) -> Fraction | int:
    assert isinstance(value, Fraction)
    return value.numerator if value.denominator == 1 else value
