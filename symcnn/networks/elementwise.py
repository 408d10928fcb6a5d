"""Modules that keep the shape and see one entry at a time."""

from __future__ import annotations

from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.sizes import count, product
from symcnn.networks.costs import Operations
from symcnn.networks.module import Module
from symcnn.networks.shapes import Shape, elements, map_of


class Elementwise(Module):
    """Keeps every shape."""

    __slots__ = ()

    def shape_after(self, shape: Shape) -> Shape:
        return shape


@frozen
class Identity(Elementwise):
    """Gives what it gets."""


@frozen
class ReLU(Elementwise):
    """One comparison an entry (two for ReLU6, which is not told apart)."""

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return (Operations("comparison", elements(shape)),)


@frozen
class Sigmoid(Elementwise):
    """One exponential an entry."""

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return (Operations("exponential", elements(shape)),)


@frozen
class Dropout(Elementwise):
    """Free at inference, where the costs of a network are counted."""

    p: Operand = formula(1) / 2


@frozen
class BatchNorm2d(Elementwise):
    """Scale and shift of each channel: ``2*num_features`` trainable numbers.

    At inference a multiplication and an addition an entry, or nothing with ``folded``, where it has
    become part of the convolution before it. The running statistics are not trainable.

    >>> from symcnn.formula.plain import plain
    >>> plain(BatchNorm2d(64).parameters())
    '2*64'
    """

    num_features: Operand
    folded: bool = False

    def __post_init__(self) -> None:
        channels = count("BatchNorm2d", "num_features", self.num_features)
        object.__setattr__(self, "num_features", channels)

    def shape_after(self, shape: Shape) -> Shape:
        return map_of("BatchNorm2d", shape, self.num_features)

    def own_parameters(self) -> Formula:
        return product(2, self.num_features)

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return () if self.folded else (Operations("norm", product(2, elements(shape))),)
