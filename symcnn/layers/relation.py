"""The index relation of a convolution on one axis: ``input = stride*o + dilation*j - padding``.

Sizes, entries, gradients, transposes, index tables and receptive fields of all convolutions are
derived from it, so that they cannot disagree. It knows neither channels nor weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Operand, Symbol, formula, negative
from symcnn.layers.geometry import literal, plus, shifted, times, within, without
from symcnn.layers.padding import Padding
from symcnn.layers.sizes import count, folded, known

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRelation:
    """Window ``o`` meets position ``stride*o + dilation*j - before`` with tap ``j``.

    ``0 <= o < outputs``, ``0 <= j < kernel_size``, and the position is real where it lies in
    ``0 .. inputs - 1``, else padding. A convolution reads along it, from positions to windows; a
    transposed convolution writes along it, from windows to positions.
    """

    inputs: Formula
    outputs: Formula
    kernel_size: Formula
    stride: Formula
    dilation: Formula
    padding: Padding

    @classmethod
    def gather(
        cls,
        input_size: Operand,
        kernel_size: Operand,
        stride: Operand = 1,
        padding: Operand | Padding = 0,
        dilation: Operand = 1,
        owner: str = "IndexRelation",
    ) -> IndexRelation:
        """The relation of a convolution: as many windows as the padded input holds.

        Raises AuthorError, beginning with ``owner``, for a number that is out of its range, and
        where the kernel is larger than the padded input.

        >>> from symcnn.formula import Symbol
        >>> from symcnn.formula.plain import plain
        >>> n, k, s = map(Symbol, "NKS")
        >>> plain(IndexRelation.gather(n, k, stride=s, padding=1).outputs)
        'floor((N + 2 - (K - 1) - 1)/S) + 1'
        >>> IndexRelation.gather(2, 5)
        Traceback (most recent call last):
            ...
        symcnn.errors.AuthorError: IndexRelation: the kernel covers 5 positions \
