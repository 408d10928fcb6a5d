"""The values of packed polynomials at points; nothing here knows domains."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from symcnn.prover.packed import BITS, Packed, bias_of

_MASK = (1 << BITS) - 1
_HALF = 1 << (BITS - 1)
_KEPT = 1_000  # values of monomials at one point


def monomial_at(key: int, point: Sequence[Fraction | int]) -> Fraction | int:
    """The value of a monomial where name ``i`` has the value ``point[i]``.

    Raises ZeroDivisionError where a negative exponent belongs to a 0.
    """
    value: Fraction | int = 1
    for each in point:
        if power := ((key + _HALF) & _MASK) - _HALF:
            value *= each**power if power > 0 else Fraction(each) ** power
            key -= power
        key >>= BITS
    return value


def value_at(a: Packed, point: Sequence[Fraction | int]) -> Fraction | int:
    """The value of a polynomial there."""
    offset, fields = bias_of(len(point)), (1 << (BITS * len(point))) - 1
    total: Fraction | int = 0
    for key, factor in a.items():
        if (key + offset) & offset != offset:
            total += factor * monomial_at(key, point)
            continue
        term: Fraction | int = factor
        rest = key & fields
        for value in point:
            if not rest:
                break
            if power := rest & _MASK:
                term *= value**power
            rest >>= BITS
        total += term
    return total


class Monomials(dict[int, Fraction | int]):
    """The values of monomials at one point, each found once, times a power of what is not 0 there.

    So sums stay whole numbers where not more than that power is divided by.

    >>> from symcnn.prover.packed import packing
    >>> names = packing(["x", "y"])
    >>> at, x, y = Monomials((2, 3), 1), names["x"], names["y"]
    >>> at.factor, at.sum({x + 2 * y: 5, -x: 1})
    (6, 543)
    """

    __slots__ = ("factor", "point")

    def __init__(self, point: Sequence[Fraction | int], power: int = 0) -> None:
        self.point = point
        self.factor: Fraction | int = prod(each for each in point if each) ** power

    def __missing__(self, key: int) -> Fraction | int:
        found = self.factor * monomial_at(key, self.point)
        if found.denominator == 1:
            found = found.numerator
        if len(self) < _KEPT:
            self[key] = found
        return found

    def sum(self, polynomial: Packed) -> Fraction | int:
        """The value of a polynomial, times ``factor``."""
        total: Fraction | int = 0
        for key, factor in polynomial.items():
            total += factor * self[key]
        return total
