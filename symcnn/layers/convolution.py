"""What convolutions and transposed convolutions have in common: numbers, channels and families.

A layer holds one index relation for each spatial axis and one rule for its channels; everything it
says about itself is derived from these. Convolution is cross-correlation, there is no batch axis.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, add, formula
from symcnn.layers.channels import ChannelRule, or_one
from symcnn.layers.convolution_numbers import checked_channels, paddings, require_different
from symcnn.layers.geometry import shifted
from symcnn.layers.padding import Padding
from symcnn.layers.per_axis import alone, axis_names, spread
from symcnn.layers.relation import IndexRelation, concrete, over_taps
from symcnn.layers.sizes import exact_formula, folded, product

if TYPE_CHECKING:
    import sympy

    from symcnn.layers.linear_map import LinearMap

Sizes: TypeAlias = "Operand | tuple[Operand, ...]"
Names: TypeAlias = tuple[str, ...]
Family: TypeAlias = Callable[..., Formula]
_SPATIAL = ("input_size", "kernel_size", "stride", "dilation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolution(ABC):
    """Numbers named as in ``torch.nn``: each one an int or a Formula, or a tuple, one for an axis.

    Without ``in_channels`` and ``out_channels`` there is one channel and no channel index. With
    them the weight has PyTorch's shape. ``first`` is the index of the first member of each family:
    with ``first=1`` a kernel of three taps is ``w[1], w[2], w[3]``, as in most textbooks, while
    rows and columns of arrays count from 0 all the same. ``bias=True`` adds ``offset[channel]``.

    Raises AuthorError for an impossible geometry with concrete numbers.
    """

    dimensions: ClassVar[int]

    input_size: Sizes
    kernel_size: Sizes
    stride: Sizes = 1
    padding: Sizes | Padding | tuple[Padding, ...] | str = 0
    dilation: Sizes = 1
    in_channels: Operand | None = None
    out_channels: Operand | None = None
    groups: Operand = 1
    bias: bool = False
    weight: str = "w"
    input: str = "x"
    offset: str = "b"
    first: int = 0
    _relations: tuple[IndexRelation, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = self.labels()
        for name in _SPATIAL:
            value = getattr(self, name)
            if isinstance(value, tuple):
                values = zip(labels, spread(self.owner, name, value, self.dimensions), strict=True)
                sizes = tuple(exact_formula(label, name, each) for label, each in values)
            else:
                sizes = (exact_formula(labels[0], name, value),) * self.dimensions
            object.__setattr__(self, name, alone(sizes))
        shapes = zip(*(self.per_axis(name) for name in _SPATIAL[1:]), strict=True)
        padding = paddings(self.padding, self.owner, labels, tuple(shapes))
        object.__setattr__(self, "padding", alone(padding))
        channels = checked_channels(self.owner, self.in_channels, self.out_channels, self.groups)
        for name, value in channels.items():
            object.__setattr__(self, name, value)
        require_different(
            self.owner, (self.weight, self.input, *((self.offset,) if self.bias else ()))
        )
        object.__setattr__(self, "_relations", self._made())

    @classmethod
    def symbolic(cls, *, channels: bool = False, weight: str = "w", input: str = "x") -> Self:
        """Every number a symbol: N (input), K (kernel), S (stride), P (padding), D (dilation).

        With more than one axis they are ``N_1, N_2``, .... With channels there are ``G`` groups,
        each with ``C`` input and ``F`` output channels.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d.symbolic().kernel_size
        Symbol('K')
        """
        named = {
            name: alone(tuple(Symbol(each) for each in axis_names(letter, cls.dimensions)))
            for name, letter in zip(
                ("input_size", "kernel_size", "stride", "padding", "dilation"), "NKSPD", strict=True
            )
        }
        if channels:
            parts = Symbol("G")
            named |= {"in_channels": parts * Symbol("C"), "out_channels": parts * Symbol("F")}
            named["groups"] = parts
        return cls(weight=weight, input=input, **named)  # type: ignore[arg-type]

    @property
    def owner(self) -> str:
        """The name of the layer, with which its errors begin."""
        return type(self).__name__

    def axes(self) -> tuple[IndexRelation, ...]:
        """The index relation of each spatial axis, made once and checked with the layer."""
        return self._relations

    @abstractmethod
    def relation(self, axis: int, label: str) -> IndexRelation:
        """The index relation of one axis, from its numbers; errors begin with the label."""

    @abstractmethod
    def sides(self) -> tuple[Operand | None, Operand | None]:
        """The channels that have a filter each, and those that filters meet: torch's weight."""

    def per_axis(self, name: str) -> tuple[Formula, ...]:
        """One of the spatial numbers, a formula for each axis."""
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,)

    def size(self, name: str, axis: int = 0) -> Formula:
        """One of the spatial numbers as a Formula, on one axis."""
        return self.per_axis(name)[axis]

    def ends(self, axis: int = 0) -> Padding:
        """The padding of one axis, at both ends."""
        return Padding.of(self.per_axis("padding")[axis])

    def number(self, name: str, axis: int = 0) -> int:
        """The same as an int. Raises AuthorError where it is symbolic."""
        return concrete(self.size(name, axis), name, self.owner)

    def labels(self) -> tuple[str, ...]:
        """How errors name each axis."""
        if self.dimensions == 1:
            return (self.owner,)
        return tuple(f"{self.owner}, axis {axis}" for axis in range(self.dimensions))

    @property
    def has_channels(self) -> bool:
        """Are channels counted, so that families have an index for them?"""
        return self.in_channels is not None

    def channels(self) -> ChannelRule:
        """Which channels meet, with how many filters."""
        filters, other = self.sides()
        return ChannelRule(or_one(filters), or_one(other), formula(self.groups))

    def given(self) -> str:
        """What its symbols stand for, in the words of ``given``: see `assumptions`."""
        from symcnn.layers.assumptions import assumptions

        return assumptions(self)

    def weight_shape(self) -> tuple[Formula, ...]:
        """``(filters, channels of a group, *kernel_size)``, without the first two if uncounted."""
        channels = self.channels().weight_shape() if self.has_channels else ()
        return (*channels, *self.per_axis("kernel_size"))

    def tap(self, *place: Operand) -> Index:
        """The member of the kernel at a place that counts from 0."""
        return self.member(self.weight, *place)

    def signal(self, *place: Operand) -> Index:
        """The input at a place that counts from 0; not restricted to the input's range."""
        return self.member(self.input, *place)

    def member(self, family: str, *place: Operand) -> Index:
        """A member of any family, such as an upstream gradient, counted the same way."""
        return Index(family, tuple(shifted(formula(each), self.first) for each in place))

    def reversed_tap(self, *place: Operand) -> Index:
        """The kernel read backwards on every spatial axis: ``w[kernel_size - 1 - j]``."""
        channels, spatial = place[: -self.dimensions], place[-self.dimensions :]
        turned = [
            shifted(size, self.first - 1) - formula(each)
            for size, each in zip(self.per_axis("kernel_size"), spatial, strict=True)
        ]
        return Index(self.weight, (*(shifted(formula(c), self.first) for c in channels), *turned))

    def taps(self, body: Formula) -> Formula:
        """``sum_j body`` over the taps of the kernel, ``j`` or ``j_1, j_2``, ..."""
        pairs = zip(self.per_axis("kernel_size"), self.names("j"), strict=True)
        for size, name in reversed(tuple(pairs)):
            body = over_taps(body, size, name)
        return body

    def names(self, letter: str) -> tuple[str, ...]:
        """The index names of the axes: the letter, with a number where there are several."""
        return axis_names(letter, self.dimensions)

    def split(self, at: tuple[Operand, ...]) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
        """The channel of a place, if channels are counted, and the positions.

        Raises AuthorError for another number of indices than that.
        """
        channels = int(self.has_channels)
        if len(at) != channels + self.dimensions:
            raise AuthorError(
                f"{self.owner}: a place has {len(at)} indices, but there are "
                f"{channels + self.dimensions} ({channels} channel, {self.dimensions} spatial)"
            )
        return at[:channels], at[channels:]

    def both(self, at: tuple[Operand, ...]) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
        """The place of an output and that of an input. Raises AuthorError as `split`."""
        half = len(self.names("o")) + self.has_channels
        self.split(at[half:])
        return at[:half], at[half:]

    def neighbours(self) -> tuple[tuple[Symbol | Formula, ...], tuple[tuple[str, Formula], ...]]:
        """The number of the channel within its group, and what it is summed over."""
        if not self.has_channels:
            return (), ()
        met = self.channels().met()
        return ((formula(0),), ()) if met == formula(1) else ((Symbol("a"),), (("a", met),))

    def channel_name(self, name: str) -> Names:
        """The name where channels are counted, else nothing."""
        return (name,) if self.has_channels else ()

    def parameters(self) -> Formula:
        """``filters * channels of a group * taps``, and one offset for each output channel.

        >>> from symcnn.layers import Conv2d
        >>> layer = Conv2d(input_size=9, kernel_size=3, in_channels=64, out_channels=128, bias=True)
        >>> str(layer.parameters().value)
        '73856'
        """
        weights = product(*self.weight_shape())
        return folded(add((weights, or_one(self.out_channels))) if self.bias else weights)

    def macs(self) -> Formula:
        """Multiply-accumulates, taps on padding counted: ``parameters without bias * windows``.

        Windows are output positions of a convolution, and input positions of a transposed one.

        >>> from symcnn.layers import ConvTranspose2d
        >>> up = ConvTranspose2d(input_size=4, kernel_size=3, in_channels=4, out_channels=6)
        >>> str(up.macs().value)
        '3456'
        """
        return folded(product(*self.weight_shape(), *(axis.outputs for axis in self.axes())))

    def macs_without_padding(self) -> Formula:
        """The multiply-accumulates of taps that meet a real position: `macs` less the padding."""
        channels = self.weight_shape()[: -self.dimensions]
        return folded(product(*channels, *(axis.real_taps() for axis in self.axes())))

    def sympy(self) -> sympy.Matrix:
        """The matrix under SymPy's own type, its entries members of an IndexedBase."""
        return self.linear_map().sympy()

    @abstractmethod
    def linear_map(self) -> LinearMap:
        """The matrix as an index table. Raises AuthorError where a size is symbolic."""

    def _made(self) -> tuple[IndexRelation, ...]:
        """Axes that have the same numbers share one relation."""
        keys = list(zip(*(self.per_axis(name) for name in self.spatial_names()), strict=True))
        made: list[IndexRelation] = []
        for axis, (key, label) in enumerate(zip(keys, self.labels(), strict=True)):
            same = keys.index(key)
            made.append(made[same] if same < axis else self.relation(axis, label))
        return tuple(made)

    def spatial_names(self) -> tuple[str, ...]:
        """The numbers that each axis has."""
        return (*_SPATIAL, "padding")
