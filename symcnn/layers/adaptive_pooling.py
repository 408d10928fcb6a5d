"""Averages over windows that are told by their number: adaptive and global average pooling."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.binders import Sum
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.per_axis import spread
from symcnn.layers.sizes import apart, count, known, less_one, product


@dataclass(frozen=True, slots=True, kw_only=True)
class _AdaptiveAvgPool:
    """On each axis ``output_size`` windows that cover the input of n positions: window o goes from
    ``floor(o*n/size)`` to before ``ceil((o + 1)*n/size)``.

    Windows overlap where the size does not divide n. Size 1 is global average pooling.
    """

    input_size: Operand | tuple[Operand, ...]
    output_size: Operand | tuple[Operand, ...] = 1
    input: str = "x"

    def __post_init__(self) -> None:
        self.axes()

    def dimensions(self) -> int:
        """1 or 2."""
        return 1

    def axes(self) -> tuple[tuple[Formula, Formula], ...]:
        """The number of positions and that of windows on each axis."""
        owner = type(self).__name__
        named = (("input_size", self.input_size), ("output_size", self.output_size))
        positions, windows = (
            tuple(
                count(owner, name, each) for each in spread(owner, name, sizes, self.dimensions())
            )
            for name, sizes in named
        )
        return tuple(zip(positions, windows, strict=True))

    def output_shape(self) -> tuple[Formula, ...]:
        """``output_size`` on each axis."""
        return tuple(windows for _, windows in self.axes())

    def window(self, o: Operand, axis: int = 0) -> tuple[Formula, Formula]:
        """First position, and the first one after window ``o`` of an axis."""
        positions, windows = self.axes()[axis]
        if known(windows) == 1:
            return formula(0), positions
        first = Call("floor", (product(o, positions) / windows,))
        after = Call("ceil", (product(formula(o) + 1, positions) / windows,))
        return first, after

    def forward(self, *place: Operand) -> Formula:
        """``sum over the window / its size``. Raises AuthorError for another number of indices."""
        if len(place) != self.dimensions():
            raise AuthorError(
                f"{type(self).__name__}: a place has {len(place)} indices, but there are "
                f"{self.dimensions()} axes"
            )
        return apart(self._mean, *place)

    def _mean(self, *place: Formula) -> Formula:
        names = ("i", "j")[: len(place)]
        windows = [self.window(o, axis) for axis, o in enumerate(place)]
        body: Formula = Index(self.input, tuple(map(Symbol, names)))
        for name, (first, after) in reversed(tuple(zip(names, windows, strict=True))):
            body = Sum(body, name, first, less_one(after))
        return body / product(*(_length(first, after) for first, after in windows))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveAvgPool1d(_AdaptiveAvgPool):
    """`_AdaptiveAvgPool` on one axis of one channel, named as ``torch.nn.AdaptiveAvgPool1d``.

    Raises AuthorError for an impossible size.

    >>> from symcnn.formula.plain import plain
    >>> plain(AdaptiveAvgPool1d(input_size=Symbol("n")).forward(0))
    'Sum(x[i], (i, 0, n - 1))/n'
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveAvgPool2d(_AdaptiveAvgPool):
    """The same on two axes, named as ``torch.nn.AdaptiveAvgPool2d``.

    With ``output_size=1`` it is the global average of squeeze-and-excitation and of classifiers.

    >>> from symcnn.formula.plain import plain
    >>> plain(AdaptiveAvgPool2d(input_size=(Symbol("H"), Symbol("W"))).forward(0, 0))
    'Sum(Sum(x[i, j], (j, 0, W - 1)), (i, 0, H - 1))/(H*W)'
    """

    def dimensions(self) -> int:
        """2."""
        return 2


def _length(first: Formula, after: Formula) -> Formula:
    return after if known(first) == 0 else after - first
