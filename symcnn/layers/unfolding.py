"""A kernel written as matrices, and the convolution as a sum of rank-one terms."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import (
    Formulas,
    Pair,
    apart,
    area,
    counts,
    folded,
    over,
    product,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfolding:
    """A kernel ``W[o,c,u,v]`` of shape (C_out, C_in, K_h, K_w) written as matrices.

    ``by_output``: (C_out, C_in*K_h*K_w), whose rank R gives R rank-one convolutions, a K x K one to
    R maps and a 1x1 one. ``of_channel``: (C_out, K_h*K_w) for one input channel; the kernel is
    depthwise separable exactly where each of these has rank at most 1. Source: linear algebra;
    Eckart and Young (1936) for the best approximation by truncating the singular values.

    >>> Unfolding(out_channels=2, in_channels=3, kernel_size=2).by_output().shape
    (Rational(2), Rational(12))
    """

    out_channels: Operand
    in_channels: Operand
    kernel_size: Operand | Pair
    weight: str = "W"

    def by_output(self) -> Array:
        """Entry (o, (c*K_h + u)*K_w + v) is ``W[o,c,u,v]``."""
        height, width = self._sides()
        shape = formula(self.out_channels), folded(product(self.in_channels, height, width))
        m, one = Symbol("m"), product(height, width)
        channel = Call("floor", (m / one,))
        row = Call("floor", (Call("mod", (m, one)) / width,))
        entry = Index(self.weight, (Symbol("o"), channel, row, Call("mod", (m, width))))
        return Array(shape, ("o", "m"), entry)

    def of_channel(self, c: Operand) -> Array:
        """Entry (o, u*K_w + v) is ``W[o,c,u,v]``."""
        height, width = self._sides()
        shape = formula(self.out_channels), folded(product(height, width))
        m = Symbol("m")
        row, column = Call("floor", (m / width,)), Call("mod", (m, width))
        return Array(shape, ("o", "m"), Index(self.weight, (Symbol("o"), formula(c), row, column)))

    def dimensions(self) -> Formulas:
        """Free numbers of a depthwise separable kernel, and of a full one.

        ``C_in*(K^2 + C_out - 1)`` (a matrix of rank 1 has rows + columns - 1) and
        ``C_in*C_out*K^2``.
        """
        taps, outputs = area(self._sides()), formula(self.out_channels)
        inputs = formula(self.in_channels)
        return product(inputs, taps + outputs - 1), product(inputs, outputs, taps)

    def at_once(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """The convolution with the kernel ``sum_r U[o,r]*V[r,c,u,v]``, a sum of R rank-one terms.

        Read along ``by_output`` the terms are outer products: a singular value decomposition is one
        such sum, with ``U[o,r]`` and ``V[r,c,u,v]`` the singular vectors and a factor sigma_r.
        """
        r, c, u, v = (Symbol(name) for name in ("r", "c", "u", "v"))
        return apart(
            lambda o, p, q: over(
                over(Index("U", (o, r)) * Index("V", (r, c, u, v)), ("r", Symbol("R")))
                * self._seen(p, q),
                *self._window(),
            ),
            o, p, q,
        )  # fmt: skip

    def in_two_layers(self, o: Operand, p: Operand, q: Operand) -> Formula:
        """``sum_r U[o,r] * (sum_{c,u,v} V[r,c,u,v]*x[c, p+u, q+v])``: K x K to R maps, then 1x1."""
        r, c, u, v = (Symbol(name) for name in ("r", "c", "u", "v"))
        kernel, window, maps = Index("V", (r, c, u, v)), self._window(), ("r", Symbol("R"))
        return apart(
            lambda o, p, q: over(
                Index("U", (o, r)) * over(kernel * self._seen(p, q), *window), maps
            ),
            o, p, q,
        )  # fmt: skip

    def decomposed_parameters(self, rank: Operand) -> Formula:
        """``R*(C_in*K^2 + C_out)``: less than ``C_out*C_in*K^2`` for a small enough rank only."""
        taps = product(self.in_channels, area(self._sides()))
        return product(rank, taps + formula(self.out_channels))

    def _seen(self, p: Formula, q: Formula) -> Formula:
        place = (p + Symbol("u"), q + Symbol("v"))
        return Index("x", (Symbol("c"), *place))

    def _window(self) -> tuple[tuple[str, Formula], ...]:
        height, width = self._sides()
        return (("c", formula(self.in_channels)), ("u", height), ("v", width))

    def _sides(self) -> Formulas:
        return counts("Unfolding", "kernel_size", self.kernel_size)
