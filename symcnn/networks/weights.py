"""Modules with weights: convolutions, transposed convolutions, fully connected layers, gates."""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Operand, formula
from symcnn.formula.plain import plain
from symcnn.layers import linear
from symcnn.layers import squeeze_excitation as gates
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import Formulas, Pair, count, counts, total
from symcnn.networks.costs import Operations
from symcnn.networks.module import Module
from symcnn.networks.reach import ReceptiveField, everything
from symcnn.networks.shapes import (
    Shape,
    differ,
    elements,
    map_of,
    relation_of,
    windowed,
    written,
)


def _checked(module: object, owner: str, channels: tuple[str, ...], pairs: tuple[str, ...]) -> None:
    for name in channels:
        object.__setattr__(module, name, count(owner, name, getattr(module, name)))
    for name in pairs:
        if isinstance(getattr(module, name), str):
            continue
        least = 0 if "padding" in name else 1
        object.__setattr__(module, name, counts(owner, name, getattr(module, name), least))


@frozen
class Conv2d(Module):
    """``torch.nn.Conv2d``: (C_in, H, W) to (C_out, H', W'), bias included unless it is refused.

    ``padding`` is a number or a pair, "same" or "valid", or "SAME" or "VALID" as in TensorFlow.

    >>> from symcnn.formula.plain import plain
    >>> plain(Conv2d(192, 32, 5, padding=2).macs((192, 28, 28)))
    '28*28*32*192*5*5'
    """

    in_channels: Operand
    out_channels: Operand
    kernel_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair | str = 0
    dilation: Operand | Pair = 1
    groups: Operand = 1
    bias: bool = True

    def __post_init__(self) -> None:
        channels = ("in_channels", "out_channels", "groups")
        _checked(self, "Conv2d", channels, ("kernel_size", "stride", "padding", "dilation"))
        self.own_parameters()

    def pair(self, name: str) -> Formulas:
        """One of the spatial numbers, as formulas of height and width."""
        height, width = getattr(self, name)
        return formula(height), formula(width)

    def numbers(self, axis: int) -> tuple[Formula, Formula, Formula | str, Formula]:
        """Kernel size, stride, padding and dilation along one axis."""
        kernel, stride, dilation = (
            self.pair(name)[axis] for name in ("kernel_size", "stride", "dilation")
        )
        padding = self.padding if isinstance(self.padding, str) else self.pair("padding")[axis]
        return kernel, stride, padding, dilation

    def shape_after(self, shape: Shape) -> Shape:
        _, height, width = map_of("Conv2d", shape, self.in_channels)
        rows = windowed("Conv2d", height, *self.numbers(0))
        return formula(self.out_channels), rows, windowed("Conv2d", width, *self.numbers(1))

    def own_parameters(self) -> Formula:
        return conv_parameters(
            self.in_channels, self.out_channels, self.kernel_size, self.groups, self.bias
        )

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        after = self.shape_after(shape)
        macs = conv_macs(
            (after[1], after[2]), self.in_channels, self.out_channels, self.kernel_size, self.groups
        )
        found = (Operations("mac", macs),)
        return (*found, Operations("bias", elements(after))) if self.bias else found

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        return reach.behind(relation_of(self.kind, shape[1 + axis], *self.numbers(axis)))


