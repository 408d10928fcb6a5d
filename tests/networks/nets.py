"""Published networks, written down from their papers and from torchvision, to be counted."""

from __future__ import annotations

from symcnn.formula.nodes import Operand
from symcnn.layers.dense_block import DenseBlock
from symcnn.networks import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm2d,
    Branches,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    Identity,
    Linear,
    MaxPool2d,
    Module,
    ReLU,
    Residual,
    Sequential,
    SqueezeExcitation,
)


def conv_bn(
    inputs: Operand, outputs: Operand, kernel: int, stride: int = 1, padding: int | str = 0,
    groups: Operand = 1,
) -> Sequential:  # fmt: skip
    """A convolution without bias and its normalisation, folded."""
    return Sequential(
        Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
        BatchNorm2d(outputs, folded=True),
    )


def vgg16() -> Sequential:
    """Simonyan and Zisserman (2015), configuration D, for 224 x 224."""
    layers: list[Module] = []
    inputs = 3
    for widths in ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)):
        for width in widths:
            layers += [Conv2d(inputs, width, 3, padding=1), ReLU()]
            inputs = width
        layers.append(MaxPool2d(2))
    head = (Flatten(), Linear(25088, 4096), ReLU(), Dropout(), Linear(4096, 4096), ReLU(),
            Dropout(), Linear(4096, 1000))  # fmt: skip
    return Sequential(Sequential(*layers), Sequential(*head))


def alexnet(groups: int) -> Sequential:
    """Krizhevsky et al. (2012) on 227 x 227, with its two groups or in a single tower."""
    return Sequential(
        Conv2d(3, 96, 11, 4), ReLU(), MaxPool2d(3, 2),
        Conv2d(96, 256, 5, padding=2, groups=groups), ReLU(), MaxPool2d(3, 2),
        Conv2d(256, 384, 3, padding=1), ReLU(),
        Conv2d(384, 384, 3, padding=1, groups=groups), ReLU(),
        Conv2d(384, 256, 3, padding=1, groups=groups), ReLU(), MaxPool2d(3, 2),
        Flatten(), Linear(9216, 4096), ReLU(), Linear(4096, 4096), ReLU(), Linear(4096, 1000),
    )  # fmt: skip


def bottleneck(
    inputs: int, width: int, stride: int, place: str = "3x3", reduction: int = 0
) -> Residual:
    """ResNet's block; ``place`` is the convolution that has the stride."""
    first, middle = (stride, 1) if place == "1x1" else (1, stride)
    body = [
        conv_bn(inputs, width, 1, first), ReLU(), conv_bn(width, width, 3, middle, 1), ReLU(),
        conv_bn(width, 4 * width, 1),
    ]  # fmt: skip
    if reduction:
        body.append(SqueezeExcitation(4 * width, reduction))
    around = None
    if stride > 1 or inputs != 4 * width:
        around = conv_bn(inputs, 4 * width, 1, stride)
    return Residual(Sequential(*body), around)


def resnet50(place: str = "3x3", reduction: int = 0) -> Sequential:
    """He et al. (2015) for ``place`` 1x1, torchvision's version for 3x3; SE with a reduction."""
    blocks: list[Module] = []
    inputs = 64
    for stage, (width, count) in enumerate(zip((64, 128, 256, 512), (3, 4, 6, 3), strict=True)):
        for block in range(count):
            stride = 2 if block == 0 and stage > 0 else 1
            blocks += [bottleneck(inputs, width, stride, place, reduction), ReLU()]
            inputs = 4 * width
    return Sequential(
        conv_bn(3, 64, 7, 2, 3), ReLU(), MaxPool2d(3, 2, padding=1), Sequential(*blocks),
        AdaptiveAvgPool2d(), Flatten(), Linear(2048, 1000),
    )  # fmt: skip


