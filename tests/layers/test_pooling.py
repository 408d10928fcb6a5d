"""Poolings against plain loops and ONNX, over geometries with reasons; ties; the dropped window."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Sum, Symbol, formula
from symcnn.layers.adaptive_pooling import AdaptiveAvgPool1d
from symcnn.layers.pooling import AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d
from tests import oracles
from tests.layers.reals import judged
from tests.layers.values import at, numbers, onnx_run

# input, kernel, stride, padding, ceil
GEOMETRIES = {
    "stride is the kernel": (6, 2, 2, 0, False),
    "windows overlap": (7, 3, 1, 0, False),
    "windows leave gaps": (8, 2, 3, 0, False),
    "stride does not divide the span": (8, 3, 2, 0, False),
    "padded": (6, 3, 2, 1, False),
    "global": (5, 5, 5, 0, False),
    "one position": (4, 1, 1, 0, False),
    "ceil adds a window": (8, 3, 2, 0, True),
    "ceil, padded, reaching beyond the padding": (5, 3, 3, 1, True),
    "ceil drops a window that begins in the padding": (4, 2, 3, 1, True),
}
CASES = [pytest.param(*case, id=reason) for reason, case in GEOMETRIES.items()]


def windows(n: int, k: int, s: int, p: int, ceil: bool) -> list[range]:
    """Where the windows of PyTorch lie, counted one by one, padding included."""
    found, start = [], -p
    while start + k <= n + p or (ceil and start < n and start + k - s < n + p):
        found.append(range(start, start + k))
        start += s
    return found


@pytest.mark.parametrize(("n", "k", "s", "p", "ceil"), CASES)
def test_one_dimension(n: int, k: int, s: int, p: int, ceil: bool) -> None:
    x = numbers(n)
    expected = windows(n, k, s, p, ceil)
    sizes: dict[str, Any] = {
        "input_size": n,
        "kernel_size": k,
        "stride": s,
        "padding": p,
        "ceil_mode": ceil,
    }
    greatest = MaxPool1d(**sizes)
    assert at(greatest.output_size()[0]) == len(expected)
    for count in (True, False):
        average = AvgPool1d(**sizes, count_include_pad=count)
        for o, window in enumerate(expected):
            inside = [x[i] for i in window if 0 <= i < n]
            padded = [i for i in window if i < n + p]
            divisor = len(padded) if count else len(inside)
            assert at(average.forward(o), x=x) == sum(inside) / Fraction(divisor)
            assert at(greatest.forward(o), x=x) == max(inside)
    if not ceil:
        loops = oracles.pool1d([x.tolist()], k, s, p)[0]
        assert [at(greatest.forward(o), x=x) for o in range(len(loops))] == loops.tolist()


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(1, 12), k=st.integers(1, 5), s=st.integers(1, 4), p=st.integers(0, 2),
    ceil=st.booleans(),
)  # fmt: skip
def test_windows_of_any_geometry(n: int, k: int, s: int, p: int, ceil: bool) -> None:
    sizes: dict[str, Any] = {"input_size": n, "kernel_size": k, "stride": s, "padding": p}
    if 2 * p > k or k > n + 2 * p:
        with pytest.raises(AuthorError):
            MaxPool1d(**sizes)
        return
    layer = MaxPool1d(**sizes, ceil_mode=ceil)
    expected = windows(n, k, s, p, ceil)
    assert at(layer.output_size()[0]) == len(expected)
    x = numbers(n)
    assert at(layer.forward(len(expected) - 1), x=x) == max(
        x[i] for i in expected[-1] if 0 <= i < n
    )


@pytest.mark.parametrize("count", [0, 1], ids=["without padding", "with padding"])
@pytest.mark.parametrize("padding", [0, 1])
def test_average_of_images(padding: int, count: int) -> None:
    image = numbers(5, 6)
    layer = AvgPool2d(
        input_size=(5, 6), kernel_size=(3, 2), stride=2, padding=padding,
        count_include_pad=bool(count),
    )  # fmt: skip
    theirs = onnx_run(
        "AveragePool", {"x": image[None, None]}, kernel_shape=[3, 2], strides=[2, 2],
        pads=[padding] * 4, count_include_pad=count,
    )[0, 0]  # fmt: skip
    assert tuple(at(size) for size in layer.output_size()) == theirs.shape
    for place in np.ndindex(theirs.shape):
        assert np.isclose(float(at(layer.forward(*place), x=image)), theirs[place], rtol=1e-12)


@pytest.mark.parametrize(("padding", "dilation"), [(0, 1), (1, 1), (0, 2), (1, 2)])
def test_maximum_of_images(padding: int, dilation: int) -> None:
    image = numbers(6, 7)
    layer = MaxPool2d(
        input_size=(6, 7), kernel_size=(2, 3), stride=(2, 1), padding=padding, dilation=dilation
    )
    theirs = onnx_run(
        "MaxPool", {"x": image[None, None]}, kernel_shape=[2, 3], strides=[2, 1],
        pads=[padding] * 4, dilations=[dilation] * 2,
    )[0, 0]  # fmt: skip
    assert tuple(at(size) for size in layer.output_size()) == theirs.shape
    for place in np.ndindex(theirs.shape):
        assert float(at(layer.forward(*place), x=image)) == theirs[place]


def test_a_tie_goes_to_the_first() -> None:
    layer = MaxPool1d(input_size=4, kernel_size=3, stride=1)
    x = np.array([Fraction(v) for v in (2, 5, 5, 1)], dtype=object)
    rows = [[at(layer.derivative((o,), (i,)), x=x) for i in range(4)] for o in range(2)]
    assert rows == [[0, 1, 0, 0], [0, 1, 0, 0]]


def test_gradients_of_distinct_inputs_are_the_derivative() -> None:
    x = numbers(2, 3)
    layer = MaxPool2d(input_size=(2, 3), kernel_size=2, stride=1)
    step = Fraction(1, 10**6)
    for o in range(2):
        for by in np.ndindex(2, 3):
            moved = x.copy()
            moved[by] += step
            rise = at(layer.forward(0, o), x=moved) - at(layer.forward(0, o), x=x)
            assert at(layer.derivative((0, o), by), x=x) == rise / step


def test_averages_of_averages() -> None:
    """Windows side by side: the mean of the means is the mean; overlapping ones differ."""
    o = Symbol("o")
    layer = AvgPool1d(input_size=6, kernel_size=2)
    means = Sum(layer.forward(o), "o", formula(0), formula(2)) / 3
    whole = AdaptiveAvgPool1d(input_size=6)
    assert judged(means, whole.forward(0), "x: indexed real") == "proved"
    overlapping = AvgPool1d(input_size=4, kernel_size=2, stride=1)
    uneven = Sum(overlapping.forward(o), "o", formula(0), formula(2)) / 3
    shorter = AdaptiveAvgPool1d(input_size=4)
    assert judged(uneven, shorter.forward(0), "x: indexed real") == "refuted"


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: MaxPool1d(input_size=4, kernel_size=2, padding=2), "padding is 2"),
        (lambda: AvgPool1d(input_size=2, kernel_size=5), "covers 5 positions"),
        (lambda: AvgPool1d(input_size=4, kernel_size=0), "kernel_size is 0"),
        (lambda: MaxPool1d(input_size=Symbol("n"), kernel_size=3, padding=1).forward(0), "input_s"),
        (lambda: MaxPool1d(input_size=4, kernel_size=Symbol("k")).forward(0), "kernel_size is sym"),
        (lambda: AvgPool2d(input_size=4, kernel_size=2).forward(0), "1 indices, but there are 2"),
        (lambda: AdaptiveAvgPool1d(input_size=4, output_size=0), "output_size is 0"),
    ],
)
def test_impossible_poolings_say_why(build: Any, message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        build()
