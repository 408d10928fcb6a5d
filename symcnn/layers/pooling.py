"""Average and maximum over windows, in one and two dimensions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import product as every

from symcnn.errors import AuthorError
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, add, formula, mul
from symcnn.layers.per_axis import spread
from symcnn.layers.pool_axis import PoolAxis
from symcnn.layers.sizes import count, known, over, product


class _Reader(ABC):
    """A layer that reads one channel of its input at places with one index for each axis."""

    __slots__ = ()
    input: str

    @abstractmethod
    def dimensions(self) -> int:
        """1 or 2."""

    def signal(self, *place: Operand) -> Index:
        """The input's entry."""
        return Index(self.input, tuple(map(formula, place)))

    def _places(self, place: tuple[Operand, ...]) -> tuple[Operand, ...]:
        if len(place) != self.dimensions():
            raise AuthorError(
                f"{type(self).__name__}: a place has {len(place)} indices, but there are "
                f"{self.dimensions()} axes"
            )
        return place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool(_Reader):
    """A pooling over one axis, or over two: sizes are numbers or pairs (height, width)."""

    input_size: Operand | tuple[Operand, ...]
    kernel_size: Operand | tuple[Operand, ...]
    stride: Operand | tuple[Operand, ...] | None = None
    padding: Operand | tuple[Operand, ...] = 0
    ceil_mode: bool = False
    input: str = "x"

    def __post_init__(self) -> None:
        self.axes()

    def dilations(self) -> Operand | tuple[Operand, ...]:
        """The dilation, 1 unless the layer has one."""
        return 1

    def axes(self) -> tuple[PoolAxis, ...]:
        """The windows along each axis."""
        owner, axes = type(self).__name__, self.dimensions()
        named = {
            "input_size": self.input_size,
            "kernel_size": self.kernel_size,
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilations(),
        }
        columns = zip(*(spread(owner, *each, axes) for each in named.items()), strict=True)
        return tuple(
            PoolAxis(**dict(zip(named, sizes, strict=True)), ceil_mode=self.ceil_mode, owner=owner)
            for sizes in columns
        )

    def output_size(self) -> tuple[Formula, ...]:
        """How many windows there are along each axis."""
        return tuple(each.output_size() for each in self.axes())

    @abstractmethod
    def forward(self, *place: Operand) -> Formula:
        """The output at a place, one index for each axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _AvgPool(_Pool):
    """The sum over a window, the input being 0 outside, over the number of positions counted."""

    count_include_pad: bool = True
    divisor_override: Operand | None = None

    def divisor(self, *place: Operand) -> Formula:
        """What the sum is divided by: see `PoolAxis.divisor`."""
        if self.divisor_override is not None:
            return count(type(self).__name__, "divisor_override", self.divisor_override)
        pairs = zip(self.axes(), self._places(place), strict=True)
        included = self.count_include_pad
        return product(*(each.divisor(o, count_include_pad=included) for each, o in pairs))

    def forward(self, *place: Operand) -> Formula:
        """``sum over the window / divisor``."""
        names = ("j", "k")
        ranges, positions, conditions = [], [], []
        for name, each, o in zip(names, self.axes(), self._places(place), strict=False):
            at = each.position(o, Symbol(name))
            size = each.size("input_size")
            ranges.append((name, each.size("kernel_size")))
            positions.append(at)
            if each.ceil_mode or known(each.size("padding")) != 0:
                conditions += [Compare("<=", 0, at), Compare("<", at, size)]
        inside = (Bracket(And(tuple(conditions))),) if conditions else ()
        return over(mul((self.signal(*positions), *inside)), *ranges) / self.divisor(*place)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvgPool1d(_AvgPool):
    """``torch.nn.AvgPool1d`` on one channel.

    >>> from symcnn.formula.plain import plain
    >>> plain(AvgPool1d(input_size=6, kernel_size=2).forward(Symbol("o")))
    'Sum(x[2*o + j], (j, 0, 1))/2'
    """

    def dimensions(self) -> int:
        """1."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AvgPool2d(_AvgPool):
    """``torch.nn.AvgPool2d`` on one channel.

    >>> from symcnn.formula.plain import plain
    >>> plain(AvgPool2d(input_size=4, kernel_size=2).forward(0, 1))
    'Sum(Sum(x[j, k + 2], (k, 0, 1)), (j, 0, 1))/(2*2)'
    """

    def dimensions(self) -> int:
        """2."""
        return 2


class Greatest(_Reader):
    """The maximum over a window that can be written out."""

    __slots__ = ()

    @abstractmethod
    def window(self, *place: Operand) -> tuple[tuple[Formula, ...], ...]:
        """The places that the window covers, in row-major order."""

    def forward(self, *place: Operand) -> Formula:
        """``max`` over the window."""
        members = tuple(self.signal(*at) for at in self.window(*place))
        return Call("max", members) if len(members) > 1 else members[0]

    def derivative(self, place: tuple[Operand, ...], by: tuple[Operand, ...]) -> Formula:
        """``d y[place] / d x[by]``: 1 where x[by] is the first greatest of the window, else 0."""
        window = self.window(*place)
        terms = []
        for k, at in enumerate(window):
            mine = self.signal(*at)
            wins = [Compare("=", one, two) for one, two in zip(at, by, strict=True)]
            wins += [Compare(">", mine, self.signal(*other)) for other in window[:k]]
            wins += [Compare(">=", mine, self.signal(*other)) for other in window[k + 1 :]]
            terms.append(Bracket(And(tuple(wins)) if len(wins) > 1 else wins[0]))
        return add(terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class _MaxPool(Greatest, _Pool):
    """The maximum of a window; padding never wins. Backpropagation gives a tie to the first."""

    dilation: Operand | tuple[Operand, ...] = 1

    def dilations(self) -> Operand | tuple[Operand, ...]:
        return self.dilation

    def window(self, *place: Operand) -> tuple[tuple[Formula, ...], ...]:
        """The places that the window covers, in row-major order.

        Raises AuthorError where the kernel is symbolic, and, for an input with padding or in ceil
        mode, where anything is.
        """
        along: list[tuple[Formula, ...]] = []
        for each, o in zip(self.axes(), self._places(place), strict=True):
            if known(each.size("padding")) == 0 and not each.ceil_mode:
                taps = range(each.concrete("kernel_size"))
                found = tuple(each.position(o, j) for j in taps)
            else:
                found = tuple(map(formula, each.covered(o)))
            along.append(found)
        return tuple(every(*along))


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxPool1d(_MaxPool):
    """``torch.nn.MaxPool1d`` on one channel.

    >>> from symcnn.formula.plain import plain
    >>> plain(MaxPool1d(input_size=6, kernel_size=2).forward(Symbol("o")))
    'max(x[2*o], x[2*o + 1])'
    """

    def dimensions(self) -> int:
        """1."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxPool2d(_MaxPool):
    """``torch.nn.MaxPool2d`` on one channel.

    >>> layer = MaxPool2d(input_size=4, kernel_size=3, stride=1, padding=1)
    >>> [known(place[1]) for place in layer.window(0, 0)]
    [0, 1, 0, 1]
    """

    def dimensions(self) -> int:
        """2."""
        return 2
