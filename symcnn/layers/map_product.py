"""The product of two matrices of taps, each entry made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, add
from symcnn.layers.forms import Forms, Ring, spans

if TYPE_CHECKING:
    from symcnn.layers.linear_map import LinearMap


@dataclass(frozen=True, eq=False, slots=True)
class MapProduct:
    """``left @ right``; entry (i, j) is ``sum_k left[i, k] * right[k, j]`` over what is not 0.

    Raises AuthorError where the shapes do not fit.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.layers import Conv1d
    >>> conv = Conv1d(input_size=3, kernel_size=2).linear_map()
    >>> plain((conv @ conv.T).entry(0, 1))
    'w[1]*w[0]'
    """

    left: LinearMap
    right: LinearMap

    def __post_init__(self) -> None:
        if self.left.shape[1] != self.right.shape[0]:
            raise AuthorError(
                f"a matrix of shape {self.left.shape} takes one with {self.left.shape[1]} rows, "
                f"not one of shape {self.right.shape}"
            )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows of the left one, columns of the right one."""
        return self.left.shape[0], self.right.shape[1]

    def entry(self, i: int, j: int) -> Formula:
        """One entry as a sum of products. Raises AuthorError for a position outside."""
        if not 0 <= j < self.shape[1]:
            raise AuthorError(f"a matrix of shape {self.shape} has no entry {(i, j)}")
        terms = []
        for k, tap in self.left.row(i).items():
            other = self.right.row(k).get(j)
            if other is not None:
                terms.append(self.left.weights.member(tap) * self.right.weights.member(other))
        return add(terms)

    def forms(self) -> Forms:
        """All products at once, as keys. Where both maps have the same weights, u*v is v*u.

        Raises AuthorError where the weights share names without being the same.
        """
        import numpy as np

        left, right = self.left, self.right
        chosen, lengths = spans(right.pointers, left.columns)
        places = np.repeat(left.rows * self.shape[1], lengths) + right.columns[chosen]
        firsts, seconds = np.repeat(left.taps.astype(np.int64), lengths), right.taps[chosen]
        same = left.weights == right.weights
        ring = Ring((left.weights, right.weights), symmetric=same)
        if same:
            firsts, seconds = np.minimum(firsts, seconds), np.maximum(firsts, seconds)
        keys = ring.unit(0) * (firsts + 1) + ring.unit(1) * (seconds.astype(np.int64) + 1)
        order = np.lexsort((keys, places))
        return Forms(ring, self.shape, places[order], keys[order])
