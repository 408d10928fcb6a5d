"""Deformable convolution: every tap of every output reads at a place of its own, bilinearly."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.counts import conv_parameters
from symcnn.layers.interpolation import sampled
from symcnn.layers.sizes import Formulas, Pair, apart, area, count, known, over, product, quotient
from symcnn.layers.window import Window2d


@dataclass(frozen=True, slots=True, kw_only=True)
class DeformConv2d:
    r"""``out[o,p,q] = sum_{c,u,v} W[o,c,u,v] * mask * x(c, place(p,q,u,v) + offset)``.

    ``place`` is that of the ordinary convolution; ``x(c, y, x)`` is bilinear and fades to 0 outside
    of the image. ``offset`` has shape (2*G*K_h*K_w, H', W') for G offset groups: channel
    ``2*(g*K_h*K_w + u*K_w + v)`` is the shift in y, the next one that in x. With ``modulated``
    (version 2) ``mask`` has shape (G*K_h*K_w, H', W'), else it is 1. Names and layout as in
    ``torchvision.ops.deform_conv2d``. No bias.
    Source: Dai et al. (2017), equations 2 to 4; Zhu et al. (2019), equation 1.

    >>> layer = DeformConv2d(in_channels=2, out_channels=4, kernel_size=3, input_size=8)
    >>> layer.offset_channels().args
    (Rational(2), Rational(3), Rational(3))
    """

    in_channels: Operand
    out_channels: Operand
    kernel_size: Operand | Pair
    input_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair = 0
    dilation: Operand | Pair = 1
    groups: Operand = 1
    offset_groups: Operand = 1
    modulated: bool = False
    weight: str = "W"
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels", "groups", "offset_groups"):
            value = count("DeformConv2d", name, getattr(self, name))
            object.__setattr__(self, name, value)
        self.window()
        self._width("groups", "out_channels")
        self._width("groups", "in_channels")
        self._width("offset_groups", "in_channels")

    def window(self) -> Window2d:
        """The places of the ordinary convolution."""
        return Window2d(
            input_size=self.input_size,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            owner="DeformConv2d",
        )

    def offset_channels(self) -> Formula:
        """``2 * G * K_h * K_w``: two numbers for each tap, whatever the number of channels."""
        return product(2, self.mask_channels())

    def mask_channels(self) -> Formula:
        """``G * K_h * K_w``."""
        return product(self._size("offset_groups"), area(self.window().pair("kernel_size")))

    def parameters(self) -> Formula:
        """The weights of the layer itself, without those that compute the offsets."""
        return conv_parameters(self.in_channels, self.out_channels, self.kernel_size, self.groups)

    def offset_parameters(self, kernel_size: Operand | Pair, bias: bool = True) -> Formula:
        """The convolution that computes the offsets (and the mask) from the same input."""
        outputs = self.offset_channels()
        if self.modulated:
            outputs = product(3, self.mask_channels())
        return conv_parameters(self.in_channels, outputs, kernel_size, bias=bias)

    def place(self, c: Operand, output: Pair, tap: Pair) -> Formulas:
        """Where output (p, q) reads channel ``c`` with tap (u, v): (y, x), seldom integers."""
        row, column = self.window().place(output, tap)
        channel = product(2, self._tap_number(formula(c), tap))
        at = formula(output[0]), formula(output[1])
        shift_y = Index("offset", (channel, *at))
        shift_x = Index("offset", (channel + 1, *at))
        return row + shift_y, column + shift_x

    def forward(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """Output channel ``o`` at (p, q)."""
        return apart(self._rule, o, p, q)

    def _rule(self, o: Formula, p: Formula, q: Formula) -> Formula:
        c, u, v = Symbol("c"), Symbol("u"), Symbol("v")
        channel = self._source_channel(o, c)
        value = sampled(
            self.place(channel, (p, q), (u, v)),
            self.window().pair("input_size"),
            lambda i, j: Index(self.input, (channel, i, j)),
        )
        factors: list[Formula] = [Index(self.weight, (o, c, u, v)), value]
        if self.modulated:
            at = (self._tap_number(channel, (u, v)), p, q)
            factors.insert(1, Index("mask", at))
        taps = self.window().taps(product(*factors))
        return over(taps, ("c", self._width("groups", "in_channels")))

    def output(self) -> Array:
        """All outputs, an array of shape (C_out, H', W')."""
        shape = (self._size("out_channels"), *self.window().output_size())
        entry = self.forward(Symbol("o"), Symbol("p"), Symbol("q"))
        return Array(shape, ("o", "p", "q"), entry)

    def _source_channel(self, o: Formula, c: Formula) -> Formula:
        if known(self._size("groups")) == 1:
            return c
        group = Call("floor", (o / self._width("groups", "out_channels"),))
        return product(group, self._width("groups", "in_channels")) + c

    def _tap_number(self, c: Formula, tap: Pair) -> Formula:
        height, width = self.window().pair("kernel_size")
        number = product(formula(tap[0]), width) + formula(tap[1])
        if known(self._size("offset_groups")) == 1:
            return number
        group = Call("floor", (c / self._width("offset_groups", "in_channels"),))
        return product(group, height, width) + number

    def _width(self, parts: str, whole: str) -> Formula:
        rule = f"{parts} divides {whole}"
        return quotient("DeformConv2d", rule, self._size(whole), self._size(parts))

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))
