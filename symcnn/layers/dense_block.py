"""The block of a DenseNet: each layer reads everything before it and appends its own channels."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.binders import Sum
from symcnn.formula.nodes import Call, Formula, Operand, Pow, Symbol, formula
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import Pair, count, counts, folded, known, less_one, product, total


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseBlock:
    r"""Layer ``l`` (from 0) reads ``k0 + l*k`` channels and appends ``k``; L layers: ``k0 + L*k``.

    Each layer is BN, ReLU, 3x3 convolution; with ``bn_size`` b a 1x1 convolution to ``b*k``
    channels comes before it (the "B" of DenseNet-B, b = 4). Sizes (H, W) are kept. Names as in
    torchvision's ``_DenseBlock``. No convolution has a bias.
    Source: Huang et al., "Densely Connected Convolutional Networks" (2017), section 3.

    >>> block = DenseBlock(num_layers=3, num_input_features=32, growth_rate=24, input_size=8)
    >>> folded(block.in_channels(2)), folded(block.out_channels())
    (Rational(80), Rational(104))
    """

    num_layers: Operand
    num_input_features: Operand
    growth_rate: Operand
    input_size: Operand | Pair
    bn_size: Operand | None = None
    kernel_size: Operand = 3

    def __post_init__(self) -> None:
        for name in ("num_layers", "num_input_features", "growth_rate", "kernel_size"):
            value = count("DenseBlock", name, getattr(self, name))
            object.__setattr__(self, name, value)
        if self.bn_size is not None:
            width = count("DenseBlock", "bn_size", self.bn_size)
            object.__setattr__(self, "bn_size", width)
        pair = counts("DenseBlock", "input_size", self.input_size)
        object.__setattr__(self, "input_size", pair)

    @classmethod
    def symbolic(cls, bn_size: Operand | None = None) -> DenseBlock:
        """L layers of growth rate k on k0 channels of H x W: all symbols."""
        return cls(
            num_layers=Symbol("L"),
            num_input_features=Symbol("k0"),
            growth_rate=Symbol("k"),
            input_size=(Symbol("H"), Symbol("W")),
            bn_size=bn_size,
        )

    def in_channels(self, layer: Operand) -> Formula:
        """``k0 + l*k``: what layer ``l``, counted from 0, reads."""
        return self._size("num_input_features") + product(formula(layer), self._size("growth_rate"))

    def out_channels(self) -> Formula:
        """``k0 + L*k``: the block's input and all that was appended."""
        return self.in_channels(self._size("num_layers"))

    def layer_parameters(self, layer: Operand, norms: bool = False) -> Formula:
        """``K^2*(k0 + l*k)*k``; with a bottleneck ``(k0 + l*k)*b*k + K^2*b*k*k``.

        With ``norms`` the scale and shift of each batch normalisation count too, two a channel.
        """
        inputs, growth = self.in_channels(layer), self._size("growth_rate")
        if self.bn_size is None:
            weights: tuple[Formula, ...] = (conv_parameters(inputs, growth, self.kernel_size),)
            norm = product(2, inputs)
        else:
            width = self._width()
            weights = (
                conv_parameters(inputs, width),
                conv_parameters(width, growth, self.kernel_size),
            )
            norm = total((product(2, inputs), product(2, width)))
        return total((norm, *weights) if norms else weights)

    def parameters(self, norms: bool = False) -> Formula:
        """``sum_{l=0}^{L-1}`` of the layers' parameters, as a sum over l."""
        return self._over_layers(self.layer_parameters(Symbol("l"), norms))

    def macs(self) -> Formula:
        """``H*W`` times the weights of each layer, summed over l."""
        layer, growth = Symbol("l"), self._size("growth_rate")
        size, inputs = self.input_size, self.in_channels(layer)
        if self.bn_size is None:
            return self._over_layers(conv_macs(size, inputs, growth, self.kernel_size))
        width = self._width()
        steps = (conv_macs(size, inputs, width), conv_macs(size, width, growth, self.kernel_size))
        return self._over_layers(total(steps))

    def connections(self) -> Formula:
        """``L*(L+1)/2`` direct connections, where a chain of L layers has L."""
        layers = self._size("num_layers")
        return folded(layers * (layers + 1) / 2)

    def counted_connections(self) -> Formula:
        """``sum_{l=0}^{L-1} (l + 1)``: layer l reads the block's input and the l layers before."""
        return self._over_layers(Symbol("l") + 1)

    def paths(self) -> Formula:
        """``2^(L-1)`` paths lead from the block's input through the last layer; one skips the rest.

        Each of the L - 1 layers between is passed or skipped.
        """
        return Pow(formula(2), less_one(self._size("num_layers")))

    def _width(self) -> Formula:
        return folded(product(self._size("bn_size"), self._size("growth_rate")))

    def _over_layers(self, body: Formula) -> Formula:
        return Sum(body, "l", formula(0), less_one(self._size("num_layers")))

    def _size(self, name: str) -> Formula:
        value: Operand = getattr(self, name)
        whole = known(value)
        return formula(value) if whole is None else formula(whole)


def transition_channels(channels: Operand, compression: Operand = 2) -> Formula:
    """``floor(C/2)``: the channels behind a transition layer that keeps one in ``compression``.

    >>> transition_channels(257)
    Rational(128)
    """
    return folded(Call("floor", (formula(channels) / formula(compression),)))
