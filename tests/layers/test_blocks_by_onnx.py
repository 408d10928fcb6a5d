"""Blocks of several steps against ONNX's reference evaluator, exactly where they are rational."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symcnn.layers.condense import LearnedGroupConv, shuffled_channel
from symcnn.layers.dense_block import DenseBlock
from symcnn.layers.inverted_residual import InvertedResidual
from symcnn.layers.masked import CausalConv1d, MaskedConv2d
from symcnn.layers.squeeze_excitation import SqueezeExcitation
from tests.layers import chains
from tests.layers.reals import real
from tests.layers.values import at, onnx_run, whole


def relu6(x: Any) -> Any:
    """``Clip`` to 0 .. 6."""
    return onnx_run("Clip", {"x": x, "low": np.float64(0), "high": np.float64(6)})


@pytest.mark.parametrize("stride", [1, 2])
def test_inverted_residual(stride: int) -> None:
    """The three steps without the shortcut, at both strides."""
    block = InvertedResidual(
        in_channels=2, out_channels=2, expand_ratio=2, input_size=(4, 5), stride=stride
    )
    x, d = chains.whole_numbers(2, 4, 5), chains.whole_numbers(4, 3, 3, seed=2)
    wide, narrow = chains.whole_numbers(4, 2, seed=3), chains.whole_numbers(2, 4, seed=4)
    inner = relu6(chains.conv(x, wide[:, :, None, None]))
    filtered = relu6(
        chains.conv(inner, d[:, None], group=4, pads=[1] * 4, strides=[stride, stride])
    )
    theirs = chains.conv(filtered, narrow[:, :, None, None])
    assert (at(block.output(), x=x, D=d, Wf=wide, Wp=narrow) == theirs).all()


@pytest.mark.parametrize("kind", ["A", "B"])
@pytest.mark.parametrize("k", [3, 5])
def test_masked_convolution(kind: str, k: int) -> None:
    layer = MaskedConv2d(
        mask_type=kind, in_channels=2, out_channels=2, kernel_size=k, input_size=(3, 4)
    )
    x, w = chains.whole_numbers(2, 3, 4), chains.whole_numbers(2, 2, k, k, seed=2)
    mask = np.arange(k * k).reshape(k, k) < k * k // 2 + (kind == "B")
    theirs = chains.conv(x, w * mask, pads=[k // 2] * 4)
    assert (at(layer.output(), x=x, W=w) == theirs).all()
    assert (theirs != chains.conv(x, w, pads=[k // 2] * 4)).any()


@pytest.mark.parametrize(("k", "d"), [(1, 1), (2, 4), (3, 2)])
def test_causal_convolution(k: int, d: int) -> None:
    x, w = chains.whole_numbers(9), chains.whole_numbers(k, seed=2)
    theirs = chains.conv(x[None], w[None, None], dilations=[d], pads=[d * (k - 1), 0])[0]
    layer = CausalConv1d(kernel_size=k, dilation=d)
    assert [at(layer.forward(t), x=x, w=w) for t in range(9)] == theirs.tolist()


def test_learned_group_convolution() -> None:
    """The chosen channels are gathered, then convolved in groups."""
    layer = LearnedGroupConv(in_channels=6, out_channels=4, groups=2, condensation=3)
    x, w = chains.whole_numbers(6), chains.whole_numbers(4, 2, seed=2)
    chosen = np.array([[4, 1], [0, 5]])
    gathered = onnx_run("Gather", {"x": x, "at": chosen.reshape(-1)}, axis=0)
    theirs = chains.conv(gathered[:, None], w[:, :, None], group=2)[:, 0]
    assert [at(layer.forward(o), x=x, W=w, chosen=chosen) for o in range(4)] == theirs.tolist()
    matrix = at(layer.masked_matrix(), W=w, chosen=chosen)
    assert (onnx_run("MatMul", {"W": matrix, "x": x}) == theirs).all()


@pytest.mark.parametrize("groups", [2, 3])
def test_a_channel_shuffle_is_a_transpose(groups: int) -> None:
    """Groups by members, turned by ``Transpose``."""
    x = np.arange(12.0)
    turned = onnx_run("Transpose", {"x": x.reshape(groups, -1)}, perm=[1, 0]).reshape(-1)
    for channel in range(12):
        assert turned[whole(shuffled_channel(channel, 12, groups))] == x[channel]


@pytest.mark.parametrize("bias", [False, True])
def test_squeeze_and_excitation(bias: bool) -> None:
    layer = SqueezeExcitation(channels=4, reduction=2, input_size=(2, 2), bias=bias)
    x = chains.whole_numbers(4, 2, 2)
    w1, w2 = chains.whole_numbers(2, 4, seed=2), chains.whole_numbers(4, 2, seed=3)
    b1, b2 = chains.whole_numbers(2, seed=4), chains.whole_numbers(4, seed=5)
    offsets = {"b1": b1, "b2": b2} if bias else {}
    means = onnx_run("GlobalAveragePool", {"x": x[None]})[:, :, 0, 0]
    inner = {"x": means, "W": w1} | ({"b": b1} if bias else {})
    hidden = chains.relu(onnx_run("Gemm", inner, transB=1))
    families = {"x": x, "W1": w1, "W2": w2, **offsets}
    assert [at(layer.hidden(k), **families) for k in range(2)] == hidden[0].tolist()
    outer = {"x": hidden, "W": w2} | ({"b": b2} if bias else {})
    gate = onnx_run("Sigmoid", {"x": onnx_run("Gemm", outer, transB=1)})
    theirs = onnx_run("Mul", {"x": x, "gate": gate[0][:, None, None]})
    found = real(layer.output(), **families)
    assert np.allclose(found, theirs, rtol=1e-12, atol=0)


@pytest.mark.parametrize("bottleneck", [None, 2])
def test_dense_block(bottleneck: int | None) -> None:
    """Each layer's weights fit the channels joined so far; all of them are what is counted."""
    block = DenseBlock(
        num_layers=3, num_input_features=4, growth_rate=2, input_size=(3, 5), bn_size=bottleneck
    )
    x, weights, macs = chains.whole_numbers(4, 3, 5), 0, 0
    for layer in range(3):
        width = whole(block.in_channels(layer))
        assert width == len(x)
        step = x
        kernels = [(width, 2, 3)] if bottleneck is None else [(width, 4, 1), (4, 2, 3)]
        for inputs, outputs, k in kernels:
            w = chains.whole_numbers(outputs, inputs, k, k, seed=layer)
            step = chains.conv(chains.relu(step), w, pads=[k // 2] * 4)
            weights += w.size
            macs += w.size * step[0].size
        assert len(step) == 2
        x = chains.join(x, step)
    assert x.shape == (whole(block.out_channels()), 3, 5)
    assert (whole(block.parameters()), whole(block.macs())) == (weights, macs)
