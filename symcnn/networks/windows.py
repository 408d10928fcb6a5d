"""Modules without weights that change the size: pooling, flattening, upsampling."""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.layers.sizes import Formulas, Pair, counts, folded, known, product
from symcnn.networks.costs import Operations
from symcnn.networks.module import Module
from symcnn.networks.reach import ReceptiveField, everything
from symcnn.networks.shapes import Shape, elements, map_of, pooled_up, relation_of, windowed


class Pool(Module):
    """A window that moves over each channel on its own."""

    __slots__ = ()
    operation = "comparison"
    kernel_size: Operand | Pair
    stride: Operand | Pair | None
    padding: Operand | Pair | str
    ceil_mode: bool

    def _check(self, owner: str, *more: str) -> None:
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel_size)
        for name in ("kernel_size", "stride", *more):
            object.__setattr__(self, name, counts(owner, name, getattr(self, name)))
        if isinstance(self.padding, str):
            return
        object.__setattr__(self, "padding", counts(owner, "padding", self.padding, 0))
        for side, pad in zip(self.pair("kernel_size"), self.pair("padding"), strict=True):
            taps, zeros = known(side), known(pad)
            if taps is not None and zeros is not None and 2 * zeros > taps:
                raise AuthorError(
                    f"{owner}: padding is {zeros}, but it is at most half of the kernel ({taps}): "
                    "a window would lie in the padding alone"
                )

    def pair(self, name: str) -> Formulas:
        """One of the spatial numbers, as formulas of height and width."""
        value = getattr(self, name, (1, 1))
        return formula(value[0]), formula(value[1])

    def numbers(self, axis: int) -> tuple[Formula, Formula, Formula | str, Formula]:
        """Kernel size, stride, padding and dilation along one axis."""
        kernel, stride, dilation = (
            self.pair(name)[axis] for name in ("kernel_size", "stride", "dilation")
        )
        padding = self.padding if isinstance(self.padding, str) else self.pair("padding")[axis]
        return kernel, stride, padding, dilation

    def shape_after(self, shape: Shape) -> Shape:
        channels, height, width = map_of(self.kind, shape)
        rule = pooled_up if self.ceil_mode else windowed
        rows = rule(self.kind, height, *self.numbers(0))
        return channels, rows, rule(self.kind, width, *self.numbers(1))

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        window = product(*self.pair("kernel_size"))
        return (Operations(self.operation, product(elements(self.shape_after(shape)), window)),)

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        return reach.behind(relation_of(self.kind, shape[1 + axis], *self.numbers(axis)))


@frozen
class MaxPool2d(Pool):
    """``torch.nn.MaxPool2d``: K_h*K_w comparisons an output. The stride is the kernel's size.

    >>> MaxPool2d(3, 2, ceil_mode=True).output_shape((64, 112, 112))
    (Rational(64), Rational(56), Rational(56))
    """

    kernel_size: Operand | Pair
    stride: Operand | Pair | None = None
    padding: Operand | Pair | str = 0
    dilation: Operand | Pair = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        self._check("MaxPool2d", "dilation")


@frozen
class AvgPool2d(Pool):
    """``torch.nn.AvgPool2d``: K_h*K_w operations an output (additions and one division).

    >>> AvgPool2d(2).output_shape((64, 7, 7))
    (Rational(64), Rational(3), Rational(3))
    """

    kernel_size: Operand | Pair
    stride: Operand | Pair | None = None
    padding: Operand | Pair | str = 0
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        self._check("AvgPool2d")

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        found = Pool.operations(self, shape)
        return tuple(Operations("addition", each.amount) for each in found)


@frozen
class AdaptiveAvgPool2d(Module):
    """``torch.nn.AdaptiveAvgPool2d`` to one position, ``output_size`` 1: the mean of each channel.

    >>> AdaptiveAvgPool2d().output_shape((512, 7, 7))
    (Rational(512), Rational(1), Rational(1))
    """

    output_size: int = 1

    def __post_init__(self) -> None:
        if self.output_size != 1:
            raise AuthorError(
                f"AdaptiveAvgPool2d: output_size is {self.output_size}, but only the mean of the "
                "whole channel (1) has windows of equal size"
            )

    def shape_after(self, shape: Shape) -> Shape:
        channels, _, _ = map_of("AdaptiveAvgPool2d", shape)
        return channels, formula(1), formula(1)

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return (Operations("addition", elements(shape)),)

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        return everything(reach, shape[1 + axis])


@frozen
class Flatten(Module):
    """(C, H, W) to (C*H*W,).

    >>> Flatten().output_shape((512, 7, 7))
    (Rational(25088),)
    """

    def shape_after(self, shape: Shape) -> Shape:
        return (folded(elements(shape)),)

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        return reach if len(shape) == 1 else everything(reach, shape[1 + axis])


@frozen
class Upsample(Module):
    """``torch.nn.Upsample`` by a whole factor; "bilinear" takes four MACs an output, else none.

    >>> Upsample(2).output_shape((8, 5, 5))
    (Rational(8), Rational(10), Rational(10))
    """

    scale_factor: Operand
    mode: str = "nearest"

    def __post_init__(self) -> None:
        if self.mode not in ("nearest", "bilinear"):
            raise AuthorError(f"Upsample: mode is nearest or bilinear, not {self.mode!r}")
        pair = counts("Upsample", "scale_factor", self.scale_factor)
        object.__setattr__(self, "scale_factor", pair[0])

    def shape_after(self, shape: Shape) -> Shape:
        channels, *sides = map_of("Upsample", shape)
        return (channels, *(folded(product(self.scale_factor, side)) for side in sides))

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        if self.mode == "nearest":
            return ()
        return (Operations("mac", product(4, elements(self.shape_after(shape)))),)

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        raise AuthorError(
            "Upsample: several outputs see the same input, so the receptive field does not move "
            "in even steps"
        )
