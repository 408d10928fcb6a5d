"""Convolutions with channels, groups and several axes against plain loops, ONNX and SciPy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.signal import correlate

from symcnn.formula import Array
from symcnn.formula.evaluation import Budget
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Family
from symcnn.layers import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    Padding,
)
from symcnn.layers.im2col import im2col, im2col_index
from tests import oracles

WIDE = Budget(steps=5_000_000)
# channels in, channels out, groups, then per axis: size, kernel, stride, padding, dilation
GRID: dict[str, tuple[tuple[int, int, int], tuple[tuple[int, ...], tuple[int, ...]]]] = {
    "1 x 1, channels only": ((3, 2, 1), ((2, 1, 1, 0, 1), (3, 1, 1, 0, 1))),
    "1 x 1 with stride": ((2, 2, 1), ((5, 1, 2, 0, 1), (4, 1, 3, 0, 1))),
    "stride does not divide the span": ((2, 3, 1), ((6, 3, 2, 0, 1), (5, 2, 2, 0, 1))),
    "dilation with stride": ((1, 2, 1), ((7, 3, 2, 1, 2), (6, 2, 3, 0, 3))),
    "padding larger than the kernel": ((1, 1, 1), ((2, 2, 1, 3, 1), (3, 1, 1, 2, 1))),
    "padding of whole windows": ((1, 1, 1), ((1, 2, 2, 4, 1), (1, 1, 1, 0, 1))),
    "two groups": ((4, 6, 2), ((3, 2, 1, 1, 1), (3, 3, 2, 1, 1))),
    "groups = channels": ((3, 3, 3), ((4, 3, 1, 1, 1), (3, 2, 1, 0, 1))),
    "depthwise with a multiplier": ((2, 6, 2), ((3, 2, 2, 0, 1), (3, 2, 1, 1, 1))),
    "axes of different kinds": ((2, 1, 1), ((5, 3, 1, 0, 2), (2, 2, 2, 2, 1))),
    "kernel as large as the image": ((1, 2, 1), ((3, 3, 1, 0, 1), (2, 2, 1, 0, 1))),
    "even kernel, half padding": ((1, 1, 1), ((4, 2, 1, 1, 1), (4, 4, 1, 2, 1))),
}
CASES = [pytest.param(*case, id=reason) for reason, case in GRID.items()]


def numbers(*shape: int, seed: int = 1) -> Any:
    """Distinct integers of both signs, as exact numbers."""
    flat = [Fraction((-1) ** k * (7 * k + seed) % 31 - 15) for k in range(int(np.prod(shape)))]
    return np.array(flat, dtype=object).reshape(shape)


def family(values: Any, first: int = 0) -> Family:
    places = np.ndindex(values.shape)
    return Family({tuple(int(i) + first for i in at): values[at] for at in places})


def value(array: Array, **families: Any) -> Any:
    """The exact value of an array formula at these families."""
    point = {name: family(np.asarray(given)) for name, given in families.items()}
    found = evaluate(array, point, budget=WIDE)
    assert isinstance(found, ArrayValue), found
    return np.array(found.entries, dtype=object).reshape(found.shape)


def onnx(op: str, x: Any, w: Any, **attributes: Any) -> Any:
    """The ONNX reference evaluator's answer in float64."""
    values = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in ("x", "w", "y")]
    node = helper.make_node(op, ["x", "w"], ["y"], **attributes)
    model = helper.make_model(helper.make_graph([node], "layer", values[:2], values[2:]))
    feeds = {"x": x[None].astype(float), "w": w.astype(float)}
    return np.asarray(ReferenceEvaluator(model).run(None, feeds)[0])[0]


def layer_numbers(channels: Any, axes: Any) -> dict[str, Any]:
    names = ("input_size", "kernel_size", "stride", "padding", "dilation")
    spatial = dict(zip(names, map(tuple, zip(*axes, strict=True)), strict=True))
    return spatial | {
        "in_channels": channels[0], "out_channels": channels[1], "groups": channels[2],
    }  # fmt: skip


def attributes(axes: Any) -> dict[str, Any]:
    _, _, strides, pads, dilations = (list(each) for each in zip(*axes, strict=True))
    return {"strides": strides, "pads": [*pads, *pads], "dilations": dilations}


