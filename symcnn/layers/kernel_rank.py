"""Rank statements of a kernel, with what proves them: factors, minors and null vectors."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table, table
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, number
from symcnn.layers.sizes import (
    Pair,
    apart,
    counts,
    exactly,
    over,
)


def outer(rows: Table, columns: Table) -> Table:
    """``u v'``: the matrix ``u[i]*v[j]``, of rank at most 1: a spatially separable filter.

    >>> outer(table([1, 2, 1]), table([1, 0, -1])).size
    (3, 3)
    """
    entries = tuple(a * b for a in rows.entries for b in columns.entries)
    return Table((*rows.size, *columns.size), entries)


def separable_filter(
    place: Pair, kernel_size: Operand | Pair, u: str = "u", v: str = "v", x: str = "x"
) -> tuple[Formula, Formula]:
    """A filter ``u[a]*v[b]`` on x at (i, j): at once, and columns first, then rows.

    ``sum_{a,b} u[a]*v[b]*x[i+a, j+b]`` costs K_h*K_w products,
    ``sum_a u[a]*sum_b v[b]*x[i+a, j+b]`` only K_h + K_w a pixel, one axis after the other.

    >>> from symcnn.formula.plain import plain
    >>> plain(separable_filter((Symbol("i"), Symbol("j")), Symbol("K"))[1])
    'Sum(u[a]*Sum(v[b]*x[i + a, j + b], (b, 0, K - 1)), (a, 0, K - 1))'
    """
    height, width = counts("separable filter", "kernel_size", kernel_size)
    a, b, ranges = Symbol("a"), Symbol("b"), (("a", height), ("b", width))
    left, right = Index(u, (a,)), Index(v, (b,))

    def seen(i: Formula, j: Formula) -> Formula:
        return Index(x, (i + a, j + b))

    at_once = apart(lambda i, j: over(left * right * seen(i, j), *ranges), *place)
    in_turn = apart(
        lambda i, j: over(left * over(right * seen(i, j), ranges[1]), ranges[0]), *place
    )
    return at_once, in_turn


def minors(matrix: Table) -> tuple[Formula, ...]:
    """The 2x2 minors ``a*d - b*c``; the rank is at most 1 exactly where all of them are 0.

    >>> len(minors(table([[1, 2, 3], [4, 5, 6], [7, 8, 9]])))
    9
    """
    return tuple(
        upper[c] * lower[d] - upper[d] * lower[c]
        for upper, lower in combinations(_rows(matrix), 2)
        for c, d in combinations(range(len(upper)), 2)
    )


@dataclass(frozen=True, slots=True)
class RankCertificate:
    """``matrix = left @ right`` with ``rank`` columns in left, and a nonzero minor of that size.

    The product shows that the rank is at most ``rank``, the minor (of these ``rows`` and
    ``columns``) that it is at least that.
    """

    rank: int
    left: Table
    right: Table
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    minor: Table


def rank_certificate(matrix: Table) -> RankCertificate:
    """The rank of a matrix of exact numbers, with what proves it.

    Raises AuthorError for rank 0 (there is nothing to factor) and where an entry is no number.

    >>> found = rank_certificate(table([[1, 2], [2, 4]]))
    >>> found.rank, found.left.T.entries, found.right.entries
    (1, (Rational(1), Rational(2)), (Rational(1), Rational(2)))
    """
    rows = _numbers(matrix)
    reduced, columns = _reduced(rows)
    if not columns:
        raise AuthorError("rank certificate: every entry is 0, so the rank is 0")
    chosen = _independent_rows(rows, columns)
    left = table([[number(row[c]) for c in columns] for row in rows])
    right = table([[number(value) for value in row] for row in reduced])
    minor = table([[number(rows[r][c]) for c in columns] for r in chosen])
    return RankCertificate(len(columns), left, right, chosen, columns, minor)


def null_vector(matrix: Table) -> Table | None:
    """A vector, not 0, that the matrix sends to 0; None where there is none.

    >>> null_vector(table([[1, 1]])).entries
    (Rational(-1), Rational(1))
    """
    rows = _numbers(matrix)
    reduced, pivots = _reduced(rows)
    free = [c for c in range(len(rows[0])) if c not in pivots]
    if not free:
        return None
    values = [Fraction(0)] * len(rows[0])
    values[free[0]] = Fraction(1)
    for row, pivot in zip(reduced, pivots, strict=True):
        values[pivot] = -row[free[0]]
    return table([number(value) for value in values])


def _sides(matrix: Table) -> tuple[int, int]:
    if len(matrix.size) != 2:
        raise AuthorError(f"a rank belongs to a matrix, not to an array of size {matrix.size}")
    return matrix.size[0], matrix.size[1]


def _rows(matrix: Table) -> list[tuple[Formula, ...]]:
    rows, columns = _sides(matrix)
    return [matrix.entries[row * columns : (row + 1) * columns] for row in range(rows)]


def _numbers(matrix: Table) -> list[list[Fraction]]:
    found = []
    for row in _rows(matrix):
        values = [exactly(entry) for entry in row]
        exact = [value for value in values if value is not None]
        if len(exact) < len(values):
            raise AuthorError("a rank of a matrix with symbols depends on them: write minors")
        found.append(exact)
    return found


def _reduced(rows: list[list[Fraction]]) -> tuple[list[list[Fraction]], tuple[int, ...]]:
    """The nonzero rows of the reduced echelon form, and its pivot columns."""
    left, done, pivots = [list(row) for row in rows], 0, []
    for column in range(len(left[0])):
        found = next((r for r in range(done, len(left)) if left[r][column]), None)
        if found is None:
            continue
        left[done], left[found] = left[found], left[done]
        pivot = left[done][column]
        left[done] = [value / pivot for value in left[done]]
        for r, row in enumerate(left):
            if r != done and row[column]:
                factor = row[column]
                pairs = zip(row, left[done], strict=True)
                left[r] = [value - factor * above for value, above in pairs]
        pivots.append(column)
        done += 1
    return left[:done], tuple(pivots)


def _independent_rows(rows: list[list[Fraction]], columns: tuple[int, ...]) -> tuple[int, ...]:
    turned = [[row[c] for row in rows] for c in columns]
    return _reduced(turned)[1]
