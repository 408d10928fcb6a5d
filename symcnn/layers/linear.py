"""The fully connected layer: entry rule, matrix, Jacobians and costs."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import count, over, product, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """``y[o] = sum_i w[o, i]*x[i] + b[o]``, named as in ``torch.nn.Linear``.

    Raises AuthorError for an impossible size.

    >>> from symcnn.formula.plain import plain
    >>> layer = Linear(in_features=3, out_features=2)
    >>> plain(layer.forward(Symbol("o"))), plain(layer.parameters()), plain(layer.macs())
    ('Sum(w[o, i]*x[i], (i, 0, 2)) + b[o]', '2*3 + 2', '2*3')
    """

    in_features: Operand
    out_features: Operand
    bias: bool = True
    weight: str = "w"
    offset: str = "b"
    input: str = "x"

    def __post_init__(self) -> None:
        self._sizes()

    def forward(self, o: Operand) -> Formula:
        """Output ``o``."""
        inputs, _ = self._sizes()
        i = Symbol("i")
        body = Index(self.weight, (formula(o), i)) * self.signal(i)
        summed = over(body, ("i", inputs))
        return summed + Index(self.offset, (formula(o),)) if self.bias else summed

    def signal(self, i: Operand) -> Index:
        """The input's entry."""
        return Index(self.input, (formula(i),))

    def output(self) -> Array:
        """The output, a vector of ``out_features`` entries."""
        return Array((self._sizes()[1],), ("o",), self.forward(Symbol("o")))

    def matrix(self) -> Array:
        """The weights as a matrix ``(out_features, in_features)``."""
        entry = Index(self.weight, (Symbol("o"), Symbol("i")))
        return Array(self._sizes()[::-1], ("o", "i"), entry)

    def input_jacobian(self) -> Array:
        """``d y[o] / d x[c]``, rows are outputs, derived from `forward`."""
        entry = differentiate(self.forward(Symbol("o")), self.signal(Symbol("c")))
        return Array(self._sizes()[::-1], ("o", "c"), entry)

    def weight_derivative(self, o: Operand, row: Operand, column: Operand) -> Formula:
        """``d y[o] / d w[row, column]``, derived from `forward`: ``[o = row] * x[column]``."""
        target = Index(self.weight, (formula(row), formula(column)))
        return differentiate(self.forward(o), target)

    def parameters(self) -> Formula:
        """``out*in``, and ``out`` more with a bias."""
        inputs, outputs = self._sizes()
        weights = product(outputs, inputs)
        return total((weights, outputs)) if self.bias else weights

    def macs(self) -> Formula:
        """``out*in`` multiply-accumulates for one sample; the bias is not counted."""
        inputs, outputs = self._sizes()
        return product(outputs, inputs)

    def _sizes(self) -> tuple[Formula, Formula]:
        return (
            count("Linear", "in_features", self.in_features),
            count("Linear", "out_features", self.out_features),
        )
