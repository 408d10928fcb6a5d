"""One-dimensional convolution by its gather rule: each output reads a window of the input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Call, Formula, Operand, Symbol, formula
from symcnn.layers.geometry import (
    Geometry1d,
    literal,
    plus,
    shifted,
    times,
    within,
    without,
)
from symcnn.layers.linear_map import LinearMap

if TYPE_CHECKING:
    from sympy import Matrix

Family = Callable[[Formula], Formula]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conv1d(Geometry1d):
    r"""``out[o] = sum_j w[j] * x[stride*o + dilation*j - padding]``, x being 0 outside its range.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016);
    the numbers are named as in ``torch.nn.Conv1d``. One channel, no bias.

    >>> conv = Conv1d(input_size=4, kernel_size=3, padding=1)
    >>> conv.linear_map().shape
    (4, 4)
    """

    def __post_init__(self) -> None:
        Geometry1d.__post_init__(self)
        numbers = [literal(self.size(name)) for name in ("input_size", "padding", "dilation")]
        taps = literal(self.size("kernel_size"))
        if taps is None or None in numbers:
            return
        size, padding, dilation = (number or 0 for number in numbers)
        reach = dilation * (taps - 1) + 1
        if reach > size + 2 * padding:
            raise AuthorError(
                f"Conv1d: the kernel covers {reach} positions (dilation*(kernel_size - 1) + 1), "
                f"but the padded input has {size + 2 * padding} (input_size + 2*padding)"
            )

    def span(self) -> Formula:
        """``input_size + 2*padding - dilation*(kernel_size - 1) - 1``: how far the window moves."""
        size = self.size("input_size")
        if literal(self.size("padding")) != 0:
            size = size + 2 * self.size("padding")
        return size - times(self.size("dilation"), self.size("kernel_size") - 1) - 1

    def output_size(self) -> Formula:
        """``floor(span / stride) + 1``."""
        if literal(self.size("stride")) == 1:
            return self.span() + 1
        return Call("floor", (self.span() / self.size("stride"),)) + 1

    def position(self, o: Operand, j: Operand) -> Formula:
        """The input position that output ``o`` reads with tap ``j``."""
        start = times(self.size("stride"), formula(o))
        place = plus(start, times(self.size("dilation"), formula(j)))
        return without(place, self.size("padding"))

    def entry(self, o: Operand, i: Operand) -> Formula:
        """``sum_j w[j] * [i = position(o, j)]``: how much input ``i`` counts in output ``o``."""
        j = Symbol("j")
        hit = Bracket(Compare("=", i, self.position(o, j)))
        return self.taps(self.tap(j) * hit)

    def forward(
        self, o: Operand, tap: Family | None = None, signal: Family | None = None
    ) -> Formula:
        """Output ``o``. Another kernel or input may be given as functions of the position."""
        j = Symbol("j")
        place = self.position(o, j)
        product = (tap or self.tap)(j) * (signal or self.signal)(place)
        return self.taps(product * within(place, self.size("input_size")))

    def output(self, tap: Family | None = None, signal: Family | None = None) -> Array:
        """The output as a vector of ``output_size`` entries."""
        return Array((self.outputs(),), ("o",), self.forward(Symbol("o"), tap, signal))

    def matrix(self) -> Array:
        """The matrix ``(output_size, input_size)`` that takes the input to the output."""
        shape = (self.outputs(), self.size("input_size"))
        return Array(shape, ("o", "i"), self.entry(Symbol("o"), Symbol("i")))

    def input_jacobian(self) -> Array:
        """``d out[o] / d x[i]``, rows are outputs, derived from `forward`."""
        shape = (self.outputs(), self.size("input_size"))
        derivative = differentiate(self.forward(Symbol("o")), self.signal(Symbol("i")))
        return Array(shape, ("o", "i"), derivative)

    def kernel_jacobian(self) -> Array:
        """``d out[o] / d w[t]``, rows are outputs, derived from `forward`."""
        shape = (self.outputs(), self.size("kernel_size"))
        derivative = differentiate(self.forward(Symbol("o")), self.tap(Symbol("t")))
        return Array(shape, ("o", "t"), derivative)

    def input_gradient(self, upstream: str = "dL_do") -> Array:
        """``dL/dx[i] = sum_o dL/do[o] * d out[o]/d x[i]``, a vector of ``input_size`` entries."""
        jacobian = self.input_jacobian()
        summed = self._over_outputs(upstream, jacobian.entry)
        return Array((self.size("input_size"),), ("i",), summed)

    def kernel_gradient(self, upstream: str = "dL_do") -> Array:
        """``dL/dw[t] = sum_o dL/do[o] * d out[o]/d w[t]``, a vector of ``kernel_size`` entries."""
        jacobian = self.kernel_jacobian()
        summed = self._over_outputs(upstream, jacobian.entry)
        return Array((self.size("kernel_size"),), ("t",), summed)

    def linear_map(self) -> LinearMap:
        """The matrix as an index table. Raises AuthorError where a size is symbolic."""
        import numpy as np

        size, taps = self.concrete("input_size"), self.concrete("kernel_size")
        stride, padding = self.concrete("stride"), self.concrete("padding")
        dilation = self.concrete("dilation")
        rows = self.concrete("outputs")
        columns = stride * np.arange(rows, dtype=np.int32)[:, None]
        columns = columns + (dilation * np.arange(taps, dtype=np.int32) - padding)
        return LinearMap.from_taps((rows, size), columns, weight=self.weight, first=self.first)

    def sympy(self) -> Matrix:
        """The matrix under SymPy's own type, its entries members of an IndexedBase."""
        return self.linear_map().sympy()

    def jacobian(self) -> Matrix:
        """``d out / d x`` as SymPy derives it from the written-out output; rows are outputs."""
        import sympy

        from symcnn.formula.sympy_bridge import to_sympy

        size = self.concrete("input_size")
        inputs = [to_sympy(self.signal(i)) for i in range(size)]
        outputs = self.sympy() * sympy.Matrix(inputs)
        return outputs.jacobian(inputs)

    def _over_outputs(self, upstream: str, entry: Formula) -> Formula:
        o = Symbol("o")
        return Sum(self.member(upstream, o) * entry, "o", formula(0), shifted(self.outputs(), -1))
