"""Is a matrix Toeplitz, circulant, or that in blocks? Entries are compared as they are written.

Nothing is evaluated: ``a + b`` and ``b + a`` are different entries. Only a literal 0 is a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table, table
from symcnn.formula.nodes import Formula, Operand, Rational
from symcnn.layers.tap_table import TapTable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]
    BoolArray = npt.NDArray[np.bool_]

Matrix: TypeAlias = TapTable | Table | Sequence[Sequence[Operand]]


def is_toeplitz(matrix: Matrix) -> bool:
    """Is every entry equal to the one below and to the right of it, where there is one?

    Raises AuthorError for something that has not two dimensions.

    >>> from symcnn.layers import Conv1d
    >>> is_toeplitz(Conv1d(input_size=5, kernel_size=3).linear_map())
    True
    >>> is_toeplitz(Conv1d(input_size=5, kernel_size=3, stride=2).linear_map())
    False
    """
    found = _entries(matrix)
    return found.repeats_in_blocks(found.shape)


def is_circulant(matrix: Matrix) -> bool:
    """Is it square, and each column the one before, shifted down by one place and around?

    >>> is_circulant([[1, 3, 2], [2, 1, 3], [3, 2, 1]]), is_circulant([[1, 2], [3, 1]])
    (True, False)
    """
    found = _entries(matrix)
    return found.square and found.turns(found.shape[0], 1)


def is_block_toeplitz(matrix: Matrix, block: tuple[int, int]) -> bool:
    """Is every block of this many rows and columns equal to the next one on its diagonal?

    Raises AuthorError where blocks do not divide the matrix.

    >>> is_block_toeplitz([[1, 2, 0, 0], [0, 0, 1, 2]], (1, 2))
    True
    """
    return _divided(matrix, block).repeats_by_blocks(block)


def is_doubly_block_toeplitz(matrix: Matrix, block: tuple[int, int]) -> bool:
    """Is it block Toeplitz, and every block Toeplitz?

    Raises AuthorError where blocks do not divide the matrix.

    >>> from symcnn.layers.axis import Axis
    >>> from symcnn.layers.linear_map import LinearMap
    >>> from symcnn.layers.members import Members
    >>> twice = [Axis(outputs=4, inputs=6, taps=3)] * 2
    >>> matrix = LinearMap.separable(twice, weights=Members("w", (3, 3)))
    >>> is_doubly_block_toeplitz(matrix, (4, 6)), is_toeplitz(matrix)
    (True, False)
    """
    found = _divided(matrix, block)
    return found.repeats_by_blocks(block) and found.repeats_in_blocks(block)


def is_doubly_block_circulant(matrix: Matrix, block: int) -> bool:
    """Is it square, its blocks of this size circulant, and their arrangement too?

    Raises AuthorError where blocks do not divide the matrix.

    >>> rows = [[1, 2, 3, 4], [2, 1, 4, 3], [3, 4, 1, 2], [4, 3, 2, 1]]
    >>> is_doubly_block_circulant(rows, 2), is_circulant(rows)
    (True, False)
    """
    found = _divided(matrix, (block, block))
    return found.square and found.turns(found.shape[0], block) and found.turns(block, 1)


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries that are not 0: where they are, and a number for what they are."""

    shape: tuple[int, int]
    rows: IntArray
    columns: IntArray
    kinds: IntArray

    @property
    def square(self) -> bool:
        return self.shape[0] == self.shape[1]

    def repeats_by_blocks(self, block: tuple[int, int]) -> bool:
        """Is each entry equal to the one a block below and a block to the right?"""
        (rows, columns), (height, width) = self.shape, block
        before = (self.rows < rows - height) & (self.columns < columns - width)
        after = (self.rows >= height) & (self.columns >= width)
        return self._carried(before, after, height, width)

    def repeats_in_blocks(self, block: tuple[int, int]) -> bool:
        """Is each entry equal to its neighbour below and to the right in the same block?"""
        rows, columns = self.rows % block[0], self.columns % block[1]
        before = (rows < block[0] - 1) & (columns < block[1] - 1)
        return self._carried(before, (rows > 0) & (columns > 0), 1, 1)

    def _carried(self, before: BoolArray, after: BoolArray, down: int, right: int) -> bool:
        """Does moving the entries at ``before`` give those at ``after``?"""
        import numpy as np

        moved = self._keys(self.rows[before] + down, self.columns[before] + right, before)
        return bool(np.array_equal(moved, self._keys(self.rows[after], self.columns[after], after)))

    def turns(self, length: int, step: int) -> bool:
        """Does it stay itself when rows and columns move on by ``step`` within each ``length``?"""
        import numpy as np

        rows, columns = (
            each - each % length + (each % length + step) % length
            for each in (self.rows, self.columns)
        )
        everything = np.ones(len(rows), bool)
        moved = self._keys(rows, columns, everything)
        return bool(np.array_equal(moved, self._keys(self.rows, self.columns, everything)))

    def _keys(self, rows: IntArray, columns: IntArray, chosen: BoolArray) -> IntArray:
        """One number for each (row, column, kind), ascending."""
        import numpy as np

        kinds = int(self.kinds.max(initial=0)) + 1
        return np.sort((rows * self.shape[1] + columns) * kinds + self.kinds[chosen])


def _entries(matrix: Matrix) -> _Entries:
    import numpy as np

    if isinstance(matrix, TapTable):
        columns, taps = (each.astype(np.int64) for each in (matrix.columns, matrix.taps))
        return _Entries(matrix.shape, matrix.rows, columns, taps)
    written = matrix if isinstance(matrix, Table) else table(list(map(list, matrix)))
    if len(written.size) != 2:
        raise AuthorError(f"a matrix has two dimensions, this array has {len(written.size)}")
    numbers: dict[Formula, int] = {Rational(0): -1}
    kinds = np.array([numbers.setdefault(each, len(numbers)) for each in written.entries])
    rows, columns = np.nonzero(kinds.reshape(written.size) >= 0)
    return _Entries((written.size[0], written.size[1]), rows, columns, kinds[kinds >= 0])


def _divided(matrix: Matrix, block: tuple[int, int]) -> _Entries:
    found = _entries(matrix)
    if min(block) < 1 or found.shape[0] % block[0] or found.shape[1] % block[1]:
        raise AuthorError(f"blocks of shape {block} do not divide a matrix of shape {found.shape}")
    return found