def looped(name: str, x: Any, w: Any, axes: Any, groups: int, extra: Any = None) -> Any:
    _, _, stride, padding, dilation = (tuple(each) for each in zip(*axes, strict=True))
    more = {} if extra is None else {"output_padding": extra}
    return getattr(oracles, name)(x, w, stride, padding, dilation, groups=groups, **more)


@pytest.mark.parametrize(("channels", "axes"), CASES)
def test_conv2d(channels: tuple[int, int, int], axes: Any) -> None:
    layer = Conv2d(**layer_numbers(channels, axes))
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[1], channels[0] // channels[2], *(axis[1] for axis in axes), seed=5)
    expected = looped("conv2d", x, w, axes, channels[2])
    assert tuple(evaluate(size, {}) for size in layer.output_shape()) == expected.shape
    assert value(layer.output(), x=x, w=w).tolist() == expected.tolist()
    table = layer.linear_map()
    assert table.apply(w, x.reshape(-1)).tolist() == expected.reshape(-1).tolist()
    matrix = oracles.jacobian(lambda v: looped("conv2d", v, w, axes, channels[2]), x)
    assert table.numpy(w).tolist() == matrix.tolist()
    assert value(layer.matrix(), w=w).reshape(matrix.shape).tolist() == matrix.tolist()
    theirs = onnx("Conv", x, w, group=channels[2], **attributes(axes))
    assert np.allclose(expected.astype(float), theirs, rtol=1e-12)
    weights, windows = layer.parameters(), expected[0].size
    assert evaluate(weights, {}) == w.size
    assert evaluate(layer.macs(), {}) == w.size * windows
    assert evaluate(layer.macs_without_padding(), {}) == len(table.taps)


