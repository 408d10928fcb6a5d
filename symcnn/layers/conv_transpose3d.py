"""Three-dimensional transposed convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula
from symcnn.layers.conv_transpose import Scatter


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvTranspose3d(Scatter):
    """`Scatter` on three axes, named as ``torch.nn.ConvTranspose3d`` without its batch axis.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> up = ConvTranspose3d(input_size=2, kernel_size=2, stride=2)
    >>> [str(size.value) for size in up.output_size()]
    ['4', '4', '4']
    """

    dimensions: ClassVar[int] = 3

    def output_size(self) -> tuple[Formula, ...]:
        """``(input_size-1)*stride - 2*padding + dilation*(kernel_size-1) + output_padding + 1``."""
        return tuple(axis.inputs for axis in self.axes())
