"""Terms that go on by equal steps: ``1, 2, ..., n`` and ``k_2, k_3, ..., k_L``, place by place."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.reading.linear import Linear, difference, is_name, linear, scaled


class Place(NamedTuple):
    """Where the terms differ: first and last value, the step, and how many steps there are."""

    first: Formula
    last: Formula
    start: Linear
    step: int
    steps: Linear
    is_index: bool

    @property
    def is_whole(self) -> bool:
        """Whether the values surely are whole numbers."""
        return self.is_index or isinstance(self.first, Rational) or isinstance(self.last, Rational)


def place_of(terms: list[Formula], is_index: bool) -> Place | None:
    """The terms as a sequence with equal steps, if they are one and their meaning is unique."""
    values: list[Linear] = []
    for term in terms:
        value = linear(term)
        if value is None:
            return None
        values.append(value)
    *before, end = values
    start = before[0]
    if start.get(None, 0).denominator != 1:
        return None
    step = _step(before, end, is_index)
    if not step:
        return None
    steps = scaled(difference(end, start), step if abs(step) == 1 else Fraction(1, step))
    if any(each.denominator != 1 for each in steps.values()):
        return None
    if not steps.keys() - {None} and steps.get(None, 0) < len(before):
        return None  # the last term would stand before the dots
    named = is_name(end) or is_name(steps)
    if len(before) < 3 and (abs(step) != 1 or not named):
        return None
    return Place(terms[0], terms[-1], start, step, steps, is_index)


def _step(before: list[Linear], end: Linear, is_index: bool) -> int:
    """By how much every term is more than the one before; 0 where that is not clear."""
    if len(before) > 1:
        found = {tuple(difference(b, a).items()) for a, b in pairwise(before)}
        if len(found) != 1:
            return 0
        [items] = found
        if len(items) != 1 or items[0][0] is not None or items[0][1].denominator != 1:
            return 0
        return int(items[0][1])
    way = difference(end, before[0])
    signs = [sign for atom, sign in way.items() if isinstance(atom, Symbol)]
    if len(way.keys() - {None}) != len(signs) or not {abs(sign) for sign in signs} <= {1}:
        return 0
    if len(signs) == 1:
        return int(signs[0])
    return 1 if is_index and len(signs) == 2 and sum(signs) == 0 else 0
