"""A refuted limit looked at again: the expression itself, far out or near by, goes elsewhere.

This is evidence beside the exact limit, in enclosures; it decides nothing on its own.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.claims.statements import Limit
from symcnn.claims.verdict import Witness
from symcnn.formula.nodes import Call, Formula, negative
from symcnn.formula.values import Ball, Undefined
from symcnn.prover.witness import value_at

_INFINITY = Call("infinity", ())
_STEPS = (16, 64, 256)


def elsewhere(limit: Limit, at: Witness) -> bool:
    """Along growing steps the expression comes nearer to the limit found than to the one claimed.

    >>> from symcnn.formula.nodes import Symbol
    >>> n = Symbol("n")
    >>> claimed = Limit(n / (n + 1), "n", _INFINITY, n - n)
    >>> elsewhere(claimed, Witness((), Fraction(1), Fraction(0)))
    True
    """
    values = [_number(limit.expression, place, limit.variable, at) for place in _places(limit, at)]
    seen = [value for value in values if value is not None]
    if len(seen) < 2:
        return False
    first, last = seen[0], seen[-1]
    if isinstance(at.lhs, Undefined):
        return abs(last) > abs(first) or isinstance(at.rhs, Undefined)
    found = _middle(at.lhs)
    if found is None:
        return False
    near = abs(last - found)
    claimed = _middle(at.rhs)
    if claimed is None:
        return near < 1 + abs(first)
    return near < abs(last - claimed)


def _places(limit: Limit, at: Witness) -> list[Fraction]:
    if limit.to == _INFINITY:
        return [Fraction(step) for step in _STEPS]
    if limit.to == negative(_INFINITY):
        return [Fraction(-step) for step in _STEPS]
    end = value_at(limit.to, dict(at.values))
    return [end + Fraction(1, step) for step in _STEPS] if isinstance(end, Fraction) else []


def _number(f: Formula, place: Fraction, variable: str, at: Witness) -> Fraction | None:
    return _middle(value_at(f, {**dict(at.values), variable: place}))


def _middle(value: object) -> Fraction | None:
    match value:
        case Ball(low, high):
            return (low + high) / 2
        case Fraction():
            return value
    return None
