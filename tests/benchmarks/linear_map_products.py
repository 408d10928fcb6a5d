"""``W x`` with symbols for both, and the proof that gathering is the transpose, entry by entry.

Ours makes the key of every product; an expression is made when an entry is asked for. The proof
starts from the two rules: the matrix, transposed, and the correlation with the reversed kernel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sympy

from symcnn.layers.axis import Axis
from symcnn.layers.forms import Forms
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.members import Members
from symcnn.layers.same_entries import same_entries
from tests.benchmarks.linear_map_build import SIZE, TAPS, places, symbols, table
from tests.benchmarks.pairs import Pair

OUTPUTS = SIZE - TAPS + 1


def _assigned() -> sympy.Matrix:
    """SymPy's own matrix, whose product is its quickest."""
    w, matrix = symbols(), sympy.zeros(OUTPUTS**2, SIZE**2)
    for row, column, u, v in places(SIZE, TAPS):
        matrix[row, column] = w[u][v]
    return matrix


def _same_products(ours: Forms, theirs: sympy.Matrix) -> bool:
    """Every entry as a multiset of (tap, input)."""
    taps = {str(each): n for n, each in enumerate(each for row in symbols() for each in row)}
    found: list[Counter[tuple[int, int]]] = [Counter() for _ in range(OUTPUTS**2)]
    for place, key in zip(ours.places.tolist(), ours.keys.tolist(), strict=True):
        tap, at = ours.ring.digits(key)
        found[place][tap - 1, at - 1] += 1
    for mine, entry in zip(found, theirs, strict=True):
        other: Counter[tuple[int, int]] = Counter()
        for term in entry.args:
            one, two = sorted(map(str, term.args))
            other[taps[one], int(two.removeprefix("x"))] += 1
        if mine != other:
            return False
    return True


def proved() -> bool:
    """Both sides built from their rules, then compared for all weights."""
    gather = Axis(outputs=SIZE, inputs=OUTPUTS, taps=TAPS, dilation=-1)
    up = LinearMap.separable((gather, gather), weights=Members("w", (TAPS, TAPS)))
    y = Members("y", (OUTPUTS**2,))
    return same_entries(up @ y, table().T @ y).equal


def _gathered(a: int, b: int, w: Any, y: Any) -> list[Any]:
    """The terms of position (a, b) of the transposed convolution."""
    return [
        w[u][v] * y[(a - u) * OUTPUTS + b - v]
        for u in range(TAPS)
        for v in range(TAPS)
        if 0 <= a - u < OUTPUTS and 0 <= b - v < OUTPUTS
    ]


def _by_sympy() -> bool:
    w, y = symbols(), sympy.symbols(f"y:{OUTPUTS**2}")
    product = _assigned().T * sympy.Matrix(y)
    return all(
        product[a * SIZE + b] == sympy.Add(*_gathered(a, b, w, y))
        for a in range(SIZE)
        for b in range(SIZE)
    )


def _by_symengine() -> bool:
    """Scattered and gathered term by term; its dense matrices take fifty times as long."""
    import symengine

    w = [[symengine.Symbol(f"w{u}{v}") for v in range(TAPS)] for u in range(TAPS)]
    y = [symengine.Symbol(f"y{k}") for k in range(OUTPUTS**2)]
    terms: list[list[Any]] = [[] for _ in range(SIZE**2)]
    for row, column, u, v in places(SIZE, TAPS):
        terms[column].append(w[u][v] * y[row])
    return all(
        symengine.Add(*terms[a * SIZE + b]) == symengine.Add(*_gathered(a, b, w, y))
        for a in range(SIZE)
        for b in range(SIZE)
    )


def _both_hold(ours: bool, theirs: bool) -> bool:
    return ours and theirs


def pairs() -> Iterator[Pair]:
    """One product and one proof at 64x64, 3x3."""
    matrix, x = table(), Members("x", (SIZE**2,))
    theirs, vector = _assigned(), sympy.Matrix(sympy.symbols(f"x:{SIZE**2}"))
    name = f"{SIZE}x{SIZE}, {TAPS}x{TAPS}"

    def product() -> Forms:
        return matrix @ x

    yield Pair(
        f"W @ x, {name}", product, lambda: theirs * vector, "sympy.Matrix", _same_products, rounds=3
    )
    proof = f"transposed = W' y, {name}"
    yield Pair(proof, proved, _by_sympy, "sympy.Matrix", _both_hold, rounds=3)
    yield Pair(proof, proved, _by_symengine, "symengine", _both_hold)
