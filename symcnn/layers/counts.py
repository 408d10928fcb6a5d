"""What a two-dimensional convolution costs: weights and multiply-accumulates.

Every count of the blocks and networks comes from here, and rests on the shape of the weight. MACs
are counted at *output* positions; taps that fall on padding count, as in every published figure,
unless it is asked otherwise.
"""

from __future__ import annotations

from symcnn.formula.nodes import Formula, Operand
from symcnn.layers.conv2d import Conv2d
from symcnn.layers.sizes import Formulas, Pair, area, counts, product, total
from symcnn.layers.window import Window2d


def conv_parameters(
    in_channels: Operand,
    out_channels: Operand,
    kernel_size: Operand | Pair = 1,
    groups: Operand = 1,
    bias: bool = False,
) -> Formula:
    """``C_out * (C_in/groups) * K_h * K_w``, and ``C_out`` more with a bias.

    Source: the shape of ``weight`` in torch.nn.Conv2d. Raises AuthorError where a size is no
    positive integer or the groups do not divide the channels.

    >>> from symcnn.formula.plain import plain
    >>> plain(conv_parameters(64, 128, 3, bias=True))
    '128*64*3*3 + 128'
    """
    outputs, inputs, *kernel = _weight_shape(in_channels, out_channels, kernel_size, groups)
    weights = product(outputs, inputs, area((kernel[0], kernel[1])))
    return total((weights, outputs)) if bias else weights


def conv_macs(
    output_size: Operand | Pair,
    in_channels: Operand,
    out_channels: Operand,
    kernel_size: Operand | Pair = 1,
    groups: Operand = 1,
) -> Formula:
    """``H_out * W_out * C_out * (C_in/groups) * K_h * K_w``; raises AuthorError as above.

    >>> from symcnn.formula.plain import plain
    >>> plain(conv_macs(28, 192, 32, 5))
    '28*28*32*192*5*5'
    """
    positions = counts("Conv2d", "output_size", output_size)
    weights = conv_parameters(in_channels, out_channels, kernel_size, groups)
    return product(area(positions), weights)


def conv_macs_without_padding(
    window: Window2d, in_channels: Operand, out_channels: Operand, groups: Operand = 1
) -> Formula:
    """The MACs of taps that meet the input, those on padding left out.

    Per axis, ``sum_o sum_j [0 <= stride*o + dilation*j - padding < input_size]``.

    >>> from symcnn.formula.meaning import evaluate
    >>> window = Window2d(input_size=4, kernel_size=3, padding=1)
    >>> str(evaluate(conv_macs_without_padding(window, 1, 1), {}))  # (3*4 - 2)^2 of 144
    '100'
    """
    hits: Formulas = window.real_taps()
    return product(area(hits), conv_parameters(in_channels, out_channels, 1, groups))


def _weight_shape(
    in_channels: Operand, out_channels: Operand, kernel_size: Operand | Pair, groups: Operand
) -> tuple[Formula, ...]:
    kernel = counts("Conv2d", "kernel_size", kernel_size)
    layer = Conv2d(
        input_size=kernel,
        kernel_size=kernel,
        in_channels=in_channels,
        out_channels=out_channels,
        groups=groups,
    )
    return layer.weight_shape()
