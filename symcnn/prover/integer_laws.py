"""Steps with floor, ceil and mod, checked as instances of their laws."""

from __future__ import annotations

from symcnn.formula.nodes import Call, Formula, negative
from symcnn.prover.expansion import Expansion, identical
from symcnn.prover.granted_integers import Granted, Integers


def integer_parts(lhs: Formula, rhs: Formula, granted: Granted) -> bool:
    """``floor(u) = n + floor(v)`` where ``u - v = n`` is an integer; ceil and mod by floor."""
    if isinstance(lhs, Call) and lhs.name == "mod":
        return _remainder(lhs.args[0], lhs.args[1], rhs, granted)
    if isinstance(lhs, Call) and lhs.name == "ceil":
        return integer_parts(Call("floor", (negative(lhs.args[0]),)), negative(rhs), granted)
    if not (isinstance(lhs, Call) and lhs.name == "floor"):
        return False
    whole = Integers(granted)
    floors = whole.floors(rhs)
    if whole.integral(rhs) and whole.within_one(lhs.args[0] - rhs):
        return True
    if whole.integral(rhs) and identical(lhs.args[0], rhs):
        return True
    joined = whole.joined(lhs.args[0])
    if joined is not None:
        return integer_parts(Call("floor", (joined,)), rhs, granted)
    if len(floors) > 1 or not whole.integral(rhs):
        return False
    [inner] = floors
    for sign in (1, -1):
        rest = rhs + negative(inner) if sign > 0 else rhs + inner
        if not whole.integral(rest) or whole.mentions(rest, inner):
            continue
        if sign > 0 and identical(lhs.args[0], rest + inner.args[0]):
            return True
        if sign < 0 and whole.mirrored(lhs.args[0] + negative(rest), inner.args[0]):
            return True
    return False


def _remainder(a: Formula, b: Formula, rhs: Formula, granted: Granted) -> bool:
    """``mod(a, b) = a - b*q`` for what ``floor(a/b)`` may be, seen from the floors in rhs."""
    for inner in (None, *Integers(granted).floors(rhs)):
        for sign in (1, -1):
            rest = a - rhs - sign * b * inner if inner is not None else a - rhs
            whole = Expansion().exact(rest, b)
            if whole is None:
                continue
            q = whole if inner is None else whole + sign * inner
            if integer_parts(Call("floor", (a / b,)), q, granted):
                return True
    return False
