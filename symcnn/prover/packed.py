"""Fractions of small integer polynomials in names, the exponents of a monomial packed in one int.

A polynomial is a dict from packed exponents to coefficients that are not 0; field ``i`` of the
packed number is the exponent of name ``i``: numbers are short where the first names occur. For
formulas that people type this takes less time than handing them to a library; what is large, or
not rational in the names, is `Outside`. Exponents may be negative: packed they are the same sum.
Nothing here knows domains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from math import comb
from typing import Any, TypeAlias

from symcnn.formula.nodes import Add, Call, Formula, Mul, Pow, Rational, Symbol

Packed: TypeAlias = dict[int, int]
Quotient: TypeAlias = tuple[Packed, Packed | None]

BITS = 32
_MASK = (1 << BITS) - 1
_HALF = 1 << (BITS - 1)
_TERMS = 1_000
_DEGREE = 4_096
_SIZE = 4_096
_PLAIN = 64


class Outside(Exception):
    """The formula is not rational in the names, or too large for this representation."""


class Names(dict[str, int]):
    """The packed exponents of each name by itself; looking up another name is `Outside`.

    ``fields`` counts the fields: those of the names come first. ``bias``
    makes every exponent positive when it is added.
    """

    __slots__ = ("bias", "fields")
    bias: int
    fields: int

    def __missing__(self, name: str) -> int:
        raise Outside


class Divisors(list[Packed]):
    """What is divided by on the way, and what becomes of functions: here they are `Outside`."""

    __slots__ = ()

    def called(self, name: str, arguments: Sequence[Quotient]) -> Quotient:
        """What becomes of a function of fractions."""
        raise Outside


@cache
def bias_of(fields: int) -> int:
    """What makes the exponents of so many names positive when it is added."""
    return sum(1 << (BITS * place + BITS - 1) for place in range(fields))


def packing(names: Iterable[str], spare: int = 0) -> Names:
    """A field for each name, and some more.

    >>> packing(["a", "b"]) == {"a": 1, "b": 1 << BITS}
    True
    """
    listed = list(names)
    found = Names({name: 1 << (BITS * place) for place, name in enumerate(listed)})
    found.fields = len(listed) + spare
    found.bias = bias_of(found.fields)
    return found


def degree_of(key: int) -> int:
    """The total degree of a monomial without negative exponents.

    >>> names = packing(["x", "y"])
    >>> degree_of(3 * names["x"] + 2 * names["y"])
    5
    """
    degree = 0
    while key:
        degree += key & _MASK
        key >>= BITS
    return degree


def times(a: Packed, b: Packed) -> Packed:
    """``a * b``. Raises `Outside` where the terms become too many."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        [(key, scale)] = a.items()
        return {key + other: scale * factor for other, factor in b.items()}
    if len(a) * len(b) > _TERMS:
        raise Outside
    found: Packed = {}
    for key, scale in a.items():
        for other, factor in b.items():
            place = key + other
            found[place] = found.get(place, 0) + scale * factor
    return kept(found)


def minus(a: Packed, b: Packed) -> Packed:
    """``a - b``."""
    found = dict(a)
    for key, factor in b.items():
        found[key] = found.get(key, 0) - factor
    return kept(found)


def kept(found: Packed) -> Packed:
    """Without the terms that have vanished."""
    if 0 in found.values():
        return {key: factor for key, factor in found.items() if factor}
    return found


def raised(a: Packed, power: int) -> Packed:
    """``a`` to a power of at least 0. Raises `Outside` where it becomes too large."""
    if power == 1:
        return a
    if not power:
        return {0: 1}
    if any(degree_of(key) * power > _DEGREE for key in a):
        raise Outside
    if any(factor.bit_length() * power > _SIZE for factor in a.values()):
        raise Outside
    if len(a) == 1:
        [(key, factor)] = a.items()
        return {key * power: factor**power}
    if len(a) > 1 and (power > _DEGREE or comb(len(a) + power - 1, power) > _TERMS):
        raise Outside
    found = a
    for _ in range(power - 1):
        found = times(found, a)
    return found


