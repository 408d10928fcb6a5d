"""What follows from the rule of a convolution: its matrix, its Jacobians and its gradients."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from symcnn.formula.arrays import Array
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Formula, Operand, Symbol, mul
from symcnn.layers.convolution import Convolution, Names
from symcnn.layers.sizes import over

if TYPE_CHECKING:
    from sympy import Matrix


class Differentiable(Convolution):
    """Indices of outputs come first everywhere: row ``o`` and column ``i`` of a Jacobian."""

    __slots__ = ()

    @abstractmethod
    def forward(self, *at: Operand) -> Formula:
        """The output at a place."""

    @abstractmethod
    def entry(self, *at: Operand) -> Formula:
        """How much an input counts in an output: the output's place, then the input's."""

    @abstractmethod
    def input_shape(self) -> tuple[Formula, ...]:
        """``(in_channels, *input_size)``."""

    @abstractmethod
    def output_shape(self) -> tuple[Formula, ...]:
        """``(out_channels, *output_size)``."""

    @abstractmethod
    def output_names(self) -> Names:
        """The index names of an output."""

    @abstractmethod
    def input_names(self) -> Names:
        """The index names of an input."""

    def matrix(self) -> Array:
        """All entries: shape ``(*output_shape, *input_shape)``, a matrix where each is one size."""
        names = (*self.output_names(), *self.input_names())
        shape = (*self.output_shape(), *self.input_shape())
        return Array(shape, names, self.entry(*map(Symbol, names)))

    def transposed_matrix(self) -> Array:
        """The same entries with inputs as rows: shape ``(*input_shape, *output_shape)``."""
        names = (*self.input_names(), *self.output_names())
        shape = (*self.input_shape(), *self.output_shape())
        return Array(shape, names, self.matrix().entry)

    def input_jacobian(self) -> Array:
        """``d out / d x``, indices of the output first, derived from `forward`."""
        rows, columns = self.output_names(), self.input_names()
        value = self.forward(*map(Symbol, rows))
        derivative = differentiate(value, self.signal(*map(Symbol, columns)))
        return Array((*self.output_shape(), *self.input_shape()), (*rows, *columns), derivative)

    def kernel_jacobian(self) -> Array:
        """``d out / d w``, indices of the output first, derived from `forward`."""
        rows, columns = self.output_names(), self.weight_names()
        value = self.forward(*map(Symbol, rows))
        derivative = differentiate(value, self.tap(*map(Symbol, columns)))
        return Array((*self.output_shape(), *self.weight_shape()), (*rows, *columns), derivative)

    def input_gradient(self, upstream: str = "dL_do") -> Array:
        """``dL/dx = sum_o dL/do * d out/dx``, of the shape of the input."""
        summed_up = self._over_outputs(upstream, self.input_jacobian().entry)
        return Array(self.input_shape(), self.input_names(), summed_up)

    def kernel_gradient(self, upstream: str = "dL_do") -> Array:
        """``dL/dw = sum_o dL/do * d out/dw``, of the shape of the weight."""
        summed_up = self._over_outputs(upstream, self.kernel_jacobian().entry)
        return Array(self.weight_shape(), self.weight_names(), summed_up)

    def jacobian(self) -> Matrix:
        """``d out / d x`` as SymPy derives it from the written-out output; rows are outputs."""
        import sympy

        from symcnn.formula.sympy_bridge import to_sympy
        from symcnn.layers.tables import members

        inputs = [to_sympy(each) for each in members(self.signal, self.input_shape(), self.owner)]
        return (self.sympy() * sympy.Matrix(inputs)).jacobian(inputs)

    def weight_names(self) -> Names:
        """``e`` and ``d`` for the channels of a weight, ``u`` or ``u_1, u_2``, ... for the taps."""
        return (*self.channel_name("e"), *self.channel_name("d"), *self.names("u"))

    def _over_outputs(self, upstream: str, entry: Formula) -> Formula:
        names = self.output_names()
        weight = self.member(upstream, *map(Symbol, names))
        return over(mul((weight, entry)), *zip(names, self.output_shape(), strict=True))
