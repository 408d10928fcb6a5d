"""The Inception module: four branches of one input, joined along the channels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Cases, Compare
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.conv2d import Conv2d
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.pooling import MaxPool2d
from symcnn.layers.sizes import (
    Formulas,
    Pair,
    apart,
    count,
    counts,
    folded,
    known,
    less_one,
    over,
    product,
    total,
)

Function = Callable[[Formula], Formula]
_WEIGHTS = (("W1",), ("R3", "W3"), ("R5", "W5"), ("WP",))


def relu(x: Formula) -> Formula:
    """``max(x, 0)``, which follows every convolution of the paper.

    >>> relu(Symbol("x"))
    Call('relu', (Symbol('x'),))
    """
    return Call("relu", (x,))


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

    def forward(self, f: Operand, p: Operand, q: Operand, activation: Function = relu) -> Formula:
        """Channel ``f`` of the joined branches at (p, q), ``activation`` after each convolution.

        ``W1``, ``W3``, ``W5`` and ``WP`` are the last weights of the branches, ``R3`` and ``R5``
        their reductions, all of shape (out_channels, in_channels, K, K). Where ``f`` is a symbol,
        the branch is told by cases. Raises AuthorError where ``f`` is no channel, where the large
        kernel is even, and in the pooling branch where (p, q) is symbolic.

        >>> from symcnn.formula.plain import plain
        >>> module = Inception(in_channels=2, ch1x1=1, ch3x3red=1, ch3x3=1, ch5x5red=1, ch5x5=1,
        ...     pool_proj=1, input_size=1)
        >>> plain(module.forward(3, 0, 0))
        'relu(Sum(WP[0, c, 0, 0]*x[c, 0, 0], (c, 0, 1)))'
        """
        cases: list[tuple[Formula, Formula]] = []
        place, start = known(f), formula(0)
        for number, branch in enumerate(self.branches()):
            end = folded(total((start, branch[-1].out_channels)))
            last = known(end)
            if place is None or last is None or 0 <= place < last:
                value = self.branch(number, folded(formula(f) - start), p, q, activation)
                if place is not None and last is not None and not cases:
                    return value
                cases.append((value, Compare("<", f, end)))
            start = end
        if not cases:
            raise AuthorError(
                f"Inception: channel {place} is outside 0 .. {known(less_one(start))}"
            )
        return Cases(tuple(cases))

    def branch(
        self, number: int, f: Operand, p: Operand, q: Operand, activation: Function = relu
    ) -> Formula:
        """Channel ``f`` of one branch, before they are joined; errors as `forward`."""
        steps, names = self.branches()[number], _WEIGHTS[number]
        if number == 3:
            value = apart(lambda f: over(self._projected(f, p, q), ("c", steps[0].in_channels)), f)
            return activation(value)
        last = self._conv(steps[-1], names[-1])
        if len(steps) == 1:
            return activation(apart(last.forward, f, p, q))
        first = self._conv(steps[0], names[0])

        def reduced(*at: Operand) -> Formula:
            return activation(apart(first.forward, *at))

        return activation(apart(lambda *at: last.forward(*at, signal=reduced), f, p, q))

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

    def _conv(self, step: Step, weight: str) -> Conv2d:
        return Conv2d(
            input_size=counts("Inception", "input_size", self.input_size),
            kernel_size=step.kernel_size,
            padding=folded((step.kernel_size - 1) / 2),
            in_channels=step.in_channels,
            out_channels=step.out_channels,
            weight=weight,
        )

    def _projected(self, f: Formula, p: Operand, q: Operand) -> Formula:
        sides = counts("Inception", "input_size", self.input_size)
        pool = MaxPool2d(input_size=sides, kernel_size=3, stride=1, padding=1)
        seen = tuple(Index("x", (Symbol("c"), *place)) for place in pool.window(p, q))
        greatest = Call("max", seen) if len(seen) > 1 else seen[0]
        return Index("WP", (f, Symbol("c"), formula(0), formula(0))) * greatest

    def _macs(self, branches: tuple[tuple[Step, ...], ...]) -> Formula:
        sides: Formulas = counts("Inception", "input_size", self.input_size)
        return total(
            conv_macs(sides, step.in_channels, step.out_channels, step.kernel_size)
            for branch in branches
            for step in branch
        )

    def _size(self, name: str) -> Formula:
        return product(formula(getattr(self, name)))
