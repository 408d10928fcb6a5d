"""Linear constraints that contradict each other, by exact Fourier-Motzkin elimination.

A monomial counts as a variable of its own, so "contradictory" is always right and "not shown" is
no answer. Constraints between integers are tightened to integer ends.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd
from typing import NamedTuple, TypeAlias

from symcnn.formula.polynomials import ONE, Monomial, Polynomial

WIDTH = 400
WholeTest: TypeAlias = Callable[[Monomial], bool]


class Row(NamedTuple):
    """``sum coefficients * monomials + constant >= 0`` (``> 0`` where strict), in integers."""

    coefficients: tuple[tuple[int, int], ...]
    constant: int
    strict: bool


class System:
    """Constraints that hold at once. ``whole`` tells which monomials are integers.

    >>> from symcnn.formula.nodes import Symbol
    >>> from symcnn.formula.polynomials import polynomial
    >>> i, n = Symbol("i"), Symbol("n")
    >>> system = System(lambda monomial: True)
    >>> system.at_least_zero(polynomial(i - n)); system.at_least_zero(polynomial(n - i - 1))
    >>> system.contradictory()
    True
    """

    __slots__ = ("_columns", "_equalities", "_rows", "_whole", "_whole_columns")

    def __init__(self, whole: WholeTest) -> None:
        self._whole = whole
        self._columns: dict[Monomial, int] = {}
        self._whole_columns: list[bool] = []
        self._rows: list[Row] = []
        self._equalities: list[Row] = []

    def copy(self) -> System:
        """An independent system with the same constraints."""
        other = System(self._whole)
        other._columns = dict(self._columns)
        other._whole_columns = list(self._whole_columns)
        other._rows = list(self._rows)
        other._equalities = list(self._equalities)
        return other

    def at_least_zero(self, p: Polynomial, strict: bool = False) -> None:
        """``p >= 0``, or ``p > 0``."""
        self._rows.append(self._row(p, strict))

    def zero(self, p: Polynomial) -> None:
        """``p = 0``."""
        self._equalities.append(self._row(p, None))

    def _row(self, p: Polynomial, strict: bool | None) -> Row:
        common = 1
        for coefficient in p.values():
            common = common * coefficient.denominator // gcd(common, coefficient.denominator)
        pairs = []
        for monomial, coefficient in p.items():
            if monomial == ONE:
                continue
            column = self._columns.get(monomial)
            if column is None:
                column = self._columns[monomial] = len(self._columns)
                self._whole_columns.append(self._whole(monomial))
            pairs.append((column, int(coefficient * common)))
        return self._tight(dict(pairs), int(p.get(ONE, Fraction(0)) * common), strict)

    def _tight(self, coefficients: dict[int, int], constant: int, strict: bool | None) -> Row:
        """The row in lowest terms; ``strict`` is None for an equation."""
        pairs = tuple(sorted((c, a) for c, a in coefficients.items() if a))
        if not pairs:
            return Row((), constant, bool(strict))
        if strict is None:
            common = gcd(constant, *(a for _, a in pairs))
            return Row(tuple((c, a // common) for c, a in pairs), constant // common, False)
        if strict and all(self._whole_columns[c] for c, _ in pairs):
            constant, strict = constant - 1, False
        common = gcd(*(a for _, a in pairs))
        if common > 1:
            if all(self._whole_columns[c] for c, _ in pairs) and not strict:
                return Row(tuple((c, a // common) for c, a in pairs), constant // common, False)
            common = gcd(common, constant)
            pairs = tuple((c, a // common) for c, a in pairs)
            constant //= common
        return Row(pairs, constant, strict)

    def contradictory(self) -> bool:
        """No point satisfies all constraints; False where this is not shown."""
        rows = list(dict.fromkeys(self._rows))
        equalities = list(self._equalities)
        while equalities:
            row = equalities.pop()
            if not row.coefficients:
                if row.constant:
                    return True
                continue
            if self._indivisible(row):
                return True
            column, pivot = min(row.coefficients, key=lambda pair: (abs(pair[1]), pair[0]))
            equalities = [self._without(each, row, column, pivot, True) for each in equalities]
            rows = [self._without(each, row, column, pivot, False) for each in rows]
        return self._eliminate(rows)

    def _indivisible(self, row: Row) -> bool:
        """An equation between integers whose coefficients have a factor that the rest lacks."""
        if not all(self._whole_columns[c] for c, _ in row.coefficients):
            return False
        return row.constant % gcd(*(a for _, a in row.coefficients)) != 0

    def _without(self, row: Row, equation: Row, column: int, pivot: int, equal: bool) -> Row:
        here = dict(row.coefficients).get(column, 0)
        if not here:
            return row
        scale, sign = abs(pivot), (1 if pivot > 0 else -1)
        found = {c: a * scale for c, a in row.coefficients}
        for c, a in equation.coefficients:
            found[c] = found.get(c, 0) - sign * here * a
        constant = row.constant * scale - sign * here * equation.constant
        return self._tight(found, constant, None if equal else row.strict)

    def _eliminate(self, rows: list[Row]) -> bool:
        while True:
            rows = _strongest(rows)
            if any(_false(row) for row in rows):
                return True
            rows = [row for row in rows if row.coefficients]
            counts: dict[int, list[int]] = {}
            for row in rows:
                for column, coefficient in row.coefficients:
                    counts.setdefault(column, [0, 0])[coefficient > 0] += 1
            if not counts:
                return False
            column = min(counts, key=lambda c: (counts[c][0] * counts[c][1], c))
            if counts[column][0] * counts[column][1] > WIDTH:
                return False
            upper = [row for row in rows if dict(row.coefficients).get(column, 0) < 0]
            lower = [row for row in rows if dict(row.coefficients).get(column, 0) > 0]
            kept = [row for row in rows if column not in dict(row.coefficients)]
            for low in lower:
                for high in upper:
                    kept.append(self._combined(low, high, column))
            if len(kept) > WIDTH:
                return False
            rows = kept

    def _combined(self, low: Row, high: Row, column: int) -> Row:
        a, b = dict(low.coefficients)[column], -dict(high.coefficients)[column]
        found = {c: x * b for c, x in low.coefficients}
        for c, x in high.coefficients:
            found[c] = found.get(c, 0) + x * a
        constant = low.constant * b + high.constant * a
        return self._tight(found, constant, low.strict or high.strict)


def _strongest(rows: list[Row]) -> list[Row]:
    """Of rows with the same left side only the one that says most."""
    best: dict[tuple[tuple[int, int], ...], Row] = {}
    for row in rows:
        known = best.get(row.coefficients)
        if known is None or (row.constant, not row.strict) < (known.constant, not known.strict):
            best[row.coefficients] = row
    return list(best.values())


def _false(row: Row) -> bool:
    if row.coefficients:
        return False
    return row.constant < 0 or (row.strict and row.constant == 0)
