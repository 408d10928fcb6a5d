"""A sparse matrix of kernel taps as an index table: integers, with symbols attached on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table
from symcnn.formula.nodes import Formula, Index, Rational, add, formula

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import sympy

    IntArray = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False, slots=True)
class LinearMap:
    """Entry ``(rows[k], columns[k])`` is the tap ``weight[taps[k] + first]``; all others are 0.

    ``shape`` is (outputs, inputs). No position is listed twice.
    """

    shape: tuple[int, int]
    rows: IntArray
    columns: IntArray
    taps: IntArray
    weight: str = "w"
    first: int = 0

    @classmethod
    def from_taps(
        cls, shape: tuple[int, int], columns: IntArray, *, weight: str = "w", first: int = 0
    ) -> LinearMap:
        """From the column that each (row, tap) hits; columns outside the matrix are dropped.

        ``columns`` has shape (rows, taps).
        """
        import numpy as np

        rows, taps = np.nonzero((columns >= 0) & (columns < shape[1]))
        return cls(
            shape=shape,
            rows=rows.astype(np.int32),
            columns=columns[rows, taps],
            taps=taps.astype(np.int32),
            weight=weight,
            first=first,
        )

    @property
    def nonzeros(self) -> int:
        """How many entries hold a tap."""
        return len(self.taps)

    @property
    def T(self) -> LinearMap:
        """The transpose, sharing the table."""
        return LinearMap(
            shape=self.shape[::-1],
            rows=self.columns,
            columns=self.rows,
            taps=self.taps,
            weight=self.weight,
            first=self.first,
        )

    def grid(self) -> tuple[tuple[int | None, ...], ...]:
        """The number of the tap at each position, None where the entry is 0.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().grid()
        ((0, 1, None), (None, 0, 1))
        """
        cells: list[list[int | None]] = [[None] * self.shape[1] for _ in range(self.shape[0])]
        for row, column, tap in self._triples():
            cells[row][column] = tap
        return tuple(map(tuple, cells))

    def table(self) -> Table:
        """The matrix written out as a formula."""
        entries: list[Formula] = [Rational(0)] * (self.shape[0] * self.shape[1])
        for row, column, tap in self._triples():
            entries[row * self.shape[1] + column] = Index(self.weight, (formula(tap + self.first),))
        return Table(self.shape, tuple(entries))

    def __matmul__(self, vector: Table) -> Table:
        """The matrix times a vector that is written out, every entry as a sum of products.

        Raises AuthorError where the vector has another length than the matrix has columns.

        >>> from symcnn.formula import Symbol, table
        >>> from symcnn.layers import Conv1d
        >>> product = Conv1d(input_size=2, kernel_size=2).linear_map() @ table([Symbol("a"), 3])
        >>> [entry.args for entry in product.entries] == [
        ...     (Index("w", (formula(0),)) * Symbol("a"), Index("w", (formula(1),)) * 3)
        ... ]
        True
        """
        if vector.size != self.shape[1:]:
            raise AuthorError(
                f"a matrix of shape {self.shape} takes a vector of {self.shape[1]} entries, "
                f"not an array of size {vector.size}"
            )
        terms: list[list[Formula]] = [[] for _ in range(self.shape[0])]
        for row, column, tap in self._triples():
            weight = Index(self.weight, (formula(tap + self.first),))
            terms[row].append(weight * vector.entries[column])
        return Table(self.shape[:1], tuple(map(add, terms)))

    def sympy(self) -> sympy.Matrix:
        """The matrix under SymPy's own type, as a sparse one."""
        import sympy

        base = sympy.IndexedBase(self.weight)
        entries = {(row, column): base[tap + self.first] for row, column, tap in self._triples()}
        return sympy.SparseMatrix(*self.shape, entries)

    def numpy(self, weights: npt.ArrayLike) -> npt.NDArray[Any]:
        """The matrix with numbers for the taps, ``weights[0]`` being the first."""
        import numpy as np

        values = np.asarray(weights)
        dense = np.zeros(self.shape, dtype=values.dtype)
        dense[self.rows, self.columns] = values[self.taps]
        return dense

    def _triples(self) -> list[tuple[int, int, int]]:
        lists = self.rows.tolist(), self.columns.tolist(), self.taps.tolist()
        return list(zip(*lists, strict=True))