def inverted(inputs: int, outputs: int, stride: int, ratio: int) -> Module:
    """MobileNetV2's block, without the expansion where the ratio is 1."""
    hidden = inputs * ratio
    steps: list[Module] = [] if ratio == 1 else [conv_bn(inputs, hidden, 1), ReLU()]
    steps += [conv_bn(hidden, hidden, 3, stride, 1, hidden), ReLU(), conv_bn(hidden, outputs, 1)]
    body = Sequential(*steps)
    return Residual(body) if stride == 1 and inputs == outputs else body


def mobilenet_v2() -> Sequential:
    """Sandler et al. (2018), table 2, for 224 x 224."""
    layers: list[Module] = [conv_bn(3, 32, 3, 2, 1), ReLU()]
    inputs = 32
    for ratio, width, count, stride in (
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
        (6, 320, 1, 1),
    ):  # fmt: skip
        for block in range(count):
            layers.append(inverted(inputs, width, stride if block == 0 else 1, ratio))
            inputs = width
    layers += [conv_bn(320, 1280, 1), ReLU(), AdaptiveAvgPool2d(), Flatten(), Dropout()]
    return Sequential(*layers, Linear(1280, 1000))


def mobilenet_v1(padding: int | str = 1) -> Sequential:
    """Howard et al. (2017), table 1; the published code pads with TensorFlow's "SAME"."""
    layers: list[Module] = [conv_bn(3, 32, 3, 2, padding), ReLU()]
    inputs = 32
    for width, stride in (
        (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1),
        (512, 1), (512, 1), (1024, 2), (1024, 1),
    ):  # fmt: skip
        layers += [conv_bn(inputs, inputs, 3, stride, padding, inputs), ReLU()]
        layers += [conv_bn(inputs, width, 1), ReLU()]
        inputs = width
    return Sequential(*layers, AdaptiveAvgPool2d(), Flatten(), Linear(1024, 1000))


