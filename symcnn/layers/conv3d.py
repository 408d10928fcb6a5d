"""Three-dimensional convolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from symcnn.formula.nodes import Formula
from symcnn.layers.conv import Gather


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
