"""Receptive fields: which inputs an output can see, as an interval that moves in even steps."""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.errors import AuthorError
from symcnn.formula.conditions import And, Compare, Condition
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.formula.plain import plain
from symcnn.layers.sizes import folded, known, less_one, product
from symcnn.networks.shapes import differ


@frozen
class Reach:
    """Output ``o`` sees inputs ``start + jump*o`` to ``start + jump*o + size - 1`` of one axis.

    Positions below 0 and beyond the input are padding. Source: Araujo et al., "Computing receptive
    fields of convolutional neural networks" (2019); their padding P is ``-start``.

    >>> two = Reach().windowed(3, 1, 1).windowed(3, 2, 1)
    >>> [str(value.value) for value in (two.size, two.jump, two.start)]
    ['5', '2', '-2']
    """

    size: Formula = formula(1)
    jump: Formula = formula(1)
    start: Formula = formula(0)

    def windowed(
        self, kernel: Operand, stride: Operand = 1, padding: Operand = 0, dilation: Operand = 1
    ) -> Reach:
        """Behind a convolution or a pooling.

        ``size + dilation*(kernel - 1)*jump``, ``jump*stride``, ``start - padding*jump``.
        """
        grown = product(dilation, less_one(formula(kernel)), self.jump)
        moved = product(padding, self.jump)
        return Reach(
            size=_plus(self.size, grown),
            jump=folded(product(self.jump, stride)),
            start=folded(self.start - moved) if known(moved) != 0 else self.start,
        )

    def everything(self, positions: Operand) -> Reach:
        """Behind a layer that reads all of ``positions``: ``size + (positions - 1)*jump``."""
        return Reach(
            size=_plus(self.size, product(less_one(formula(positions)), self.jump)),
            jump=self.jump,
            start=self.start,
        )

    def centre(self) -> Formula:
        """The middle of what output 0 sees: ``start + (size - 1)/2``."""
        return folded(self.start + (self.size - 1) / 2)


def joined(reaches: Sequence[Reach], owner: str) -> Reach:
    """What an output of parallel paths sees: from the least start to the greatest end.

    Raises AuthorError where the paths certainly move in different steps.
    """
    first = reaches[0]
    for other in reaches[1:]:
        if differ(first.jump, other.jump):
            raise AuthorError(
                f"{owner}: the paths move in steps of {plain(first.jump)} and {plain(other.jump)} "
                "inputs, so their outputs do not lie beside each other"
            )
    if all(other == first for other in reaches):
        return first
    starts = [each.start for each in reaches]
    ends = [folded(each.start + each.size) for each in reaches]
    start, end = _extreme("min", starts), _extreme("max", ends)
    return Reach(size=folded(end - start), jump=first.jump, start=start)


def aligned(reaches: Sequence[Reach]) -> Condition:
    """The paths agree on the centre of what output 0 sees.

    Source: the same paper, which refuses networks whose paths do not.
    """
    centres = [each.centre() for each in reaches]
    equal = tuple(Compare("=", centres[0], other) for other in centres[1:])
    return And(equal) if len(equal) > 1 else equal[0] if equal else Compare("=", 0, 0)


def _plus(size: Formula, grown: Formula) -> Formula:
    return size if known(grown) == 0 else folded(size + grown)


def _extreme(name: str, values: list[Formula]) -> Formula:
    different = list(dict.fromkeys(values))
    return different[0] if len(different) == 1 else folded(Call(name, tuple(different)))
