"""What every module of a network can say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.sizes import total
from symcnn.networks.costs import CostConvention, Operations, convention
from symcnn.networks.reach import PIXEL, ReceptiveField
from symcnn.networks.shapes import Shape, shaped


class Module(ABC):
    """A layer without its input: shapes and costs are asked for with the shape of what comes in.

    A shape is (channels, height, width) or (features,), without a batch. Every method raises
    AuthorError where the shape does not fit, naming the layers on the way to the one that refuses.
    """

    __slots__ = ()

    @property
    def kind(self) -> str:
        """The name of the class, as PyTorch has it."""
        return type(self).__name__

    @abstractmethod
    def shape_after(self, shape: Shape) -> Shape:
        """The shape of the output for a shape of formulas."""

    def own_parameters(self) -> Formula:
        """The trainable numbers of this module itself."""
        return formula(0)

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        """What is computed for one input of this shape."""
        return ()

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        """What an output sees, if the input's entries see ``reach``; axis 0 is height, 1 width."""
        return reach

    def leaves(self) -> Iterator[Module]:
        """The modules that hold no others, in order."""
        yield self

    def output_shape(self, shape: tuple[Operand, ...]) -> Shape:
        """The shape of the output. Raises AuthorError where the input does not fit.

        >>> from symcnn.networks import Conv2d
        >>> Conv2d(3, 64, 7, stride=2, padding=3).output_shape((3, 224, 224))
        (Rational(64), Rational(112), Rational(112))
        """
        return self.shape_after(shaped(self.kind, shape))

    def parameters(self) -> Formula:
        """Trainable numbers, one term a layer. A module that occurs twice is shared: counted once.

        >>> from symcnn.formula.plain import plain
        >>> from symcnn.networks import Conv2d
        >>> plain(Conv2d(3, 64, 7).parameters())
        '64*3*7*7 + 64'
        """
        different = {id(leaf): leaf for leaf in self.leaves()}
        return total(leaf.own_parameters() for leaf in different.values())

    def macs(self, shape: tuple[Operand, ...]) -> Formula:
        """Multiply-accumulates for one input, taps on padding counted, one term a layer."""
        return self.cost(shape, "macs")

    def cost(self, shape: tuple[Operand, ...], by: str | CostConvention) -> Formula:
        """The cost of one input under a convention, one term for each step that counts."""
        sizes = shaped(self.kind, shape)
        self.shape_after(sizes)
        return convention(by).cost(self.operations(sizes))

    def receptive_field(self, shape: tuple[Operand, ...], axis: int = 0) -> ReceptiveField:
        """What an output sees of an input of this shape, along height (0) or width (1).

        >>> from symcnn.networks import Conv2d
        >>> Conv2d(1, 1, 3, dilation=2).receptive_field((1, 9, 9)).size
        Rational(5)
        """
        sizes = shaped(self.kind, shape)
        self.shape_after(sizes)
        return self.reach_after(PIXEL, sizes, axis)
