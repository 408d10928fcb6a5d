"""LaTeX of a matrix of taps: the same text as SymPy's, and a text of bounded size."""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from symcnn.layers.matrix_latex import BYTES, full_latex
from tests.benchmarks.linear_map_build import TAPS, sparse, table
from tests.benchmarks.pairs import Pair

SIZE = 16


def pairs() -> Iterator[Pair]:
    """A matrix of 196 x 256, whole and cut to three kilobytes."""
    ours, theirs = table(SIZE), sympy.Matrix(sparse(SIZE))
    name = f"LaTeX of W, {ours.shape[0]}x{ours.shape[1]}"
    yield Pair(
        name,
        lambda: full_latex(ours),
        lambda: sympy.latex(theirs),
        "sympy.latex, the same text",
        lambda one, other: one == other and TAPS == 3,
    )
    yield Pair(
        f"{name}, cut",
        ours.latex,
        lambda: sympy.latex(theirs),
        "sympy.latex, whole",
        lambda one, other: len(one.encode()) <= BYTES < len(other),
        rounds=3,
    )
