"""Adaptive averages against plain loops and ONNX's global average."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers import AdaptiveAvgPool1d, AdaptiveAvgPool2d, AvgPool2d
from tests.layers.values import at, numbers, onnx_run, proved, refuted


def bounds(n: int, size: int, o: int) -> slice:
    """Window ``o`` of ``size`` windows over ``n`` positions."""
    return slice(o * n // size, -(-(o + 1) * n // size))


@pytest.mark.parametrize(("n", "size"), [(5, 1), (6, 3), (7, 3), (5, 4), (3, 5)])
def test_one_axis(n: int, size: int) -> None:
    x = numbers(n)
    layer = AdaptiveAvgPool1d(input_size=n, output_size=size)
    for o in range(size):
        window = x[bounds(n, size, o)]
        assert at(layer.forward(o), x=x) == sum(window) / Fraction(len(window))


@pytest.mark.parametrize(
    ("n", "size"), [((4, 6), (2, 3)), ((5, 4), (2, 3)), ((3, 5), (1, 2)), ((2, 3), (3, 1))]
)
def test_two_axes(n: tuple[int, int], size: tuple[int, int]) -> None:
    x = numbers(*n)
    layer = AdaptiveAvgPool2d(input_size=n, output_size=size)
    for p, q in product(*map(range, size)):
        window = x[bounds(n[0], size[0], p), bounds(n[1], size[1], q)]
        assert at(layer.forward(p, q), x=x) == window.sum() / Fraction(window.size)


def test_global_average_by_onnx() -> None:
    x = numbers(3, 5)
    theirs = onnx_run("GlobalAveragePool", {"x": x[None, None]})
    ours = at(AdaptiveAvgPool2d(input_size=(3, 5)).forward(0, 0), x=x)
    assert np.allclose(float(ours), theirs)


def test_windows_that_divide_the_input_are_those_of_average_pooling() -> None:
    adaptive = AdaptiveAvgPool2d(input_size=(6, 4), output_size=2).forward(Symbol("p"), Symbol("q"))
    given = "x: indexed real; p, q: integer; 0 <= p; p < 2; 0 <= q; q < 2"
    side_by_side = AvgPool2d(input_size=(6, 4), kernel_size=(3, 2))
    assert proved(adaptive, side_by_side.forward(Symbol("p"), Symbol("q")), given)
    other = AvgPool2d(input_size=(6, 4), kernel_size=(2, 2)).forward(Symbol("p"), Symbol("q"))
    assert refuted(adaptive, other, given)


def test_a_place_with_another_number_of_indices() -> None:
    with pytest.raises(AuthorError, match="AdaptiveAvgPool2d: a place has 1 indices, but there"):
        AdaptiveAvgPool2d(input_size=4).forward(0)
