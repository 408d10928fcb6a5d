"""Two-dimensional convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula
from symcnn.layers.conv import Gather
from symcnn.layers.conv_transpose2d import ConvTranspose2d


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv2d(Gather):
    """`Gather` on two axes, named as ``torch.nn.Conv2d``, whose batch axis it lacks.

    There is no bias unless it is asked for, and without channels there is one of them.

    >>> conv = Conv2d(
    ...     input_size=(32, 28), kernel_size=3, stride=2, in_channels=3, out_channels=8
    ... )
    >>> [str(size.value) for size in conv.output_shape()]
    ['8', '15', '13']
    >>> from symcnn.formula.plain import plain
    >>> plain(Conv2d(input_size=8, kernel_size=2).forward(0, 0))
    'Sum(Sum(w[j_1, j_2]*x[j_1, j_2]*Bracket(0 <= j_1 and j_1 < 8)*Bracket(0 <= j_2 and j_2 < 8), \
(j_2, 0, 1)), (j_1, 0, 1))'
    """

    dimensions: ClassVar[int] = 2

    def output_size(self) -> tuple[Formula, ...]:
        """``floor(span / stride) + 1`` on each axis."""
        return tuple(axis.outputs for axis in self.axes())

    def transposed(self, input: str = "x") -> ConvTranspose2d:
        """The layer with the same numbers and weight that leads back to the size of the input.

        Its ``output_padding`` is what the windows leave over at the end of each axis. That it has
        the transposed matrix is a theorem.
        """
        return ConvTranspose2d(**self.numbers_back(), input=input)
