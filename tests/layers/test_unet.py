"""Sizes, crops and parameters of the U-Net, by loops, in symbols, and as published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers.unet import UNet
from tests.layers.values import proved, refuted, whole


def unet_by_loops(n: int, depth: int) -> tuple[int, list[int]]:
    skips, crops = [], []
    for _ in range(depth):
        n -= 4
        skips.append(n)
        assert n % 2 == 0
        n //= 2
    n -= 4
    for skip in reversed(skips):
        n *= 2
        crops.append((skip - n) // 2)
        n -= 4
    return n, crops


@pytest.mark.parametrize(("size", "depth"), [(572, 4), (188, 4), (44, 2), (140, 3), (20, 1)])
def test_sizes_of_a_unet(size: int, depth: int) -> None:
    net = UNet(input_size=size, depth=depth)
    expected, crops = unet_by_loops(size, depth)
    assert whole(net.output_size()) == whole(net.closed_output_size()) == expected
    assert [whole(joint.crop) for joint in net.decoder()] == crops
    assert whole(net.bottom_size()) == whole(net.closed_bottom_size())


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_sizes_of_a_unet_in_symbols(depth: int) -> None:
    for padding in (0, 1):
        net = UNet(input_size=Symbol("n"), depth=depth, padding=padding)
        given = "n: positive integer"
        assert proved(net.output_size(), net.closed_output_size(), given)
        assert proved(net.bottom_size(), net.closed_bottom_size(), given)
        assert refuted(net.output_size(), net.closed_output_size() + 1, given)


def test_published_figures_of_the_unet() -> None:
    net = UNet(input_size=572)
    assert whole(net.output_size()) == 388
    assert whole(net.parameters()) == 31_030_658
    assert [whole(joint.joined_channels) for joint in net.decoder()] == [1024, 512, 256, 128]
    assert whole(net.bottom_size()) == 28
    names = [name for name, *_ in net.convolutions()]
    assert len(names) == 23  # the paper: 23 convolutional layers in total
    padded = UNet(input_size=256, padding=1)
    assert [whole(level.leaving) for level in padded.encoder()] == [256, 128, 64, 32, 16]
    assert whole(padded.output_size()) == 256


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: UNet(input_size=570), "level 1 is pooled by 2 at 279 positions a side"),
    (lambda: UNet(input_size=20), "level 2 has 2 positions a side"),
    (lambda: UNet(input_size=572, depth=0), "depth is at least 1 and padding 0 or 1, not 0 and 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
