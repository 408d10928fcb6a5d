"""One-dimensional convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula, Operand
from symcnn.layers.conv import Gather
from symcnn.layers.conv_transpose1d import ConvTranspose1d


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv1d(Gather):
    """`Gather` on one axis, named as ``torch.nn.Conv1d``, whose batch axis it lacks.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> conv = Conv1d(input_size=4, kernel_size=3, padding=1)
    >>> conv.linear_map().shape
    (4, 4)
    """

    dimensions: ClassVar[int] = 1

    def span(self) -> Formula:
        """``input_size + 2*padding - dilation*(kernel_size - 1) - 1``: how far the window moves."""
        return self.axes()[0].span()

    def output_size(self) -> Formula:
        """``floor(span / stride) + 1``."""
        return self.axes()[0].outputs

    def position(self, o: Operand, j: Operand) -> Formula:
        """The input position that output ``o`` reads with tap ``j``."""
        return self.axes()[0].place(o, j)

    def transposed(self, input: str = "x") -> ConvTranspose1d:
        """The layer with the same numbers and weight that leads back to the size of the input.

        Its ``output_padding`` is what the windows leave over at the end of each axis. That it has
        the transposed matrix is a theorem.
        """
        return ConvTranspose1d(**self.numbers_back(), input=input)
