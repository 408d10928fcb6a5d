"""Instance normalisation: in each sample, the positions of one channel are one pool."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.nodes import Operand
from symcnn.layers.normalisation import Axis, Normalisation, axis
from symcnn.layers.sizes import count


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceNorm1d(Normalisation):
    """``x[c, l]`` of one sample; channel c is pooled over its own ``length`` positions.

    Named as in ``torch.nn.InstanceNorm1d``, where ``affine`` is False unless it is given.

    >>> from symcnn.formula.plain import plain
    >>> plain(InstanceNorm1d(num_features=6, length=5).pool_size())
    '5'
    """

    num_features: Operand
    length: Operand
    affine: bool = False

    def axes(self) -> tuple[Axis, ...]:
        """Positions are pooled, channels are not."""
        channels = count("InstanceNorm1d", "num_features", self.num_features)
        return (
            axis("c", channels, pooled=False, scaled=True),
            axis("l", count("InstanceNorm1d", "length", self.length)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceNorm2d(Normalisation):
    """``x[c, h, w]`` of one sample; channel c is pooled over its own positions.

    Named as in ``torch.nn.InstanceNorm2d``, where ``affine`` is False unless it is given.

    >>> from symcnn.formula.plain import plain
    >>> plain(InstanceNorm2d(num_features=6, height=4, width=5).pool_size())
    '4*5'
    """

    num_features: Operand
    height: Operand
    width: Operand
    affine: bool = False

    def axes(self) -> tuple[Axis, ...]:
        """Rows and columns are pooled, channels are not."""
        channels = count("InstanceNorm2d", "num_features", self.num_features)
        return (
            axis("c", channels, pooled=False, scaled=True),
            axis("h", count("InstanceNorm2d", "height", self.height)),
            axis("w", count("InstanceNorm2d", "width", self.width)),
        )
