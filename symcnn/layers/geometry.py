"""How positions and sizes are written: literals joined, factors of 1 and terms of 0 left out."""

from __future__ import annotations

from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Add, Formula, Rational, add, formula


def literal(value: Formula) -> int | None:
    """The integer that a formula literally is, else None."""
    if isinstance(value, Rational) and value.value.denominator == 1:
        return value.value.numerator
    return None


def shifted(place: Formula, amount: int) -> Formula:
    """``place + amount``, the amount joined to the literal that a sum may end in.

    >>> from symcnn.formula.nodes import Symbol
    >>> shifted(Symbol("o") - 1, 1)
    Symbol('o')
    """
    number = literal(place)
    if number is not None:
        return formula(number + amount)
    if isinstance(place, Add):
        last = literal(place.args[-1])
        if last is not None:
            return shifted(add(place.args[:-1]), last + amount)
    return place + amount if amount else place


def times(factor: Formula, other: Formula) -> Formula:
    """``factor * other``, written without a factor that is literally 1, or 0 where one is."""
    if literal(factor) == 1 or literal(other) == 0:
        return other
    return factor if literal(other) == 1 else factor * other


def plus(left: Formula, right: Formula) -> Formula:
    """``left + right``, literals joined and without a term that is literally 0."""
    first, second = literal(left), literal(right)
    if first is not None:
        return shifted(right, first)
    return left + right if second is None else shifted(left, second)


def without(place: Formula, padding: Formula) -> Formula:
    """``place - padding``, a literal padding joined to the literal that the sum may end in."""
    number = literal(padding)
    return place - padding if number is None else shifted(place, -number)


def within(position: Formula, size: Formula) -> Formula:
    """The bracket ``[0 <= position < size]``."""
    return Bracket(And((Compare("<=", 0, position), Compare("<", position, size))))
