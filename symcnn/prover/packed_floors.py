"""Floors and ceilings of quotients of integers in packed fractions, in one normal form.

Each floor becomes a generator of its own, after what is whole has been taken out of it. The rules,
for polynomials u, w with integer coefficients in integers and v a product of positive integers:
``floor((u + v*w)/v) = floor(u/v) + w``, ``ceil(u/v) = floor((u - 1)/v) + 1``, ``floor(-u/v) =
-ceil(u/v)``, ``floor((floor(u/a) + w)/v) = floor((u + a*w)/(a*v))``, and common factors cancel.
Whatever these do not cover is `Outside`: equal floors may still have different forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from symcnn.formula.domains import Domain
from symcnn.formula.nodes import Rational
from symcnn.prover.packed import (
    BITS,
    Divisors,
    Names,
    Outside,
    Packed,
    Quotient,
    kept,
    minus,
    over_term,
    packing,
    proper,
    times,
)
from symcnn.prover.packed_values import value_at

SPARE = 6  # generators for floors
_FIELD = (1 << BITS) - 1
Floor: TypeAlias = tuple[frozenset[tuple[int, int]], int, int]  # terms of u; v: exponents, factor


class Integers:
    """Which names are integers, and which of them positive; with generators for floors.

    >>> positive = Domain("integer", Rational(1))
    >>> sorts = Integers({"N": positive, "x": Domain()})
    >>> sorts.names["N"] & sorts.positive == sorts.names["N"], sorts.names["x"] & sorts.positive
    (True, 0)
    """

    __slots__ = ("codes", "doubtful", "names", "never_0", "positive", "spare", "whole")

    def __init__(self, domains: Mapping[str, Domain | None]) -> None:
        count = len(domains)
        self.names: Names = packing(domains, SPARE)
        self.codes = tuple(1 << (BITS * (count + place)) for place in range(SPARE))
        self.spare = sum(_FIELD << (BITS * (count + place)) for place in range(SPARE))
        fields = {name: _FIELD << (BITS * place) for place, name in enumerate(domains)}
        whole = [name for name, domain in domains.items() if _is_whole(domain)]
        self.positive = sum(fields[name] for name in whole if _is_positive(domains[name]))
        self.doubtful = (1 << (BITS * (count + SPARE))) - 1 & ~self.positive  # may be 0
        self.never_0 = frozenset(code for code in self.names.values() if not code & self.doubtful)
        self.whole = sum(fields[name] for name in whole) | self.spare


def _is_whole(domain: Domain | None) -> bool:
    return domain is not None and domain.kind == "integer" and not domain.indices


def _is_positive(domain: Domain | None) -> bool:
    low = None if domain is None else domain.low
    return isinstance(low, Rational) and low.value >= 1


class Floors(Divisors):
    """What one formula divides by, and the floors in it; those of the key are ``known``."""

    __slots__ = ("found", "known", "sorts")

    def __init__(self, sorts: Integers, known: tuple[Floor, ...] = ()) -> None:
        self.sorts = sorts
        self.known = known
        self.found = known

    def called(self, name: str, arguments: Sequence[Quotient]) -> Quotient:
        """``floor``, ``ceil`` or ``mod`` of fractions. Raises `Outside`.

        >>> sorts = Integers(dict.fromkeys("NS", Domain("integer", Rational(1))))
        >>> N, S, floors = sorts.names["N"], sorts.names["S"], Floors(sorts)
        >>> up = floors.called("ceil", [({N: 1}, {S: 1})])
        >>> up == floors.called("floor", [({N: 1, S: 1, 0: -1}, {S: 1})])
        True
        """
        match name, arguments:
            case "floor" | "ceil", [(above, below)]:
                return self._rounded(name, above, below), None
            case "mod", [(above, None), (divisor, None)]:
                self.append(divisor)
                return minus(above, times(divisor, self._rounded("floor", above, divisor))), None
        raise Outside

    def _rounded(self, name: str, above: Packed, below: Packed | None) -> Packed:
        if below is not None and len(below) == 1:
            above, below = proper(*over_term(above, below), self.sorts.names)
        monomial, factor = self._divisor(below)
        whole = self.sorts.whole
        if any(key & ~whole for key in above):
            raise Outside
        if name == "ceil":
            above = dict(above)
            above[monomial] = above.get(monomial, 0) + factor
            above[0] = above.get(0, 0) - 1
        return self._floor(*self._merged(above, monomial, factor))

    def _divisor(self, below: Packed | None) -> tuple[int, int]:
        if below is None:
            return 0, 1
        if len(below) != 1:
            raise Outside
        [(monomial, factor)] = below.items()
        if factor < 1 or monomial & self.sorts.doubtful:
            raise Outside
        return monomial, factor

    def _merged(self, above: Packed, monomial: int, factor: int) -> tuple[Packed, int, int]:
        """A single floor in the numerator joins the quotient; other floors are outside."""
        inner = [key for key in above if key & self.sorts.spare]
        if not inner:
            return above, monomial, factor
        if len(inner) > 1 or inner[0] not in self.sorts.codes or above[inner[0]] != 1:
            raise Outside
        terms, below, scale = self.found[self.sorts.codes.index(inner[0])]
        rest = {key: each for key, each in above.items() if key != inner[0]}
        joined = times({below: scale}, rest) if rest else {}
        joined = dict(joined)
        for key, each in terms:
            joined[key] = joined.get(key, 0) + each
        return kept(joined), monomial + below, factor * scale

    def _floor(self, above: Packed, monomial: int, factor: int) -> Packed:
        """The floor, without what is whole in it, of the sign that its greatest term has."""
        out, rest = self._split(above, monomial, factor)
        if not rest or (not monomial and rest.keys() == {0}):
            return out
        sign = 1
        if rest[max(rest)] < 0:
            flipped = {key: -each for key, each in rest.items()}
            flipped[0] = flipped.get(0, 0) - 1
            more, rest = self._split(kept(flipped), monomial, factor)
            out = dict(out)
            for key, each in (*more.items(), (0, 1)):
                out[key] = out.get(key, 0) - each
            sign = -1
            if not rest or (not monomial and rest.keys() == {0}):
                return kept(out)
        code = self._code(_reduced(rest, monomial, factor, self.sorts.names.fields))
        out[code] = out.get(code, 0) + sign
        return kept(out)

    def _split(self, above: Packed, monomial: int, factor: int) -> tuple[Packed, Packed]:
        """What the divisor divides, and the rest."""
        borrow = self.sorts.names.bias
        out: Packed = {}
        rest: Packed = {}
        for key, each in above.items():
            if ((key | borrow) - monomial) & borrow == borrow:
                quotient, each = divmod(each, factor)  # noqa: PLW2901
                if quotient:
                    out[key - monomial] = quotient
            if each:
                rest[key] = each
        return out, rest

    def _code(self, floor: Floor) -> int:
        if floor not in self.found:
            if len(self.found) == SPARE:
                raise Outside
            self.found = (*self.found, floor)
        return self.sorts.codes[self.found.index(floor)]

    def never_0(self, divisor: Packed) -> bool:
        """Whether it is a number, or a product of positive integers."""
        bias, doubtful = self.sorts.names.bias, self.sorts.doubtful
        return len(divisor) == 1 and not ((next(iter(divisor)) + bias) ^ bias) & doubtful

    def plain(self) -> bool:
        """Whether nothing is divided by that could be 0."""
        return all(map(self.never_0, self))

    def at(self, point: Sequence[Fraction | int]) -> tuple[Fraction | int, ...]:
        """The point with the values of the floors behind those of the names."""
        values: list[Fraction | int] = [*point, *(0,) * SPARE]
        for place, (terms, monomial, factor) in enumerate(self.found, len(point)):
            above = value_at(dict(terms), values)
            values[place] = int(above // value_at({monomial: factor}, values))
        return tuple(values)


def _reduced(rest: Packed, monomial: int, factor: int, fields: int) -> Floor:
    """Numerator and denominator without common factors."""
    common = gcd(factor, *rest.values())
    shared = 0
    if monomial and 0 not in rest:
        for place in range(0, BITS * fields, BITS):
            if least := min((key >> place) & _FIELD for key in (monomial, *rest)):
                shared += least << place
    terms = frozenset((key - shared, each // common) for key, each in rest.items())
    return terms, monomial - shared, factor // common
