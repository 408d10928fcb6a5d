"""Group normalisation: in each sample, the channels of a group and their positions are one pool."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symcnn.formula.nodes import Operand
from symcnn.layers.normalisation import Axis, Normalisation, axis
from symcnn.layers.sizes import count, quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNorm(Normalisation):
    """``x[c, h, w]`` of one sample: ``num_channels/num_groups`` neighbouring channels are pooled.

    One group is layer normalisation over channels and positions (but for the shape of its scale),
    one channel a group is instance normalisation. Named as in ``torch.nn.GroupNorm``. Raises
    AuthorError where num_groups does not divide num_channels.

    >>> from symcnn.formula.plain import plain
    >>> plain(GroupNorm(num_groups=2, num_channels=6, height=4, width=5).pool_size())
    '3*4*5'
    """

    num_groups: Operand
    num_channels: Operand
    height: Operand = 1
    width: Operand = 1

    def axes(self) -> tuple[Axis, ...]:
        """Channels are pooled in blocks, rows and columns altogether."""
        groups = count("GroupNorm", "num_groups", self.num_groups)
        channels = count("GroupNorm", "num_channels", self.num_channels)
        quotient("GroupNorm", "num_groups divides num_channels", channels, groups)
        return (
            replace(axis("c", channels, scaled=True), blocks=groups),
            axis("h", count("GroupNorm", "height", self.height)),
            axis("w", count("GroupNorm", "width", self.width)),
        )
