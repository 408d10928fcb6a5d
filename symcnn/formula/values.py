"""What a formula can be worth at a point: exact numbers, enclosures, arrays, or nothing at all.

A point maps each free name to a value: a Fraction for a symbol, a `Family` for an indexed name,
an `ArrayValue` for a matrix, a `Polynomial` for an unknown function.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias


class Ball(NamedTuple):
    """A real number known to lie in ``[low, high]``: a certified enclosure, never an estimate."""

    low: Fraction
    high: Fraction


class Undefined(NamedTuple):
    """The formula has no value at the point: a division by zero, a logarithm of a negative ..."""

    reason: str


class Family(NamedTuple):
    """A family at a point: the listed members, and one value for all others (mostly 0)."""

    members: Mapping[tuple[int, ...], Fraction]
    otherwise: Fraction = Fraction(0)


class Polynomial(NamedTuple):
    """An unknown function at a point: the polynomial with these coefficients, constant first.

    With several arguments it is applied to the sum of argument k times k + 1.
    """

    coefficients: tuple[Fraction, ...]


class ArrayValue(NamedTuple):
    """An array of known shape with its entries in row-major order."""

    shape: tuple[int, ...]
    entries: tuple[Scalar, ...]


Scalar: TypeAlias = Fraction | Ball | Undefined
Value: TypeAlias = Fraction | Ball | ArrayValue
PointValue: TypeAlias = Fraction | Family | ArrayValue | Polynomial
Point: TypeAlias = Mapping[str, PointValue]


class Unevaluable(Exception):
    """The value exists or not, but was not found within the budget. It says nothing about either.

    Raised for sums without a visible finite support, numbers beyond the size limit, and
    comparisons of enclosures that overlap at the highest precision.
    """
