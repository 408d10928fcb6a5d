"""The Jacobian of ``y = relu(x + V relu(W x))``, 16 neurons, all weights symbols.

Ours builds the factors and proves that they are the tangent of the program; SymPy differentiates
the written-out program with ``Max`` for ReLU.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from symcnn.layers.index_table import Channels
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.members import Members
from symcnn.layers.residual_jacobian import ResidualJacobian
from tests.benchmarks.pairs import Pair

SIZE = 16


def proved() -> ResidualJacobian:
    """The factors, after their proof."""
    first, second = (
        LinearMap.separable([Channels(SIZE, SIZE)], weights=Members(name, (SIZE, SIZE)))
        for name in "WV"
    )
    block = ResidualJacobian(first, second)
    assert block.proof().equal
    return block


def by_sympy() -> tuple[Any, ...]:
    """The Jacobian, and the symbols in it."""
    w, v = (sympy.symbols(f"{name}:{SIZE**2}", real=True) for name in "wv")
    x = sympy.symbols(f"x:{SIZE}", real=True)
    hidden = (sympy.Matrix(SIZE, SIZE, w) * sympy.Matrix(x)).applyfunc(lambda u: sympy.Max(u, 0))
    inside = sympy.Matrix(x) + sympy.Matrix(SIZE, SIZE, v) * hidden
    return inside.applyfunc(lambda u: sympy.Max(u, 0)).jacobian(x), w, v, x


def _same(ours: ResidualJacobian, theirs: tuple[Any, ...]) -> bool:
    """Both at a point without ties, in a few rows."""
    jacobian, w, v, x = theirs
    weights, others = ([(7 * n + k) % 11 - 5 for n in range(SIZE**2)] for k in (0, 3))
    inputs = [(5 * n) % 7 - 2 or 9 for n in range(SIZE)]
    numbers = ours.at(weights, others, inputs)
    point = dict(zip((*w, *v, *x), (*weights, *others, *inputs), strict=True))
    return all(
        jacobian[i, j].xreplace(point) == numbers[i, j] for i in (0, 5, 15) for j in range(SIZE)
    )


def pairs() -> Iterator[Pair]:
    """SymPy takes seconds, so it is asked once."""
    yield Pair(
        f"residual Jacobian {SIZE}x{SIZE}, once",
        proved,
        by_sympy,
        "sympy Matrix.jacobian, Max",
        _same,
        rounds=1,
    )
