"""Separable convolution: loops, ONNX, counts, and what the prover says of its laws."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.claims import Limit, Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Symbol
from symcnn.layers.separable import SeparableConv2d
from symcnn.prover import decide
from symcnn.reading import read_given
from tests import oracles
from tests.layers.values import at, numbers, onnx_run, proved, refuted, whole

AT = tuple(map(Symbol, "opq"))

SIZES = "C_in, C_out, K, H, W: positive integer; K <= H; K <= W; x, D, P: indexed real"

SEPARABLE = {
    "plain": {},
    "padded": {"padding": 1},
    "stride does not divide": {"stride": 2},
    "dilation with stride": {"dilation": 2, "stride": 2, "padding": 2},
}


def separable(case: dict[str, Any]) -> SeparableConv2d:
    return SeparableConv2d(in_channels=2, out_channels=3, kernel_size=3, input_size=(6, 7), **case)


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=SEPARABLE)
def test_separable_convolution(case: dict[str, int]) -> None:
    layer = separable(case)
    x, d, p = numbers(2, 6, 7), numbers(2, 3, 3, seed=2), numbers(3, 2, seed=3)
    s, pad, gap = case.get("stride", 1), case.get("padding", 0), case.get("dilation", 1)
    depthwise = oracles.conv2d(x, d[:, None], (s, s), (pad, pad), (gap, gap), groups=2)
    expected = np.einsum("oc,cij->oij", p, depthwise)
    assert (at(layer.output(), x=x, D=d, P=p) == expected).all()
    kernel = np.einsum("oc,cuv->ocuv", p, d)
    assert (oracles.conv2d(x, kernel, (s, s), (pad, pad), (gap, gap)) == expected).all()
    assert at(layer.standard(2, 1, 1), x=x, W=kernel) == expected[2, 1, 1]
    assert at(layer.factored(2, 1, 1), x=x, D=d, P=p) == expected[2, 1, 1]
    assert at(layer.kernel(2, 1, 0, 2), D=d, P=p) == kernel[2, 1, 0, 2]
    attributes = {"strides": [s] * 2, "pads": [pad] * 4, "dilations": [gap] * 2}
    theirs = onnx_run("Conv", {"x": x[None], "w": d[:, None]}, group=2, **attributes)[0]
    assert np.allclose(np.einsum("oc,cij->oij", p.astype(float), theirs), expected.astype(float))


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=SEPARABLE)
def test_counts_of_separable_convolution_by_loops(case: dict[str, int]) -> None:
    layer = separable(case)
    rows, columns = (whole(size) for size in layer.window().output_size())
    depthwise = len(list(product(range(rows), range(columns), range(2), range(3), range(3))))
    pointwise = len(list(product(range(rows), range(columns), range(3), range(2))))
    assert whole(layer.macs()) == depthwise + pointwise
    assert whole(layer.standard_macs()) == 3 * depthwise
    assert whole(layer.parameters()) == 2 * 9 + 6
    assert whole(layer.parameters(bias=True)) == 2 * 9 + 2 + 6 + 3
    assert whole(layer.standard_parameters()) == 54
    assert at(layer.ratio()) == at(layer.closed_ratio()) == Fraction(4, 9)


def test_the_sums_may_be_swapped() -> None:
    layer = SeparableConv2d.symbolic()
    assert proved(layer.forward(*AT), layer.factored(*AT), SIZES)
    # A pointwise weight of the wrong channel, and a filter that mixes up its axes.
    wrong = SeparableConv2d.symbolic().forward(AT[0] + 1, *AT[1:])
    assert refuted(wrong, layer.factored(*AT), SIZES)


def test_the_sums_may_be_swapped_with_stride_dilation_and_padding() -> None:
    names = dict(zip(("stride", "padding", "dilation"), map(Symbol, "STR"), strict=True))
    layer = SeparableConv2d(
        in_channels=Symbol("C_in"), out_channels=Symbol("C_out"), kernel_size=Symbol("K"),
        input_size=(Symbol("H"), Symbol("W")), **names,
    )  # fmt: skip
    given = SIZES + "; S, R: positive integer; T: nonnegative integer; R*(K-1) < H; R*(K-1) < W"
    assert proved(layer.forward(*AT), layer.factored(*AT), given)


def test_the_ratio_of_costs() -> None:
    layer = SeparableConv2d.symbolic()
    assert proved(layer.ratio(), layer.closed_ratio(), SIZES)
    weights = layer.parameters() / layer.standard_parameters()
    assert proved(weights, layer.closed_ratio(), SIZES)
    named = (Symbol("A"), Symbol("B"))
    given = SIZES + "; A, B: positive integer"
    assert proved(layer.ratio(named), layer.closed_ratio(), given)
    miss = 1 / Symbol("C_in") + 1 / Symbol("K") ** 2
    assert refuted(layer.ratio(), miss, SIZES)
    limit = decide(
        Limit(layer.closed_ratio(), "C_out", Call("infinity", ()), 1 / Symbol("K") ** 2),
        read_given("K: positive integer; C_out: real"),
    )
    assert isinstance(limit, Proved)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("K, C_out: integer >= 2", Proved), ("K, C_out: positive integer", Refuted)],
)
def test_separable_convolution_is_cheaper_from_two_channels_on(given: str, expected: type) -> None:

    claim = Relation(Compare("<", SeparableConv2d.symbolic().closed_ratio(), 1))
    assert isinstance(decide(claim, read_given(given)), expected)


def test_a_worked_example() -> None:
    layer = SeparableConv2d(in_channels=64, out_channels=64, kernel_size=3, input_size=9)
    assert whole(layer.depthwise_macs((7, 7))) == 576 * 49
    assert whole(layer.pointwise_macs((7, 7))) == 4096 * 49
    assert whole(layer.macs((7, 7))) == 228_928
    fifty = SeparableConv2d(in_channels=1, out_channels=50, kernel_size=3, input_size=9)
    assert at(fifty.ratio()) == Fraction(59, 450)


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: separable({"padding": -1}), "padding is -1, but it is an integer of at least 0"),
    (lambda: separable({"dilation": 4}), "SeparableConv2d: the kernel covers 9 positions"),
    (lambda: separable({"input": "D"}), "need names of their own, but they are D, P, W, D"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