def over_term(above: Packed, below: Packed) -> Quotient:
    """A polynomial over a single term: names as negative exponents, the number as divisor.

    >>> x = packing(["x"])["x"]
    >>> over_term({2 * x: 1, 0: 3}, {x: 2}) == ({x: 1, -x: 3}, {0: 2})
    True
    """
    [(key, scale)] = below.items()
    return times({-key: 1}, above), None if scale == 1 else {0: scale}


def proper(above: Packed, below: Packed | None, names: Names) -> Quotient:
    """The same quotient without negative exponents.

    >>> names = packing(["x", "y"])
    >>> x, y = names["x"], names["y"]
    >>> proper({-x: 1, y: 2}, None, names) == ({0: 1, x + y: 2}, {x: 1})
    True
    """
    bias = names.bias
    keys = above if below is None else (*above, *below)
    negative = [key + bias for key in keys if (key + bias) & bias != bias]
    if not negative:
        return above, below
    least: dict[int, int] = {}  # by the first bit of the field
    for biased in negative:
        signs = bias & ~biased
        while signs:
            place = signs.bit_length() - BITS
            signs ^= _HALF << place
            exponent = ((biased >> place) & _MASK) - _HALF
            least[place] = min(least.get(place, 0), exponent)
    common = -sum(each << place for place, each in least.items())
    return times({common: 1}, above), times({common: 1}, below or {0: 1})


def fraction(node: Any, names: Names, divisors: Divisors) -> Quotient:
    """Numerator and denominator (None for 1); what is divided by on the way joins ``divisors``.

    Raises `Outside`.

    >>> names, divisors = packing(["x"]), Divisors()
    >>> x = Symbol("x")
    >>> top, bottom = fraction((x + 1) / x, names, divisors)
    >>> top == {0: 1, names["x"]: 1}, bottom == {names["x"]: 1}, divisors == [bottom]
    (True, True, True)
    """
    kind = type(node)
    if kind is Mul:
        return _product(node.args, names, divisors)
    if kind is Add:
        return _sum(node.args, names, divisors)
    if kind is Symbol:
        return {names[node.name]: 1}, None
    if kind is Rational:
        value: Fraction = node.value
        above, below = value.numerator, value.denominator
        return {0: above} if above else {}, None if below == 1 else {0: below}
    if kind is Pow:
        return _power(node.base, node.exponent, names, divisors)
    if kind is Call:
        return divisors.called(node.name, [fraction(each, names, divisors) for each in node.args])
    raise Outside


def _product(args: Sequence[Any], names: Names, divisors: Divisors) -> Quotient:
    key, scale, below = 0, 1, None
    rest: Packed | None = None
    for arg in args:
        kind = type(arg)
        if kind is Symbol:
            key += names[arg.name]
        elif kind is Rational and arg.value.denominator == 1:
            scale *= arg.value.numerator
        else:
            if kind is Pow and type(arg.base) is Symbol and type(arg.exponent) is Rational:
                power = arg.exponent.value
                if power.denominator == 1 and 0 <= power.numerator <= _PLAIN:
                    key += names[arg.base.name] * power.numerator
                    continue
            a, b = fraction(arg, names, divisors)
            if b is not None:
                below = b if below is None else times(below, b)
            rest = a if rest is None else times(rest, a)
    if not scale:
        return {}, below
    if rest is None:
        return {key: scale}, below
    return rest if not key and scale == 1 else times({key: scale}, rest), below


def _sum(args: Sequence[Any], names: Names, divisors: Divisors) -> Quotient:
    total: Packed = {}
    below: Packed | None = None
    for arg in args:
        a, b = fraction(arg, names, divisors)
        if b is not below and b != below:
            total = total if b is None else times(kept(total), b)
            a = a if below is None else times(a, below)
            below = b if below is None else below if b is None else times(below, b)
        for key, factor in a.items():
            total[key] = total.get(key, 0) + factor
    return kept(total), below


def _power(base: Formula, exponent: Formula, names: Names, divisors: Divisors) -> Quotient:
    if type(exponent) is not Rational or exponent.value.denominator != 1:
        raise Outside
    power = exponent.value.numerator
    above, below = fraction(base, names, divisors)
    if power < 0:
        if not above:
            raise Outside
        divisors.append(above)
        above, below, power = below or {0: 1}, above, -power
    return raised(above, power), None if below is None else raised(below, power)
