"""Masked and causal convolution: an output depends only on what comes before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import And, Bracket, Compare, Or
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, formula
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import Pair, apart, count, folded, known, over, product, total
from symcnn.layers.window import Window2d


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedConv2d:
    r"""``out[o,p,q] = sum_{c,u,v} M[u,v]*W[o,c,u,v]*x[c, p + u - r, q + v - r]``, ``r = (K-1)/2``.

    The mask M is 1 for taps in the rows above the middle and to the left of it in its row; the
    middle itself counts in type B only. Pixels are in raster order: an output of type A depends on
    earlier pixels only. The size is kept, x is 0 outside. K is odd. No bias.
    Source: van den Oord et al., "Pixel Recurrent Neural Networks" (2016), section 3.4.

    >>> layer = MaskedConv2d(mask_type="A", in_channels=1, out_channels=1, kernel_size=3,
    ...     input_size=5)
    >>> layer.visible_taps()
    Rational(4)
    """

    mask_type: str
    in_channels: Operand
    out_channels: Operand
    kernel_size: Operand
    input_size: Operand | Pair
    weight: str = "W"
    input: str = "x"

    def __post_init__(self) -> None:
        if self.mask_type not in ("A", "B"):
            raise AuthorError(f"MaskedConv2d: mask_type is A or B, not {self.mask_type!r}")
        for name in ("in_channels", "out_channels", "kernel_size"):
            value = count("MaskedConv2d", name, getattr(self, name))
            object.__setattr__(self, name, value)
        side = known(self._size("kernel_size"))
        if side is not None and side % 2 == 0:
            raise AuthorError(
                f"MaskedConv2d: kernel_size is {side}, but only an odd one has a middle"
            )
        self.window()

    def middle(self) -> Formula:
        """``(K - 1)/2``."""
        return folded((self._size("kernel_size") - 1) / 2)

    def window(self) -> Window2d:
        """Where an output looks; padding keeps the size."""
        return Window2d(
            input_size=self.input_size,
            kernel_size=self.kernel_size,
            padding=self.middle(),
            owner="MaskedConv2d",
        )

    def mask(self, u: Operand, v: Operand) -> Formula:
        """``[u < r or u = r and v < r]``, with ``v <= r`` in type B."""
        middle = self.middle()
        left = Compare("<" if self.mask_type == "A" else "<=", v, middle)
        same_row = And((Compare("=", u, middle), left))
        return Bracket(Or((Compare("<", u, middle), same_row)))

    def visible_taps(self) -> Formula:
        """``(K^2 - 1)/2`` taps of type A, ``(K^2 + 1)/2`` of type B."""
        change = -1 if self.mask_type == "A" else 1
        return folded((self._size("kernel_size") ** 2 + change) / 2)

    def counted_taps(self) -> Formula:
        """``sum_{u,v} M[u,v]``, which `visible_taps` says in closed form."""
        return self.window().taps(self.mask(Symbol("u"), Symbol("v")))

    def parameters(self) -> Formula:
        """``C_out * C_in * visible_taps`` weights that are ever used."""
        channels = conv_parameters(self.in_channels, self.out_channels)
        return product(channels, self.visible_taps())

    def wasted_share(self) -> Formula:
        """``1 - visible_taps/K^2``: the share of MACs lost on zeros if all taps are computed."""
        return 1 - self.visible_taps() / self._size("kernel_size") ** 2

    def macs(self) -> Formula:
        """``H * W * C_out * C_in * visible_taps``."""
        size = self.window().pair("input_size")
        return product(conv_macs(size, self.in_channels, self.out_channels), self.visible_taps())

    def forward(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """Output channel ``o`` at (p, q)."""
        return apart(self._rule, o, p, q)

    def output(self) -> Array:
        """All outputs, an array of shape (C_out, H, W)."""
        shape = (self._size("out_channels"), *self.window().pair("input_size"))
        entry = self.forward(Symbol("o"), Symbol("p"), Symbol("q"))
        return Array(shape, ("o", "p", "q"), entry)

    def reach(self) -> tuple[tuple[int, int], ...]:
        """The offsets (rows, columns) that an output reads; raises AuthorError for a symbolic K."""
        middle = known(self.middle())
        if middle is None:
            raise AuthorError("MaskedConv2d: kernel_size is symbolic, but its reach is a list")
        last = 0 if self.mask_type == "B" else -1
        above = [(y, x) for y in range(-middle, 0) for x in range(-middle, middle + 1)]
        return (*above, *((0, x) for x in range(-middle, last + 1)))

    def _rule(self, o: Formula, p: Formula, q: Formula) -> Formula:
        c, u, v = Symbol("c"), Symbol("u"), Symbol("v")
        window = self.window()
        place = window.place((p, q), (u, v))
        tap = product(self.mask(u, v), Index(self.weight, (o, c, u, v)))
        seen = product(tap, Index(self.input, (c, *place)), *window.inside(place))
        return over(window.taps(seen), ("c", self._size("in_channels")))

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))


def stacked_reach(layers: Iterable[MaskedConv2d]) -> tuple[tuple[int, int], ...]:
    """The offsets that an output of a stack depends on, in raster order.

    With 3x3 kernels pixels above and to the right are never reached, however many layers there
    are: the blind spot of stacked masks.

    >>> b = MaskedConv2d(mask_type="B", in_channels=1, out_channels=1, kernel_size=3, input_size=9)
    >>> (-1, 2) in stacked_reach([b]), (-1, 2) in stacked_reach([b] * 5)
    (False, False)
    """
    found = {(0, 0)}
    for layer in layers:
        found = {(y + dy, x + dx) for y, x in found for dy, dx in layer.reach()}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class CausalConv1d:
    """``out[t] = sum_j w[j] * x[t - dilation*(K - 1 - j)]``: padded on the left only.

    Output t depends on x[t] and what came before. Source: van den Oord et al., "WaveNet" (2016).

    >>> CausalConv1d(kernel_size=2, dilation=4).receptive_field()
    Rational(5)
    """

    kernel_size: Operand
    dilation: Operand = 1
    weight: str = "w"
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("kernel_size", "dilation"):
            object.__setattr__(self, name, count("CausalConv1d", name, getattr(self, name)))

    def place(self, t: Operand, j: Operand) -> Formula:
        """``t - dilation*(K - 1 - j)``, never later than t."""
        last = folded(formula(self.kernel_size) - 1)
        return formula(t) - product(formula(self.dilation), last - formula(j))

    def forward(self, t: Operand) -> Formula:
        """Output ``t``; x is 0 before position 0."""
        return apart(self._rule, t)

    def _rule(self, t: Formula) -> Formula:
        j = Symbol("j")
        at = self.place(t, j)
        seen = Index(self.weight, (j,)) * Index(self.input, (at,)) * Bracket(Compare("<=", 0, at))
        return over(seen, ("j", formula(self.kernel_size)))

    def receptive_field(self) -> Formula:
        """``dilation*(K - 1) + 1`` steps."""
        return folded(product(formula(self.dilation), folded(formula(self.kernel_size) - 1)) + 1)


def stacked_steps(layers: Sequence[CausalConv1d]) -> Formula:
    """``1 + sum (K - 1)*dilation``: how many steps a stack of stride 1 sees, the present included.

    >>> stacked_steps([CausalConv1d(kernel_size=2, dilation=2**n) for n in range(5)])
    Rational(32)
    """
    grown = [layer.receptive_field() - 1 for layer in layers]
    return folded(total([formula(1), *grown]))


def blind_spot(kernel_size: int, layers: int) -> tuple[tuple[int, int], ...]:
    """Earlier pixels within the stack's bounding box that a stack of masks never reaches.

    The first layer has type A, the others type B.

    >>> blind_spot(3, 2)
    ((-1, 2),)
    """
    first, *rest = (
        MaskedConv2d(
            mask_type="A" if number == 0 else "B",
            in_channels=1,
            out_channels=1,
            kernel_size=kernel_size,
            input_size=kernel_size,
        )
        for number in range(layers)
    )
    seen = frozenset(stacked_reach([first, *rest]))
    edge = layers * (kernel_size // 2)
    box = [(y, x) for y in range(-edge, 0) for x in range(-edge, edge + 1)]
    earlier = [*box, *((0, x) for x in range(-edge, 0))]
    return tuple(place for place in earlier if place not in seen)
