"""What a name may stand for: integers, reals, intervals, families with support, matrices.

`Given` joins the domains with the relations that a question grants. These are values; whether a
relation holds at a point is decided with ``meaning.py``, and text becomes a `Given` in ``reading``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from symcnn.formula.frozen import frozen, hidden
from symcnn.formula.nodes import Formula

T = TypeVar("T")


@frozen
class Domain:
    """The values of a name, or of every member of a family.

    ``kind`` is "integer", "real", "matrix" or "function". Bounds are formulas or None (no bound);
    an open bound excludes its end. ``indices`` is the number of indices of a family (0: a number);
    ``support`` holds, for each index, its first and last position (None: finite, but unknown).
    ``shape`` belongs to matrices. ``declared`` is False where no one said so (the default domain).
    """

    kind: str = "real"
    low: Formula | None = None
    high: Formula | None = None
    low_open: bool = False
    high_open: bool = False
    nonzero: bool = False
    indices: int = 0
    support: tuple[tuple[Formula, Formula], ...] | None = None
    shape: tuple[Formula, ...] = ()
    declared: bool = True


@frozen
class Given:
    """Domains by name, and conditions that hold; the order is the order in which they were said."""

    domains: tuple[tuple[str, Domain], ...] = ()
    relations: tuple[Formula, ...] = ()
    _by_name: dict[str, Domain] = hidden()
    _kept: dict[Callable[..., Any], Any] = hidden()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", dict(self.domains))
        object.__setattr__(self, "_kept", {})

    def domain(self, name: str) -> Domain | None:
        """The domain that was said for the name, else None."""
        return self._by_name.get(name)

    def kept(self, make: Callable[[Given], T]) -> T:
        """``make(self)``, which must depend on nothing else: computed once and kept with the value.

        >>> Given((("K", Domain("integer")),)).kept(lambda given: len(given.domains))
        1
        """
        found = self._kept.get(make)
        if found is None:
            found = self._kept[make] = make(self)
        made: T = found
        return made
