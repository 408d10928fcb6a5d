"""Transposing index tables: rows and columns exchanged, and everything put in order again."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from symcnn.formula.frozen import frozen
from symcnn.layers.index_table import Factor, IndexTable, Run, signed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]


def transposed(table: IndexTable) -> IndexTable:
    """The table of the transpose, in time linear in the number of entries."""
    import numpy as np

    rows, columns = table.shape
    order = _order(table.columns, columns)
    numbers = np.arange(rows, dtype=signed(rows))
    held = np.repeat(numbers, np.diff(table.pointers()))
    lengths = np.bincount(table.columns, minlength=columns)
    return IndexTable(
        (columns, rows), table.members, held[order], table.taps[order], lengths=lengths
    )


@frozen
class Turned:
    """An axis whose rows are the columns of another."""

    axis: Factor

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows, columns and taps."""
        rows, columns, taps = self.axis.sizes
        return columns, rows, taps

    def table(self) -> IndexTable:
        """The axis on its own."""
        return transposed(self.axis.table())

    def runs(self) -> list[Run]:
        """Every row for itself."""
        table = self.table()
        pointers = table.pointers().tolist()
        return [
            Run(1, table.columns[begin:end], table.taps[begin:end], 0, 0)
            for begin, end in itertools.pairwise(pointers)
        ]


def turn(factor: Factor) -> Factor:
    """The axis the other way round; turned twice, it is itself."""
    return factor.axis if isinstance(factor, Turned) else Turned(factor)


def _order(values: IntArray, count: int) -> IntArray:
    """The places of the values in ascending order, equal ones as they stand."""
    import numpy as np

    low = np.argsort(values.astype(np.uint16), kind="stable")
    if count <= 2**16:
        return low
    high = (values >> 16).astype(np.uint16)
    if count > 2**32:
        return np.argsort(values, kind="stable")
    return low[np.argsort(high[low], kind="stable")]
