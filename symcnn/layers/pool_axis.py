"""The windows of a pooling along one axis: where they lie, how many there are, what they count."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.sizes import count, folded, known, product, total


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAxis:
    """Window ``o`` covers ``stride*o + dilation*j - padding``, j = 0 .. kernel_size - 1.

    ``stride=None`` is the kernel size, as in PyTorch; there the padding is at most half of the
    kernel, and ``ceil_mode`` rounds the number of windows up, but drops the last one where it
    would begin in the padding on the right. Raises AuthorError for an impossible geometry.

    >>> [known(PoolAxis(input_size=5, kernel_size=2, stride=2, ceil_mode=c).output_size())
    ...  for c in (False, True)]
    [2, 3]
    """

    input_size: Operand
    kernel_size: Operand
    stride: Operand | None = None
    padding: Operand = 0
    dilation: Operand = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        for name in ("input_size", "kernel_size", "step", "padding", "dilation"):
            count("pooling", name, self.size(name), 0 if name == "padding" else 1)
        kernel, padding = known(self.size("kernel_size")), known(self.size("padding"))
        if kernel is not None and padding is not None and 2 * padding > kernel:
            raise AuthorError(
                f"pooling: padding is {padding}, but it is at most half of the kernel ({kernel}/2)"
            )
        span = known(self.span())
        if span is not None and span < 0:
            raise AuthorError(
                f"pooling: the window covers {known(self.reach())} positions, but the padded input "
                f"has {known(self.padded())}"
            )

    def size(self, name: str) -> Formula:
        """One of the numbers as a Formula; ``step`` is the stride, by default the kernel size."""
        if name == "step":
            return formula(self.kernel_size if self.stride is None else self.stride)
        return formula(getattr(self, name))

    def padded(self) -> Formula:
        """``input_size + 2*padding``."""
        return total((self.size("input_size"), product(2, self.size("padding"))))

    def reach(self) -> Formula:
        """``dilation*(kernel_size - 1) + 1``: from the first to the last position of a window."""
        if known(self.size("dilation")) == 1:
            return self.size("kernel_size")
        return self.size("dilation") * (self.size("kernel_size") - 1) + 1

    def span(self) -> Formula:
        """``padded - reach``: how far a window can move."""
        return self.padded() - self.reach()

    def output_size(self) -> Formula:
        """``floor(span/stride) + 1``; in ceil mode ``ceil(span/stride) + 1``, less a dropped one.

        The last window is dropped where its start, ``stride*(size - 1)``, is at least
        ``input_size + padding``.
        """
        step = self.size("step")
        if not self.ceil_mode:
            return folded(Call("floor", (self.span() / step,)) + 1)
        last = Call("ceil", (self.span() / step,))
        right = total((self.size("input_size"), self.size("padding")))
        return folded(last + 1 - Bracket(Compare(">=", step * last, right)))

    def start(self, o: Operand) -> Formula:
        """``stride*o - padding``: the first position of a window, in the padding where negative."""
        first = product(self.size("step"), o)
        return first if known(self.size("padding")) == 0 else first - self.size("padding")

    def position(self, o: Operand, j: Operand) -> Formula:
        """``start(o) + dilation*j``."""
        return self.start(o) + product(self.size("dilation"), j)

    def covered(self, o: Operand) -> tuple[int, ...]:
        """The positions of the input in a window. Raises AuthorError where a size is symbolic."""
        taps = range(self.concrete("kernel_size"))
        places = [known(self.position(o, j)) for j in taps]
        if None in places:
            raise AuthorError("pooling: a window of a padded input needs a number, not a symbol")
        size = self.concrete("input_size")
        return tuple(place for place in places if place is not None and 0 <= place < size)

    def concrete(self, name: str) -> int:
        """One of the numbers, or ``output_size``, as an int. Raises AuthorError if symbolic."""
        found = known(self.output_size() if name == "output_size" else self.size(name))
        if found is None:
            raise AuthorError(f"pooling: {name} is symbolic, but a written-out window needs it")
        return found

    def divisor(self, o: Operand, *, count_include_pad: bool = True) -> Formula:
        """How many positions an average divides by: with the padding, or those of the input only.

        Positions beyond the right padding, into which ceil mode can reach, never count:
        ``min(start + kernel, size + padding) - start``, or ``min(start + kernel, size) -
        max(start, 0)``. The dilation is 1 here, as in PyTorch.
        """
        kernel, size = self.size("kernel_size"), self.size("input_size")
        start, padding = self.start(o), self.size("padding")
        if count_include_pad:
            if not self.ceil_mode:
                return kernel
            return Call("min", (start + kernel, total((size, padding)))) - start
        if not self.ceil_mode and known(padding) == 0:
            return kernel
        return Call("min", (start + kernel, size)) - Call("max", (start, formula(0)))
