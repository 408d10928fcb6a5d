"""Three-dimensional convolutions against plain loops over positions, taps and channels."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.layers import Conv3d, ConvTranspose3d
from tests.layers.loops import conv, conv_transpose
from tests.layers.values import at, numbers

# channels in, channels out, groups, then per axis: size, kernel, stride, padding, dilation, and
# the output_padding of the transposed one
GRID: dict[str, tuple[tuple[int, int, int], tuple[tuple[int, ...], ...], tuple[int, ...]]] = {
    "all numbers differ": (
        (2, 3, 1), ((3, 2, 1, 0, 1), (4, 3, 2, 1, 1), (3, 2, 1, 1, 2)), (0, 1, 1),
    ),
    "1 x 1 x 1": ((2, 2, 1), ((2, 1, 1, 0, 1), (2, 1, 1, 0, 1), (3, 1, 2, 0, 1)), (0, 0, 1)),
    "stride does not divide the span": (
        (1, 1, 1), ((4, 2, 3, 0, 1), (3, 2, 2, 1, 1), (2, 2, 1, 0, 1)), (2, 1, 0),
    ),
    "padding larger than the kernel": (
        (1, 2, 1), ((6, 1, 1, 2, 1), (2, 2, 1, 0, 1), (7, 2, 1, 3, 1)), (0, 0, 0),
    ),
    "dilation with stride": (
        (1, 1, 1), ((5, 2, 2, 0, 3), (3, 2, 1, 0, 2), (2, 1, 2, 0, 2)), (2, 1, 0),
    ),
    "two groups": ((4, 2, 2), ((2, 2, 1, 0, 1), (2, 1, 1, 0, 1), (3, 2, 2, 1, 1)), (0, 0, 0)),
    "groups = channels": (
        (3, 3, 3), ((2, 2, 1, 1, 1), (2, 1, 1, 0, 1), (2, 2, 1, 0, 1)), (0, 0, 0),
    ),
}  # fmt: skip
CASES = [pytest.param(*case, id=reason) for reason, case in GRID.items()]


def named(channels: tuple[int, int, int], axes: Any) -> dict[str, Any]:
    words = ("input_size", "kernel_size", "stride", "padding", "dilation")
    return dict(zip(words, zip(*axes, strict=True), strict=True)) | {
        "in_channels": channels[0],
        "out_channels": channels[1],
        "groups": channels[2],
    }


@pytest.mark.parametrize(("channels", "axes", "extra"), CASES)
def test_conv3d(channels: Any, axes: Any, extra: Any) -> None:
    layer = Conv3d(**named(channels, axes))
    _, kernel, stride, padding, dilation = zip(*axes, strict=True)
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[1], channels[0] // channels[2], *kernel, seed=2)
    theirs = conv(x, w, stride, padding, dilation, channels[2])
    assert tuple(size.value for size in layer.output_shape()) == theirs.shape  # type: ignore[attr-defined]
    assert (layer.linear_map().apply(w, x.reshape(-1)) == theirs.reshape(-1)).all()
    for place in product(*({0, size - 1} for size in theirs.shape)):
        assert at(layer.forward(*place), x=x, w=w) == theirs[place]


@pytest.mark.parametrize(("channels", "axes", "extra"), CASES)
def test_conv_transpose3d(channels: Any, axes: Any, extra: Any) -> None:
    layer = ConvTranspose3d(**named(channels, axes), output_padding=extra)
    _, kernel, stride, padding, dilation = zip(*axes, strict=True)
    x = numbers(channels[0], *(axis[0] for axis in axes))
    w = numbers(channels[0], channels[1] // channels[2], *kernel, seed=2)
    theirs = conv_transpose(x, w, stride, padding, dilation, extra, channels[2])
    assert tuple(size.value for size in layer.output_shape()) == theirs.shape  # type: ignore[attr-defined]
    assert (layer.linear_map().apply(w, x.reshape(-1)) == theirs.reshape(-1)).all()
    place = tuple(size // 2 for size in theirs.shape)
    assert at(layer.forward(*place), x=x, w=w) == theirs[place]


def test_the_loops_tell_axes_apart() -> None:
    x, w = numbers(1, 3, 3, 3), numbers(1, 1, 2, 2, 2, seed=3)
    straight = conv(x, w, (1, 1, 1), (0, 0, 0), (1, 1, 1), 1)
    turned = conv(x, np.swapaxes(w, 2, 4), (1, 1, 1), (0, 0, 0), (1, 1, 1), 1)
    assert (straight != turned).any()
