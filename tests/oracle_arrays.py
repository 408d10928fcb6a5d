"""Arrays of the text oracle: nested lists whose entries are numbers or UNDEFINED."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests import oracle_numbers as num
from tests.oracle_numbers import CannotEvaluate, NoValue, Number


class _NothingThere:
    def __repr__(self) -> str:
        return "UNDEFINED"

    def __bool__(self) -> bool:
        raise TypeError("UNDEFINED is neither true nor false")


UNDEFINED = _NothingThere()


def undefined_somewhere(value: Any) -> bool:
    """No value, or an array with an entry that has none."""
    if isinstance(value, list):
        return any(undefined_somewhere(entry) for entry in value)
    return value is UNDEFINED


def agree(left: Any, right: Any) -> bool | None:
    """Whether two values are the same: None where enclosures overlap; UNDEFINED is itself."""
    if isinstance(left, list) and isinstance(right, list):
        if shape(left) != shape(right):
            return False
        verdicts = [agree(a, b) for a, b in zip(left, right, strict=True)]
        if False in verdicts:
            return False
        return None if None in verdicts else True
    if isinstance(left, list) or isinstance(right, list):
        return False
    if left is UNDEFINED or right is UNDEFINED:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    try:
        return num.compare(left, right) == 0
    except CannotEvaluate:
        return None


def shape(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        return ()
    return (len(value), *shape(value[0])) if value else (0,)


def entrywise(operation: Callable[..., Any], *arrays: Any) -> Any:
    """Entry by entry; an entry without a value leaves the others theirs."""
    if not isinstance(arrays[0], list):
        if any(entry is UNDEFINED for entry in arrays):
            return UNDEFINED
        try:
            return operation(*arrays)
        except NoValue:
            return UNDEFINED
    return [entrywise(operation, *parts) for parts in zip(*arrays, strict=True)]


def plus(left: Any, right: Any) -> Any:
    if type(left) is type(right) is Fraction:
        return left + right
    if shape(left) != shape(right):
        if left == 0 or right == 0:
            raise CannotEvaluate("zero plus an array: of a false bracket, or a slip?")
        raise NoValue("a sum of different shapes")
    return entrywise(num.plus, left, right) if isinstance(left, list) else num.plus(left, right)


def zeros(value: Any) -> Any:
    return [zeros(entry) for entry in value] if isinstance(value, list) else Fraction(0)


def scaled(scalar: Number, array: Any) -> Any:
    return entrywise(lambda entry: num.times(scalar, entry), array)


def dot(left: list[Any], right: list[Any]) -> Any:
    total: Any = Fraction(0)
    for a, b in zip(left, right, strict=True):
        if a is UNDEFINED or b is UNDEFINED:
            return UNDEFINED
        total = num.plus(total, num.times(a, b))
    return total


def times(left: Any, right: Any) -> Any:
    if type(left) is type(right) is Fraction:
        return left * right
    rank = (len(shape(left)), len(shape(right)))
    if rank == (0, 0):
        return num.times(left, right)
    if rank[0] == 0:
        return scaled(left, right)
    if rank[1] == 0:
        return scaled(right, left)
    if max(rank) > 2 or shape(left)[-1] != shape(right)[0]:
        raise NoValue("a matrix product of shapes that do not fit")
    if rank == (1, 1):
        return defined(dot(left, right))
    others = columns(right) if rank[1] == 2 else [right]
    rows = left if rank[0] == 2 else [left]
    table = [[dot(row, column) for column in others] for row in rows]
    if rank[0] == 1:
        return table[0]
    return table if rank[1] == 2 else [row[0] for row in table]


def defined(value: Any) -> Any:
    if value is UNDEFINED:
        raise NoValue("an entry without a value")
    return value


def columns(matrix: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*matrix, strict=True)]


def square(value: Any) -> list[list[Any]]:
    size = shape(value)
    if len(size) != 2 or size[0] != size[1] or undefined_somewhere(value):
        raise NoValue("a square matrix is needed here")
    return value  # type: ignore[no-any-return]


def det(matrix: list[list[Any]]) -> Any:
    """By expansion along the first row."""
    if not matrix:
        return Fraction(1)
    total: Any = Fraction(0)
    for k, entry in enumerate(matrix[0]):
        minor = [row[:k] + row[k + 1 :] for row in matrix[1:]]
        total = num.plus(total, num.times(num.times(Fraction((-1) ** k), entry), det(minor)))
    return total


def matrix_power(matrix: list[list[Any]], n: int) -> Any:
    size = len(matrix)
    if n < 0:
        scale = num.inverse(det(matrix))
        adjugate = [
            [num.times(Fraction((-1) ** (i + j)), det(_without(matrix, j, i))) for j in range(size)]
            for i in range(size)
        ]
        return matrix_power(scaled(scale, adjugate), -n)
    result: Any = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for _ in range(n):
        result = times(result, matrix)
    return result


def _without(matrix: list[list[Any]], row: int, column: int) -> list[list[Any]]:
    return [r[:column] + r[column + 1 :] for k, r in enumerate(matrix) if k != row]


def kron(left: Any, right: Any) -> Any:
    rank = (len(shape(left)), len(shape(right)))
    if rank == (1, 1):
        return [_product(a, b) for a in left for b in right]
    if rank == (2, 2):
        return [[_product(a, b) for a in r for b in s] for r in left for s in right]
    raise CannotEvaluate("a Kronecker product of other things than two matrices")


def _product(a: Any, b: Any) -> Any:
    return UNDEFINED if a is UNDEFINED or b is UNDEFINED else num.times(a, b)
