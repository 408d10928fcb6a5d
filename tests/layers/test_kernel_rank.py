"""Ranks of kernels: factors, minors and null vectors against numbers and the prover."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.claims import Exhibit, Proved, Refuted
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Mul, Symbol, formula, number, table
from symcnn.formula.arrays import Table
from symcnn.layers.kernel_rank import (
    minors,
    null_vector,
    outer,
    rank_certificate,
    separable_filter,
)
from symcnn.layers.unfolding import Unfolding
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.layers.values import at, numbers, proved, refuted, whole

SOBEL = table([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

LAPLACE = table([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


def rows_of(matrix: Table) -> Any:
    return at(matrix)


def test_a_spatially_separable_filter_in_two_passes() -> None:
    place = (Symbol("i"), Symbol("j"))
    at_once, in_turn = separable_filter(place, (Symbol("K"), Symbol("L")))
    given = "K, L: positive integer; i, j: integer; u, v, x: indexed real"
    assert proved(in_turn, at_once, given)
    _, crossed = separable_filter(place, (Symbol("K"), Symbol("L")), u="v", v="u")
    assert refuted(crossed, at_once, given)


def test_two_by_two_minors_say_whether_a_filter_is_separable() -> None:
    u, v = table([Symbol("a"), Symbol("b"), Symbol("c")]), table([Symbol("d"), Symbol("e")])
    for minor in minors(outer(u, v)):
        assert proved(minor, formula(0), "a, b, c, d, e: real")
    assert {at(minor) for minor in minors(SOBEL)} == {0}
    assert {at(minor) for minor in minors(LAPLACE)} != {0}
    assert (rows_of(outer(table([1, 2, 1]), table([1, 0, -1]))) == rows_of(SOBEL)).all()


MATRICES = {
    "Sobel": SOBEL,
    "Laplace": LAPLACE,
    "full": table([[2, 1], [1, 1]]),
    "wide": table([[1, 2, 3, 4], [2, 4, 6, 9]]),
    "tall": table([[1, 2], [3, 6], [5, 10], [0, 0]]),
    "leading zeros": table([[0, 0, 3], [0, 1, 1]]),
    "fractions": table([[number(Fraction(1, 2)), 1], [number(Fraction(1, 3)), 1]]),
}


@pytest.mark.parametrize("matrix", MATRICES.values(), ids=MATRICES)
def test_rank_certificates(matrix: Table) -> None:
    found = rank_certificate(matrix)
    values = rows_of(matrix)
    assert found.rank == np.linalg.matrix_rank(values.astype(float))
    assert (rows_of(found.left) @ rows_of(found.right) == values).all()
    minor = values[np.ix_(found.rows, found.columns)]
    assert (rows_of(found.minor) == minor).all()
    assert found.minor.size == (found.rank, found.rank)
    assert at(Call("det", (found.minor,))) != 0
    kernel = null_vector(matrix)
    assert (kernel is None) == (found.rank == matrix.size[1])
    if kernel is not None:
        assert set(values @ rows_of(kernel)) == {Fraction(0)}
        assert any(rows_of(kernel))


def test_a_certificate_is_an_exhibit_that_the_prover_checks() -> None:
    found = rank_certificate(LAPLACE)
    factored = Compare("=", Mul((found.left, found.right)), LAPLACE)
    nonzero = Compare("!=", Call("det", (found.minor,)), 0)
    given = read_given("")
    assert isinstance(decide(Exhibit((), (factored, nonzero)), given), Proved)
    near_miss = Compare("=", Mul((found.left, found.right)), SOBEL)
    assert isinstance(decide(Exhibit((), (near_miss,)), given), Refuted)


def test_a_null_vector_shows_that_a_projection_loses_information() -> None:
    projection = table([[1, 2, 0], [0, 1, 1]])
    kernel = null_vector(projection)
    assert kernel is not None
    lost = Compare("=", Mul((projection, kernel)), table([0, 0]))
    assert isinstance(decide(Exhibit((), (lost,)), read_given("")), Proved)


def test_unfoldings_hold_every_weight_once() -> None:
    kernel = numbers(2, 3, 2, 2)
    unfolding = Unfolding(out_channels=2, in_channels=3, kernel_size=2)
    assert (at(unfolding.by_output(), W=kernel) == kernel.reshape(2, 12)).all()
    for c in range(3):
        assert (at(unfolding.of_channel(c), W=kernel) == kernel[:, c].reshape(2, 4)).all()


def test_separable_kernels_have_slices_of_rank_one() -> None:
    p, d = numbers(3, 2, seed=2) + 20, numbers(2, 2, 2, seed=3) + 20
    kernel = np.einsum("oc,cuv->ocuv", p, d)
    unfolding = Unfolding(out_channels=3, in_channels=2, kernel_size=2)
    for c in range(2):
        values = at(unfolding.of_channel(c), W=kernel)
        exact = table([[number(value) for value in row] for row in values.tolist()])
        assert rank_certificate(exact).rank == 1
    full = at(unfolding.by_output(), W=kernel)
    exact = table([[number(value) for value in row] for row in full.tolist()])
    assert rank_certificate(exact).rank == 2


UNFOLDED = Unfolding(
    out_channels=Symbol("C_out"), in_channels=Symbol("C_in"), kernel_size=Symbol("K")
)


def test_free_numbers_of_separable_and_full_kernels() -> None:
    separable, full = UNFOLDED.dimensions()
    given = "C_in, C_out, K: positive integer"
    c_in, c_out, k = Symbol("C_in"), Symbol("C_out"), Symbol("K")
    assert proved(separable, c_in * (k**2 + c_out - 1), given)
    assert proved(full - separable, c_in * (k**2 - 1) * (c_out - 1), given)
    assert refuted(full - separable, c_in * k**2 * (c_out - 1), given)


def test_a_sum_of_rank_one_convolutions_is_two_layers() -> None:
    place = tuple(map(Symbol, "opq"))
    given = "C_in, K, R: positive integer; U, V, x: indexed real"
    assert proved(UNFOLDED.in_two_layers(*place), UNFOLDED.at_once(*place), given)
    small = Unfolding(out_channels=2, in_channels=1, kernel_size=1)
    shifted = small.in_two_layers(place[0] + 1, *place[1:])
    assert refuted(shifted, small.at_once(*place), given)


def test_a_singular_value_decomposition_is_such_a_sum() -> None:
    """NumPy's SVD of the unfolding, put in: every output of the convolution, to rounding."""
    kernel, x = numbers(2, 2, 2, 2).astype(float), numbers(2, 4, 4, seed=2).astype(float)
    u, sigma, vt = np.linalg.svd(kernel.reshape(2, 8), full_matrices=False)
    parts = (u * sigma, vt.reshape(-1, 2, 2, 2))
    summed = np.einsum("or,rcuv->ocuv", *parts)
    assert np.allclose(summed, kernel, rtol=1e-12, atol=1e-12)
    layer = Unfolding(out_channels=2, in_channels=2, kernel_size=2)
    exact = [np.vectorize(Fraction, otypes=[object])(part) for part in (*parts, x)]
    families = {"U": exact[0], "V": exact[1], "x": exact[2], "R": Fraction(2)}
    for o, p, q in product(range(2), range(3), range(3)):
        wanted = (kernel[o] * x[:, p : p + 2, q : q + 2]).sum()
        assert float(at(layer.at_once(o, p, q), **families)) == pytest.approx(wanted)
        both = at(layer.in_two_layers(o, p, q), **families), at(layer.at_once(o, p, q), **families)
        assert both[0] == both[1]


def test_when_a_decomposition_saves() -> None:
    layer = Unfolding(out_channels=8, in_channels=4, kernel_size=3)
    assert whole(layer.decomposed_parameters(6)) == 6 * 44 < 8 * 36
    assert whole(layer.decomposed_parameters(7)) == 7 * 44 > 8 * 36


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: rank_certificate(table([[0, 0]])), "the rank is 0"),
    (lambda: rank_certificate(table([[Symbol("a"), 1]])), "depends on them: write minors"),
    (lambda: rank_certificate(table([1, 2])), "belongs to a matrix"),
    (lambda: separable_filter((0, 0), 0), "kernel_size is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
