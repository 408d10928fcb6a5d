"""Are two matrices, or two arrays of polynomials, equal for every value of their symbols?

Different monomials in independent symbols are linearly independent, so entries are equal exactly
where they have the same monomials with the same coefficients: comparing sorted keys decides.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import ClassVar, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula
from symcnn.layers.forms import Forms
from symcnn.layers.linear_map import LinearMap
from symcnn.layers.map_product import MapProduct

Entries: TypeAlias = LinearMap | MapProduct | Forms


@frozen
class SameEntries:
    """Both sides have these many entries and monomials, and one and the same table of them.

    ``digest`` is the SHA-256 of that table: entry by entry, the sorted monomials.
    """

    equal: ClassVar[bool] = True
    entries: int
    monomials: int
    digest: str

    def replay(self, left: Entries, right: Entries) -> bool:
        """Are both sides equal when their monomials are counted one by one, by their names?

        A slow second way that needs neither keys in order nor the digest.
        """
        one, other = (_by_name(_forms(side)) for side in (left, right))
        return one == other and one.total() == self.monomials


@frozen
class DifferentEntries:
    """A monomial of one entry that has other coefficients on both sides.

    ``point`` gives 1 to the symbols of the monomial, and 0 is meant for all others. The entry is
    ``left`` there on one side and ``right`` on the other, where no power of a symbol is involved.
    """

    equal: ClassVar[bool] = False
    entry: tuple[int, ...]
    monomial: Formula
    left: int
    right: int
    point: tuple[Formula, ...]


def same_entries(left: Entries, right: Entries) -> SameEntries | DifferentEntries:
    """Decides whether two matrices or arrays of polynomials are equal for all weights.

    Shapes are compared first. Raises AuthorError where shapes or families differ, and where
    weights that are written out are not independent symbols.

    >>> from symcnn.layers import Conv1d, ConvTranspose1d
    >>> conv = Conv1d(input_size=5, kernel_size=3).linear_map()
    >>> up = ConvTranspose1d(input_size=3, kernel_size=3).linear_map()
    >>> same_entries(up, conv.T).equal
    True
    """
    import numpy as np

    one, other = _forms(left), _forms(right)
    if one.shape != other.shape:
        raise AuthorError(f"the shapes differ: {one.shape} and {other.shape}")
    if one.ring != other.ring:
        raise AuthorError("the two sides are polynomials in different families")
    if not all(family.independent for family in one.ring.families):
        raise AuthorError("weights that are written out have to be different symbols")
    one, other = one.canonical(), other.canonical()
    if np.array_equal(one.places, other.places) and np.array_equal(one.keys, other.keys):
        digest = sha256()
        for array in (one.places, one.keys):
            digest.update(np.ascontiguousarray(array, dtype="<i8").data)
        return SameEntries(one.size, len(one.keys), digest.hexdigest())
    return _first_difference(one, other)


def _forms(side: Entries) -> Forms:
    return side if isinstance(side, Forms) else side.forms()


def _first_difference(one: Forms, other: Forms) -> DifferentEntries:
    """In the order of entries and monomials."""
    import numpy as np

    shared = min(len(one.keys), len(other.keys))
    same = (one.places[:shared] == other.places[:shared]) & (
        one.keys[:shared] == other.keys[:shared]
    )
    at = shared if same.all() else int(np.argmin(same))
    place, key = min((int(e.places[at]), int(e.keys[at])) for e in (one, other) if at < len(e.keys))
    counts = [int(((e.places == place) & (e.keys == key)).sum()) for e in (one, other)]
    index = tuple(int(i) for i in np.unravel_index(place, one.shape))
    point = tuple(dict.fromkeys(one.ring.factors(key)))
    return DifferentEntries(index, one.ring.monomial(key), counts[0], counts[1], point)


def _by_name(forms: Forms) -> Counter[tuple[int, frozenset[tuple[Formula, int]]]]:
    """How often each entry holds each monomial, which is a multiset of members."""
    found: Counter[tuple[int, frozenset[tuple[Formula, int]]]] = Counter()
    for place, key in zip(forms.places.tolist(), forms.keys.tolist(), strict=True):
        members = Counter(forms.ring.factors(key))
        found[place, frozenset(members.items())] += 1
    return found
