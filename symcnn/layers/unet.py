"""The layers, sizes, crops and parameters of a U-Net, with unpadded or padded convolutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Cases, Compare
from symcnn.formula.nodes import Formula, Index, Operand, Pow, formula
from symcnn.layers.conv2d import Conv2d
from symcnn.layers.conv_transpose2d import ConvTranspose2d
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import count, folded, known, product, total

_UP, _WIDE = 2, 3  # the kernel sizes of the steps up and of the other convolutions


class Level(NamedTuple):
    """One level of the encoder: sizes per side before and after its two convolutions."""

    entering: Formula
    leaving: Formula
    channels: Formula


class Joint(NamedTuple):
    """One level of the decoder: the upsampled size, the crop of the skip per side, the result."""

    upsampled: Formula
    crop: Formula
    joined_channels: Formula
    channels: Formula
    leaving: Formula

    def joined(self, f: Operand, p: Operand, q: Operand) -> Formula:
        """``skip[f, p + crop, q + crop]`` for ``f < channels``, then ``up[f - channels, p, q]``."""
        skipped = (formula(f), *(folded(formula(each) + self.crop) for each in (p, q)))
        raised = Index("up", (folded(formula(f) - self.channels), formula(p), formula(q)))
        return Cases(((Index("skip", skipped), Compare("<", f, self.channels)),), raised)


@dataclass(frozen=True, slots=True, kw_only=True)
class UNet:
    """``depth`` times two 3x3 convolutions and 2x2 pooling, two more, and the way back up.

    Level l has ``features * 2^l`` channels; each step up is a 2x2 transposed convolution that
    halves the channels, the cropped skip joined to it, and two 3x3 convolutions. A 1x1 convolution
    ends it. With ``padding`` 0, as in the paper, each 3x3 convolution takes 2 from the size; with
    1 it keeps it. ``input_size`` is one side of the square input.
    Source: Ronneberger et al., "U-Net" (2015), figure 1.

    >>> net = UNet(input_size=572)
    >>> net.output_size(), [int(folded(joint.crop).value) for joint in net.decoder()]
    (Rational(388), [4, 16, 40, 88])
    """

    input_size: Operand
    depth: int = 4
    features: Operand = 64
    in_channels: Operand = 1
    out_channels: Operand = 2
    padding: int = 0

    def __post_init__(self) -> None:
        if self.depth < 1 or self.padding not in (0, 1):
            raise AuthorError(
                f"UNet: depth is at least 1 and padding 0 or 1, not {self.depth} and {self.padding}"
            )
        for name in ("input_size", "features", "in_channels", "out_channels"):
            object.__setattr__(self, name, count("UNet", name, getattr(self, name)))
        self.output_size()

    def encoder(self) -> tuple[Level, ...]:
        """The levels from the top, the last of them the bottom of the U (``depth + 1`` in all).

        Raises AuthorError where a number that is to be pooled is odd or too small.
        """
        levels, size = [], self._size("input_size")
        for depth in range(self.depth + 1):
            after = self._after_two(size, f"level {depth}")
            channels = folded(product(self._size("features"), 2**depth))
            levels.append(Level(size, after, channels))
            if depth < self.depth:
                size = self._pooled(after, depth)
        return tuple(levels)

    def decoder(self) -> tuple[Joint, ...]:
        """The levels from the bottom up."""
        levels = self.encoder()
        size, joints = levels[-1].leaving, []
        for level in reversed(levels[:-1]):
            up = folded(product(2, size))
            crop = folded((level.leaving - up) / 2)
            size = self._after_two(up, f"the way up to {known(level.channels)} channels")
            wide = folded(product(2, level.channels))
            joints.append(Joint(up, crop, wide, level.channels, size))
        return tuple(joints)

    def output_size(self) -> Formula:
        """One side of the output: 388 for 572 in the paper."""
        return self.decoder()[-1].leaving

    def closed_output_size(self) -> Formula:
        """``n + 8 - 12*2^depth`` without padding, ``n`` with it."""
        size = self._size("input_size")
        return size if self.padding else size + 8 - 12 * Pow(formula(2), formula(self.depth))

    def bottom_size(self) -> Formula:
        """One side of the deepest feature map, after its two convolutions."""
        return self.encoder()[-1].leaving

    def closed_bottom_size(self) -> Formula:
        """``(n + 4)/2^depth - 8`` without padding, ``n/2^depth`` with it."""
        size, halves = self._size("input_size"), Pow(formula(2), formula(self.depth))
        return size / halves if self.padding else (size + 4) / halves - 8

    def convolutions(self) -> tuple[tuple[str, Formula, Formula, Formula, int], ...]:
        """(name, output size, in_channels, out_channels, kernel_size) in order of use.

        The size of a 2x2 transposed convolution is that of its *input*, where its MACs are counted.
        """
        rows, inputs, shrink = [], self._size("in_channels"), 2 - 2 * self.padding
        levels = self.encoder()
        for depth, level in enumerate(levels):
            first, second = self._two(f"level {depth}", level.entering, inputs, level.channels)
            rows += [first, second]
            inputs = level.channels
        size = levels[-1].leaving
        for joint in self.decoder():
            name = f"up to {known(joint.channels) or 'its'} channels"
            rows.append((name, size, inputs, joint.channels, 2))
            rows += self._two(name, joint.upsampled, joint.joined_channels, joint.channels)
            inputs, size = joint.channels, folded(joint.upsampled - 2 * shrink)
        rows.append(("1x1", size, inputs, self._size("out_channels"), 1))
        return tuple(rows)

    def layers(self, bias: bool = True) -> tuple[Conv2d | ConvTranspose2d, ...]:
        """The layers of `convolutions`, their weights ``w1, w2, ...`` and offsets ``b1, b2, ...``.

        >>> [layer.owner for layer in UNet(input_size=18, depth=1).layers()][4:6]
        ['ConvTranspose2d', 'Conv2d']
        """
        found: list[Conv2d | ConvTranspose2d] = []
        for number, (_, size, inputs, outputs, kernel) in enumerate(self.convolutions(), 1):
            numbers: dict[str, Any] = {
                "kernel_size": kernel,
                "in_channels": inputs,
                "out_channels": outputs,
                "bias": bias,
                "weight": f"w{number}",
                "offset": f"b{number}",
            }
            if kernel == _UP:
                found.append(ConvTranspose2d(input_size=size, stride=2, **numbers))
                continue
            padding = self.padding if kernel == _WIDE else 0
            before = folded(size + (kernel - 1 - 2 * padding))
            found.append(Conv2d(input_size=before, padding=padding, **numbers))
        return tuple(found)

    def parameters(self, bias: bool = True) -> Formula:
        """The weights, and with ``bias`` one more for each output channel; one term a layer.

        31,030,658 for one channel in, two out and 64 features.
        """
        return total(
            conv_parameters(inputs, outputs, kernel, bias=bias)
            for _, _, inputs, outputs, kernel in self.convolutions()
        )

    def macs(self) -> Formula:
        """One term a layer; transposed convolutions are counted at their input positions."""
        return total(
            conv_macs(size, inputs, outputs, kernel)
            for _, size, inputs, outputs, kernel in self.convolutions()
        )

    def _two(
        self, name: str, size: Formula, inputs: Formula, outputs: Formula
    ) -> list[tuple[str, Formula, Formula, Formula, int]]:
        shrink = 2 - 2 * self.padding
        first, second = folded(size - shrink), folded(size - 2 * shrink)
        return [
            (f"{name}, first 3x3", first, inputs, outputs, 3),
            (f"{name}, second 3x3", second, outputs, outputs, 3),
        ]

    def _after_two(self, size: Formula, where: str) -> Formula:
        if self.padding:
            return size
        after = folded(size - 4)
        whole = known(after)
        if whole is not None and whole < 1:
            raise AuthorError(
                f"UNet: {where} has {known(size)} positions a side, but two unpadded 3x3 "
                "convolutions need at least 5"
            )
        return after

    def _pooled(self, size: Formula, depth: int) -> Formula:
        whole = known(size)
        if whole is not None and whole % 2:
            raise AuthorError(
                f"UNet: level {depth} is pooled by 2 at {whole} positions a side, but that is odd"
            )
        return folded(size / 2)

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))
