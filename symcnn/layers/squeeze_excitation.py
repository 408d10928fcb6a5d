"""Squeeze and excitation: every channel is scaled by a gate that sees all channels' means."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import (
    Formulas,
    Pair,
    apart,
    area,
    count,
    counts,
    over,
    product,
    quotient,
    total,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqueezeExcitation:
    r"""``out[c,i,j] = z[c]*x[c,i,j]``, ``z = sigmoid(W2 relu(W1 s + b1) + b2)``, s the means.

    x and the output have shape (C, H, W), s and z C entries, W1 shape (C/r, C), W2 (C, C/r). No
    biases unless they are asked for: the paper leaves them out, torchvision has them.
    Source: Hu et al., "Squeeze-and-Excitation Networks" (2018), equations 2 to 4.

    >>> SqueezeExcitation(channels=64, reduction=16, input_size=7).squeeze_channels()
    Rational(4)
    """

    channels: Operand
    reduction: Operand
    input_size: Operand | Pair
    bias: bool = False
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("channels", "reduction"):
            value = count("SqueezeExcitation", name, getattr(self, name))
            object.__setattr__(self, name, value)
        pair = counts("SqueezeExcitation", "input_size", self.input_size)
        object.__setattr__(self, "input_size", pair)
        self.squeeze_channels()

    @classmethod
    def symbolic(cls, *, bias: bool = False) -> SqueezeExcitation:
        """C channels of H x W, reduction r: all symbols."""
        return cls(
            channels=Symbol("C"),
            reduction=Symbol("r"),
            input_size=(Symbol("H"), Symbol("W")),
            bias=bias,
        )

    def squeeze_channels(self) -> Formula:
        """``C/r``; raises AuthorError where both are numbers and r does not divide C."""
        rule = "reduction divides channels"
        return quotient("SqueezeExcitation", rule, self._size("channels"), self._size("reduction"))

    def squeeze(self, c: Operand) -> Formula:
        """``s[c] = (1/(H*W)) * sum_{i,j} x[c,i,j]``: the mean of the channel."""
        height, width = self._sides()
        i, j = Symbol("i"), Symbol("j")
        summed = apart(lambda c: over(Index(self.input, (c, i, j)), ("i", height), ("j", width)), c)
        return 1 / product(height, width) * summed

    def hidden(self, k: Operand) -> Formula:
        """``relu(sum_c W1[k,c]*s[c] + b1[k])``."""
        at, c, channels = formula(k), Symbol("c"), ("c", self._size("channels"))
        mixed = apart(lambda k: over(Index("W1", (k, c)) * self.squeeze(c), channels), at)
        return Call("relu", (mixed + Index("b1", (at,)) if self.bias else mixed,))

    def excitation(self, c: Operand) -> Formula:
        """``z[c] = sigmoid(sum_k W2[c,k]*hidden(k) + b2[c])``, strictly between 0 and 1."""
        at, k, squeezed = formula(c), Symbol("k"), ("k", self.squeeze_channels())
        mixed = apart(lambda c: over(Index("W2", (c, k)) * self.hidden(k), squeezed), at)
        return Call("sigmoid", (mixed + Index("b2", (at,)) if self.bias else mixed,))

    def forward(self, c: Operand, i: Operand, j: Operand) -> Formula:
        """``z[c] * x[c,i,j]``."""
        place = (formula(i), formula(j))
        return self.excitation(formula(c)) * Index(self.input, (formula(c), *place))

    def output(self) -> Array:
        """All outputs, an array of shape (C, H, W)."""
        shape = (self._size("channels"), *self._sides())
        entry = self.forward(Symbol("o"), Symbol("p"), Symbol("q"))
        return Array(shape, ("o", "p", "q"), entry)

    def parameters(self) -> Formula:
        """``2*C^2/r``, and ``C/r + C`` more with biases, written as the two layers have them."""
        channels, squeezed = self._size("channels"), self.squeeze_channels()
        biases = (squeezed, channels) if self.bias else ()
        return total((product(squeezed, channels), product(channels, squeezed), *biases))

    def operations(self) -> tuple[tuple[str, str, Formula], ...]:
        """(step, kind of operation, how many): what every convention of costs adds up.

        A mean of n values is n - 1 additions and a division, n operations. Kinds: "mac",
        "addition", "multiplication", "comparison", "exponential".
        """
        channels, squeezed = self._size("channels"), self.squeeze_channels()
        pixels = product(area(self._sides()), channels)
        biases = (("biases", "addition", total((squeezed, channels))),) if self.bias else ()
        return (
            ("squeeze", "addition", pixels),
            ("reduce", "mac", product(squeezed, channels)),
            ("relu", "comparison", squeezed),
            ("expand", "mac", product(channels, squeezed)),
            *biases,
            ("sigmoid", "exponential", channels),
            ("scale", "multiplication", pixels),
        )

    def macs(self) -> Formula:
        """``2*C^2/r``: the two fully connected layers, as the papers count."""
        return total(amount for _, kind, amount in self.operations() if kind == "mac")

    def flops(self) -> Formula:
        """``2*H*W*C + 4*C^2/r``: additions and multiplications, two to each MAC; gates left out."""
        weights = {"mac": 2, "addition": 1, "multiplication": 1}
        return total(
            product(weights[kind], amount)
            for _, kind, amount in self.operations()
            if kind in weights
        )

    def _sides(self) -> Formulas:
        height, width = self.input_size  # type: ignore[misc]
        return formula(height), formula(width)

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))
