"""CondenseNet's learned group convolution, and the shuffle of channels behind a grouped layer."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.counts import conv_macs
from symcnn.layers.sizes import Pair, apart, count, folded, known, over, product, quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedGroupConv:
    r"""A 1x1 convolution whose output groups each keep ``in_channels/condensation`` inputs.

    Output ``o`` belongs to group ``g = floor(o*groups/out_channels)`` and adds up
    ``W[o,m] * x[chosen[g,m]]`` over the kept inputs ``m``; ``chosen`` was learned, condensing stage
    by stage: after stage s of ``condensation - 1`` the share ``(condensation - s)/condensation``
    of the weights is left. Source: Huang et al., "CondenseNet" (2018), section 3.1.

    >>> layer = LearnedGroupConv(in_channels=16, out_channels=8, groups=4, condensation=4)
    >>> layer.kept(), folded(layer.parameters())
    (Rational(4), Rational(32))
    """

    in_channels: Operand
    out_channels: Operand
    groups: Operand
    condensation: Operand
    weight: str = "W"
    input: str = "x"
    chosen: str = "chosen"

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels", "groups", "condensation"):
            value = count("LearnedGroupConv", name, getattr(self, name))
            object.__setattr__(self, name, value)
        self.group_width()
        self.kept()

    def group_width(self) -> Formula:
        """``out_channels/groups``: how many outputs share their inputs."""
        rule = "groups divides out_channels"
        outputs, groups = self._size("out_channels"), self._size("groups")
        return quotient("LearnedGroupConv", rule, outputs, groups)

    def kept(self) -> Formula:
        """``in_channels/condensation``: how many inputs each output reads in the end."""
        rule = "condensation divides in_channels"
        inputs, factor = self._size("in_channels"), self._size("condensation")
        return quotient("LearnedGroupConv", rule, inputs, factor)

    def group(self, o: Operand) -> Formula:
        """``floor(o/(out_channels/groups))``: the group of output ``o``."""
        width = self.group_width()
        return formula(o) if known(width) == 1 else Call("floor", (formula(o) / width,))

    def forward(self, o: Operand) -> Formula:
        """``sum_m W[o,m] * x[chosen[g,m]]`` at one position: an index layer, then a grouped one."""
        m, kept = Symbol("m"), ("m", self.kept())
        return apart(
            lambda o: over(
                Index(self.weight, (o, m)) * Index(self.input, (self._place(o, m),)), kept
            ),
            o,
        )

    def masked_entry(self, o: Operand, c: Operand) -> Formula:
        """``sum_m W[o,m]*[c = chosen[g,m]]``: the entry of the full (C_out, C_in) matrix, mostly 0.

        The matrix of training, with its mask, is the index layer and the grouped one of use.
        """
        m, kept = Symbol("m"), ("m", self.kept())
        return apart(
            lambda o, c: over(
                Index(self.weight, (o, m)) * Bracket(Compare("=", c, self._place(o, m))), kept
            ),
            o, c,
        )  # fmt: skip

    def masked_matrix(self) -> Array:
        """The full matrix of shape (out_channels, in_channels)."""
        shape = (self._size("out_channels"), self._size("in_channels"))
        return Array(shape, ("o", "c"), self.masked_entry(Symbol("o"), Symbol("c")))

    def parameters(self) -> Formula:
        """``out_channels * in_channels/condensation`` weights, no bias."""
        return product(self._size("out_channels"), self.kept())

    def parameters_after(self, stage: Operand) -> Formula:
        """``out_channels * in_channels * (condensation - stage)/condensation`` while condensing.

        Raises AuthorError where the stage is a number outside 0 .. condensation - 1.
        """
        at, factor = formula(stage), self._size("condensation")
        now, last = known(at), known(factor)
        if now is not None and last is not None and not 0 <= now < last:
            raise AuthorError(
                f"LearnedGroupConv: condensing stage {now} is outside 0 .. {last - 1} "
                "(condensation - 1)"
            )
        full = product(self._size("out_channels"), self._size("in_channels"))
        return full * (factor - at) / factor

    def macs(self, output_size: Operand | Pair) -> Formula:
        """``H * W * out_channels * in_channels/condensation``."""
        return conv_macs(output_size, self.kept(), self.out_channels)

    def _place(self, o: Formula, m: Formula) -> Formula:
        return Index(self.chosen, (self.group(o), m))

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))


def shuffled_channel(channel: Operand, channels: Operand, groups: Operand) -> Formula:
    """Where a channel shuffle moves a channel: ``g*n + m`` goes to ``m*groups + g``.

    ``n = channels/groups`` is the width of a group. Source: Zhang et al., "ShuffleNet" (2018).
    Raises AuthorError where the groups do not divide the channels.

    >>> [int(folded(shuffled_channel(c, 6, 2)).value) for c in range(6)]
    [0, 2, 4, 1, 3, 5]
    """
    parts = count("channel shuffle", "groups", groups)
    width = quotient("channel shuffle", "groups divides channels", channels, parts)
    at = formula(channel)
    return folded(product(Call("mod", (at, width)), parts) + Call("floor", (at / width,)))
