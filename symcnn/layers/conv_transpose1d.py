"""One-dimensional transposed convolution by its scatter rule: each input writes a window.

Nothing here looks at the gather rule of ``conv1d``; that the two are transposes is a theorem.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Formula, Operand, Symbol, formula
from symcnn.layers.geometry import Geometry1d, literal, plus, shifted, times, without
from symcnn.layers.linear_map import LinearMap

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvTranspose1d(Geometry1d):
    r"""Input ``i`` adds ``w[j] * x[i]`` to output ``stride*i + dilation*j - padding``, for each j.

    Contributions that fall outside ``0 .. output_size - 1`` are dropped. Named as in
    ``torch.nn.ConvTranspose1d``. One channel, no bias.

    >>> ConvTranspose1d(input_size=4, kernel_size=3).linear_map().shape
    (6, 4)
    """

    output_padding: Operand = 0

    def __post_init__(self) -> None:
        Geometry1d.__post_init__(self)
        extra = formula(self.output_padding)
        object.__setattr__(self, "output_padding", extra)
        number = literal(extra)
        stride, dilation = literal(self.size("stride")), literal(self.size("dilation"))
        if number is not None and number < 0:
            raise AuthorError(f"ConvTranspose1d: output_padding is {number}, but it is at least 0")
        if number and stride and dilation and number >= max(stride, dilation):
            raise AuthorError(
                f"ConvTranspose1d: output_padding is {number}, but it is smaller than the stride "
                f"({stride}) or the dilation ({dilation})"
            )
        rows = literal(self.outputs())
        if rows is None or rows >= 1:
            return
        raise AuthorError(
            f"ConvTranspose1d: the output would have {rows} entries: "
            "(input_size - 1)*stride - 2*padding + dilation*(kernel_size - 1) + output_padding + 1"
        )

    def output_size(self) -> Formula:
        """``(input_size-1)*stride - 2*padding + dilation*(kernel_size-1) + output_padding + 1``."""
        size = times(self.size("stride"), self.size("input_size") - 1)
        if literal(self.size("padding")) != 0:
            size = size - 2 * self.size("padding")
        size = size + times(self.size("dilation"), self.size("kernel_size") - 1)
        if literal(self.size("output_padding")) != 0:
            size = size + self.size("output_padding")
        return size + 1

    def target(self, i: Operand, j: Operand) -> Formula:
        """The output position to which input ``i`` writes with tap ``j``."""
        start = times(self.size("stride"), formula(i))
        place = plus(start, times(self.size("dilation"), formula(j)))
        return without(place, self.size("padding"))

    def entry(self, t: Operand, i: Operand) -> Formula:
        """``sum_j w[j] * [t = target(i, j)]``: how much input ``i`` counts in output ``t``."""
        j = Symbol("j")
        hit = Bracket(Compare("=", t, self.target(i, j)))
        return self.taps(self.tap(j) * hit)

    def forward(self, t: Operand) -> Formula:
        """Output ``t``: what all inputs write there."""
        i, j = Symbol("i"), Symbol("j")
        hit = Bracket(Compare("=", t, self.target(i, j)))
        written = self.taps(self.tap(j) * self.signal(i) * hit)
        return Sum(written, "i", formula(0), shifted(self.size("input_size"), -1))

    def output(self) -> Array:
        """The output as a vector of ``output_size`` entries."""
        return Array((self.outputs(),), ("t",), self.forward(Symbol("t")))

    def matrix(self) -> Array:
        """The matrix ``(output_size, input_size)`` that takes the input to the output."""
        shape = (self.outputs(), self.size("input_size"))
        return Array(shape, ("t", "i"), self.entry(Symbol("t"), Symbol("i")))

    def input_jacobian(self) -> Array:
        """``d out[t] / d x[i]``, rows are outputs, derived from `forward`."""
        shape = (self.outputs(), self.size("input_size"))
        return Array(
            shape, ("t", "c"), differentiate(self.forward(Symbol("t")), self.signal(Symbol("c")))
        )

    def kernel_jacobian(self) -> Array:
        """``d out[t] / d w[c]``, rows are outputs, derived from `forward`."""
        shape = (self.outputs(), self.size("kernel_size"))
        return Array(
            shape, ("t", "c"), differentiate(self.forward(Symbol("t")), self.tap(Symbol("c")))
        )

    def linear_map(self) -> LinearMap:
        """The matrix as an index table. Raises AuthorError where a size is symbolic."""
        import numpy as np

        size, taps = self.concrete("input_size"), self.concrete("kernel_size")
        stride, padding = self.concrete("stride"), self.concrete("padding")
        dilation, rows = self.concrete("dilation"), self.concrete("outputs")
        targets = stride * np.arange(size, dtype=np.int32)[:, None]
        targets = targets + (dilation * np.arange(taps, dtype=np.int32) - padding)
        scattered = LinearMap.from_taps((size, rows), targets, weight=self.weight, first=self.first)
        return scattered.T

    def sympy(self) -> sympy.Matrix:
        """The matrix under SymPy's own type, its entries members of an IndexedBase."""
        return self.linear_map().sympy()
