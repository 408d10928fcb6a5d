"""The Inception module: four branches of one input, joined along the channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import Formulas, Pair, count, counts, folded, product, total


class Step(NamedTuple):
    """One convolution of a module: ``kernel_size`` x ``kernel_size``, padded to keep the size."""

    name: str
    in_channels: Formula
    out_channels: Formula
    kernel_size: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Inception:
    """Branches 1x1; 1x1 then 3x3; 1x1 then 5x5; 3x3 max-pooling then 1x1. Stride 1, size kept.

    The input has shape (in_channels, H, W), the output (sum of the branches' channels, H, W). The
    channels are named as in torchvision's class of the same name; ``large_kernel`` is 5 in the
    paper and 3 in torchvision. Source: Szegedy et al., "Going deeper with convolutions" (2015),
    figure 2b and table 1.

    >>> module = Inception(in_channels=192, ch1x1=64, ch3x3red=96, ch3x3=128, ch5x5red=16, ch5x5=32,
    ...     pool_proj=32, input_size=28)
    >>> module.out_channels(), folded(module.macs())
    (Rational(256), Rational(128049152))
    """

    in_channels: Operand
    ch1x1: Operand
    ch3x3red: Operand
    ch3x3: Operand
    ch5x5red: Operand
    ch5x5: Operand
    pool_proj: Operand
    input_size: Operand | Pair
    large_kernel: Operand = 5

    def __post_init__(self) -> None:
        names = "in_channels ch1x1 ch3x3red ch3x3 ch5x5red ch5x5 pool_proj large_kernel"
        for name in names.split():
            value = count("Inception", name, getattr(self, name))
            object.__setattr__(self, name, value)
        pair = counts("Inception", "input_size", self.input_size)
        object.__setattr__(self, "input_size", pair)

    def branches(self) -> tuple[tuple[Step, ...], ...]:
        """The convolutions of each branch, in order."""
        inputs, one = self._size("in_channels"), formula(1)
        middle, large = self._size("ch3x3red"), self._size("ch5x5red")
        return (
            (Step("1x1", inputs, self._size("ch1x1"), one),),
            (
                Step("3x3 reduce", inputs, middle, one),
                Step("3x3", middle, self._size("ch3x3"), formula(3)),
            ),
            (
                Step("5x5 reduce", inputs, large, one),
                Step("5x5", large, self._size("ch5x5"), self._size("large_kernel")),
            ),
            (Step("pool projection", inputs, self._size("pool_proj"), one),),
        )

    def without_reduction(self) -> tuple[tuple[Step, ...], ...]:
        """The naive module of figure 2a with the same outputs: no 1x1 before 3x3 and 5x5."""
        inputs = self._size("in_channels")
        return tuple((branch[-1]._replace(in_channels=inputs),) for branch in self.branches())

    def out_channels(self) -> Formula:
        """``ch1x1 + ch3x3 + ch5x5 + pool_proj``."""
        return folded(total(branch[-1].out_channels for branch in self.branches()))

    def parameters(self, bias: bool = False) -> Formula:
        """The weights of the six convolutions, one term each."""
        return total(
            conv_parameters(step.in_channels, step.out_channels, step.kernel_size, bias=bias)
            for branch in self.branches()
            for step in branch
        )

    def macs(self) -> Formula:
        """The multiply-accumulates of the six convolutions, one term each; pooling counts none."""
        return self._macs(self.branches())

    def macs_without_reduction(self) -> Formula:
        """The same outputs with the kernels on all input channels."""
        return self._macs(self.without_reduction())

    def reduction_saves(self, kernel_size: Operand, reduced: Operand, out: Operand) -> Formula:
        """MACs a position: ``K^2*C_in*out - (C_in*reduced + K^2*reduced*out)``, positive if saved.

        A reduction to ``reduced`` channels pays where
        ``reduced*(C_in + K^2*out) < K^2*C_in*out``.
        """
        inputs = self._size("in_channels")
        direct = conv_parameters(inputs, out, kernel_size)
        return (
            direct - conv_parameters(inputs, reduced) - conv_parameters(reduced, out, kernel_size)
        )

    def receptive_fields(self) -> tuple[Formula, ...]:
        """How far each branch sees, per side: 1, 3, 5 and 3 (the pooling window)."""
        return (formula(1), formula(3), self._size("large_kernel"), formula(3))

    def _macs(self, branches: tuple[tuple[Step, ...], ...]) -> Formula:
        sides: Formulas = counts("Inception", "input_size", self.input_size)
        return total(
            conv_macs(sides, step.in_channels, step.out_channels, step.kernel_size)
            for branch in branches
            for step in branch
        )

    def _size(self, name: str) -> Formula:
        return product(formula(getattr(self, name)))
