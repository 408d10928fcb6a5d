"""Conditions: comparisons, divisibility, and, or, not. A condition is a Formula without a number.

`Bracket` turns one into a number, `Cases` chooses by them; `given` and `needs` consist of them.
"""

from __future__ import annotations

from symcnn.formula.base import Formula, Operand, _Nary, _set, formula

# "~" is the rounding relation: x ~ 0.0182 holds iff |x - 0.0182| <= 0.00005.
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "divides", "~")


class Condition(Formula):
    """What is true or false at a point where both of its sides are defined."""

    __slots__ = ()


class Compare(Condition):
    """``lhs op rhs`` with op from `COMPARISONS`; ``a divides b`` is between integers.

    >>> Compare("<=", 0, 1)
    Compare('<=', Rational(0), Rational(1))
    """

    __slots__ = ("lhs", "op", "rhs")
    fields = __match_args__ = ("op", "lhs", "rhs")
    op: str
    lhs: Formula
    rhs: Formula

    def __init__(self, op: str, lhs: Operand, rhs: Operand) -> None:
        if op not in COMPARISONS:
            raise ValueError(f"{op!r} is no comparison: one of {', '.join(COMPARISONS)}")
        _set(self, "op", op)
        _set(self, "lhs", formula(lhs))
        _set(self, "rhs", formula(rhs))

    def children(self) -> tuple[Formula, ...]:
        return (self.lhs, self.rhs)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Compare(self.op, *children)


class And(_Nary, Condition):
    """Two or more conditions that hold at once."""

    __slots__ = ()


class Or(_Nary, Condition):
    """Two or more conditions of which at least one holds."""

    __slots__ = ()


class Not(Condition):
    """The condition does not hold."""

    __slots__ = ("condition",)
    fields = __match_args__ = ("condition",)
    condition: Formula

    def __init__(self, condition: Formula) -> None:
        _set(self, "condition", condition)

    def children(self) -> tuple[Formula, ...]:
        return (self.condition,)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Not(*children)


class Bracket(Formula):
    """Iverson's bracket: 1 where the condition holds, else 0. A false one times anything is 0."""

    __slots__ = ("condition",)
    fields = __match_args__ = ("condition",)
    condition: Formula

    def __init__(self, condition: Formula) -> None:
        _set(self, "condition", condition)

    def children(self) -> tuple[Formula, ...]:
        return (self.condition,)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Bracket(*children)


class Cases(Formula):
    """The value of the first branch whose condition holds, else ``default``, else undefined."""

    __slots__ = ("branches", "default")
    fields = __match_args__ = ("branches", "default")
    branches: tuple[tuple[Formula, Formula], ...]
    default: Formula | None

    def __init__(
        self, branches: tuple[tuple[Formula, Formula], ...], default: Formula | None = None
    ) -> None:
        _set(self, "branches", branches)
        _set(self, "default", default)

    def children(self) -> tuple[Formula, ...]:
        flat = tuple(part for branch in self.branches for part in branch)
        return flat if self.default is None else (*flat, self.default)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        count = 2 * len(self.branches)
        pairs = tuple(zip(children[0:count:2], children[1:count:2], strict=True))
        return Cases(pairs, None if self.default is None else children[-1])
