"""Arrays of polynomials in the members of families, as integers: one key for each monomial.

A monomial holds at most one member of each family, so its key is a number with one digit for each:
0 for none, else the member's number plus 1. To multiply is to add keys; to compare is to sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Rational, add, mul
from symcnn.layers.members import Weights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]


@frozen
class Ring:
    """The families of the monomials, in the order in which a product is written.

    ``symmetric`` says that all families are one and the same, so that ``u*v`` is ``v*u``. Raises
    AuthorError where two families share a name, and where the keys would exceed 64 bits.
    """

    families: tuple[Weights, ...]
    symmetric: bool = False

    def __post_init__(self) -> None:
        shared = [name for family in self.families for name in sorted(family.names)]
        twice = sorted({name for name in shared if shared.count(name) > 1})
        if twice and not self.symmetric:
            raise AuthorError(f"two families of one product are called {', '.join(twice)}")
        if prod(family.size + 1 for family in self.families) >= 2**62:
            raise AuthorError("these families have too many members for keys of 64 bits")

    def unit(self, family: int) -> int:
        """What one more in the digit of a family adds to a key; the last family counts most."""
        return prod(each.size + 1 for each in self.families[:family])

    def digits(self, key: int) -> tuple[int, ...]:
        """The digit of each family."""
        found = []
        for family in self.families:
            key, digit = divmod(key, family.size + 1)
            found.append(digit)
        return tuple(found)

    def factors(self, key: int) -> tuple[Formula, ...]:
        """The members whose product a key stands for."""
        digits = zip(self.families, self.digits(key), strict=True)
        return tuple(family.member(digit - 1) for family, digit in digits if digit)

    def monomial(self, key: int, coefficient: int = 1) -> Formula:
        """The product that a key stands for, times a number."""
        return mul((*([Rational(coefficient)] if coefficient != 1 else []), *self.factors(key)))

    def variables(self, family: int) -> Forms:
        """The vector of all members of a family."""
        import numpy as np

        size = self.families[family].size
        keys = self.unit(family) * np.arange(1, size + 1, dtype=np.int64)
        return Forms(self, (size,), np.arange(size, dtype=np.int64), keys)


@dataclass(frozen=True, eq=False, slots=True)
class Forms:
    """An array of polynomials: entry ``places[k]`` (row by row) has the monomial ``keys[k]``.

    Places ascend. What is listed n times is a monomial with coefficient n. Nothing is a Formula
    before it is asked for.

    >>> from symcnn.formula.plain import plain
    >>> from symcnn.layers import Conv1d
    >>> from symcnn.layers.members import Members
    >>> plain((Conv1d(input_size=3, kernel_size=2).linear_map() @ Members("x", (3,))).entry(1))
    'w[0]*x[1] + w[1]*x[2]'
    """

    ring: Ring
    shape: tuple[int, ...]
    places: IntArray
    keys: IntArray

    @property
    def size(self) -> int:
        """How many entries there are, zeros included."""
        return prod(self.shape)

    def entry(self, *index: int) -> Formula:
        """One entry, its monomials in the order of their keys; 0 where there are none.

        Raises AuthorError for an index outside the shape.
        """
        place = flat(index, self.shape)
        begin, end = self.places.searchsorted([place, place + 1]).tolist()
        listed = sorted(self.keys[begin:end].tolist())
        counted = {key: listed.count(key) for key in dict.fromkeys(listed)}
        return add(self.ring.monomial(key, count) for key, count in counted.items())

    def table(self) -> Table:
        """All entries written out."""
        indices = product(*map(range, self.shape))
        return Table(self.shape, tuple(self.entry(*index) for index in indices))

    def pointers(self) -> IntArray:
        """Where the monomials of each entry begin, and at last where the last ones end."""
        import numpy as np

        return self.places.searchsorted(np.arange(self.size + 1))

    def __add__(self, other: Forms) -> Forms:
        """The sum, entry by entry. Raises AuthorError for other shapes or families."""
        import numpy as np

        if (self.ring, self.shape) != (other.ring, other.shape):
            raise AuthorError(
                "polynomials are added over the same families, in arrays of one shape"
            )
        places = np.concatenate([self.places, other.places])
        order = np.argsort(places, kind="stable")
        keys = np.concatenate([self.keys, other.keys])
        return Forms(self.ring, self.shape, places[order], keys[order])

    def scaled(self, family: int) -> Forms:
        """Entry ``k`` times member ``k`` of a family that its monomials do not hold yet.

        Raises AuthorError where they do, and where the family has another number of members.
        """
        self.require_without(family)
        if self.ring.families[family].size != self.size:
            raise AuthorError(
                f"{self.size} entries are scaled by {self.ring.families[family].size} members"
            )
        keys = self.keys + self.ring.unit(family) * (self.places + 1)
        return Forms(self.ring, self.shape, self.places, keys)

    def require_without(self, family: int) -> None:
        """Raises AuthorError where a monomial holds a member of the family."""
        unit, base = self.ring.unit(family), self.ring.families[family].size + 1
        if (self.keys // unit % base).any():
            raise AuthorError("a monomial holds at most one member of each family")

    def canonical(self) -> Forms:
        """The same polynomials, the keys of each entry ascending."""
        import numpy as np

        level = self.places[1:] == self.places[:-1]
        if not (level & (self.keys[1:] < self.keys[:-1])).any():
            return self
        order = np.lexsort((self.keys, self.places))
        return Forms(self.ring, self.shape, self.places[order], self.keys[order])


def flat(index: tuple[int, ...], shape: tuple[int, ...]) -> int:
    """The number of a position, counted row by row. Raises AuthorError for one outside."""
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise AuthorError(f"an array of shape {shape} has no entry {index}")
    number = 0
    for i, n in zip(index, shape, strict=True):
        number = number * n + i
    return number


def spans(pointers: IntArray, chosen: IntArray) -> tuple[IntArray, IntArray]:
    """The numbers from ``pointers[c]`` to before ``pointers[c + 1]`` for each c of ``chosen``, end
    to end, and how many each c contributes.
    """
    import numpy as np

    lengths = np.diff(pointers)[chosen].astype(np.int64)
    starts = pointers[chosen] - (np.cumsum(lengths) - lengths)
    return np.arange(int(lengths.sum())) + np.repeat(starts, lengths), lengths
