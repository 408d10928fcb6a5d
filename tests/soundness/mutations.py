"""Small slips: a changed literal, a lost floor, a limit off by one, two names swapped.

A mutation need not change the value; whether it does is found out by evaluation.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula import (
    Add,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    Unknown,
    add,
    mul,
    negative,
)
from symcnn.formula.binders import Binder
from tests.soundness.rewritings import Place, Rule
from tests.soundness.shape import is_literal

ONE = Rational(1)
_SWAPPED = {
    "floor": "ceil", "ceil": "floor", "max": "min", "min": "max", "abs": "relu", "relu": "abs",
    "tanh": "sigmoid", "sigmoid": "tanh", "det": "trace", "trace": "det", "sign": "abs",
}  # fmt: skip
_COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<=", "!=": ">"}


def other_literal(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Rational) or node.places:
        return None
    return Rational(node.value + place.rng.choice((-1, 1)))


def other_sign(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Add):
        return None
    k = place.rng.randrange(len(node.args))
    return Add((*node.args[:k], negative(node.args[k]), *node.args[k + 1 :]))


def lost_part(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Add | Mul):
        return None
    k = place.rng.randrange(len(node.args))
    rest = (*node.args[:k], *node.args[k + 1 :])
    return add(rest) if isinstance(node, Add) else mul(rest)


def lost_function(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Call | Unknown) or len(node.args) != 1:
        return None
    return None if isinstance(node, Call) and node.name in ("det", "trace") else node.args[0]


def other_function(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Call) or node.name not in _SWAPPED:
        return None
    other = _SWAPPED[node.name]
    return Call(other, node.args if other in ("max", "min") else node.args[:1])


def off_by_one(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Binder) or node.low is None or node.high is None:
        return None
    step = Rational(place.rng.choice((-1, 1)))
    if place.rng.random() < 0.5:
        return type(node)(node.body, node.variable, node.low + step, node.high)
    return type(node)(node.body, node.variable, node.low, node.high + step)


def shifted_index(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Index) or node.name in place.world.of("matrix 2 x 2", "matrix n x n"):
        return None
    k = place.rng.randrange(len(node.indices))
    moved = node.indices[k] + place.rng.choice((-1, 1))
    return Index(node.name, (*node.indices[:k], moved, *node.indices[k + 1 :]))


def other_name(node: Formula, place: Place) -> Formula | None:
    """Another name of the same domain."""
    if not isinstance(node, Symbol | Index | Unknown):
        return None
    domains = dict(place.world.names)
    same = [name for name in domains if domains[name] == domains.get(node.name)]
    same = [name for name in same if name != node.name]
    if not same:
        return None
    name = place.rng.choice(same)
    if isinstance(node, Symbol):
        return Symbol(name)
    return (
        Index(name, node.indices)
        if isinstance(node, Index)
        else Unknown(name, node.args, node.orders)
    )


def other_exponent(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Pow) or not is_literal(node.exponent, 1):
        return None
    return Pow(node.base, node.exponent + ONE)


def other_order(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Unknown) and node.args:
        return Unknown(node.name, node.args, (node.orders[0] + 1, *node.orders[1:]))
    if isinstance(node, Call) and node.name == "transpose":
        return node.args[0]
    if isinstance(node, Mul):
        return Mul(tuple(reversed(node.args)))
    return None


def other_comparison(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Compare) or node.op not in _COMPARED:
        return None
    return Compare(_COMPARED[node.op], node.lhs, node.rhs)


def other_branch(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Cases) and node.default is not None and len(node.branches) == 1:
        ((value, condition),) = node.branches
        return Cases(((node.default, condition),), value)
    if isinstance(node, Bracket):
        return ONE
    return None


def added(node: Formula, place: Place) -> Formula | None:
    """A small number too much, as a rounded constant would be."""
    if not isinstance(node, Symbol | Call) or node in (Call("pi", ()),):
        return None
    if isinstance(node, Symbol) and node.name in place.bound:
        return None
    if isinstance(node, Symbol) and node.name in place.world.of("matrix 2 x 2", "matrix n x n"):
        return None
    if isinstance(node, Call) and node.name in ("transpose", "kron", "hadamard"):
        return None
    return Add((node, Rational(Fraction(1, 10**6), 6)))


MUTATIONS: tuple[Rule, ...] = (
    other_literal, other_sign, lost_part, lost_function, other_function, off_by_one,
    shifted_index, other_name, other_exponent, other_order, other_comparison, other_branch, added,
)  # fmt: skip
