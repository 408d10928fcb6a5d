"""Matrices that are constant along diagonals: Toeplitz and circulant, and the same in blocks.

As in ``scipy.linalg``: a first column and, for Toeplitz, a first row. ``circulant`` shifts down, so
that ``circulant(c)`` times x is the circular *convolution*, whose kernel is reversed; convolution
layers correlate, and their rows hold the kernel as it is. The weights of the map are the different
entries, in order of first mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Operand, Rational, formula
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.members import Written

Entries = Sequence[Operand]
Grid = Sequence[Sequence[Operand]]


def toeplitz(column: Entries, row: Entries | None = None) -> LinearMap:
    """Entry (i, j) is ``column[i - j]`` on and below the diagonal, ``row[j - i]`` above it.

    The first entry of ``row`` is not used; without a row it is the column, which makes the matrix
    symmetric. Literal zeros are left out of the table. Raises AuthorError for an empty list.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.formula import Symbol
    >>> a, b, c = map(Symbol, "abc")
    >>> plain(toeplitz([a, b], [a, c, 0]).table())
    'Matrix([[a, c, 0], [b, a, c]])'
    """
    across = column if row is None else row
    if not column or not across:
        raise AuthorError("a Toeplitz matrix needs at least one row and one column")
    diagonals = [*reversed(across[1:]), *column]
    return doubly_block_toeplitz([diagonals], (1, len(column)), (1, len(across)))


def circulant(column: Entries) -> LinearMap:
    """Entry (i, j) is ``column[(i - j) mod n]``: each column is the one before, shifted down.

    Raises AuthorError for an empty list.

    >>> from symcnn.formula.plain import plain
    >>> plain(circulant([1, 2, 3]).table())
    'Matrix([[1, 3, 2], [2, 1, 3], [3, 2, 1]])'
    """
    return doubly_block_circulant([column])


def doubly_block_toeplitz(
    diagonals: Grid, rows: tuple[int, int], columns: tuple[int, int]
) -> LinearMap:
    """Row ``(a, b)`` and column ``(c, d)`` hold ``diagonals[a - c + C - 1][b - d + D - 1]``.

    ``rows = (A, B)`` and ``columns = (C, D)`` are blocks and places in a block; ``diagonals`` has
    shape (A + C - 1, B + D - 1), its last entry standing in the lower left corner. Raises
    AuthorError for another shape.

    >>> grid = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    >>> doubly_block_toeplitz(grid, (2, 2), (2, 2)).entry(3, 0)
    Rational(8)
    """
    (A, B), (C, D) = rows, columns
    if min(A, B, C, D) < 1:
        raise AuthorError(f"blocks of rows {rows} and of columns {columns}: each is at least 1")
    _require_shape(diagonals, (A + C - 1, B + D - 1))
    width = B + D - 1

    def number(a: int, b: int, c: int, d: int) -> int:
        return (a - c + C - 1) * width + b - d + D - 1

    return _in_blocks(diagonals, rows, columns, number)


def doubly_block_circulant(kernel: Grid) -> LinearMap:
    """Row ``(a, b)`` and column ``(c, d)`` hold ``kernel[(a - c) mod A][(b - d) mod B]``.

    ``kernel`` has shape (A, B). Times an image, it is the circular convolution in two dimensions.
    Raises AuthorError for an empty kernel or rows of different lengths.

    >>> doubly_block_circulant([[1, 2], [3, 4]]).numpy([1, 2, 3, 4]).tolist()
    [[1, 2, 3, 4], [2, 1, 4, 3], [3, 4, 1, 2], [4, 3, 2, 1]]
    """
    A, B = len(kernel), len(kernel[0]) if kernel else 0
    if A * B == 0:
        raise AuthorError("a circulant matrix needs at least one entry")
    _require_shape(kernel, (A, B))

    def number(a: int, b: int, c: int, d: int) -> int:
        return (a - c) % A * B + (b - d) % B

    return _in_blocks(kernel, (A, B), (A, B), number)


def _in_blocks(
    entries: Grid,
    rows: tuple[int, int],
    columns: tuple[int, int],
    number: Callable[[Any, Any, Any, Any], Any],
) -> LinearMap:
    """The matrix whose entry at rows (a, b), columns (c, d) has this number among ``entries``."""
    import numpy as np

    listed = [formula(entry) for line in entries for entry in line]
    distinct = [each for each in dict.fromkeys(listed) if each != Rational(0)]
    taps = {each: tap for tap, each in enumerate(distinct)}
    tap_of = np.array([taps.get(each, -1) for each in listed])
    sizes = (*rows, *columns)
    found = tap_of[np.broadcast_to(number(*np.ogrid[tuple(map(slice, sizes))]), sizes)]
    shape = (rows[0] * rows[1], columns[0] * columns[1])
    flat = found.reshape(shape)
    down, across = np.nonzero(flat >= 0)
    weights = Written(tuple(distinct))
    return LinearMap.from_entries(shape, down, across, flat[down, across], weights=weights)


def _require_shape(grid: Grid, shape: tuple[int, int]) -> None:
    found = [len(line) for line in grid]
    if found != [shape[1]] * shape[0]:
        raise AuthorError(
            f"{shape[0]} rows of {shape[1]} entries are needed, but the rows have {found} entries"
        )
