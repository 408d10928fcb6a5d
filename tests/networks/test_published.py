"""Whole networks against published figures: parameters, MACs and receptive fields.

Sources: the papers; torchvision's ``num_params`` and ``_ops``; Araujo, Norris and Sim, "Computing
receptive fields of convolutional neural networks" (2019).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.formula.meaning import holds
from symcnn.formula.plain import plain
from symcnn.layers.dense_block import DenseBlock
from symcnn.layers.inception import Inception
from symcnn.layers.inverted_residual import InvertedResidual
from symcnn.layers.sizes import folded
from symcnn.layers.unet import UNet
from symcnn.networks import Module, Residual, Sequential
from tests.layers.values import whole
from tests.networks import nets

LARGE, SMALL = (3, 224, 224), (3, 227, 227)
PARAMETERS = {
    "VGG-16 (paper: 138 million)": (nets.vgg16, 138_357_544),
    "AlexNet, two groups": (lambda: nets.alexnet(2), 60_965_224),
    "AlexNet, one tower": (lambda: nets.alexnet(1), 62_378_344),
    "ResNet-50 (torchvision)": (nets.resnet50, 25_557_032),
    "SE-ResNet-50: 2,514,944 more": (lambda: nets.resnet50(reduction=16), 28_071_976),
    "MobileNetV2 (torchvision)": (nets.mobilenet_v2, 3_504_872),
    "GoogLeNet without auxiliary heads (torchvision)": (nets.googlenet, 6_624_904),
    "SqueezeNet 1.0 (torchvision)": (nets.squeezenet, 1_248_424),
    "DenseNet-121 (torchvision)": (nets.densenet121, 7_978_856),
}


@pytest.mark.parametrize(("make", "figure"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters(make: Callable[[], Module], figure: int) -> None:
    assert whole(make().parameters()) == figure


MACS = {
    "VGG-16 (torchvision: 15.47 billion)": (nets.vgg16, LARGE, 15_470_264_320),
    "ResNet-50 (torchvision: 4.09 billion)": (nets.resnet50, LARGE, 4_089_184_256),
    "ResNet-50 (paper: 3.8 billion)": (lambda: nets.resnet50("1x1"), LARGE, 3_857_973_248),
    "MobileNetV2 (paper: 300 million)": (nets.mobilenet_v2, LARGE, 300_774_272),
    "MobileNetV1 (paper: 569 million)": (nets.mobilenet_v1, LARGE, 568_740_352),
    "GoogLeNet (torchvision: 1.498 billion)": (nets.googlenet, LARGE, 1_498_376_192),
}


@pytest.mark.parametrize(("make", "shape", "figure"), MACS.values(), ids=MACS)
def test_macs(make: Callable[[], Module], shape: tuple[int, ...], figure: int) -> None:
    net = make()
    assert whole(net.macs(shape)) == whole(net.cost(shape, "paper")) == figure
    assert whole(net.cost(shape, "torch")) == 2 * figure
    assert [whole(size) for size in net.output_shape(shape)] == [1000]


def features(net: Sequential, count: int) -> Sequential:
    return Sequential(*net.modules[:count])


def resnet_stages(place: str) -> Sequential:
    return features(nets.resnet50(place), 4)


FIELDS: dict[str, tuple[Callable[[], Module], int, int, int | None]] = {
    "AlexNet v2": (nets.alexnet_v2, 195, 32, 64),
    "MobileNetV1, SAME": (lambda: features(nets.mobilenet_v1("SAME"), 54), 315, 32, 126),
    "VGG-16": (lambda: nets.vgg16().modules[0], 212, 32, 90),
    "ResNet-50 (paper)": (lambda: resnet_stages("1x1"), 483, 32, None),
    "ResNet-50 (torchvision)": (lambda: resnet_stages("3x3"), 427, 32, None),
    "MobileNetV1": (lambda: features(nets.mobilenet_v1(), 54), 315, 32, None),
}


@pytest.mark.parametrize(("make", "size", "jump", "padding"), FIELDS.values(), ids=FIELDS)
def test_receptive_fields(
    make: Callable[[], Module], size: int, jump: int, padding: int | None
) -> None:
    reach = make().receptive_field(LARGE)
    assert whole(reach.size) == size
    assert whole(reach.jump) == jump
    assert padding is None or whole(reach.start) == -padding


def test_same_padding_depends_on_the_size_of_the_input() -> None:
    """Published: 126 before the first pixel at 224, 157 at 321."""
    net = features(nets.mobilenet_v1("SAME"), 54)
    for size, padding in ((224, 126), (321, 157)):
        assert whole(net.receptive_field((3, size, size)).start) == -padding
    assert plain(net.output_shape((3, Symbol("H"), 224))[2]) == "7"


def test_stages_of_resnet_50_by_input_gradients() -> None:
    """35, 91 and 267, as measured on torchvision's network with gradients by the input."""
    whole_net = nets.resnet50()
    blocks = whole_net.modules[3]
    assert isinstance(blocks, Sequential)
    for count, size in ((6, 35), (14, 91), (26, 267)):
        net = Sequential(*whole_net.modules[:3], features(blocks, count))
        assert whole(net.receptive_field(LARGE).size) == size


