"""Transposed convolution by its scatter rule: each input writes a window of the output.

Nothing here looks at the gather rule of ``conv``; that the two are transposes is a theorem.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Formula, Operand, Symbol, formula, mul
from symcnn.layers.channels import or_one
from symcnn.layers.convolution import Convolution, Names, Sizes
from symcnn.layers.jacobians import Differentiable
from symcnn.layers.per_axis import alone, spread
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import exact_formula, over

if TYPE_CHECKING:
    from symcnn.layers.linear_map import LinearMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter(Differentiable):
    r"""Input ``(f, i)`` adds ``w[f, a, j]*x[f, i]`` to output ``(c, t)`` for each ``a`` and ``j``.

    ``t = stride*i + dilation*j - padding``, and ``c`` is channel ``a`` of the group of ``f``; what
    falls outside ``0 .. output_size - 1`` is dropped. Shapes: input ``(in_channels, *input_size)``,
    output ``(out_channels, *output_size)``, weight ``(in_channels, out_channels/groups,
    *kernel_size)``; without channels only the spatial sizes. ``output_padding`` is less than the
    stride or the dilation. Source: torch.nn.ConvTranspose1d, ConvTranspose2d, ConvTranspose3d.
    """

    output_padding: Sizes = 0

    def __post_init__(self) -> None:
        values = spread(self.owner, "output_padding", self.output_padding, self.dimensions)
        extra = tuple(exact_formula(self.owner, "output_padding", each) for each in values)
        object.__setattr__(self, "output_padding", alone(extra))
        Convolution.__post_init__(self)

    def relation(self, axis: int, label: str) -> IndexRelation:
        """`IndexRelation.scatter` with the numbers of the axis; its windows are the inputs."""
        return IndexRelation.scatter(
            input_size=self.size("input_size", axis),
            kernel_size=self.size("kernel_size", axis),
            stride=self.size("stride", axis),
            padding=self.ends(axis),
            dilation=self.size("dilation", axis),
            output_padding=self.size("output_padding", axis),
            owner=label,
        )

    def spatial_names(self) -> tuple[str, ...]:
        """The numbers that each axis has."""
        return (*Convolution.spatial_names(self), "output_padding")

    def sides(self) -> tuple[Operand | None, Operand | None]:
        """Input channels have filters, which meet output channels."""
        return self.in_channels, self.out_channels

    def input_shape(self) -> tuple[Formula, ...]:
        """``(in_channels, *input_size)``."""
        channels = (self.channels().filters,) if self.has_channels else ()
        return (*channels, *self.per_axis("input_size"))

    def output_shape(self) -> tuple[Formula, ...]:
        """``(out_channels, *output_size)``, on each axis

        ``(input_size-1)*stride - 2*padding + dilation*(kernel_size-1) + output_padding + 1``.
        """
        channels = ((or_one(self.out_channels)),) if self.has_channels else ()
        return (*channels, *(axis.inputs for axis in self.axes()))

    def forward(self, *at: Operand) -> Formula:
        """The output at ``(c, *t)``: what all inputs write there."""
        channel, positions = self.split(at)
        names = self.input_names()
        source = tuple(map(Symbol, names))
        total = over(
            self._written(channel, positions, source, signal=True),
            *zip(names, self.input_shape(), strict=True),
        )
        if not self.bias:
            return total
        return total + (self.member(self.offset, *channel) if channel else Symbol(self.offset))

    def entry(self, *at: Operand) -> Formula:
        """How much the input at ``(f, *i)`` counts in the output at ``(c, *t)``; all four given.

        ``sum_j w[f, c, j] * [t = stride*i + dilation*j - padding]``.
        """
        output, source = self.both(at)
        channel, positions = self.split(output)
        return self._written(channel, positions, source, signal=False)

    def _written(
        self,
        channel: tuple[Operand, ...],
        positions: tuple[Operand, ...],
        source: tuple[Operand, ...],
        *,
        signal: bool,
    ) -> Formula:
        """What one input writes to one output, per unit of the input or with its value."""
        own, windows = self.split(source)
        j = tuple(map(Symbol, self.names("j")))
        hits = (
            axis.hit(t, i, each)
            for axis, t, i, each in zip(self.axes(), positions, windows, j, strict=True)
        )
        value = (self.signal(*source),) if signal else ()
        if not channel:
            return self.taps(mul((self.tap(*j), *value, *hits)))
        if self.groups == formula(1):
            return self.taps(mul((self.tap(*own, *channel, *j), *value, *hits)))
        a, ranges = self.neighbours()
        meets = self.channels().meets(channel[0], own[0], *a)
        return over(self.taps(mul((self.tap(*own, *a, *j), *value, meets, *hits))), *ranges)

    def output(self) -> Array:
        """The output as an array of shape `output_shape`."""
        names = self.output_names()
        return Array(self.output_shape(), names, self.forward(*map(Symbol, names)))

    def linear_map(self) -> LinearMap:
        """The matrix as an index table. Raises AuthorError where a size is symbolic."""
        from symcnn.layers.tables import linear_map

        return linear_map(self).T

    def output_names(self) -> Names:
        """``c`` for the output channel, ``t`` or ``t_1, t_2``, ... for the positions."""
        return (*self.channel_name("c"), *self.names("t"))

    def input_names(self) -> Names:
        """``f`` for the input channel, ``i`` or ``i_1, i_2``, ... for the positions."""
        return (*self.channel_name("f"), *self.names("i"))
