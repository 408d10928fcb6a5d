"""One-dimensional transposed convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula, Operand
from symcnn.layers.conv_transpose import Scatter


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvTranspose1d(Scatter):
    """`Scatter` on one axis, named as ``torch.nn.ConvTranspose1d`` without its batch axis.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> ConvTranspose1d(input_size=4, kernel_size=3).linear_map().shape
    (6, 4)
    """

    dimensions: ClassVar[int] = 1

    def output_size(self) -> Formula:
        """``(input_size-1)*stride - 2*padding + dilation*(kernel_size-1) + output_padding + 1``."""
        return self.axes()[0].inputs

    def target(self, i: Operand, j: Operand) -> Formula:
        """The output position to which input ``i`` writes with tap ``j``."""
        return self.axes()[0].place(i, j)
