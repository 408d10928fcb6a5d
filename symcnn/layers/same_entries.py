"""Are two matrices, or two arrays of polynomials, equal for every value of their symbols?

Different monomials in independent symbols are linearly independent, so entries are equal exactly
where they have the same monomials with the same coefficients: comparing sorted keys decides.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import product
from math import prod
from typing import ClassVar, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula
from symcnn.layers.forms import Forms, Ring
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
    """An entry that is different, a monomial with other coefficients in it, and a point.

    At the point the symbols that are named have these values and all others are 0; there the entry
    is ``left`` on one side and ``right`` on the other.
    """

    equal: ClassVar[bool] = False
    entry: tuple[int, ...]
    monomial: Formula
    coefficients: tuple[int, int]
    point: tuple[tuple[Formula, int], ...]
    left: int
    right: int


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
    index = tuple(int(i) for i in np.unravel_index(place, one.shape))
    ring, members = one.ring, tuple(dict.fromkeys(one.ring.factors(key)))
    held = [_polynomial(each, place) for each in (one, other)]
    for values in product((1, 2, 3), repeat=len(members)):  # each symbol is at most squared
        point = dict(zip(members, values, strict=True))
        left, right = (_at(polynomial, ring, point) for polynomial in held)
        if left != right:
            break
    coefficients = held[0][key], held[1][key]
    return DifferentEntries(
        index, ring.monomial(key), coefficients, tuple(point.items()), left, right
    )


def _polynomial(forms: Forms, place: int) -> Counter[int]:
    """The coefficient of each monomial of one entry."""
    return Counter(forms.keys[forms.places == place].tolist())


def _at(polynomial: Counter[int], ring: Ring, point: dict[Formula, int]) -> int:
    """The value where all members outside the point are 0."""
    return sum(
        count * prod(point.get(member, 0) for member in ring.factors(key))
        for key, count in polynomial.items()
    )


def _by_name(forms: Forms) -> Counter[tuple[int, frozenset[tuple[Formula, int]]]]:
    """How often each entry holds each monomial, which is a multiset of members."""
    found: Counter[tuple[int, frozenset[tuple[Formula, int]]]] = Counter()
    for place, key in zip(forms.places.tolist(), forms.keys.tolist(), strict=True):
        members = Counter(forms.ring.factors(key))
        found[place, frozenset(members.items())] += 1
    return found
