"""Three-dimensional convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula
from symcnn.layers.conv import Gather
from symcnn.layers.conv_transpose3d import ConvTranspose3d


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv3d(Gather):
    """`Gather` on three axes, named as ``torch.nn.Conv3d``, whose batch axis it lacks.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> conv = Conv3d(input_size=(4, 8, 8), kernel_size=(1, 3, 3), padding=(0, 1, 1))
    >>> [str(size.value) for size in conv.output_size()]
    ['4', '8', '8']
    """

    dimensions: ClassVar[int] = 3

    def output_size(self) -> tuple[Formula, ...]:
        """``floor(span / stride) + 1`` on each axis."""
        return tuple(axis.outputs for axis in self.axes())

    def transposed(self, input: str = "x") -> ConvTranspose3d:
        """The layer with the same numbers and weight that leads back to the size of the input.

        Its ``output_padding`` is what the windows leave over at the end of each axis. That it has
        the transposed matrix is a theorem.
        """
        return ConvTranspose3d(**self.numbers_back(), input=input)