def inception(inputs: int, *widths: int, large: int = 3) -> Branches:
    """GoogLeNet's module as torchvision has it; the paper's ``large`` kernel is 5."""
    one, three_in, three, five_in, five, pool = widths
    return Branches(
        conv_bn(inputs, one, 1),
        Sequential(conv_bn(inputs, three_in, 1), ReLU(), conv_bn(three_in, three, 3, 1, 1)),
        Sequential(
            conv_bn(inputs, five_in, 1), ReLU(), conv_bn(five_in, five, large, 1, large // 2)
        ),
        Sequential(MaxPool2d(3, 1, 1), conv_bn(inputs, pool, 1)),
    )


def googlenet(large: int = 3) -> Sequential:
    """Szegedy et al. (2015), table 1, without the auxiliary heads."""

    def module(inputs: int, *widths: int) -> Branches:
        return inception(inputs, *widths, large=large)

    return Sequential(
        conv_bn(3, 64, 7, 2, 3), MaxPool2d(3, 2, ceil_mode=True), conv_bn(64, 64, 1),
        conv_bn(64, 192, 3, 1, 1), MaxPool2d(3, 2, ceil_mode=True),
        module(192, 64, 96, 128, 16, 32, 32), module(256, 128, 128, 192, 32, 96, 64),
        MaxPool2d(3, 2, ceil_mode=True),
        module(480, 192, 96, 208, 16, 48, 64), module(512, 160, 112, 224, 24, 64, 64),
        module(512, 128, 128, 256, 24, 64, 64), module(512, 112, 144, 288, 32, 64, 64),
        module(528, 256, 160, 320, 32, 128, 128), MaxPool2d(2, 2, ceil_mode=True),
        module(832, 256, 160, 320, 32, 128, 128), module(832, 384, 192, 384, 48, 128, 128),
        AdaptiveAvgPool2d(), Flatten(), Dropout(), Linear(1024, 1000),
    )  # fmt: skip


def alexnet_v2() -> Sequential:
    """The convolutions of the variant whose receptive field is published: 64 to 384 channels."""
    return Sequential(
        Conv2d(3, 64, 11, 4, "VALID"), MaxPool2d(3, 2), Conv2d(64, 192, 5, padding="SAME"),
        MaxPool2d(3, 2), Conv2d(192, 384, 3, padding="SAME"), Conv2d(384, 384, 3, padding="SAME"),
        Conv2d(384, 256, 3, padding="SAME"), MaxPool2d(3, 2, "VALID"),
    )  # fmt: skip


def squeezenet() -> Sequential:
    """Iandola et al. (2016), version 1.0, for 227 x 227."""

    def fire(inputs: int, squeeze: int, expand: int) -> Sequential:
        return Sequential(
            Conv2d(inputs, squeeze, 1),
            ReLU(),
            Branches(Conv2d(squeeze, expand, 1), Conv2d(squeeze, expand, 3, padding=1)),
        )

    return Sequential(
        Conv2d(3, 96, 7, 2), MaxPool2d(3, 2), fire(96, 16, 64), fire(128, 16, 64),
        fire(128, 32, 128), MaxPool2d(3, 2), fire(256, 32, 128), fire(256, 48, 192),
        fire(384, 48, 192), fire(384, 64, 256), MaxPool2d(3, 2), fire(512, 64, 256), Dropout(),
        Conv2d(512, 1000, 1), AdaptiveAvgPool2d(), Flatten(),
    )  # fmt: skip


def dense_layer(inputs: int, growth: int, width: int = 0) -> Branches:
    """What came in beside what is appended."""
    if not width:
        return Branches(
            Identity(),
            Sequential(BatchNorm2d(inputs), Conv2d(inputs, growth, 3, padding=1, bias=False)),
        )
    grown = Sequential(
        BatchNorm2d(inputs), ReLU(), Conv2d(inputs, width, 1, bias=False),
        BatchNorm2d(width), ReLU(), Conv2d(width, growth, 3, padding=1, bias=False),
    )  # fmt: skip
    return Branches(Identity(), grown)


def densenet121() -> Sequential:
    """Huang et al. (2017), table 1, growth rate 32, as torchvision has it."""
    layers: list[Module] = [conv_bn(3, 64, 7, 2, 3), ReLU(), MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, count in enumerate((6, 12, 24, 16)):
        for _ in range(count):
            layers.append(dense_layer(inputs, 32, 128))
            inputs += 32
        layers.append(BatchNorm2d(inputs))
        if stage < 3:
            layers += [Conv2d(inputs, inputs // 2, 1, bias=False), AvgPool2d(2)]
            inputs //= 2
    return Sequential(*layers, AdaptiveAvgPool2d(), Flatten(), Linear(1024, 1000))


def dense_blocks(depth: int, growth: int) -> list[DenseBlock]:
    """The three blocks of a CIFAR DenseNet without bottlenecks."""
    layers = (depth - 4) // 3
    return [
        DenseBlock(
            num_layers=layers, num_input_features=16 + stage * layers * growth,
            growth_rate=growth, input_size=32 // 2**stage,
        )
        for stage in range(3)
    ]  # fmt: skip


def unet(depth: int, features: int = 64) -> Sequential:
    """Ronneberger et al. (2015) with padded convolutions: one channel in, two out."""

    def twice(inputs: int, outputs: int) -> Sequential:
        return Sequential(
            Conv2d(inputs, outputs, 3, padding=1), ReLU(),
            Conv2d(outputs, outputs, 3, padding=1), ReLU(),
        )  # fmt: skip

    def level(number: int, inputs: int) -> Sequential:
        width = features * 2**number
        if number == depth:
            return twice(inputs, width)
        inner = level(number + 1, width)
        below = Sequential(MaxPool2d(2), inner, ConvTranspose2d(2 * width, width, 2, 2))
        return Sequential(
            twice(inputs, width), Branches(Identity(), below), twice(2 * width, width)
        )

    return Sequential(level(0, 1), Conv2d(features, 2, 1))
