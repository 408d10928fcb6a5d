"""The windows of a pooling along one axis: where they lie, how many there are, what they count."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import count, folded, known, total


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAxis:
    """Window ``o`` covers ``stride*o + dilation*j - padding``, j = 0 .. kernel_size - 1.

    The windows of an `IndexRelation`, whose kernel has no weights. ``stride=None`` is the kernel
    size, as in PyTorch; there the padding is at most half of the kernel, and ``ceil_mode`` rounds
    the number of windows up, but drops the last one where it would begin in the padding on the
    right. Errors begin with ``owner``. Raises AuthorError for an impossible geometry.

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
    owner: str = "pooling"

    def __post_init__(self) -> None:
        for name in ("input_size", "kernel_size", "padding", "dilation"):
            least = 0 if name == "padding" else 1
            object.__setattr__(self, name, count(self.owner, name, getattr(self, name), least))
        step = self.kernel_size if self.stride is None else self.stride
        object.__setattr__(self, "stride", count(self.owner, "stride", step))
        kernel, padding = known(self.kernel_size), known(self.padding)
        if kernel is not None and padding is not None and 2 * padding > kernel:
            raise AuthorError(
                f"{self.owner}: padding is {padding}, but it is at most half of the kernel "
                f"({kernel}/2)"
            )
        self.relation()

    def relation(self) -> IndexRelation:
        """Which positions a window meets, and how many windows there are without ceil mode."""
        return IndexRelation.gather(
            self.input_size,
            self.kernel_size,
            stride=self.size("stride"),
            padding=self.padding,
            dilation=self.dilation,
            owner=self.owner,
        )

    def size(self, name: str) -> Formula:
        """One of the numbers as a Formula."""
        return formula(getattr(self, name))

    def output_size(self) -> Formula:
        """``floor(span/stride) + 1``; in ceil mode ``ceil(span/stride) + 1``, less a dropped one.

        The last window is dropped where its start, ``stride*(size - 1)``, is at least
        ``input_size + padding``.
        """
        relation = self.relation()
        if not self.ceil_mode:
            return relation.outputs
        last = Call("ceil", (relation.span() / relation.stride,))
        right = total((relation.inputs, self.size("padding")))
        return folded(last + 1 - Bracket(Compare(">=", relation.stride * last, right)))

    def start(self, o: Operand) -> Formula:
        """``stride*o - padding``: the first position of a window, in the padding where negative."""
        return self.position(o, 0)

    def position(self, o: Operand, j: Operand) -> Formula:
        """``stride*o + dilation*j - padding``."""
        return self.relation().place(o, j)

    def covered(self, o: Operand) -> tuple[int, ...]:
        """The positions of the input in a window. Raises AuthorError where a size is symbolic."""
        taps = range(self.concrete("kernel_size"))
        places = [known(self.position(o, j)) for j in taps]
        if None in places:
            raise AuthorError(
                f"{self.owner}: a window of a padded input needs a number, not a symbol"
            )
        size = self.concrete("input_size")
        return tuple(place for place in places if place is not None and 0 <= place < size)

    def concrete(self, name: str) -> int:
        """One of the numbers, or ``output_size``, as an int. Raises AuthorError if symbolic."""
        found = known(self.output_size() if name == "output_size" else self.size(name))
        if found is None:
            raise AuthorError(
                f"{self.owner}: {name} is symbolic, but a written-out window needs it"
            )
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
