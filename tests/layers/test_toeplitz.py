"""Toeplitz and circulant matrices against SciPy, and what counts as one."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Symbol, table
from symcnn.layers import LinearMap
from symcnn.layers.axis import Axis
from symcnn.layers.members import Members
from symcnn.layers.structure import (
    is_block_toeplitz,
    is_circulant,
    is_doubly_block_circulant,
    is_doubly_block_toeplitz,
    is_toeplitz,
)
from symcnn.layers.toeplitz import (
    circulant,
    doubly_block_circulant,
    doubly_block_toeplitz,
    toeplitz,
)

NUMBERS = st.lists(st.integers(-3, 9), min_size=1, max_size=6)


def numbers(matrix: LinearMap) -> np.ndarray[Any, Any]:
    """The matrix of literals as an array."""
    return np.array([int(entry.value) for entry in matrix.table().entries]).reshape(  # type: ignore[attr-defined]
        matrix.shape
    )


def same(ours: LinearMap, theirs: Any) -> bool:
    return bool(np.array_equal(numbers(ours), theirs))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(NUMBERS, NUMBERS)
def test_toeplitz_is_scipys(column: list[int], row: list[int]) -> None:
    matrix = toeplitz(column, row)
    assert same(matrix, scipy.linalg.toeplitz(column, row))
    assert same(toeplitz(column), scipy.linalg.toeplitz(column))
    assert is_toeplitz(matrix)
    assert is_toeplitz(matrix.table())
    assert is_toeplitz(matrix.T)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(NUMBERS)
def test_circulant_is_scipys(column: list[int]) -> None:
    matrix = circulant(column)
    assert same(matrix, scipy.linalg.circulant(column))
    assert is_circulant(matrix)
    assert is_toeplitz(matrix)


def test_scipys_convolution_matrix_flips_the_taps() -> None:
    taps, size = [1, 2, 3], 5
    theirs = scipy.linalg.convolution_matrix(taps, size, mode="valid")
    layer = LinearMap.separable([Axis(outputs=3, inputs=size, taps=3)], weights=Members("w", (3,)))
    assert (theirs == layer.numpy(taps[::-1])).all()
    assert not (theirs == layer.numpy(taps)).all()
    assert (scipy.linalg.convolution_matrix(taps, size) == layer_full(size).numpy(taps)).all()


def layer_full(size: int) -> LinearMap:
    """Padding 2 and the kernel read backwards."""
    axis = Axis(outputs=size + 2, inputs=size, taps=3, dilation=-1)
    return LinearMap.separable([axis], weights=Members("w", (3,)))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_doubly_block_toeplitz_by_its_blocks(A: int, B: int, C: int, D: int) -> None:
    shape = (A + C - 1, B + D - 1)
    diagonals = (1 + np.arange(shape[0] * shape[1])).reshape(shape)
    matrix = doubly_block_toeplitz(diagonals.tolist(), (A, B), (C, D))
    blocks = [
        [
            scipy.linalg.toeplitz(line[D - 1 :], line[D - 1 :: -1])
            for line in (diagonals[a - c + C - 1] for c in range(C))
        ]
        for a in range(A)
    ]
    assert same(matrix, np.block(blocks))
    assert is_doubly_block_toeplitz(matrix, (B, D))


def test_doubly_block_circulant_is_the_circular_convolution() -> None:
    kernel, image = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[2, 0, 1], [1, 3, 5]])
    matrix = doubly_block_circulant(kernel.tolist())
    spectrum = np.fft.fft2(kernel) * np.fft.fft2(image)
    expected = np.rint(np.fft.ifft2(spectrum).real).astype(int)
    assert (numbers(matrix) @ image.ravel() == expected.ravel()).all()
    assert is_doubly_block_circulant(matrix, 3)
    assert not is_circulant(matrix)
    assert is_doubly_block_toeplitz(matrix, (3, 3))


@pytest.mark.parametrize("changed", list(product(range(4), range(4))))
def test_one_changed_entry_is_seen(changed: tuple[int, int]) -> None:
    rows = numbers(circulant([1, 2, 3, 4])).tolist()
    rows[changed[0]][changed[1]] = 9
    assert not is_circulant(rows)
    corner = changed in ((0, 3), (3, 0))
    assert is_toeplitz(rows) is corner
    blocks = numbers(doubly_block_circulant([[1, 2], [3, 4]])).tolist()
    blocks[changed[0]][changed[1]] = 9
    assert not is_doubly_block_circulant(blocks, 2)


@pytest.mark.parametrize("stride", [1, 2])
def test_only_stride_one_is_toeplitz(stride: int) -> None:
    axis = Axis(outputs=3, inputs=7, taps=3, stride=stride, padding=1)
    one = LinearMap.separable([axis], weights=Members("w", (3,)))
    two = LinearMap.separable([axis, axis], weights=Members("w", (3, 3)))
    assert is_toeplitz(one) is (stride == 1)
    assert is_doubly_block_toeplitz(two, (3, 7)) is (stride == 1)
    assert not is_toeplitz(two)
    assert is_block_toeplitz(two, (3, 7)) is (stride == 1)


def test_a_strided_convolution_repeats_in_blocks_of_its_stride() -> None:
    axis = Axis(outputs=4, inputs=10, taps=4, stride=2)
    matrix = LinearMap.separable([axis], weights=Members("w", (4,)))
    assert is_block_toeplitz(matrix, (1, 2))
    assert not is_block_toeplitz(matrix, (2, 2))


def test_zeros_and_unequal_texts() -> None:
    a, b = Symbol("a"), Symbol("b")
    assert toeplitz([a, 0, b], [a, 0]).nnz == 3
    assert is_toeplitz(table([[a + b, 1], [2, a + b]]))
    assert not is_toeplitz([[a + b, 1], [2, b + a]])
    assert not is_toeplitz([[0, 1], [2, 3]])
    assert not is_circulant([[a, b, a], [a, a, b]])
    assert is_toeplitz([[a, b, 0]])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: toeplitz([]), "at least one row"),
        (lambda: toeplitz([1], []), "at least one row"),
        (lambda: circulant([]), "at least one entry"),
        (lambda: doubly_block_circulant([[1, 2], [3]]), r"rows have \[2, 1\] entries"),
        (lambda: doubly_block_toeplitz([[1]], (1, 0), (1, 1)), "each is at least 1"),
        (lambda: doubly_block_toeplitz([[1]], (2, 1), (1, 1)), "2 rows of 1 entries are needed"),
        (lambda: is_block_toeplitz([[1, 2], [3, 4]], (2, 3)), "do not divide"),
        (lambda: is_toeplitz(table([1, 2])), "two dimensions"),
    ],
)
def test_what_does_not_fit_is_said(wrong: Any, message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        wrong()
