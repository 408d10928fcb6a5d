"""Adaptive and global maxima against plain loops and ONNX, and who receives the gradient."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Formula, Symbol
from symcnn.layers import AdaptiveMaxPool1d, AdaptiveMaxPool2d, MaxPool2d
from tests.layers.chains import whole_numbers
from tests.layers.values import at, numbers, onnx_run, proved, refuted, whole


def bounds(n: int, size: int, o: int) -> slice:
    """Window ``o`` of ``size`` windows over ``n`` positions."""
    return slice(o * n // size, -(-(o + 1) * n // size))


@pytest.mark.parametrize(("n", "size"), [(1, 1), (5, 1), (6, 3), (7, 3), (5, 4), (3, 5)])
def test_one_axis(n: int, size: int) -> None:
    x = numbers(n)
    layer = AdaptiveMaxPool1d(input_size=n, output_size=size)
    assert [whole(each) for each in layer.output_shape()] == [size]
    for o in range(size):
        assert at(layer.forward(o), x=x) == max(x[bounds(n, size, o)])


@pytest.mark.parametrize(("n", "size"), [((4, 6), (2, 3)), ((5, 4), (2, 3)), ((3, 5), (1, 2))])
def test_two_axes(n: tuple[int, int], size: tuple[int, int]) -> None:
    x = numbers(*n)
    layer = AdaptiveMaxPool2d(input_size=n, output_size=size)
    for p, q in np.ndindex(*size):
        window = x[bounds(n[0], size[0], p), bounds(n[1], size[1], q)]
        assert at(layer.forward(p, q), x=x) == window.max()


def test_global_maxima_by_onnx() -> None:
    line, image = whole_numbers(1, 7), whole_numbers(3, 5, seed=2)
    (theirs,) = onnx_run("GlobalMaxPool", {"x": line[None, None]}).flat
    assert at(AdaptiveMaxPool1d(input_size=7).forward(0), x=line[0]) == theirs
    (theirs,) = onnx_run("GlobalMaxPool", {"x": image[None, None]}).flat
    assert at(AdaptiveMaxPool2d(input_size=(3, 5)).forward(0, 0), x=image) == theirs


def test_the_reference_evaluator_errs_on_one_axis() -> None:
    """A gap of the oracle: with one spatial axis it takes the maximum over the channels too."""
    x = np.array([[1, 2, 3], [6, 5, 4]])
    theirs = onnx_run("GlobalMaxPool", {"x": x[None].astype(float)})
    assert theirs.tolist() == [[6.0]]
    layer = AdaptiveMaxPool1d(input_size=3)
    assert [at(layer.forward(0), x=channel) for channel in x.astype(object)] == [3, 6]


def test_a_negative_input_keeps_its_maximum() -> None:
    x = -1 - np.abs(whole_numbers(2, 3))
    assert at(AdaptiveMaxPool2d(input_size=(2, 3)).forward(0, 0), x=x) == x.max() < 0


def test_windows_of_one_size_are_those_of_maximum_pooling() -> None:
    adaptive = AdaptiveMaxPool2d(input_size=(4, 6), output_size=(2, 3))
    plain = MaxPool2d(input_size=(4, 6), kernel_size=2)
    given = "x: indexed real"
    for place in np.ndindex(2, 3):
        assert proved(adaptive.forward(*place), plain.forward(*place), given)
    assert refuted(adaptive.forward(1, 1), plain.forward(1, 2), given)


def test_a_tie_goes_to_the_first_in_row_major_order() -> None:
    x = np.array([[1, 4, 2], [4, 3, 4]], dtype=object)
    layer = AdaptiveMaxPool2d(input_size=(2, 3))
    found = [[at(layer.derivative((0, 0), (i, j)), x=x) for j in range(3)] for i in range(2)]
    assert found == [[0, 1, 0], [0, 0, 0]]
    level = [Fraction(5)] * 4
    line = AdaptiveMaxPool1d(input_size=4)
    assert [at(line.derivative((0,), (i,)), x=level) for i in range(4)] == [1, 0, 0, 0]


BAD: list[tuple[Callable[[], Formula], str]] = [
    (lambda: AdaptiveMaxPool1d(input_size=Symbol("n")).forward(0), "a bound of window 0 is symb"),
    (lambda: AdaptiveMaxPool2d(input_size=4).forward(0), "AdaptiveMaxPool2d: a place has 1 ind"),
    (lambda: AdaptiveMaxPool1d(input_size=4, output_size=0).forward(0), "output_size is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], Formula], message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        make()
