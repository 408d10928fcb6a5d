"""The window of a two-dimensional layer: one index relation for the rows, one for the columns."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.binders import Sum
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Formula, Operand, Symbol, formula
from symcnn.layers.conv1d import Conv1d
from symcnn.layers.sizes import Formulas, Pair, counts, folded, known, less_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Window2d:
    """Output ``(p, q)`` meets input ``stride*(p, q) + dilation*(u, v) - padding`` with tap (u, v).

    Every number is one size or a pair (height, width), named as in ``torch.nn.Conv2d``. Raises
    AuthorError for an impossible geometry, like `Conv1d`, whose relation holds on each axis.

    >>> Window2d(input_size=(5, 7), kernel_size=3, stride=2).output_size()
    (Rational(2), Rational(3))
    """

    input_size: Operand | Pair
    kernel_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair = 0
    dilation: Operand | Pair = 1

    def __post_init__(self) -> None:
        for name in ("input_size", "kernel_size", "stride", "padding", "dilation"):
            least = 0 if name == "padding" else 1
            pair = counts("Window2d", name, getattr(self, name), least)
            object.__setattr__(self, name, pair)
        self.axes()

    def axes(self) -> tuple[Conv1d, Conv1d]:
        """The relation of the rows and that of the columns."""
        rows, columns = (
            Conv1d(
                input_size=self.pair("input_size")[axis],
                kernel_size=self.pair("kernel_size")[axis],
                stride=self.pair("stride")[axis],
                padding=self.pair("padding")[axis],
                dilation=self.pair("dilation")[axis],
            )
            for axis in (0, 1)
        )
        return rows, columns

    def pair(self, name: str) -> Formulas:
        """One of the five numbers as formulas of height and width."""
        height, width = getattr(self, name)
        return formula(height), formula(width)

    def output_size(self) -> Formulas:
        """``floor((input_size + 2*padding - dilation*(kernel_size-1) - 1)/stride) + 1``, twice."""
        rows, columns = (folded(axis.output_size()) for axis in self.axes())
        return rows, columns

    def place(self, output: Pair, tap: Pair) -> Formulas:
        """The input position that an output meets with a tap."""
        rows, columns = self.axes()
        return rows.position(output[0], tap[0]), columns.position(output[1], tap[1])

    def inside(self, place: Formulas) -> tuple[Formula, ...]:
        """The bracket of ``0 <= place < input_size`` on the axes that are padded, else nothing."""
        limits = zip(place, self.pair("input_size"), self.pair("padding"), strict=True)
        conditions = [
            condition
            for at, size, padding in limits
            if known(padding) != 0
            for condition in (Compare("<=", 0, at), Compare("<", at, size))
        ]
        return (Bracket(And(tuple(conditions))),) if conditions else ()

    def taps(self, body: Formula) -> Formula:
        """``sum_u sum_v body`` over the taps of the kernel."""
        height, width = self.pair("kernel_size")
        inner = Sum(body, "v", formula(0), less_one(width))
        return Sum(inner, "u", formula(0), less_one(height))

    def real_taps(self) -> Formulas:
        """Per axis: how many pairs of output and tap meet the input rather than padding."""
        rows, columns = (
            self._hits(axis, size)
            for axis, size in zip(self.axes(), self.output_size(), strict=True)
        )
        return rows, columns

    @staticmethod
    def _hits(axis: Conv1d, outputs: Formula) -> Formula:
        at = axis.position(Symbol("p"), Symbol("u"))
        hit = Bracket(And((Compare("<=", 0, at), Compare("<", at, axis.size("input_size")))))
        taps = Sum(hit, "u", formula(0), less_one(axis.size("kernel_size")))
        return Sum(taps, "p", formula(0), less_one(outputs))
