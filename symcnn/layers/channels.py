"""The channels of a convolution with groups: the same kind of relation as on a spatial axis."""

from __future__ import annotations

from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Call, Formula, Mul, Operand, formula, mul
from symcnn.layers.geometry import literal, plus, times
from symcnn.layers.sizes import quotient


@frozen
class ChannelRule:
    """Filter ``f`` meets channel ``met*floor(f/per) + a`` as number ``a`` of its group.

    ``filters`` channels have a filter each, ``others`` are met by them; both are divided into
    ``groups``, so ``met = others/groups`` and ``per = filters/groups``.

    >>> rule = ChannelRule(formula(4), formula(6), formula(2))
    >>> rule.weight_shape()
    (Rational(4), Rational(3))
    """

    filters: Formula
    others: Formula
    groups: Formula

    def met(self) -> Formula:
        """How many channels one filter meets."""
        return quotient(
            "groups", "groups divides the channels", *_cancelled(self.others, self.groups)
        )

    def per(self) -> Formula:
        """How many filters a group has."""
        return quotient(
            "groups", "groups divides the channels", *_cancelled(self.filters, self.groups)
        )

    def weight_shape(self) -> tuple[Formula, Formula]:
        """``(filters, met)``."""
        return self.filters, self.met()

    def channel(self, f: Operand, a: Operand) -> Formula:
        """The channel that filter ``f`` meets as number ``a``."""
        if literal(self.groups) == 1:
            return formula(a)
        per = self.per()
        group = formula(f) if literal(per) == 1 else Call("floor", (formula(f) / per,))
        return plus(times(self.met(), group), formula(a))

    def meets(self, channel: Operand, f: Operand, a: Operand) -> Formula:
        """The bracket of the rule: 1 where filter ``f`` meets the channel as number ``a``."""
        return Bracket(Compare("=", channel, self.channel(f, a)))


def or_one(value: Operand | None) -> Formula:
    """The number of channels, 1 where they are not counted."""
    return formula(1 if value is None else value)


def _cancelled(channels: Operand, groups: Operand) -> tuple[Formula, Formula]:
    """The pair to divide, a factor that is written in both left out."""
    above, below = formula(channels), formula(groups)
    factors = getattr(above, "args", ())
    if isinstance(above, Mul) and below in factors:
        place = factors.index(below)
        return mul((*factors[:place], *factors[place + 1 :])), formula(1)
    return above, below