@pytest.mark.parametrize(("channels", "axes"), CASES)
@pytest.mark.parametrize("extra", [0, 1], ids=["", "output_padding"])
def test_conv_transpose2d(channels: tuple[int, int, int], axes: Any, extra: int) -> None:
    added = tuple(min(extra, max(axis[2], axis[4]) - 1) for axis in axes)
    numbers_of = layer_numbers(channels, axes)
    sizes = [
        (n - 1) * s - 2 * p + d * (k - 1) + 1 + more
        for (n, k, s, p, d), more in zip(axes, added, strict=True)
    ]
    if min(sizes) < 1:
        numbers_of["padding"] = (0, 0)
        axes = tuple((n, k, s, 0, d) for n, k, s, _, d in axes)
    layer = ConvTranspose2d(**numbers_of, output_padding=added)
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[0], channels[1] // channels[2], *(axis[1] for axis in axes), seed=5)
    expected = looped("conv_transpose2d", x, w, axes, channels[2], added)
    assert tuple(evaluate(size, {}) for size in layer.output_shape()) == expected.shape
    point = {"x": family(x), "w": family(w)}
    for place in list(np.ndindex(expected.shape))[:: max(1, expected.size // 12)]:
        assert evaluate(layer.forward(*place), point, budget=WIDE) == expected[place]
    assert layer.linear_map().apply(w, x.reshape(-1)).tolist() == expected.reshape(-1).tolist()
    if channels[2] == 1 and all(more < axis[2] for axis, more in zip(axes, added, strict=True)):
        theirs = onnx("ConvTranspose", x, w, output_padding=list(added), **attributes(axes))
        assert np.allclose(expected.astype(float), theirs, rtol=1e-12)


@pytest.mark.parametrize("channels", [(4, 6), (4, 2), (2, 4)])
def test_the_onnx_reference_has_no_grouped_transposed_convolution(channels: Any) -> None:
    """A gap of the oracle, kept in sight: where it closes, the grid above may ask it as well."""
    x, w = numbers(channels[0], 3, 3), numbers(channels[0], channels[1] // 2, 2, 2)
    with pytest.raises(ValueError, match="cannot reshape"):
        onnx("ConvTranspose", x, w, group=2)


def test_the_onnx_reference_knows_depthwise_transposed_convolution() -> None:
    x, w = numbers(2, 3, 3), numbers(2, 1, 2, 2, seed=5)
    theirs = onnx("ConvTranspose", x, w, group=2)
    assert np.allclose(theirs, oracles.conv_transpose2d(x, w, groups=2).astype(float))


def test_the_onnx_reference_takes_no_output_padding_of_a_stride() -> None:
    """Another gap: below the dilation it may be as large as the stride, and PyTorch allows it."""
    x, w = numbers(1, 3), numbers(1, 1, 2)
    up = ConvTranspose1d(input_size=3, kernel_size=2, dilation=2, output_padding=1)
    expected = oracles.conv_transpose1d(x, w, dilation=2, output_padding=1)
    assert up.linear_map().apply(w, x[0]).tolist() == expected[0].tolist()
    with pytest.raises(ValueError, match="sliding blocks"):
        onnx("ConvTranspose", x, w, dilations=[2], output_padding=[1])


@pytest.mark.parametrize(
    ("axes", "groups"),
    [
        (((3, 2, 1, 0, 1), (4, 3, 2, 1, 1), (3, 2, 1, 1, 2)), 1),
        (((2, 1, 1, 0, 1), (3, 2, 2, 0, 1), (3, 3, 1, 1, 1)), 2),
    ],
    ids=["all numbers differ", "groups, one flat tap"],
)
def test_conv3d(axes: Any, groups: int) -> None:
    channels = (2, 4, groups)
    layer = Conv3d(**layer_numbers(channels, axes))
    x = numbers(2, *(axis[0] for axis in axes))
    w = numbers(4, 2 // groups, *(axis[1] for axis in axes), seed=5)
    ours = layer.linear_map().apply(w, x.reshape(-1)).astype(float)
    theirs = onnx("Conv", x, w, group=groups, **attributes(axes))
    assert np.allclose(ours, theirs.reshape(-1), rtol=1e-12)
    point = {"x": family(x), "w": family(w)}
    place = tuple(size - 1 for size in theirs.shape)
    assert float(evaluate(layer.forward(*place), point, budget=WIDE)) == theirs[place]  # type: ignore[arg-type]
    up = ConvTranspose3d(**layer_numbers((4, 2, 1), axes))
    w = numbers(4, 2, *(axis[1] for axis in axes), seed=3)
    x = numbers(4, *(axis[0] for axis in axes))
    theirs = onnx("ConvTranspose", x, w, **attributes(axes))
    assert np.allclose(up.linear_map().apply(w, x.reshape(-1)).astype(float), theirs.reshape(-1))


def test_three_axes_against_scipy() -> None:
    x, w = numbers(3, 4, 5), numbers(2, 3, 2, seed=4)
    layer = Conv3d(input_size=x.shape, kernel_size=w.shape)
    theirs = correlate(x.astype(float), w.astype(float), mode="valid")
    ours = layer.linear_map().apply(w, x.reshape(-1)).astype(float)
    assert np.allclose(ours, theirs.reshape(-1))


@pytest.mark.parametrize(("channels", "axes"), CASES)
def test_transposes(channels: tuple[int, int, int], axes: Any) -> None:
    """The table of the way back, with the output padding of the left over, is the transpose."""
    layer = Conv2d(**layer_numbers(channels, axes))
    back = ConvTranspose2d(
        input_size=layer.output_size(),
        kernel_size=layer.kernel_size,
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
        output_padding=tuple(axis.left_over() for axis in layer.axes()),
        in_channels=channels[1],
        out_channels=channels[0],
        groups=channels[2],
    )
    assert back.linear_map().T.grid() == layer.linear_map().grid()


@pytest.mark.parametrize(("channels", "axes"), CASES[4:8])
def test_gradients_are_those_of_the_loops(channels: tuple[int, int, int], axes: Any) -> None:
    layer = Conv2d(**layer_numbers(channels, axes))
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[1], channels[0] // channels[2], *(axis[1] for axis in axes), seed=5)
    y = looped("conv2d", x, w, axes, channels[2])
    upstream = numbers(*y.shape, seed=2)
    row = upstream.reshape(-1)
    by_input = oracles.jacobian(lambda v: looped("conv2d", v, w, axes, channels[2]), x)
    by_kernel = oracles.jacobian(lambda v: looped("conv2d", x, v, axes, channels[2]), w)
    ours = value(layer.input_gradient(), w=w, dL_do=upstream)
    assert ours.reshape(-1).tolist() == (row @ by_input).tolist()
    ours = value(layer.kernel_gradient(), x=x, dL_do=upstream)
    assert ours.reshape(-1).tolist() == (row @ by_kernel).tolist()


def test_a_bias_is_added_to_its_channel() -> None:
    x, w, b = numbers(2, 3), numbers(2, 1, 2, seed=3), numbers(2, seed=9)
    numbers_of: dict[str, Any] = {"input_size": 3, "kernel_size": 2, "groups": 2, "bias": True}
    layer = Conv1d(in_channels=2, out_channels=2, **numbers_of)
    expected = oracles.conv1d(x, w, groups=2) + b[:, None]
    assert value(layer.output(), x=x, w=w, b=b).tolist() == expected.tolist()
    up = ConvTranspose1d(in_channels=2, out_channels=2, **numbers_of)
    expected = oracles.conv_transpose1d(x, w, groups=2) + b[:, None]
    assert value(up.output(), x=x, w=w, b=b).tolist() == expected.tolist()


@pytest.mark.parametrize("size", [3, 4, 5, 8])
@pytest.mark.parametrize("kernel", [1, 2, 3])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_im2col(size: int, kernel: int, stride: int) -> None:
    layer = Conv1d(input_size=size, kernel_size=kernel, stride=stride, padding=1)
    x, w = numbers(size), numbers(kernel, seed=5)
    patches = value(im2col(layer), x=x)
    assert (w @ patches).tolist() == value(layer.output(), x=x, w=w).tolist()
    padded = np.array([*x, Fraction(0)])
    assert padded[im2col_index(layer)].tolist() == patches.tolist()


def test_im2col_of_an_image() -> None:
    layer = Conv2d(
        input_size=(4, 3), kernel_size=(2, 3), padding=(0, 1), stride=(1, 2), in_channels=2,
        out_channels=3,
    )  # fmt: skip
    x, w = numbers(2, 4, 3), numbers(3, 2, 2, 3, seed=5)
    patches = value(im2col(layer), x=x).reshape(12, -1)
    padded = np.append(x.reshape(-1), Fraction(0))
    assert padded[im2col_index(layer)].tolist() == patches.tolist()
    expected = oracles.conv2d(x, w, (1, 2), (0, 1)).reshape(3, -1)
    assert (w.reshape(3, -1) @ patches).tolist() == expected.tolist()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_geometry(data: st.DataObject) -> None:
    """Beyond the grid: tables of any small layer are those of the loops, and so is the way back."""
    draw = data.draw
    groups = draw(st.integers(1, 3))
    channels = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2)), groups
    axes = []
    for _ in range(2):
        n, k, s, p, d = (draw(st.integers(*ends)) for ends in
                         ((1, 6), (1, 3), (1, 3), (0, 3), (1, 3)))  # fmt: skip
        assume(d * (k - 1) + 1 <= n + 2 * p)
        axes.append((n, k, s, p, d))
    layer = Conv2d(**layer_numbers(channels, axes))
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[1], channels[0] // groups, *(axis[1] for axis in axes), seed=5)
    expected = looped("conv2d", x, w, axes, groups)
    assert layer.linear_map().apply(w, x.reshape(-1)).tolist() == expected.reshape(-1).tolist()
    left = [(n + 2 * p - d * (k - 1) - 1) % s for n, k, s, p, d in axes]
    back = ConvTranspose2d(
        **layer_numbers((channels[1], channels[0], groups),
                        [(m, *axis[1:]) for m, axis in zip(expected.shape[1:], axes, strict=True)]),
        output_padding=tuple(left),
    )  # fmt: skip
    y = numbers(*expected.shape, seed=2)
    theirs = looped("conv_transpose2d", y, w, axes, groups, tuple(left))
    assert back.linear_map().apply(w, y.reshape(-1)).tolist() == theirs.reshape(-1).tolist()
    assert theirs.shape == x.shape
    assert (expected * y).sum() == (theirs * x).sum()


def test_uneven_padding_reads_what_padding_the_input_reads() -> None:
    x, w = numbers(5), numbers(3, seed=5)
    uneven = Conv1d(input_size=5, kernel_size=3, stride=2, padding=Padding.of((0, 2)))
    padded = np.concatenate([x, [Fraction(0), Fraction(0)]])
    bare = Conv1d(input_size=7, kernel_size=3, stride=2)
    expected = bare.linear_map().apply(w, padded).tolist()
    assert value(uneven.output(), x=x, w=w).tolist() == expected
    assert uneven.linear_map().apply(w, x).tolist() == expected
