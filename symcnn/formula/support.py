"""Where a summand over all integers can differ from 0: an interval, read off its written form.

Outside the interval the summand is *defined and 0* (so nothing undefined is skipped), which is
known from brackets that fail and from families whose other members are 0. Conditions and indices
count where they are affine in the bound variables. Not seen means unbounded, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from symcnn.formula.affine import (
    ALL,
    EMPTY,
    MIRROR,
    Affine,
    Interval,
    combine,
    hull,
    is_whole,
    meet,
)
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.evaluation import Work
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.values import Ball, Family, Point, Polynomial

Ends: TypeAlias = tuple[int | None, int | None]
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ZERO_AT_ZERO = frozenset(("abs", "sign", "floor", "ceil", "relu", "sqrt", "tanh", "erf", "sin"))
_TOTAL = frozenset("abs sign floor ceil relu max min exp tanh sigmoid erf sin cos".split())


class Support(Affine):
    """Looks for the support of a summand at a point."""

    def __init__(self, value: Callable[[Formula], Work], point: Point) -> None:
        super().__init__(value)
        self.point = point

    def of_sum(self, body: Formula, variable: str, within: Interval = ALL) -> Ends:
        """Integers outside of which ``body`` is defined and 0, as far as its form shows it."""
        outer = self.ranges
        self.ranges = {**outer, variable: within}
        try:
            low, high = meet(within, self.of(body, variable))
        finally:
            self.ranges = outer
        return (None if low is None else ceil(low), None if high is None else floor(high))

    def of(self, f: Formula, v: str) -> Interval:
        """The interval for a number-valued formula."""
        if isinstance(f, Bracket):
            return self.condition(f.condition, v)
        if isinstance(f, Mul):
            return self._product(f, v)
        if isinstance(f, Add):
            return self._hull([self.of(term, v) for term in f.args])
        if isinstance(f, Index):
            return self._member(f, v)
        if isinstance(f, Cases) and f.default is not None:
            conditions = [self.condition(condition, v) for _, condition in f.branches]
            return self._hull([*conditions, self.of(f.default, v)])
        if isinstance(f, Call) and f.name in _ZERO_AT_ZERO:
            return self.of(f.args[0], v)
        if isinstance(f, Pow) and not self.bound_in(f.exponent):
            exponent = self.value(f.exponent)
            positive = type(exponent) is int and exponent > 0
            return self.of(f.base, v) if positive else ALL
        if isinstance(f, Sum) and f.variable != v:
            return self._inner_sum(f, v)
        if isinstance(f, Rational) and f.value == 0:
            return EMPTY
        return ALL

    def _hull(self, parts: list[Interval]) -> Interval:
        found = parts[0]
        for part in parts[1:]:
            found = hull(found, part)
        return found

    def _product(self, f: Mul, v: str) -> Interval:
        """A failing bracket annuls anything; another zero needs the other factors defined."""
        factors = _factors(f)
        found = ALL
        for factor in factors:
            if isinstance(factor, Bracket):
                found = meet(found, self.condition(factor.condition, v))
        if found[0] is not None and found[1] is not None:
            return found
        for factor in factors:
            if not isinstance(factor, Bracket):
                part = self.of(factor, v)
                if part != ALL and all(self.total(g) for g in factors if g is not factor):
                    found = meet(found, part)
        return found

    def _inner_sum(self, f: Sum, v: str) -> Interval:
        if f.low is None or f.high is None:
            within: Interval = self.of_sum(f.body, f.variable)
            if None in within:
                return ALL
        else:
            low, high = self.linear(f.low), self.linear(f.high)
            if low is None or high is None or not (is_whole(low) and is_whole(high)):
                return ALL
            within = (self.spread(low)[0], self.spread(high)[1])
        outer = self.ranges
        self.ranges = {**outer, f.variable: within}
        try:
            return self.of(f.body, v)
        finally:
            self.ranges = outer

    def condition(self, c: Formula, v: str) -> Interval:
        """Integers outside of which the condition is defined and false."""
        if isinstance(c, And):
            found = ALL
            for part in c.args:
                found = meet(found, self.condition(part, v))
            return found
        if isinstance(c, Or):
            return self._hull([self.condition(part, v) for part in c.args])
        if isinstance(c, Not):
            inner = c.condition
            if isinstance(inner, Compare) and inner.op in _OPPOSITE:
                return self.condition(Compare(_OPPOSITE[inner.op], inner.lhs, inner.rhs), v)
            return ALL
        if isinstance(c, Compare) and c.op in MIRROR:
            left, right = self.linear(c.lhs), self.linear(c.rhs)
            if left is not None and right is not None:
                return self.solve(c.op, combine(left, right, -1), v)
        return ALL

    def _member(self, f: Index, v: str) -> Interval:
        family = self.point.get(f.name)
        if not isinstance(family, Family) or family.otherwise != 0:
            return ALL
        forms = [self.linear(index) for index in f.indices]
        if not all(form is not None and is_whole(form) for form in forms):
            return ALL
        keys = [key for key in family.members if len(key) == len(forms)]
        if not keys:
            return EMPTY
        found = ALL
        for k, form in enumerate(forms):
            if form is not None and v in form[0]:
                low, high = min(key[k] for key in keys), max(key[k] for key in keys)
                shift = (form[1][0] - high, form[1][1] - low)
                found = meet(found, self.solve("=", (form[0], shift), v))
        return found

    def total(self, f: Formula) -> bool:
        """Whether the formula is seen to be defined for all values of the bound variables."""
        if not self.bound_in(f):
            value = self.value(f)
            return isinstance(value, (int, Fraction, Ball))
        if isinstance(f, (Add, Mul)):
            return all(self.total(part) for part in f.args)
        if isinstance(f, Symbol):
            return True
        if isinstance(f, Pow) and not self.bound_in(f.exponent):
            exponent = self.value(f.exponent)
            return type(exponent) is int and exponent >= 0 and self.total(f.base)
        if isinstance(f, Index):
            family = isinstance(self.point.get(f.name), Family)
            return family and all(self.whole(index) for index in f.indices)
        if isinstance(f, Unknown):
            polynomial = isinstance(self.point.get(f.name), Polynomial)
            return polynomial and all(self.total(part) for part in f.args)
        if isinstance(f, Call):
            return f.name in _TOTAL and all(self.total(part) for part in f.args)
        if isinstance(f, Bracket):
            return self.decided(f.condition)
        return isinstance(f, Sum) and self._total_sum(f)

    def _total_sum(self, f: Sum) -> bool:
        if f.low is None or f.high is None:
            if None in self.of_sum(f.body, f.variable):
                return False
        elif not (self.whole(f.low) and self.whole(f.high)):
            return False
        outer = self.ranges
        self.ranges = {**outer, f.variable: ALL}
        try:
            return self.total(f.body)
        finally:
            self.ranges = outer

    def decided(self, c: Formula) -> bool:
        """Whether the condition is seen to be defined for all values of the bound variables."""
        if isinstance(c, Compare):
            seen = self.whole if c.op == "divides" else self.total
            return c.op != "~" and seen(c.lhs) and seen(c.rhs)
        return isinstance(c, (And, Or, Not)) and all(map(self.decided, c.children()))

    def whole(self, f: Formula) -> bool:
        """Whether the formula is seen to be an integer for all values of the bound variables."""
        if isinstance(f, Call) and f.name in ("floor", "ceil"):
            return self.total(f.args[0])
        if isinstance(f, (Add, Mul)) and self.bound_in(f):
            return all(self.whole(part) for part in f.args)
        form = self.linear(f)
        return form is not None and is_whole(form)


def _factors(f: Mul) -> list[Formula]:
    found: list[Formula] = []
    stack: list[Formula] = [f]
    while stack:
        node = stack.pop()
        if isinstance(node, Mul):
            stack.extend(reversed(node.args))
        else:
            found.append(node)
    return found
