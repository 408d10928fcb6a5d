"""Depthwise separable convolution: one filter a channel, then a 1x1 mixture of the channels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, formula
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import Pair, apart, area, count, over, product, total
from symcnn.layers.window import Window2d

Kernel = Callable[[Formula, Formula, Formula, Formula], Formula]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparableConv2d:
    r"""``out[o,p,q] = sum_c P[o,c] * sum_{u,v} D[c,u,v] * x[c, s*p + d*u - pad, s*q + d*v - pad]``.

    The input has shape (C_in, H, W), D (C_in, K, K), P (C_out, C_in), the output (C_out, H', W');
    x is 0 outside of its range. It is the ordinary convolution with the kernel
    ``W[o,c,u,v] = P[o,c]*D[c,u,v]``. No bias unless it is asked for.
    Source: Howard et al., "MobileNets" (2017), section 3.1; Chollet, "Xception" (2017).

    >>> layer = SeparableConv2d(in_channels=8, out_channels=16, kernel_size=3, input_size=10)
    >>> layer.window().output_size()
    (Rational(8), Rational(8))
    """

    in_channels: Operand
    out_channels: Operand
    kernel_size: Operand | Pair
    input_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair = 0
    dilation: Operand | Pair = 1
    depthwise_weight: str = "D"
    pointwise_weight: str = "P"
    weight: str = "W"
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels"):
            size = count("SeparableConv2d", name, getattr(self, name))
            object.__setattr__(self, name, size)
        families = [self.depthwise_weight, self.pointwise_weight, self.weight, self.input]
        if len(set(families)) < len(families):
            raise AuthorError(
                "SeparableConv2d: the input and the three kernels need names of their own, "
                f"but they are {', '.join(families)}"
            )
        self.window()

    @classmethod
    def symbolic(cls) -> SeparableConv2d:
        """Every number a symbol: C_in, C_out, K, H, W; stride 1, no padding."""
        return cls(
            in_channels=Symbol("C_in"),
            out_channels=Symbol("C_out"),
            kernel_size=Symbol("K"),
            input_size=(Symbol("H"), Symbol("W")),
        )

    def window(self) -> Window2d:
        """Where an output looks, on both axes."""
        return Window2d(
            input_size=self.input_size,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            owner="SeparableConv2d",
        )

    def depthwise(self, c: Operand, p: Operand, q: Operand) -> Formula:
        """Channel ``c`` after its own filter: ``sum_{u,v} D[c,u,v] * x[c, ...]``."""
        return apart(lambda c, p, q: self._filtered(self._tap(c), c, p, q), c, p, q)

    def forward(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """``sum_c P[o,c] * depthwise(c, p, q)``: first the filters, then the mixture."""
        return apart(
            lambda o, p, q: self._channels(self._mixing(o) * self.depthwise(Symbol("c"), p, q)),
            o, p, q,
        )  # fmt: skip

    def kernel(self, o: Operand, c: Operand, u: Operand, v: Operand) -> Formula:
        """``P[o,c] * D[c,u,v]``: the ordinary kernel that this layer amounts to."""
        return Index(self.pointwise_weight, (formula(o), formula(c))) * Index(
            self.depthwise_weight, (formula(c), formula(u), formula(v))
        )

    def factored(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """The ordinary convolution with the kernel ``P[o,c]*D[c,u,v]``: one sum over c, u, v."""
        return self._convolution(self.kernel, o, p, q)

    def standard(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """The ordinary convolution with a kernel ``W[o,c,u,v]`` of its own."""
        return self._convolution(lambda *at: Index(self.weight, at), o, p, q)

    def output(self) -> Array:
        """All outputs, an array of shape (C_out, H', W')."""
        shape = (self._size("out_channels"), *self.window().output_size())
        entry = self.forward(Symbol("o"), Symbol("p"), Symbol("q"))
        return Array(shape, ("o", "p", "q"), entry)

    def depthwise_parameters(self) -> Formula:
        """``C_in * K^2``: one filter a channel."""
        channels = self._size("in_channels")
        return conv_parameters(channels, channels, self.kernel_size, groups=channels)

    def pointwise_parameters(self) -> Formula:
        """``C_out * C_in``: a 1x1 convolution."""
        return conv_parameters(self.in_channels, self.out_channels)

    def parameters(self, bias: bool = False) -> Formula:
        """``C_in*K^2 + C_out*C_in``; biases add C_in in the first step and C_out in the second."""
        weights = (self.depthwise_parameters(), self.pointwise_parameters())
        biases = (self._size("in_channels"), self._size("out_channels"))
        return total((*weights, *biases)) if bias else total(weights)

    def standard_parameters(self) -> Formula:
        """``C_out * C_in * K^2``: the ordinary layer of the same sizes."""
        return conv_parameters(self.in_channels, self.out_channels, self.kernel_size)

    def depthwise_macs(self, output_size: Operand | Pair | None = None) -> Formula:
        """``H' * W' * C_in * K^2``; another output size than the layer's own may be named."""
        channels = self._size("in_channels")
        outputs = self._outputs(output_size)
        return conv_macs(outputs, channels, channels, self.kernel_size, groups=channels)

    def pointwise_macs(self, output_size: Operand | Pair | None = None) -> Formula:
        """``H' * W' * C_out * C_in``."""
        return conv_macs(self._outputs(output_size), self.in_channels, self.out_channels)

    def macs(self, output_size: Operand | Pair | None = None) -> Formula:
        """``H'*W'*C_in*K^2 + H'*W'*C_out*C_in``, the sum of the two steps."""
        return total((self.depthwise_macs(output_size), self.pointwise_macs(output_size)))

    def standard_macs(self, output_size: Operand | Pair | None = None) -> Formula:
        """``H' * W' * C_out * C_in * K^2``."""
        outputs = self._outputs(output_size)
        return conv_macs(outputs, self.in_channels, self.out_channels, self.kernel_size)

    def ratio(self, output_size: Operand | Pair | None = None) -> Formula:
        """``macs/standard_macs``; it equals ``1/C_out + 1/K^2`` under every size and convention."""
        return self.macs(output_size) / self.standard_macs(output_size)

    def closed_ratio(self) -> Formula:
        """``1/C_out + 1/K^2``."""
        return 1 / self._size("out_channels") + 1 / area(self.window().pair("kernel_size"))

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))

    def _outputs(self, size: Operand | Pair | None) -> Operand | Pair:
        return self.window().output_size() if size is None else size

    def _convolution(self, kernel: Kernel, o: Operand, p: Operand, q: Operand) -> Formula:
        c, u, v = map(Symbol, "cuv")
        return apart(
            lambda o, p, q: self._channels(self._filtered(kernel(o, c, u, v), c, p, q)), o, p, q
        )

    def _mixing(self, o: Operand) -> Formula:
        return Index(self.pointwise_weight, (formula(o), Symbol("c")))

    def _tap(self, c: Formula) -> Formula:
        return Index(self.depthwise_weight, (c, Symbol("u"), Symbol("v")))

    def _channels(self, body: Formula) -> Formula:
        return over(body, ("c", self._size("in_channels")))

    def _filtered(self, kernel: Formula, c: Formula, p: Operand, q: Operand) -> Formula:
        window = self.window()
        place = window.place((p, q), (Symbol("u"), Symbol("v")))
        signal = Index(self.input, (c, *place))
        return window.taps(product(kernel, signal, *window.inside(place)))
