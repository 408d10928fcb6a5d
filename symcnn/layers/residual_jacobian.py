"""The Jacobian of one residual block as index tables, in factors ``diag(e) (I + V D W)``.

For concrete sizes, dense or convolutional, where entries are read off and two blocks compared; the
rule for all sizes and activations is in `residual`.

``W`` and ``V`` are maps of taps, dense or convolutions; ``d`` and ``e`` are the derivatives of the
two ReLUs, 0 or 1 each. Multiplied out there are as many terms as paths through the block, so that
entries are made one at a time. ReLU'(0) is 0, as in PyTorch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, Rational, add
from symcnn.layers.forms import Forms, Ring, spans
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.members import Members
from symcnn.layers.same_entries import DifferentEntries, SameEntries, same_entries

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

# The families of the ring, in the order in which a product is written.
_OUTER, _SECOND, _INNER, _FIRST, _DIRECTION = range(5)


@dataclass(frozen=True, eq=False, slots=True)
class ResidualJacobian:
    """``d y / d x`` of ``y = relu(x + V relu(W x))``, with ``W = first`` and ``V = second``.

    Shapes: W (hidden, n), V (n, hidden), the Jacobian (n, n), rows are outputs. ``inner`` and
    ``outer`` name the derivatives relu'((W x)_k) and relu'((x + V relu(W x))_i).
    Raises AuthorError where the shapes do not fit and where two names are the same.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.layers.index_table import Channels
    >>> W = LinearMap.separable([Channels(1, 2)], weights=Members("W", (1, 2)))
    >>> V = LinearMap.separable([Channels(2, 1)], weights=Members("V", (2, 1)))
    >>> plain(ResidualJacobian(W, V).entry(0, 0))
    'e[0]*(1 + V[0, 0]*d[0]*W[0, 0])'
    """

    first: LinearMap
    second: LinearMap
    inner: str = "d"
    outer: str = "e"

    def __post_init__(self) -> None:
        if self.second.shape != self.first.shape[::-1]:
            raise AuthorError(
                f"the first map has shape {self.first.shape}, so that the second one needs "
                f"{self.first.shape[::-1]}, not {self.second.shape}"
            )
        self.ring()

    @property
    def shape(self) -> tuple[int, int]:
        """Outputs and inputs: as many as the block has of either."""
        return self.first.shape[1], self.first.shape[1]

    def ring(self, direction: str = "dx") -> Ring:
        """The families in a product: e, V, d, W, and the direction of a tangent."""
        hidden, size = self.first.shape
        return Ring(
            (
                Members(self.outer, (size,)),
                self.second.weights,
                Members(self.inner, (hidden,)),
                self.first.weights,
                Members(direction, (size,)),
            )
        )

    def entry(self, i: int, j: int) -> Formula:
        """``e[i] * ([i = j] + sum_k V[i, k]*d[k]*W[k, j])``, over what is not 0.

        Raises AuthorError for a position outside.
        """
        if not 0 <= j < self.shape[1]:
            raise AuthorError(f"a matrix of shape {self.shape} has no entry {(i, j)}")
        families = self.ring().families
        terms: list[Formula] = [Rational(1)] if i == j else []
        for k, tap in self.second.row(i).items():
            below = self.first.row(k).get(j)
            if below is not None:
                left = families[_SECOND].member(tap) * families[_INNER].member(k)
                terms.append(left * families[_FIRST].member(below))
        return families[_OUTER].member(i) * add(terms) if terms else Rational(0)

    def times_direction(self) -> Forms:
        """``diag(e) (I + V D W) dx`` multiplied out from left to right, row by row."""
        import numpy as np

        ring = self.ring()
        first, second = self.first, self.second
        unit = [ring.unit(family) for family in range(5)]
        chosen, lengths = spans(first.pointers, second.columns)
        paths = np.repeat(
            unit[_SECOND] * (second.taps.astype(np.int64) + 1)
            + unit[_INNER] * (second.columns.astype(np.int64) + 1),
            lengths,
        )
        paths += unit[_FIRST] * (first.taps[chosen].astype(np.int64) + 1)
        paths += unit[_DIRECTION] * (first.columns[chosen].astype(np.int64) + 1)
        rows = np.arange(self.shape[0])
        places = np.concatenate([rows, np.repeat(second.rows, lengths)])
        keys = np.concatenate([unit[_DIRECTION] * (rows + 1), paths])
        keys += unit[_OUTER] * (places + 1)
        order = np.argsort(places, kind="stable")
        return Forms(ring, (self.shape[0],), places[order], keys[order])

    def tangent(self) -> Forms:
        """The tangent of the program along dx, one instruction after the other.

        ``du = W dx``, ``da = d du``, ``dv = V da``, ``dz = dx + dv``, ``dy = e dz``.
        """
        direction = self.ring().variables(_DIRECTION)
        activated = (self.first @ direction).scaled(_INNER)
        return (direction + self.second @ activated).scaled(_OUTER)

    def proof(self) -> SameEntries | DifferentEntries:
        """Do the factors times any direction give the program's tangent, for all weights?"""
        return same_entries(self.times_direction(), self.tangent())

    def at(self, first: npt.ArrayLike, second: npt.ArrayLike, inputs: npt.ArrayLike) -> Numbers:
        """The Jacobian for numbers: the weights of W and of V, and x. Exact for exact numbers.

        Raises AuthorError for another number of weights or inputs.
        """
        import numpy as np

        x = np.asarray(inputs)
        hidden = self.first.apply(first, x)
        outputs = x + self.second.apply(second, hidden * (hidden > 0))
        left, right = self.second.numpy(second), self.first.numpy(first)
        inner = left @ ((hidden > 0).astype(int)[:, None] * right)
        open_: Numbers = (outputs > 0).astype(int)[:, None]
        jacobian: Numbers = open_ * (np.eye(len(x), dtype=int) + inner)
        return jacobian
