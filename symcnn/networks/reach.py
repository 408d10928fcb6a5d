"""Receptive fields of networks: windows one after the other, everything at once, paths that meet.

What a window does to a field is said by `symcnn.layers.receptive_field`.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.errors import AuthorError
from symcnn.formula.conditions import And, Compare, Condition
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.formula.plain import plain
from symcnn.layers.receptive_field import ReceptiveField as ReceptiveField
from symcnn.layers.sizes import folded, known, less_one, product
from symcnn.networks.shapes import differ

PIXEL = ReceptiveField(formula(1), formula(1), formula(0))


def everything(field: ReceptiveField, positions: Operand) -> ReceptiveField:
    """Behind a layer that reads all of ``positions``: ``size + (positions - 1)*jump``.

    >>> str(everything(PIXEL, 7).size.value)
    '7'
    """
    grown = product(less_one(formula(positions)), field.jump)
    size = field.size if known(grown) == 0 else folded(field.size + grown)
    return ReceptiveField(size, field.jump, field.start)


def centre(field: ReceptiveField) -> Formula:
    """The middle of what output 0 sees: ``start + (size - 1)/2``.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks"
    (2019), whose padding P is ``-start``.

    >>> centre(everything(PIXEL, 7))
    Rational(3)
    """
    return folded(field.start + (field.size - 1) / 2)


def joined(fields: Sequence[ReceptiveField], owner: str) -> ReceptiveField:
    """What an output of parallel paths sees: from the least start to the greatest end.

    Raises AuthorError where the paths certainly move in different steps.

    >>> str(joined((PIXEL, everything(PIXEL, 5)), "Branches").size.value)
    '5'
    """
    first = fields[0]
    for other in fields[1:]:
        if differ(first.jump, other.jump):
            raise AuthorError(
                f"{owner}: the paths move in steps of {plain(first.jump)} and {plain(other.jump)} "
                "inputs, so their outputs do not lie beside each other"
            )
    if all(other == first for other in fields):
        return first
    starts = [each.start for each in fields]
    ends = [folded(each.start + each.size) for each in fields]
    start, end = _extreme("min", starts), _extreme("max", ends)
    return ReceptiveField(folded(end - start), first.jump, start)


def aligned(fields: Sequence[ReceptiveField]) -> Condition:
    """The paths agree on the centre of what output 0 sees.

    Source: the same paper, which refuses networks whose paths do not.

    >>> aligned((PIXEL, everything(PIXEL, 3)))
    Compare('=', Rational(0), Rational(1))
    """
    centres = [centre(each) for each in fields]
    equal = tuple(Compare("=", centres[0], other) for other in centres[1:])
    return And(equal) if len(equal) > 1 else equal[0] if equal else Compare("=", 0, 0)


def _extreme(name: str, values: list[Formula]) -> Formula:
    different = list(dict.fromkeys(values))
    return different[0] if len(different) == 1 else folded(Call(name, tuple(different)))
