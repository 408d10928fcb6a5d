"""Building the matrix of a two-dimensional convolution: SymPy's sparse ways, and copying memory.

One symbol a tap. A ratio below 1 against a copy says which part of the time the copy would take: at
least 0.05 is wanted for a small table and 0.33 for one of two million entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sympy import ZZ, SparseMatrix, Symbol
from sympy.polys.matrices import DomainMatrix

from symcnn.layers import Conv2d
from symcnn.layers.axis import Axis
from symcnn.layers.index_table import Channels
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.members import Members
from tests.benchmarks.pairs import Pair

SIZE, TAPS, CHANNELS = 64, 3, 8


def table(size: int = SIZE, taps: int = TAPS, channels: int = 1, padding: int = 0) -> LinearMap:
    """Stride 1; with padding the rows at the border are shorter than the others."""
    outputs = size + 2 * padding - taps + 1
    axis = Axis(outputs=outputs, inputs=size, taps=taps, padding=padding)
    if channels == 1:
        return LinearMap.separable((axis, axis), weights=Members("w", (taps, taps)))
    weights = Members("w", (channels, channels, taps, taps))
    return LinearMap.separable((Channels(channels, channels), axis, axis), weights=weights)


def layer() -> LinearMap:
    """The same through the layer, whose sizes are formulas and are checked."""
    return Conv2d(input_size=SIZE, kernel_size=TAPS).linear_map()


def symbols(taps: int = TAPS) -> list[list[Symbol]]:
    """The kernel as SymPy symbols, called as symcnn prints them."""
    return [[Symbol(f"w_{{{u}, {v}}}") for v in range(taps)] for u in range(taps)]


def places(size: int, taps: int) -> Iterator[tuple[int, int, int, int]]:
    """Row, column and tap of every nonzero."""
    outputs = size - taps + 1
    for p in range(outputs):
        for q in range(outputs):
            for u in range(taps):
                for v in range(taps):
                    yield p * outputs + q, (p + u) * size + q + v, u, v


def sparse(size: int = SIZE, taps: int = TAPS) -> SparseMatrix:
    """From a dictionary, the quickest way to a SymPy matrix."""
    w, outputs = symbols(taps), size - taps + 1
    entries = {
        (p * outputs + q, (p + u) * size + q + v): w[u][v]
        for p in range(outputs)
        for q in range(outputs)
        for u in range(taps)
        for v in range(taps)
    }
    return SparseMatrix(outputs**2, size**2, entries)


def domain(size: int = SIZE, taps: int = TAPS) -> DomainMatrix:
    """Over the polynomial ring of the taps, from a dictionary of rows."""
    ring = ZZ[tuple(each for row in symbols(taps) for each in row)]
    w, outputs = ring.gens, size - taps + 1
    rows = {
        p * outputs + q: {
            (p + u) * size + q + v: w[u * taps + v] for u in range(taps) for v in range(taps)
        }
        for p in range(outputs)
        for q in range(outputs)
    }
    return DomainMatrix(rows, (outputs**2, size**2), ring)


def _same_sparse(ours: LinearMap, theirs: SparseMatrix) -> bool:
    w = [each for row in symbols() for each in row]
    return {(r, c): w[t] for r, c, t in ours.triples()} == theirs.todok()


def _same_domain(ours: LinearMap, theirs: DomainMatrix) -> bool:
    found = {(r, c): theirs.domain.gens[t] for r, c, t in ours.triples()}
    return found == theirs.to_dok()


def _same_arrays(ours: LinearMap, theirs: list[Any]) -> bool:
    mine = (ours.pointers, ours.columns, ours.taps)
    return all(map(np.array_equal, mine, theirs)) and ours.nbytes <= 8 * ours.nnz


def pairs() -> Iterator[Pair]:
    """Against two ways of SymPy, and against copying the table itself."""
    name = f"W of {SIZE}x{SIZE}, {TAPS}x{TAPS}: build"
    yield Pair(name, table, sparse, "SparseMatrix(dict)", _same_sparse)
    yield Pair(f"{name}, Conv2d", layer, sparse, "SparseMatrix(dict)", _same_sparse)
    yield Pair(name, table, domain, "DomainMatrix over ZZ[w]", _same_domain)
    for channels, padding in ((1, 0), (1, 1), (CHANNELS, 0)):
        made = table(channels=channels, padding=padding)
        arrays = (made.pointers, made.columns, made.taps)
        yield Pair(
            f"W of {SIZE}x{SIZE}, {made.nnz} entries",
            lambda numbers=(channels, padding): table(channels=numbers[0], padding=numbers[1]),
            lambda arrays=arrays: [each.copy() for each in arrays],
            f"a copy of its {made.nbytes} bytes",
            _same_arrays,
        )
