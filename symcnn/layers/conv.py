"""Convolution by its gather rule: each output reads a window of the input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Formula, Operand, Symbol, formula, mul
from symcnn.layers.channels import or_one
from symcnn.layers.convolution import Family, Names
from symcnn.layers.jacobians import Differentiable
from symcnn.layers.per_axis import alone
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import over

if TYPE_CHECKING:
    from symcnn.layers.linear_map import LinearMap


class Gather(Differentiable):
    r"""``out[f, o] = sum_c sum_j w[f, c, j] * x[c, stride*o + dilation*j - padding]``.

    ``x`` is 0 outside of its range. With groups, ``c`` runs over the channels of the group of
    ``f``. Shapes: input ``(in_channels, *input_size)``, output ``(out_channels, *output_size)``,
    weight ``(out_channels, in_channels/groups, *kernel_size)``; without channels only the spatial
    sizes. Source: torch.nn.Conv1d, Conv2d, Conv3d; Dumoulin and Visin, "A guide to convolution
    arithmetic for deep learning" (2016).
    """

    __slots__ = ()

    def relation(self, axis: int, label: str) -> IndexRelation:
        """`IndexRelation.gather` with the numbers of the axis."""
        return IndexRelation.gather(
            input_size=self.size("input_size", axis),
            kernel_size=self.size("kernel_size", axis),
            stride=self.size("stride", axis),
            padding=self.ends(axis),
            dilation=self.size("dilation", axis),
            owner=label,
        )

    def sides(self) -> tuple[Operand | None, Operand | None]:
        """Output channels have filters, which meet input channels."""
        return self.out_channels, self.in_channels

    def input_shape(self) -> tuple[Formula, ...]:
        """``(in_channels, *input_size)``."""
        channels = ((or_one(self.in_channels)),) if self.has_channels else ()
        return (*channels, *self.per_axis("input_size"))

    def output_shape(self) -> tuple[Formula, ...]:
        """``(out_channels, *output_size)``, with ``floor(span/stride) + 1`` on each axis."""
        channels = (self.channels().filters,) if self.has_channels else ()
        return (*channels, *(axis.outputs for axis in self.axes()))

    def forward(
        self, *at: Operand, tap: Family | None = None, signal: Family | None = None
    ) -> Formula:
        """The output at ``(f, *o)``. Another kernel or input may be given as a function."""
        channel, windows = self.split(at)
        j = tuple(map(Symbol, self.names("j")))
        axes = tuple(zip(self.axes(), windows, j, strict=True))
        places = tuple(axis.place(o, each) for axis, o, each in axes)
        real = (axis.inside(o, each) for axis, o, each in axes)
        a, ranges = self.neighbours()
        taps, source = (
            ((*channel, *a), (self.channels().channel(channel[0], *a),)) if channel else ((), ())
        )
        weight = (tap or self.tap)(*taps, *j)
        body = mul((weight, (signal or self.signal)(*source, *places), *real))
        total = over(self.taps(body), *ranges)
        if not self.bias:
            return total
        return total + (self.member(self.offset, *channel) if channel else Symbol(self.offset))

    def entry(self, *at: Operand) -> Formula:
        """How much the input at ``(c, *i)`` counts in the output at ``(f, *o)``; all four given.

        ``sum_j w[f, c, j] * [i = stride*o + dilation*j - padding]``.
        """
        output, source = self.both(at)
        channel, windows = self.split(output)
        other, positions = self.split(source)
        j = tuple(map(Symbol, self.names("j")))
        hits = (
            axis.hit(i, o, each)
            for axis, i, o, each in zip(self.axes(), positions, windows, j, strict=True)
        )
        if not channel:
            return self.taps(mul((self.tap(*j), *hits)))
        a, ranges = self.neighbours()
        if self.groups == formula(1):
            return self.taps(mul((self.tap(*channel, *other, *j), *hits)))
        meets = self.channels().meets(other[0], channel[0], *a)
        return over(self.taps(mul((self.tap(*channel, *a, *j), meets, *hits))), *ranges)

    def output(self, tap: Family | None = None, signal: Family | None = None) -> Array:
        """The output as an array of shape `output_shape`."""
        names = self.output_names()
        value = self.forward(*map(Symbol, names), tap=tap, signal=signal)
        return Array(self.output_shape(), names, value)

    def numbers_back(self) -> dict[str, Any]:
        """The numbers of the transposed convolution that takes the output to the input's size."""
        numbers: dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                "kernel_size",
                "stride",
                "padding",
                "dilation",
                "groups",
                "weight",
                "first",
            )
        }
        axes = self.axes()
        return numbers | {
            "input_size": alone(tuple(axis.outputs for axis in axes)),
            "output_padding": alone(tuple(axis.left_over() for axis in axes)),
            "in_channels": self.out_channels,
            "out_channels": self.in_channels,
        }

    def linear_map(self) -> LinearMap:
        """The matrix as an index table. Raises AuthorError where a size is symbolic."""
        from symcnn.layers.tables import linear_map

        return linear_map(self)

    def output_names(self) -> Names:
        """``f`` for the output channel, ``o`` or ``o_1, o_2``, ... for the positions."""
        return (*self.channel_name("f"), *self.names("o"))

    def input_names(self) -> Names:
        """``c`` for the input channel, ``i`` or ``i_1, i_2``, ... for the positions."""
        return (*self.channel_name("c"), *self.names("i"))
