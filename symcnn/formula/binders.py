"""Sums and products over a bound variable: ``low..high``, or all integers where both are None.

The bound variable is a name; renaming it consistently gives another formula of the same meaning.
"""

from __future__ import annotations

from symcnn.formula.base import Formula, _set


class Binder(Formula):
    """``body`` over every integer ``variable`` from ``low`` to ``high``; empty when low > high."""

    __slots__ = ("body", "high", "low", "variable")
    fields = __match_args__ = ("body", "variable", "low", "high")
    body: Formula
    variable: str
    low: Formula | None
    high: Formula | None

    def __init__(
        self,
        body: Formula,
        variable: str,
        low: Formula | None = None,
        high: Formula | None = None,
    ) -> None:
        if (low is None) != (high is None):
            raise ValueError("a range has two ends, or none (all integers)")
        _set(self, "body", body)
        _set(self, "variable", variable)
        _set(self, "low", low)
        _set(self, "high", high)

    def children(self) -> tuple[Formula, ...]:
        if self.low is None or self.high is None:
            return (self.body,)
        return (self.body, self.low, self.high)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return type(self)(children[0], self.variable, *children[1:])


class Sum(Binder):
    """The sum; the empty one is 0. Over all integers the body must have finite support."""

    __slots__ = ()


class Product(Binder):
    """The product; the empty one is 1."""

    __slots__ = ()