(dilation*(kernel_size - 1) + 1), but the padded input has 2 (input_size + padding)
        """
        inputs = count(owner, "input_size", input_size)
        taps, step, gap = _window(owner, kernel_size, stride, dilation)
        around = Padding.of(padding, owner)
        reach, padded = known(_reach(taps, gap)), known(folded(around.widened(inputs)))
        if reach is not None and padded is not None and reach > padded:
            raise AuthorError(
                f"{owner}: the kernel covers {reach} positions (dilation*(kernel_size - 1) + 1), "
                f"but the padded input has {padded} (input_size + padding)"
            )
        span = around.widened(inputs) - times(gap, shifted(taps, -1)) - 1
        windows = span + 1 if literal(step) == 1 else Call("floor", (span / step,)) + 1
        return cls(
            inputs=inputs, outputs=folded(windows), kernel_size=taps, stride=step, dilation=gap,
            padding=around,
        )  # fmt: skip

    @classmethod
    def scatter(
        cls,
        input_size: Operand,
        kernel_size: Operand,
        stride: Operand = 1,
        padding: Operand | Padding = 0,
        dilation: Operand = 1,
        output_padding: Operand = 0,
        owner: str = "IndexRelation",
    ) -> IndexRelation:
        """The relation of a transposed convolution, whose inputs are the windows.

        It writes to ``stride*(input_size - 1) + dilation*(kernel_size - 1) + 1`` positions, less
        the padding, plus ``output_padding`` at the end. Raises AuthorError as `gather`, where
        ``output_padding`` reaches both the stride and the dilation, and where nothing is left.

        >>> str(IndexRelation.scatter(4, 3, stride=2, padding=1, output_padding=1).inputs.value)
        '8'
        """
        windows = count(owner, "input_size", input_size)
        taps, step, gap = _window(owner, kernel_size, stride, dilation)
        around = Padding.of(padding, owner)
        extra = count(owner, "output_padding", output_padding, least=0)
        most = [known(step), known(gap)]
        added = known(extra)
        if added is not None and None not in most and added >= max(each or 0 for each in most):
            raise AuthorError(
                f"{owner}: output_padding is {added}, but it is smaller than the stride "
                f"({most[0]}) or the dilation ({most[1]})"
            )
        size = around.narrowed(times(step, shifted(windows, -1)))
        size = plus(size, times(gap, shifted(taps, -1)))
        size = folded((size if literal(extra) == 0 else size + extra) + 1)
        left = known(size)
        if left is not None and left < 1:
            raise AuthorError(
                f"{owner}: the output would have {left} entries: (input_size - 1)*stride - padding "
                "+ dilation*(kernel_size - 1) + output_padding + 1"
            )
        return cls(
            inputs=size, outputs=windows, kernel_size=taps, stride=step, dilation=gap,
            padding=around,
        )  # fmt: skip

    def place(self, o: Operand, j: Operand) -> Formula:
        """The position that window ``o`` meets with tap ``j``."""
        start = times(self.stride, formula(o))
        return without(plus(start, times(self.dilation, formula(j))), self.padding.before)

    def hit(self, i: Operand, o: Operand, j: Operand) -> Formula:
        """The bracket of the relation: 1 where window ``o`` meets position ``i`` with tap ``j``."""
        return Bracket(Compare("=", i, self.place(o, j)))

    def inside(self, o: Operand, j: Operand) -> Formula:
        """1 where the position is real, 0 where it is padding."""
        return within(self.place(o, j), self.inputs)

    def span(self) -> Formula:
        """How far the window moves: ``inputs + padding - dilation*(kernel_size - 1) - 1``."""
        return (
            self.padding.widened(self.inputs)
            - times(self.dilation, shifted(self.kernel_size, -1))
            - 1
        )

    def reach(self) -> Formula:
        """How many positions a window spans: ``dilation*(kernel_size - 1) + 1``."""
        return _reach(self.kernel_size, self.dilation)

    def left_over(self) -> Formula:
        """``mod(span, stride)``: the positions at the end that no window reaches."""
        return folded(Call("mod", (self.span(), self.stride)))

    def positions(self) -> Formula:
        """The number of windows whose first and last tap lie in the padded input.

        ``sum_o [-before <= place(o, 0) and place(o, kernel_size - 1) <= inputs - 1 + after]`` over
        all integers ``o``: the output size by its definition.
        """
        o = Symbol("o")
        last = self.place(o, shifted(self.kernel_size, -1))
        end = shifted(plus(self.padding.after, self.inputs), -1)
        start = self.padding.before
        low = formula(0) if literal(start) == 0 else negative(start)
        fits = And((Compare("<=", low, self.place(o, 0)), Compare("<=", last, end)))
        return Sum(Bracket(fits), "o")

    def real_taps(self) -> Formula:
        """``sum_o sum_j [0 <= place(o, j) < inputs]``: the taps that do not fall on padding."""
        hits = over_taps(self.inside(Symbol("o"), Symbol("j")), self.kernel_size)
        return Sum(hits, "o", formula(0), shifted(self.outputs, -1))

    def table(self) -> IntArray:
        """Positions as a NumPy array (outputs, kernel_size); -1 stands for padding.

        Raises AuthorError that names what is symbolic.

        >>> IndexRelation.gather(4, 3, padding=1, stride=2).table().tolist()
        [[-1, 0, 1], [1, 2, 3]]
        """
        import numpy as np

        windows = self.number("stride") * np.arange(self.number("outputs"), dtype=np.int64)
        taps = self.number("dilation") * np.arange(self.number("kernel_size"), dtype=np.int64)
        places = windows[:, None] + taps - concrete(self.padding.before, "padding")
        real = (places >= 0) & (places < self.number("inputs"))
        return np.where(real, places, -1)

    def number(self, name: str) -> int:
        """One of the numbers as an int. Raises AuthorError where it is symbolic."""
        return concrete(getattr(self, name), name)


def over_taps(body: Formula, kernel_size: Formula, variable: str = "j") -> Sum:
    """``sum_{j=0}^{kernel_size - 1} body``."""
    return Sum(body, variable, formula(0), shifted(kernel_size, -1))


def concrete(size: Formula, name: str, owner: str = "IndexRelation") -> int:
    """The number that a size is. Raises AuthorError where it is symbolic, naming it.

    >>> concrete(formula(3), "stride")
    3
    """
    found = known(size)
    if found is None:
        raise AuthorError(f"{owner}: {name} is symbolic, but a table of entries needs a number")
    return found


def _reach(taps: Formula, gap: Formula) -> Formula:
    return folded(shifted(times(gap, shifted(taps, -1)), 1))


def _window(
    owner: str, kernel_size: Operand, stride: Operand, dilation: Operand
) -> tuple[Formula, Formula, Formula]:
    named = (("kernel_size", kernel_size), ("stride", stride), ("dilation", dilation))
    taps, step, gap = (count(owner, name, value) for name, value in named)
    return taps, step, gap
