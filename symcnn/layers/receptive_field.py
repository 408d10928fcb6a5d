"""Receptive fields: which stretch of the input an output sees, through any stack of layers.

One layer after the other, from the index relation of each; and the closed form for stacks of any
depth. Sizes count padding as input: a receptive field may reach beyond the input's ends.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.formula.binders import Product, Sum
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Index, Operand, Symbol, formula, negative
from symcnn.layers.geometry import literal, plus, shifted, times
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import folded


@frozen
class ReceptiveField:
    """Output ``o`` sees the ``size`` positions of the input from ``jump*o + start`` on.

    >>> one = ReceptiveField.of([IndexRelation.gather(9, 3, padding=1)] * 2)
    >>> one.size, one.jump, one.start
    (Rational(5), Rational(1), Rational(-2))
    """

    size: Formula
    jump: Formula
    start: Formula

    @classmethod
    def of(cls, layers: Iterable[IndexRelation]) -> ReceptiveField:
        """Of a stack, the relation nearest to the input first; without layers a single position."""
        field = cls(formula(1), formula(1), formula(0))
        for relation in layers:
            field = field.behind(relation)
        return field

    def first(self, position: Operand) -> Formula:
        """The first position of the input that a position sees."""
        return plus(self.start, times(self.jump, formula(position)))

    def last(self, position: Operand) -> Formula:
        """The last position of the input that a position sees."""
        return self.first(position) + shifted(self.size, -1)

    def behind(self, relation: IndexRelation) -> ReceptiveField:
        """The field of the outputs of one more layer.

        Window ``o`` of the layer meets positions ``place(o, 0) .. place(o, kernel_size - 1)``, so
        the size grows by ``jump*dilation*(kernel_size - 1)``, the jump is multiplied by the stride
        and the start moves by ``-jump*padding``.
        """
        reach = times(relation.dilation, relation.kernel_size - 1)
        before = times(self.jump, relation.padding.before)
        if literal(relation.padding.before) != 0:
            start = plus(self.start, negative(before))
        else:
            start = self.start
        return ReceptiveField(
            size=folded(self.size + times(self.jump, reach)),
            jump=folded(times(self.jump, relation.stride)),
            start=folded(start),
        )


def receptive_field_size(
    layers: Operand, kernel: str = "k", stride: str = "s", dilation: str | None = None
) -> Formula:
    """``1 + sum_{l=1}^{layers} dilation[l]*(kernel[l] - 1)*prod_{m=1}^{l-1} stride[m]``.

    The closed form for any number of layers, numbered from 1 at the input; without a dilation all
    of them are 1. Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional
    neural networks" (2019).

    >>> from symcnn.formula.plain import plain
    >>> plain(receptive_field_size(Symbol("L")))
    '1 + Sum((k[l] - 1)*Prod(s[m], (m, 1, l - 1)), (l, 1, L))'
    """
    layer = Symbol("l")
    grown = Index(kernel, (layer,)) - 1
    if dilation is not None:
        grown = Index(dilation, (layer,)) * grown
    return 1 + Sum(grown * jump(layer - 1, stride), "l", formula(1), formula(layers))


def jump(layers: Operand, stride: str = "s") -> Formula:
    """``prod_{m=1}^{layers} stride[m]``: how far the field moves from one output to the next.

    >>> jump(0, "s").high
    Rational(0)
    """
    return Product(Index(stride, (Symbol("m"),)), "m", formula(1), formula(layers))