def test_the_cells_of_googlenet_s_table() -> None:
    """Printed as 159K and 128M (3a), 380K and 304M (3b): K is 1024 in this table."""
    for inputs, widths, kilo, mega in (
        (192, (64, 96, 128, 16, 32, 32), 159, 128),
        (256, (128, 128, 192, 32, 96, 64), 380, 304),
    ):
        names = ("ch1x1", "ch3x3red", "ch3x3", "ch5x5red", "ch5x5", "pool_proj")
        numbers = dict(zip(names, widths, strict=True))
        module = Inception(in_channels=inputs, input_size=28, **numbers)
        assert abs(whole(module.parameters(bias=True)) / 1024 - kilo) < 1
        assert whole(module.macs()) // 10**6 == mega
        net = nets.inception(inputs, *widths, large=5)
        norms = 2 * sum(widths)
        assert whole(net.parameters()) == whole(module.parameters()) + norms
        assert whole(net.macs((inputs, 28, 28))) == whole(module.macs())
        assert net.output_shape((inputs, 28, 28))[0] == module.out_channels()


def test_densenets_on_cifar() -> None:
    """L = 100, k = 12: 6,979,642 numbers; the paper says 7.0 million. L = 40: 1.0 million."""
    for depth, figure in ((100, 6_979_642), (40, 1_019_722)):
        blocks = nets.dense_blocks(depth, 12)
        width = [whole(block.out_channels()) for block in blocks]
        joints = sum(n * n + 2 * n for n in width[:2])
        ends = 3 * 16 * 9 + 2 * width[2] + 10 * width[2] + 10
        inside = sum(whole(block.parameters(norms=True)) for block in blocks)
        assert inside + joints + ends == figure


def test_the_unet_is_its_layers() -> None:
    """31,030,658 numbers, as published; the padded variant keeps the size."""
    net, layer = nets.unet(4), UNet(input_size=64, padding=1)
    assert whole(net.parameters()) == whole(layer.parameters()) == 31_030_658
    assert whole(net.macs((1, 64, 64))) == whole(layer.macs())
    assert [whole(size) for size in net.output_shape((1, 64, 64))] == [2, 64, 64]
    with pytest.raises(AuthorError, match=r"branch 1 .* gives 64 x 10 x 10, but .* 64 x 11 x 11"):
        nets.unet(1).output_shape((1, 11, 11))


def test_blocks_are_the_networks_of_their_steps() -> None:
    for outputs, stride, ratio in ((24, 1, 6), (32, 2, 6), (24, 1, 1)):
        block = InvertedResidual(
            in_channels=24, out_channels=outputs, expand_ratio=ratio, input_size=15, stride=stride,
            skip_unit_expansion=True,
        )  # fmt: skip
        net = nets.inverted(24, outputs, stride, ratio)
        assert whole(net.macs((24, 15, 15))) == whole(block.macs())
        norms = 2 * (24 * ratio * (1 if ratio == 1 else 2) + outputs)
        assert whole(net.parameters()) == whole(block.parameters()) + norms
        assert holds(block.has_shortcut(), {}) is isinstance(net, Residual)
    dense = DenseBlock(num_layers=3, num_input_features=8, growth_rate=4, input_size=7, bn_size=4)
    net = Sequential(*(nets.dense_layer(8 + 4 * layer, 4, 16) for layer in range(3)))
    assert whole(net.parameters()) == whole(dense.parameters(norms=True))
    assert whole(net.macs((8, 7, 7))) == whole(dense.macs())
    assert net.output_shape((8, 7, 7))[0] == folded(dense.out_channels())
