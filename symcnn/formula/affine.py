"""Affine forms in bound variables, and the intervals in which they allow a variable to be.

A form is its slopes by name and the two ends between which its constant lies. What is not affine,
or not defined, has no form.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from symcnn.formula.conditions import Bracket
from symcnn.formula.evaluation import Work
from symcnn.formula.nodes import Add, Formula, Mul, Symbol
from symcnn.formula.traverse import free_names
from symcnn.formula.values import Ball

# Ends of an interval of integers (or of reals); None: no end on that side. low > high: empty.
Interval: TypeAlias = tuple["int | Fraction | None", "int | Fraction | None"]
Linear: TypeAlias = tuple[dict[str, Fraction], tuple[Fraction, Fraction]]
ALL: Interval = (None, None)
EMPTY: Interval = (0, -1)
MIRROR = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _empty(interval: Interval) -> bool:
    low, high = interval
    return low is not None and high is not None and low > high


def meet(a: Interval, b: Interval) -> Interval:
    """The integers in both."""
    lows = [end for end in (a[0], b[0]) if end is not None]
    highs = [end for end in (a[1], b[1]) if end is not None]
    return (max(lows) if lows else None, min(highs) if highs else None)


def hull(a: Interval, b: Interval) -> Interval:
    """The least interval around both."""
    if _empty(a) or _empty(b):
        return b if _empty(a) else a
    low = None if a[0] is None or b[0] is None else min(a[0], b[0])
    high = None if a[1] is None or b[1] is None else max(a[1], b[1])
    return (low, high)


def combine(a: Linear, b: Linear, sign: int) -> Linear:
    """``a + sign*b``."""
    slopes = dict(a[0])
    for name, slope in b[0].items():
        slopes[name] = slopes.get(name, Fraction(0)) + sign * slope
    ends = (b[1][0], b[1][1]) if sign > 0 else (-b[1][1], -b[1][0])
    kept = {name: slope for name, slope in slopes.items() if slope}
    return (kept, (a[1][0] + ends[0], a[1][1] + ends[1]))


def is_whole(form: Linear) -> bool:
    """Whether the form is an integer wherever its variables are."""
    low, high = form[1]
    exact = low == high and low.denominator == 1
    return exact and all(slope.denominator == 1 for slope in form[0].values())


class Affine:
    """Reads affine forms. ``value`` evaluates what no bound variable is in; ``ranges`` holds the
    bound variables, each with the interval in which it runs.
    """

    def __init__(self, value: Callable[[Formula], Work]) -> None:
        self.value = value
        self.ranges: dict[str, Interval] = {}

    def bound_in(self, f: Formula) -> bool:
        """Whether a bound variable is in the formula."""
        return not self.ranges.keys().isdisjoint(free_names(f))

    def linear(self, f: Formula) -> Linear | None:
        """The formula as an affine form in the bound variables, if it is one and defined."""
        if isinstance(f, Symbol) and f.name in self.ranges:
            return ({f.name: Fraction(1)}, (Fraction(0), Fraction(0)))
        if isinstance(f, Add):
            total: Linear = ({}, (Fraction(0), Fraction(0)))
            for term in f.args:
                part = self.linear(term)
                if part is None:
                    return None
                total = combine(total, part, 1)
            return total
        if isinstance(f, Mul) and self.bound_in(f):
            return self._linear_product(f)
        if self.bound_in(f):
            return None
        value = self.value(f)
        if isinstance(value, (int, Fraction)):
            return ({}, (Fraction(value), Fraction(value)))
        return ({}, (value.low, value.high)) if isinstance(value, Ball) else None

    def _linear_product(self, f: Mul) -> Linear | None:
        total: Linear = ({}, (Fraction(1), Fraction(1)))
        for factor in f.args:
            part = self.linear(factor)
            if part is None:
                return None
            constant, form = (part, total) if not part[0] else (total, part)
            scale = constant[1][0]
            if constant[0] or scale != constant[1][1] or isinstance(factor, Bracket):
                return None
            ends = sorted((form[1][0] * scale, form[1][1] * scale))
            slopes = {name: slope * scale for name, slope in form[0].items() if scale}
            total = (slopes, (ends[0], ends[1]))
        return total

    def spread(self, form: Linear) -> Interval:
        """The least and greatest value of the form while its variables run."""
        low: Fraction | None = form[1][0]
        high: Fraction | None = form[1][1]
        for name, slope in form[0].items():
            ends = self.ranges[name] if slope > 0 else self.ranges[name][::-1]
            low = None if low is None or ends[0] is None else low + slope * ends[0]
            high = None if high is None or ends[1] is None else high + slope * ends[1]
        return (low, high)

    def solve(self, op: str, form: Linear, v: str) -> Interval:
        """Where ``form op 0`` can hold."""
        slope = form[0].get(v, Fraction(0))
        low, high = self.spread(({n: c for n, c in form[0].items() if n != v}, form[1]))
        if slope == 0:
            if (op in ("=", "<=", "<") and low is not None and low > 0) or (
                op in ("=", ">=", ">") and high is not None and high < 0
            ):
                return EMPTY
            return ALL
        least = None if high is None else -high / slope
        greatest = None if low is None else -low / slope
        if slope < 0:
            least, greatest, op = greatest, least, MIRROR[op]
        if op == "=":
            return (least, greatest)
        return (None, greatest) if op in ("<", "<=") else (least, None)
