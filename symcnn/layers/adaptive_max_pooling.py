"""Maxima over windows that are told by their number: adaptive and global maximum pooling."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product as every

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.adaptive_pooling import AdaptiveAvgPool1d, AdaptiveAvgPool2d
from symcnn.layers.pooling import Greatest
from symcnn.layers.sizes import known


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveMaxPool1d(Greatest):
    """``max`` over the windows of `AdaptiveAvgPool1d`, named as ``torch.nn.AdaptiveMaxPool1d``.

    Size 1 is global maximum pooling. Raises AuthorError for an impossible size.

    >>> from symcnn.formula.plain import plain
    >>> plain(AdaptiveMaxPool1d(input_size=3).forward(0))
    'max(x[0], x[1], x[2])'
    """

    input_size: Operand | tuple[Operand, ...]
    output_size: Operand | tuple[Operand, ...] = 1
    input: str = "x"

    def __post_init__(self) -> None:
        self.adaptive()

    def dimensions(self) -> int:
        """1."""
        return 1

    def adaptive(self) -> AdaptiveAvgPool1d | AdaptiveAvgPool2d:
        """The average over the same windows."""
        return AdaptiveAvgPool1d(input_size=self.input_size, output_size=self.output_size)

    def output_shape(self) -> tuple[Formula, ...]:
        """``output_size`` on each axis."""
        return self.adaptive().output_shape()

    def window(self, *place: Operand) -> tuple[tuple[Formula, ...], ...]:
        """The places of a window in row-major order. Raises AuthorError for symbolic bounds."""
        along: list[tuple[Formula, ...]] = []
        for axis, o in enumerate(self._places(place)):
            first, after = map(known, self.adaptive().window(o, axis))
            if first is None or after is None:
                raise AuthorError(
                    f"{type(self).__name__}: a bound of window {o} is symbolic, but a written-out "
                    "window needs a number"
                )
            along.append(tuple(map(formula, range(first, after))))
        return tuple(every(*along))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveMaxPool2d(AdaptiveMaxPool1d):
    """The same on two axes, named as ``torch.nn.AdaptiveMaxPool2d``.

    >>> from symcnn.formula.plain import plain
    >>> plain(AdaptiveMaxPool2d(input_size=2).forward(0, 0))
    'max(x[0, 0], x[0, 1], x[1, 0], x[1, 1])'
    """

    def dimensions(self) -> int:
        """2."""
        return 2

    def adaptive(self) -> AdaptiveAvgPool1d | AdaptiveAvgPool2d:
        """The average over the same windows."""
        return AdaptiveAvgPool2d(input_size=self.input_size, output_size=self.output_size)
