"""The window of a two-dimensional layer: one index relation for the rows, one for the columns."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.relation import IndexRelation, over_taps
from symcnn.layers.sizes import Formulas, Pair, counts, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Window2d:
    """Output ``(p, q)`` meets input ``stride*(p, q) + dilation*(u, v) - padding`` with tap (u, v).

    Every number is one size or a pair (height, width), named as in ``torch.nn.Conv2d``. ``owner``
    is the name of the layer, with which errors begin. Raises AuthorError for an impossible
    geometry, as `IndexRelation`, which holds on each axis.

    >>> Window2d(input_size=(5, 7), kernel_size=3, stride=2).output_size()
    (Rational(2), Rational(3))
    """

    input_size: Operand | Pair
    kernel_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair = 0
    dilation: Operand | Pair = 1
    owner: str = "Window2d"

    def __post_init__(self) -> None:
        for name in ("input_size", "kernel_size", "stride", "padding", "dilation"):
            least = 0 if name == "padding" else 1
            pair = counts(self.owner, name, getattr(self, name), least)
            object.__setattr__(self, name, pair)
        self.axes()

    def axes(self) -> tuple[IndexRelation, IndexRelation]:
        """The relation of the rows and that of the columns."""
        rows, columns = (
            IndexRelation.gather(
                self.pair("input_size")[axis],
                self.pair("kernel_size")[axis],
                stride=self.pair("stride")[axis],
                padding=self.pair("padding")[axis],
                dilation=self.pair("dilation")[axis],
                owner=self.owner,
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
        rows, columns = self.axes()
        return rows.outputs, columns.outputs

    def place(self, output: Pair, tap: Pair) -> Formulas:
        """The input position that an output meets with a tap."""
        rows, columns = self.axes()
        return rows.place(output[0], tap[0]), columns.place(output[1], tap[1])

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
        return over_taps(over_taps(body, width, "v"), height, "u")

    def real_taps(self) -> Formulas:
        """Per axis: how many pairs of output and tap meet the input rather than padding."""
        rows, columns = self.axes()
        return rows.real_taps(), columns.real_taps()
