"""What is no geometry is refused with the layer, the number and the rule that it breaks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import sympy

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers import (
    AvgPool1d,
    AvgPool2d,
    BatchNorm1d,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    Dropout,
    MaxPool2d,
    Padding,
)

CASES: dict[str, tuple[Callable[[], object], str]] = {
    "a float": (
        lambda: Conv2d(input_size=(5, 5.0), kernel_size=3),  # type: ignore[arg-type]
        r"Conv2d, axis 1: input_size is 5\.0 \(float\), but it is an int",
    ),
    "a text": (
        lambda: Conv1d(input_size=5, kernel_size=3, stride="2"),  # type: ignore[arg-type]
        r"Conv1d: stride is '2' \(str\)",
    ),
    "nothing": (
        lambda: Conv1d(input_size=None, kernel_size=3),  # type: ignore[arg-type]
        r"Conv1d: input_size is None",
    ),
    "a truth value": (lambda: Conv1d(input_size=True, kernel_size=1), r"input_size is True"),
    "a list": (
        lambda: Conv2d(input_size=[5, 5], kernel_size=3),  # type: ignore[arg-type]
        r"input_size is \[5, 5\] \(list\)",
    ),
    "a symbol of SymPy": (
        lambda: Conv1d(input_size=sympy.Symbol("N"), kernel_size=3),
        r"input_size is N \(Symbol\), but it is an int, a Fraction or a Formula",
    ),
    "a third axis": (lambda: Conv2d(input_size=(5, 5, 5), kernel_size=3), "has 3 numbers, but"),
    "a third axis of a pool": (
        lambda: AvgPool2d(input_size=(5, 5, 5), kernel_size=2),
        "AvgPool2d: input_size has 3 numbers, but the layer has 2 spatial axes",
    ),
    "half a position": (
        lambda: Conv1d(input_size=5, kernel_size=3, padding=Fraction(1, 2)),
        "padding is 1/2",
    ),
    "a negative end": (lambda: Padding.of((1, -1)), "padding is -1, but"),
    "negative padding of an axis": (
        lambda: Conv3d(input_size=5, kernel_size=3, padding=(0, -1, 0)),
        "Conv3d, axis 1: padding is -1, but it is an integer of at least 0",
    ),
    "a kernel of nothing": (
        lambda: Conv2d(input_size=5, kernel_size=0), "kernel_size is 0, but it is an integer of",
    ),
    "a window wider than the input": (
        lambda: MaxPool2d(input_size=(9, 2), kernel_size=5),
        "MaxPool2d: the kernel covers 5 positions .*, but the padded input has 2",
    ),
    "an average over nothing": (
        lambda: AvgPool1d(input_size=4, kernel_size=2, divisor_override=0).forward(0),
        "AvgPool1d: divisor_override is 0",
    ),
    "one channel in three groups": (
        lambda: Conv1d(input_size=5, kernel_size=3, groups=3), "3 does not divide 1",
    ),
    "output_padding as far as stride and dilation": (
        lambda: ConvTranspose2d(input_size=5, kernel_size=3, stride=2, output_padding=(1, 2)),
        r"ConvTranspose2d, axis 1: output_padding is 2, but it is smaller than the stride \(2\)",
    ),
    "nothing left": (
        lambda: ConvTranspose1d(input_size=1, kernel_size=3, padding=2),
        "the output would have -1 entries",
    ),
    "one family for the weight and the input": (
        lambda: Conv1d(input_size=5, kernel_size=3, weight="x"),
        "weight, input and offset have different names, but they are 'x', 'x'",
    ),
    "an index too few": (
        lambda: Conv2d(input_size=5, kernel_size=3).forward(0),
        r"Conv2d: a place has 1 indices, but there are 2 \(0 channel, 2 spatial\)",
    ),
    "a channel that is not counted": (
        lambda: ConvTranspose1d(input_size=5, kernel_size=3).forward(0, 0), "has 2 indices",
    ),
    "half an entry": (lambda: Conv1d(input_size=5, kernel_size=3).entry(0), "has 0 indices"),
    "a float for eps": (
        lambda: BatchNorm1d(batch_size=4, eps=1e-5),  # type: ignore[arg-type]
        "BatchNorm1d: eps is 1e-05",
    ),
    "an unbiased variance of one": (
        lambda: BatchNorm1d(batch_size=1).variance(0, unbiased=True), "the pool has m = 1",
    ),
    "a float for p": (lambda: Dropout(p=0.5), r"Dropout: p is 0\.5"),  # type: ignore[arg-type]
    "a matrix larger than memory": (
        lambda: Conv2d(input_size=10**6, kernel_size=3).linear_map(),
        "a table of 8999964000036 entries is too large: at most 1000000000",
    ),
    "a row longer than memory": (
        lambda: Conv1d(input_size=10**30, kernel_size=3).linear_map(), "entries is too large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused(name: str) -> None:
    build, message = CASES[name]
    with pytest.raises(AuthorError, match=message):
        build()


@pytest.mark.parametrize("kind", [np.int64, np.uint8, sympy.Integer, Fraction])
def test_every_kind_of_exact_integer_is_one(kind: Callable[[int], int]) -> None:
    assert Conv2d(input_size=kind(7), kernel_size=kind(3)) == Conv2d(input_size=7, kernel_size=3)


def test_sizes_beyond_any_table_are_counted_all_the_same() -> None:
    layer = Conv1d(input_size=10**60, kernel_size=3)
    assert layer.output_shape() == Conv1d(input_size=10**60 - 2, kernel_size=1).output_shape()


def test_a_symbol_is_named_where_a_number_is_needed() -> None:
    layer = Conv2d(input_size=(Symbol("N"), 5), kernel_size=3, padding=Symbol("P"))
    with pytest.raises(AuthorError, match="Conv2d: input_size, padding are symbolic, but a table"):
        layer.linear_map()
