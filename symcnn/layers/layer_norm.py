"""Layer normalisation: the features of one sample are one pool."""

from __future__ import annotations

from dataclasses import dataclass

from symcnn.formula.nodes import Operand
from symcnn.layers.normalisation import Axis, Normalisation, along, axis
from symcnn.layers.sizes import count


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerNorm(Normalisation):
    """``x[i]``: all features of a sample; with ``batch_size``, ``x[n, i]`` for each sample n.

    A scale and a shift for each feature, as in ``torch.nn.LayerNorm``. Raises AuthorError for an
    impossible size.

    >>> from symcnn.formula import Symbol
    >>> from symcnn.formula.plain import plain
    >>> plain(LayerNorm(normalized_shape=3).scale(Symbol("i")))
    'gamma[i]'
    >>> plain(LayerNorm(normalized_shape=3).parameters())
    '2*3'
    """

    normalized_shape: Operand
    batch_size: Operand | None = None

    def axes(self) -> tuple[Axis, ...]:
        """The features are pooled, each with a scale of its own; samples are not."""
        features = along(self.normalized_shape, "LayerNorm", "normalized_shape", scaled=True)
        if self.batch_size is None:
            return features
        return axis("n", count("LayerNorm", "batch_size", self.batch_size), pooled=False), *features
