"""Two-dimensional transposed convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula
from symcnn.layers.conv_transpose import Scatter


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvTranspose2d(Scatter):
    """`Scatter` on two axes, named as ``torch.nn.ConvTranspose2d`` without its batch axis.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> up = ConvTranspose2d(
    ...     input_size=4, kernel_size=3, stride=2, padding=1, output_padding=1,
    ...     in_channels=8, out_channels=4, groups=4,
    ... )
    >>> [str(size.value) for size in (*up.output_shape(), *up.weight_shape())]
    ['4', '8', '8', '8', '1', '3', '3']
    """

    dimensions: ClassVar[int] = 2

    def output_size(self) -> tuple[Formula, ...]:
        """``(input_size-1)*stride - 2*padding + dilation*(kernel_size-1) + output_padding + 1``."""
        return tuple(axis.inputs for axis in self.axes())
