"""A whole U-Net on a tiny image: plain loops and ONNX's reference evaluator, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symcnn.formula import Symbol
from symcnn.formula.arrays import Array
from symcnn.layers import Conv2d, ConvTranspose2d, MaxPool2d
from symcnn.layers.unet import Joint, UNet
from tests.layers import chains, loops
from tests.layers.values import at, onnx_run, whole

ONE, TWO, NONE = (1, 1), (2, 2), (0, 0)


class Loops:
    """The steps by plain loops."""

    @staticmethod
    def conv(x: Any, w: Any, b: Any, padding: int) -> Any:
        return loops.conv(x, w, ONE, (padding,) * 2, ONE, 1) + b[:, None, None]

    @staticmethod
    def up(x: Any, w: Any, b: Any) -> Any:
        return loops.conv_transpose(x, w, TWO, NONE, ONE, NONE, 1) + b[:, None, None]

    @staticmethod
    def pool(x: Any) -> Any:
        y = loops.zeros(x.shape[0], x.shape[1] // 2, x.shape[2] // 2)
        for c, i, j in np.ndindex(y.shape):
            y[c, i, j] = x[c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
        return y

    @staticmethod
    def relu(x: Any) -> Any:
        return np.maximum(x, 0)

    @staticmethod
    def join(skip: Any, up: Any) -> Any:
        crop = (skip.shape[1] - up.shape[1]) // 2
        y = loops.zeros(2 * len(up), *up.shape[1:])
        for c, i, j in np.ndindex(up.shape):
            y[c, i, j], y[len(skip) + c, i, j] = skip[c, i + crop, j + crop], up[c, i, j]
        return y


class Onnx:
    """The steps by ONNX in float64; the crop is its ``Slice``."""

    @staticmethod
    def conv(x: Any, w: Any, b: Any, padding: int) -> Any:
        return onnx_run("Conv", {"x": x[None], "w": w, "b": b}, pads=[padding] * 4)[0]

    @staticmethod
    def up(x: Any, w: Any, b: Any) -> Any:
        return onnx_run("ConvTranspose", {"x": x[None], "w": w, "b": b}, strides=[2, 2])[0]

    @staticmethod
    def pool(x: Any) -> Any:
        return onnx_run("MaxPool", {"x": x[None]}, kernel_shape=[2, 2], strides=[2, 2])[0]

    @staticmethod
    def relu(x: Any) -> Any:
        return chains.relu(x)

    @staticmethod
    def join(skip: Any, up: Any) -> Any:
        size = up.shape[1]
        crop = (skip.shape[1] - size) // 2
        starts, ends, axes = ([crop] * 2, [crop + size] * 2, [1, 2])
        feeds = {"x": skip, "starts": starts, "ends": ends, "axes": axes}
        cut = onnx_run(
            "Slice", {k: np.array(v, np.int64) if k != "x" else v for k, v in feeds.items()}
        )
        return chains.join(cut, up)


def outside(steps: type[Loops | Onnx], x: Any, weights: list[Any], depth: int, pad: int) -> Any:
    """The network as the paper draws it, and the sizes on its way."""
    left, sizes, skips = iter(weights), [], []

    def two(x: Any) -> Any:
        for _ in range(2):
            w, b = next(left)
            x = steps.relu(steps.conv(x, w, b, pad))
        sizes.append(x.shape[1])
        return x

    for _ in range(depth):
        skips.append(two(x))
        x = steps.pool(skips[-1])
    x = two(x)
    for skip in reversed(skips):
        w, b = next(left)
        x = two(steps.join(skip, steps.up(x, w, b)))
    w, b = next(left)
    return steps.conv(x, w, b, 0), sizes


def ours(net: UNet, x: Any, weights: list[Any]) -> Any:
    """The network by the formulas of its layers."""
    layers = iter(zip(net.layers(), weights, strict=True))

    def step(x: Any) -> Any:
        layer, (w, b) = next(layers)
        assert [whole(n) for n in layer.input_shape()] == list(x.shape)
        return at(layer.output(), **{"x": x, layer.weight: w, layer.offset: b})

    def two(x: Any) -> Any:
        return np.maximum(step(np.maximum(step(x), 0)), 0)

    skips = []
    for _ in range(net.depth):
        skips.append(two(x))
        pool = MaxPool2d(input_size=skips[-1].shape[1], kernel_size=2)
        shape = (len(skips[-1]), *map(whole, pool.output_size()))
        x = np.empty(shape, dtype=object)
        for c, p, q in np.ndindex(shape):
            x[c, p, q] = at(pool.forward(p, q), x=skips[-1][c])
    x = two(x)
    for joint in net.decoder():
        x = two(at(joined(joint), skip=skips.pop(), up=step(x)))
    return step(x)


def joined(joint: Joint) -> Array:
    shape = (joint.joined_channels, joint.upsampled, joint.upsampled)
    return Array(shape, ("f", "p", "q"), joint.joined(*map(Symbol, "fpq")))


CASES = {"cropped": (18, 1, 0), "padded, two levels": (4, 2, 1)}


@pytest.mark.parametrize(("size", "depth", "padding"), CASES.values(), ids=CASES)
def test_a_network_by_loops_and_by_onnx(size: int, depth: int, padding: int) -> None:
    net = UNet(input_size=size, depth=depth, padding=padding, features=1, in_channels=2)
    weights = [
        (
            chains.whole_numbers(*map(whole, layer.weight_shape()), seed=number),
            chains.whole_numbers(whole(layer.output_shape()[0]), seed=number + 50) + 3,
        )
        for number, layer in enumerate(net.layers())
    ]
    assert whole(net.parameters()) == sum(w.size + b.size for w, b in weights)
    x = chains.whole_numbers(2, size, size, seed=99)
    expected, sizes = outside(Loops, x, weights, depth, padding)
    theirs, others = outside(Onnx, x, weights, depth, padding)
    assert expected.shape == (2, *[whole(net.output_size())] * 2)
    assert len(set(expected.flat)) > 2
    down, up = net.encoder(), net.decoder()
    assert sizes == others
    assert sizes == [whole(level.leaving) for level in down] + [whole(j.leaving) for j in up]
    assert (theirs == expected).all()
    assert (ours(net, x, weights) == expected).all()


def test_the_join_puts_the_cropped_skip_first() -> None:
    (joint,) = UNet(input_size=18, depth=1, features=1).decoder()
    skip, up = chains.whole_numbers(1, 14, 14), chains.whole_numbers(1, 6, 6, seed=2)
    found = at(joined(joint), skip=skip, up=up)
    assert whole(joint.crop) == 4
    assert (found == np.concatenate([skip[:, 4:10, 4:10], up])).all()
    assert (found == Onnx.join(skip, up)).all()
    assert (found != np.concatenate([skip[:, :6, :6], up])).any()


def test_the_layers_lead_from_size_to_size() -> None:
    net = UNet(input_size=572)
    layers = net.layers()
    assert len(layers) == 23
    assert sum(isinstance(layer, ConvTranspose2d) for layer in layers) == 4
    assert isinstance(layers[-1], Conv2d)
    assert [whole(n) for n in layers[-1].output_shape()] == [2, 388, 388]
    assert sum(whole(layer.parameters()) for layer in layers) == whole(net.parameters())
    assert sum(whole(layer.macs()) for layer in layers) == whole(net.macs())