@frozen
class ConvTranspose2d(Module):
    """``torch.nn.ConvTranspose2d``; its weight has shape (C_in, C_out/groups, K_h, K_w).

    Multiply-accumulates are counted at *input* positions, where each tap is used once.

    >>> from symcnn.formula.plain import plain
    >>> up = ConvTranspose2d(8, 4, 3, 2, 1, 1, bias=False)
    >>> plain(up.macs((8, 10, 10)))
    '10*10*8*4*3*3'
    """

    in_channels: Operand
    out_channels: Operand
    kernel_size: Operand | Pair
    stride: Operand | Pair = 1
    padding: Operand | Pair = 0
    output_padding: Operand | Pair = 0
    groups: Operand = 1
    bias: bool = True
    dilation: Operand | Pair = 1

    def __post_init__(self) -> None:
        pairs = ("kernel_size", "stride", "padding", "output_padding", "dilation")
        _checked(self, "ConvTranspose2d", ("in_channels", "out_channels", "groups"), pairs)
        self.own_parameters()

    def shape_after(self, shape: Shape) -> Shape:
        _, *sides = map_of("ConvTranspose2d", shape, self.in_channels)
        names = ("kernel_size", "stride", "padding", "output_padding", "dilation")
        after = []
        for axis, side in enumerate(sides):
            numbers = {name: formula(getattr(self, name)[axis]) for name in names}
            written_to = IndexRelation.scatter(side, owner="ConvTranspose2d", **numbers)
            after.append(written_to.inputs)
        return (formula(self.out_channels), *after)

    def own_parameters(self) -> Formula:
        weights = conv_parameters(
            self.out_channels, self.in_channels, self.kernel_size, self.groups
        )
        return total((weights, formula(self.out_channels))) if self.bias else weights

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        after = self.shape_after(shape)
        macs = conv_macs(
            (shape[1], shape[2]), self.out_channels, self.in_channels, self.kernel_size, self.groups
        )
        found = (Operations("mac", macs),)
        return (*found, Operations("bias", elements(after))) if self.bias else found

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        raise AuthorError(
            "ConvTranspose2d: neighbouring outputs see the same or different inputs in turn, so "
            "the receptive field does not move in even steps"
        )


@frozen
class Linear(Module):
    """``torch.nn.Linear``: in_features numbers to out_features, with a bias unless it is refused.

    >>> from symcnn.formula.plain import plain
    >>> plain(Linear(2048, 1000).parameters())
    '1000*2048 + 1000'
    """

    in_features: Operand
    out_features: Operand
    bias: bool = True

    def __post_init__(self) -> None:
        _checked(self, "Linear", ("in_features", "out_features"), ())

    def shape_after(self, shape: Shape) -> Shape:
        if len(shape) != 1 or differ(shape[0], formula(self.in_features)):
            raise AuthorError(
                f"Linear reads {plain(formula(self.in_features))} features, but gets "
                f"{written(shape)}"
            )
        return (formula(self.out_features),)

    def own_parameters(self) -> Formula:
        return self._layer().parameters()

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        found = (Operations("mac", self._layer().macs()),)
        return (*found, Operations("bias", formula(self.out_features))) if self.bias else found

    def _layer(self) -> linear.Linear:
        return linear.Linear(
            in_features=self.in_features, out_features=self.out_features, bias=self.bias
        )


@frozen
class SqueezeExcitation(Module):
    """The gate of ``symcnn.layers.squeeze_excitation`` on a map with ``channels`` channels.

    >>> from symcnn.formula.plain import plain
    >>> plain(SqueezeExcitation(64, 16).cost((64, 7, 7), "flops2"))
    '7*7*64 + 2*4*64 + 2*64*4 + 7*7*64'
    """

    channels: Operand
    reduction: Operand
    bias: bool = False

    def __post_init__(self) -> None:
        _checked(self, "SqueezeExcitation", ("channels", "reduction"), ())
        self.own_parameters()

    def shape_after(self, shape: Shape) -> Shape:
        return map_of("SqueezeExcitation", shape, self.channels)

    def own_parameters(self) -> Formula:
        return self._on((formula(1), formula(1))).parameters()

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        steps = self._on((shape[1], shape[2])).operations()
        return tuple(
            Operations("bias" if step == "biases" else kind, amount) for step, kind, amount in steps
        )

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        return everything(reach, shape[1 + axis])

    def _on(self, size: Formulas) -> gates.SqueezeExcitation:
        return gates.SqueezeExcitation(
            channels=self.channels, reduction=self.reduction, input_size=size, bias=self.bias
        )
