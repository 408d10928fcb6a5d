"""Softmax of a vector, its Jacobian, and the logarithm of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import count, less_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax:
    """``y[i] = exp(x[i]) / sum_k exp(x[k])`` over ``size`` entries, all positive, with sum 1.

    Raises AuthorError for an impossible size.

    >>> from symcnn.formula.plain import plain
    >>> plain(Softmax(size=3).forward(Symbol("i")))
    'exp(x[i])/Sum(exp(x[k]), (k, 0, 2))'
    """

    size: Operand
    input: str = "x"

    def __post_init__(self) -> None:
        count("Softmax", "size", self.size)

    def signal(self, i: Operand) -> Index:
        """The input's entry."""
        return Index(self.input, (formula(i),))

    def total(self, signal: Callable[[Formula], Formula] | None = None) -> Formula:
        """``sum_k exp(x[k])``."""
        body = Call("exp", ((signal or self.signal)(Symbol("k")),))
        return Sum(body, "k", formula(0), less_one(formula(self.size)))

    def forward(self, i: Operand, signal: Callable[[Formula], Formula] | None = None) -> Formula:
        """Output ``i``. ``signal`` is another input as a function of the position."""
        return Call("exp", ((signal or self.signal)(formula(i)),)) / self.total(signal)

    def output(self) -> Array:
        """The output as a vector of ``size`` entries."""
        return Array((formula(self.size),), ("i",), self.forward(Symbol("i")))

    def input_jacobian(self, i: Operand, j: Operand) -> Formula:
        """``d y[i] / d x[j]`` as the rules of differentiation leave it."""
        return differentiate(self.forward(i), self.signal(j))

    def jacobian(self, i: Operand, j: Operand) -> Formula:
        """``y[i] * ([i = j] - y[j])``: ``diag(y) - y y'``, symmetric, with rows that sum to 0."""
        same = Bracket(Compare("=", i, j))
        return self.forward(i) * (same - self.forward(j))

    def logarithm(self, i: Operand) -> Formula:
        """``log y[i] = x[i] - log(sum_k exp(x[k]))``."""
        return self.signal(i) - Call("log", (self.total(),))
