"""Inverses and determinants of square matrices of numbers at work."""

from __future__ import annotations

from symcnn.formula import arithmetic
from symcnn.formula.evaluation import Evaluation, Work
from symcnn.formula.values import ArrayValue, Undefined


def identity(size: int) -> ArrayValue:
    """Ones on the diagonal, zeros elsewhere."""
    entries = tuple(int(i == j) for i in range(size) for j in range(size))
    return ArrayValue((size, size), entries)  # type: ignore[arg-type]


def inverse(value: ArrayValue, size: int, at: Evaluation) -> Work:
    """Gauss and Jordan, on [value | identity]; a pivot is any entry that is surely not zero."""
    ones = identity(size).entries
    rows: list[list[Work]] = [
        [*value.entries[k * size : (k + 1) * size], *ones[k * size : (k + 1) * size]]
        for k in range(size)
    ]
    bad = next((entry for entry in value.entries if type(entry) is Undefined), None)
    if bad is not None:
        return bad
    at.spend(2 * size**3 + 1)
    for column in range(size):
        pivot = next((k for k in range(column, size) if arithmetic.sign(rows[k][column])), None)
        if pivot is None:
            return Undefined("the inverse of a singular matrix")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = arithmetic.inverse(rows[column][column], at)
        rows[column] = [arithmetic.times(scale, entry, at) for entry in rows[column]]
        for k in range(size):
            if k != column:
                rows[k] = _eliminate(rows[k], rows[column], rows[k][column], at)
    return ArrayValue((size, size), tuple(entry for row in rows for entry in row[size:]))


def _eliminate(row: list[Work], pivot: list[Work], factor: Work, at: Evaluation) -> list[Work]:
    minus = arithmetic.times(-1, factor, at)
    pairs = zip(row, pivot, strict=True)
    return [arithmetic.plus(x, arithmetic.times(minus, y, at), at) for x, y in pairs]


def exact_det(rows: list[list[Work]], at: Evaluation) -> Work:
    """The determinant of exact entries, by Gauss."""
    result: Work = 1
    for column in range(len(rows)):
        pivot = next((k for k in range(column, len(rows)) if rows[k][column] != 0), None)
        if pivot is None:
            return 0
        if pivot != column:
            rows[column], rows[pivot] = rows[pivot], rows[column]
            result = -result
        result = arithmetic.times(result, rows[column][column], at)
        scale = arithmetic.inverse(rows[column][column], at)
        for k in range(column + 1, len(rows)):
            if rows[k][column] != 0:
                factor = arithmetic.times(rows[k][column], scale, at)
                rows[k] = _eliminate(rows[k], rows[column], factor, at)
    return result


def det_by_minors(rows: list[list[Work]], at: Evaluation) -> Work:
    """Without division, so that the enclosure stays narrow; minors by the set of their columns."""
    minors: dict[int, Work] = {0: 1}
    for row in rows:
        grown: dict[int, Work] = {}
        for used, minor in minors.items():
            for column, entry in enumerate(row):
                if not used >> column & 1:
                    factor = -entry if (used >> column).bit_count() % 2 else entry
                    term = arithmetic.times(factor, minor, at)
                    both = used | 1 << column
                    grown[both] = arithmetic.plus(grown.get(both, 0), term, at)
        minors = grown
    return minors[(1 << len(rows)) - 1]
