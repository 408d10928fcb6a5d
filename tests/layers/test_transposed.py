"""Layers name their transposes and what their symbols stand for; the theorem on every axis."""

from __future__ import annotations

from typing import Any

import pytest

from symcnn.claims import Equation
from symcnn.formula import Symbol, formula
from symcnn.layers import Conv1d, Conv2d, Conv3d, ConvTranspose2d
from symcnn.prover import decide
from symcnn.reading import read_given


@pytest.mark.parametrize("channels", [False, True], ids=["plain", "with channels and groups"])
@pytest.mark.parametrize("layer", [Conv1d, Conv2d, Conv3d])
def test_the_transposed_layer_has_the_transposed_matrix(layer: Any, channels: bool) -> None:
    conv = layer.symbolic(channels=channels)
    given = read_given(conv.given())
    claim = Equation(conv.transposed().matrix(), conv.transposed_matrix())
    assert decide(claim, given).kind == "proved"
    sizes = conv.transposed().axes()
    for axis, size in zip(sizes, conv.per_axis("input_size"), strict=True):
        assert decide(Equation(axis.inputs, size), given).kind == "proved"
        assert decide(Equation(axis.inputs + 1, size), given).kind == "refuted"


def test_the_transposed_layer_keeps_names_and_numbers() -> None:
    conv = Conv2d(
        input_size=(7, 6), kernel_size=3, stride=2, padding=1, in_channels=4, out_channels=6,
        groups=2, weight="k", first=1,
    )  # fmt: skip
    up = conv.transposed(input="y")
    assert isinstance(up, ConvTranspose2d)
    assert up.output_shape() == conv.input_shape()
    assert up.weight_shape() == conv.weight_shape()
    assert (up.weight, up.input, up.first) == ("k", "y", 1)
    assert up.output_padding == (formula(0), formula(1))


def test_what_symbols_stand_for() -> None:
    n, k = Symbol("N"), Symbol("K")
    half = Conv1d(input_size=n, kernel_size=k, padding=k - 1)
    assert half.given() == (
        "N, K: positive integer; K - 1 >= 0; K <= N + 2*(K - 1); w, x: real indexed by 1"
    )
    with_bias = Conv1d(
        input_size=4, kernel_size=2, in_channels=Symbol("C"), out_channels=2, bias=True
    )
    assert with_bias.given().split("; ") == [
        "C: positive integer", "w: real indexed by 3", "x: real indexed by 2",
        "b: real indexed by 1",
    ]  # fmt: skip
    up = Conv1d(input_size=n, kernel_size=k).transposed()
    assert up.given().startswith("N, K: positive integer; ")
    assert ">= 1" in up.given()
