"""What the numbers in an index table stand for: members of a family, or formulas written out.

Nothing is built before it is asked for: a million taps cost a name and a shape.
"""

from __future__ import annotations

from math import prod
from typing import TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, Index, Rational, Symbol, formula
from symcnn.formula.traverse import free_names


@frozen
class Members:
    """The members ``name[i, j, ...]`` of a family, numbered row by row; indices begin at ``first``.

    Raises AuthorError for a number that no member has.

    >>> Members("w", (2, 3), first=1).member(4)
    Index('w', (Rational(2), Rational(2)))
    """

    name: str
    shape: tuple[int, ...]
    first: int = 0

    @property
    def size(self) -> int:
        """How many members there are."""
        return prod(self.shape)

    @property
    def names(self) -> frozenset[str]:
        """The name of the family."""
        return frozenset((self.name,))

    @property
    def independent(self) -> bool:
        """May the members take any values, whatever the others are?"""
        return True

    def place(self, number: int) -> tuple[int, ...]:
        """The indices of a member, ``first`` being added."""
        _within(number, self.size, self.name)
        indices: list[int] = []
        for length in reversed(self.shape):
            number, index = divmod(number, length)
            indices.append(index + self.first)
        return tuple(reversed(indices))

    def member(self, number: int) -> Formula:
        """The member with this number, counted from 0."""
        return Index(self.name, tuple(formula(index) for index in self.place(number)))


@frozen
class Written:
    """Entries that are written out as formulas.

    >>> Written((Symbol("a"), Symbol("b"))).member(1)
    Symbol('b')
    """

    entries: tuple[Formula, ...]

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def names(self) -> frozenset[str]:
        """All names in the entries."""
        return frozenset().union(*map(free_names, self.entries))

    @property
    def independent(self) -> bool:
        """Are the entries different symbols or members with literal indices?"""
        return len(set(self.entries)) == len(self.entries) and all(
            isinstance(entry, Symbol)
            or (isinstance(entry, Index) and all(isinstance(i, Rational) for i in entry.indices))
            for entry in self.entries
        )

    def member(self, number: int) -> Formula:
        """The entry with this number, counted from 0."""
        _within(number, self.size, "the list")
        return self.entries[number]


Weights: TypeAlias = Members | Written


def _within(number: int, size: int, name: str) -> None:
    if not 0 <= number < size:
        raise AuthorError(
            f"{name} has {size} members, numbered from 0, and none of number {number}"
        )
