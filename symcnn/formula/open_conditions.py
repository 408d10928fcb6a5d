"""Conditions without their border: where they hold, they hold all around in one variable."""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.nodes import Call, Formula
from symcnn.formula.traverse import free_names, walk

_STRICT = {"<": "<", "<=": "<", ">": ">", ">=": ">", "!=": "!="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_JUMPS = ("floor", "ceil", "sign", "mod", "factorial", "binomial", "gcd")


def opened(condition: Formula, wanted: bool, name: str) -> Formula | None:
    """A condition that implies ``condition`` (or its negation), also for ``name`` close by.

    None where there is no such place. Raises AuthorError if a side may jump in ``name``.

    >>> from symcnn.formula.nodes import Symbol
    >>> opened(Compare(">=", Symbol("x"), 0), True, "x")
    Compare('>', Symbol('x'), Rational(0))
    >>> opened(Compare("=", Symbol("x"), 0), True, "x") is None
    True
    """
    if name not in free_names(condition):
        return condition if wanted else Not(condition)
    if isinstance(condition, Not):
        return opened(condition.condition, not wanted, name)
    if isinstance(condition, (And, Or)):
        parts = [opened(part, wanted, name) for part in condition.args]
        found = tuple(part for part in parts if part is not None)
        if isinstance(condition, And) is wanted:
            return And(found) if len(found) == len(parts) else None
        return None if not found else Or(found) if len(found) > 1 else found[0]
    if not isinstance(condition, Compare) or condition.op not in _OPPOSITE:
        raise AuthorError(f"no derivative by {name}: it decides a case by a condition that jumps")
    for node in walk(condition):
        jumps = isinstance(node, (Bracket, Cases)) or (
            isinstance(node, Call) and node.name in _JUMPS
        )
        if jumps and name in free_names(node):
            raise AuthorError(f"no derivative by {name}: a side of a case's condition jumps in it")
    strict = _STRICT.get(condition.op if wanted else _OPPOSITE[condition.op])
    return None if strict is None else Compare(strict, condition.lhs, condition.rhs)
