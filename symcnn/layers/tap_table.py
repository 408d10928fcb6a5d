"""An index table of kernel taps: what stands where, as integers, as formulas, and as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError, ToolMissing
from symcnn.formula.arrays import Table
from symcnn.formula.nodes import Formula, Rational
from symcnn.layers.index_table import Factor, IndexTable
from symcnn.layers.map_vector import require_length
from symcnn.layers.members import Weights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import scipy.sparse

    IntArray = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class TapTable:
    """The table of a `LinearMap`, and everything that can be read off it."""

    shape: tuple[int, int]
    pointers: IntArray
    columns: IntArray
    taps: IntArray
    weights: Weights
    factors: tuple[Factor, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.pointers, self.columns, self.taps):
            array.setflags(write=False)

    def __repr__(self) -> str:
        rows, columns = self.shape
        counts = f"{self.nnz} nonzeros, {self.weights.size} weights"
        return f"<{type(self).__name__} {rows} x {columns}, {counts}>"

    @property
    def nnz(self) -> int:
        """How many entries hold a tap."""
        return len(self.taps)

    @property
    def nbytes(self) -> int:
        """The bytes that the table takes."""
        return self.pointers.nbytes + self.columns.nbytes + self.taps.nbytes

    @property
    def rows(self) -> IntArray:
        """The row of each nonzero."""
        import numpy as np

        return np.repeat(np.arange(self.shape[0]), np.diff(self.pointers))

    def index_table(self) -> IndexTable:
        """The table without the meaning of its taps."""
        import numpy as np

        lengths = np.diff(self.pointers)
        return IndexTable(self.shape, self.weights.size, self.columns, self.taps, lengths=lengths)

    def row(self, r: int) -> dict[int, int]:
        """The number of the tap in each column of row ``r`` that holds one.

        Raises AuthorError where there is no such row.
        """
        if not 0 <= r < self.shape[0]:
            raise AuthorError(f"a matrix of shape {self.shape} has no row {r}")
        here = slice(int(self.pointers[r]), int(self.pointers[r + 1]))
        return dict(zip(self.columns[here].tolist(), self.taps[here].tolist(), strict=True))

    def entry(self, i: int, j: int) -> Formula:
        """The tap at row ``i`` and column ``j``, or 0. Raises AuthorError for one outside."""
        if not 0 <= j < self.shape[1]:
            raise AuthorError(f"a matrix of shape {self.shape} has no entry {(i, j)}")
        tap = self.row(i).get(j)
        return Rational(0) if tap is None else self.weights.member(tap)

    def grid(self) -> tuple[tuple[int | None, ...], ...]:
        """The number of the tap at each position, None where the entry is 0.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().grid()
        ((0, 1, None), (None, 0, 1))
        """
        cells: list[list[int | None]] = [[None] * self.shape[1] for _ in range(self.shape[0])]
        for row, column, tap in self.triples():
            cells[row][column] = tap
        return tuple(map(tuple, cells))

    def table(self) -> Table:
        """The matrix written out as a formula."""
        entries: list[Formula] = [Rational(0)] * (self.shape[0] * self.shape[1])
        members = self.members()
        for row, column, tap in self.triples():
            entries[row * self.shape[1] + column] = members[tap]
        return Table(self.shape, tuple(entries))

    def values(self, weights: npt.ArrayLike) -> npt.NDArray[Any]:
        """The number at each nonzero. Raises AuthorError for another number of weights."""
        import numpy as np

        given = np.asarray(weights)
        if given.size != self.weights.size:
            raise AuthorError(
                f"the map has {self.weights.size} weights, but {given.size} numbers are given"
            )
        return given.reshape(-1)[self.taps]

    def numpy(self, weights: npt.ArrayLike) -> npt.NDArray[Any]:
        """The matrix with numbers for the weights, in their order, whatever their array's shape.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().numpy([5, 7]).tolist()
        [[5, 7, 0], [0, 5, 7]]
        """
        import numpy as np

        values = self.values(weights)
        dense = np.zeros(self.shape, dtype=values.dtype)
        dense[self.rows, self.columns] = values
        return dense

    def scipy(self, weights: npt.ArrayLike) -> scipy.sparse.csr_array:
        """The matrix with numbers for the weights as SciPy's compressed rows, sharing the table.

        Raises ToolMissing where SciPy is not installed.
        """
        try:
            from scipy import sparse
        except ImportError as error:
            raise ToolMissing("there is no SciPy; install it with: pip install scipy") from error
        return sparse.csr_array(
            (self.values(weights), self.columns, self.pointers), shape=self.shape
        )

    def apply(self, weights: npt.ArrayLike, vector: npt.ArrayLike) -> npt.NDArray[Any]:
        """The matrix with numbers for the weights times a vector of numbers.

        Exact where both are, that is for integers and arrays of Fractions. Raises AuthorError for
        another number of weights or entries.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().apply([5, 7], [1, 0, 2]).tolist()
        [5, 14]
        """
        import numpy as np

        given = np.asarray(vector)
        require_length(self, given.shape)
        products = self.values(weights) * given[self.columns]
        sums = np.zeros(self.shape[0], products.dtype)
        filled = np.flatnonzero(np.diff(self.pointers))
        if len(filled):
            sums[filled] = np.add.reduceat(products, self.pointers[filled])
        return sums

    def members(self) -> list[Formula]:
        """Every weight as a formula, in the order of the numbers."""
        return [self.weights.member(number) for number in range(self.weights.size)]

    def triples(self) -> Iterator[tuple[int, int, int]]:
        """Row, column and tap of each nonzero, row by row."""
        lists = self.rows.tolist(), self.columns.tolist(), self.taps.tolist()
        return zip(*lists, strict=True)
