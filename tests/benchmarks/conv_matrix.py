"""The matrix of a one-dimensional convolution: symcnn's index table against SymPy's matrices.

The same entries, one symbol a tap: as a table of integers with symbols on demand, as a formula with
every entry written out, and under SymPy's own sparse type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from symcnn.formula import Index, Table
from symcnn.layers import Conv1d
from tests.benchmarks.pairs import Pair

SIZES = ((32, 3), (128, 5), (256, 7))


def _dense(size: int, taps: int) -> Any:
    """As a SymPy user writes it: the entry rule, called for each position."""
    w = sympy.IndexedBase("w")
    return sympy.Matrix(
        size - taps + 1, size, lambda o, i: w[i - o] if 0 <= i - o < taps else sympy.S.Zero
    )


def _sparse(size: int, taps: int) -> Any:
    """As a SymPy user who knows of sparse matrices writes it."""
    w = sympy.IndexedBase("w")
    rows = size - taps + 1
    return sympy.SparseMatrix(
        rows, size, {(o, o + j): w[j] for o in range(rows) for j in range(taps)}
    )


def _same(ours: Any, theirs: Any) -> bool:
    """Entry by entry, by the number of the tap."""
    if isinstance(ours, Table):
        taps = [each.indices[0].value if isinstance(each, Index) else None for each in ours.entries]
        return taps == [each.indices[0] if each else None for each in theirs]
    built = ours if isinstance(ours, sympy.MatrixBase) else ours.sympy()
    return bool(built == theirs)


def pairs() -> Iterator[Pair]:
    """Three sizes, each in three forms."""
    for size, taps in SIZES:
        conv = Conv1d(input_size=size, kernel_size=taps)
        name = f"conv matrix {size - taps + 1} x {size}"

        def dense(size: int = size, taps: int = taps) -> Any:
            return _dense(size, taps)

        def sparse(size: int = size, taps: int = taps) -> Any:
            return _sparse(size, taps)

        def written_out(conv: Conv1d = conv) -> Any:
            return conv.linear_map().table()

        yield Pair(f"{name}, index table", conv.linear_map, dense, "sympy.Matrix", _same)
        yield Pair(f"{name}, written out", written_out, dense, "sympy.Matrix", _same)
        yield Pair(f"{name}, index table", conv.linear_map, sparse, "sympy.SparseMatrix", _same)
        yield Pair(f"{name}, .sympy()", conv.sympy, sparse, "sympy.SparseMatrix", _same)
