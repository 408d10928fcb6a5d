"""Exact values to try for one name, smallest and most telling first.

Zero and one come first, then small numbers of both signs, halves, ties and a few large ones; a
domain keeps those that lie in it and adds numbers near its ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product
from zlib import crc32

from symcnn.formula.values import ArrayValue, Family, Polynomial
from symcnn.prover.intervals import Interval
from symcnn.prover.members import Members

_INTEGERS = tuple(
    Fraction(n) for n in (0, 1, 2, -1, 3, -2, 4, 5, -3, 6, 7, 8, -5, 9, 12, 16, -8, 30, 101, -64)
)
_HALVES = tuple(
    Fraction(n, d) for n, d in ((1, 2), (-1, 2), (3, 2), (-3, 2), (1, 3), (5, 2), (-7, 3), (7, 4))
)
_REALS = (*_INTEGERS[:4], *_HALVES[:2], *_INTEGERS[4:7], *_HALVES[2:], *_INTEGERS[7:])
_WINDOWS = {1: range(-5, 12), 2: range(-2, 5), 3: range(-1, 4)}


def hashed(*parts: object) -> int:
    """A number that depends on the parts alone: equal on every machine and in every process."""
    return crc32("|".join(map(str, parts)).encode())


@lru_cache(maxsize=256)
def numbers(kind: str, bounds: Interval, nonzero: bool) -> tuple[Fraction, ...]:
    """Values of a number of this kind within its bounds.

    >>> numbers("integer", Interval(Fraction(2)), False)[:3]
    (Fraction(2, 1), Fraction(3, 1), Fraction(4, 1))
    """
    whole = kind == "integer"
    base: list[Fraction] = list(_INTEGERS if whole else _REALS)
    steps = (0, 1, 2, 3, 4, 5, 6, 8, 11, 20) if whole else (0, 1, 2, 3, 5, 10)
    if bounds.low is not None and bounds.high is not None and not whole:
        span = bounds.high - bounds.low
        cuts = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 10), (9, 10), (0, 1), (1, 1))
        base = [bounds.low + span * Fraction(*cut) for cut in cuts] + base
    elif bounds.low is not None:
        base += [bounds.low + step for step in steps]
        base += [] if whole else [bounds.low + Fraction(1, 2), bounds.low + Fraction(1, 10)]
    elif bounds.high is not None:
        base += [bounds.high - step for step in steps]
        base += [] if whole else [bounds.high - Fraction(1, 2)]
    found: dict[Fraction, None] = {}
    for value in base:
        fits = not whole or value.denominator == 1
        if fits and bounds.contains(value) and not (nonzero and value == 0):
            found.setdefault(value)
    return tuple(found)


FAMILY_CHOICES = 9


def family(
    name: str,
    choice: int,
    indices: int,
    values: tuple[Fraction, ...],
    support: tuple[tuple[int, int], ...] | None,
) -> Family:
    """The ``choice``-th family: constant, alternating, one member, then mixed values.

    Without declared support the members lie in a window around 0 and all others are 0, or the
    smallest value where 0 is none.
    """
    if support is None:
        window = _WINDOWS.get(indices, range(2))
        zero = Fraction(0) if Fraction(0) in values else values[0]
        member = partial(_member, name, choice, values)
        return Family(Members((window,) * indices, member, zero), zero)
    ranges = tuple(range(low, min(high, low + 40) + 1) for low, high in support)
    return Family(Members(ranges, partial(_member, name, choice, values), None), Fraction(0))


def _member(
    name: str, choice: int, values: tuple[Fraction, ...], place: tuple[int, ...]
) -> Fraction:
    zero = Fraction(0) if Fraction(0) in values else values[0]
    if choice == 0:
        return values[min(1, len(values) - 1)]
    if choice == 1:
        return zero
    if choice == 2:
        return values[(2 * sum(place) + 3 * place[0]) % min(5, len(values))]
    if choice == 3:
        return values[min(2, len(values) - 1)] if not any(place) else zero
    return values[hashed(name, choice, place) % min(len(values), 4 * choice)]


ARRAY_CHOICES = 6


def array(name: str, choice: int, shape: tuple[int, ...]) -> ArrayValue:
    """The ``choice``-th array of this shape: an identity, a constant, then mixed integers."""
    entries = []
    for place in product(*(range(length) for length in shape)):
        if choice == 0:
            value = int(len(set(place)) <= 1)
        elif choice == 1:
            value = 1
        else:
            value = hashed(name, choice, place) % 7 - 2
        entries.append(Fraction(value))
    return ArrayValue(shape, tuple(entries))


_FUNCTIONS = ((0, 1), (0, 0, 1), (1, 0), (0, 0, 0, 1), (2, -1, 3, 1), (0,), (1, 2, 1, -1))
FUNCTION_CHOICES = len(_FUNCTIONS)


def function(choice: int) -> Polynomial:
    """The ``choice``-th polynomial that an unknown function stands for."""
    return Polynomial(tuple(map(Fraction, _FUNCTIONS[choice % FUNCTION_CHOICES])))


def graded(sizes: tuple[int, ...], most: int) -> Iterator[tuple[int, ...]]:
    """Positions in lists of these sizes, by their sum, then in order: at most ``most`` of them.

    >>> list(graded((2, 2), 9))
    [(0, 0), (1, 0), (0, 1), (1, 1)]
    """
    count = 0
    for total in range(sum(sizes) - len(sizes) + 1):
        for place in _with_sum(sizes, total):
            yield place
            count += 1
            if count >= most:
                return


def _with_sum(sizes: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
    if not sizes:
        if total == 0:
            yield ()
        return
    reach = sum(sizes[1:]) - len(sizes) + 1
    for first in range(min(total, sizes[0] - 1), max(0, total - reach) - 1, -1):
        for rest in _with_sum(sizes[1:], total - first):
            yield (first, *rest)
