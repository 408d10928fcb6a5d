"""What can be seen from the outside of a formula: integer, positive, array, total.

Every answer "yes" is certain; "no" means only that it is not obvious.
"""

from __future__ import annotations

from symcnn.formula import (
    Add,
    Array,
    Call,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    Table,
    Unknown,
)
from symcnn.formula.binders import Binder
from symcnn.formula.traverse import walk
from tests.soundness.worlds import World

_ROUND = ("floor", "ceil", "sign", "factorial", "binomial", "gcd")
_KEEP = ("abs", "max", "min", "relu", "mod")
_ARRAYS = ("transpose", "kron", "hadamard")
_LEAST = {"positive integer": 1, "size": 1, "nonnegative integer": 0, "integer >= 2": 2}
_PARTIAL = ("mod", "sqrt", "root", "log", "tan", "factorial", "binomial", "gcd", "det")


def is_literal(node: Formula, least: int | None = None) -> bool:
    """An integer literal, at least ``least``."""
    if not isinstance(node, Rational) or node.value.denominator != 1:
        return False
    return least is None or node.value >= least


def is_integer(node: Formula, world: World, bound: frozenset[str]) -> bool:
    """An integer wherever it is defined."""
    if isinstance(node, Rational):
        return node.value.denominator == 1
    if isinstance(node, Symbol):
        return node.name in bound or node.name in world.whole
    if isinstance(node, Add | Mul):
        return all(is_integer(arg, world, bound) for arg in node.args)
    if isinstance(node, Pow):
        return is_literal(node.exponent, 0) and is_integer(node.base, world, bound)
    if isinstance(node, Call):
        inside = all(is_integer(arg, world, bound) for arg in node.args)
        return node.name in _ROUND or (node.name in _KEEP and inside)
    return False


def is_positive(node: Formula, world: World) -> bool:
    """Greater than zero wherever it is defined."""
    if isinstance(node, Rational):
        return node.value > 0
    if isinstance(node, Symbol):
        return node.name in world.positive
    if isinstance(node, Mul):
        return all(is_positive(arg, world) for arg in node.args)
    if isinstance(node, Add):
        first = any(is_positive(arg, world) for arg in node.args)
        return first and all(is_nonnegative(arg, world) for arg in node.args)
    if isinstance(node, Pow):
        return isinstance(node.exponent, Rational) and is_positive(node.base, world)
    return isinstance(node, Call) and node.name in ("exp", "sigmoid")


def is_nonnegative(node: Formula, world: World) -> bool:
    """At least zero wherever it is defined."""
    if is_positive(node, world):
        return True
    if isinstance(node, Rational):
        return node.value >= 0
    if isinstance(node, Symbol):
        return node.name in world.of("nonnegative integer")
    if isinstance(node, Mul | Add):
        return all(is_nonnegative(arg, world) for arg in node.args)
    if isinstance(node, Pow):
        even = is_literal(node.exponent, 0) and node.exponent.value % 2 == 0  # type: ignore[attr-defined]
        return even and not is_array(node.base, world)
    return isinstance(node, Call) and node.name in ("abs", "relu", "sqrt")


def is_array(node: Formula, world: World) -> bool:
    """Perhaps an array (here "no" is the certain answer)."""
    if isinstance(node, Symbol):
        return node.name in world.of("matrix 2 x 2", "matrix n x n")
    if isinstance(node, Array | Table):
        return True
    if isinstance(node, Call):
        return node.name in _ARRAYS
    if isinstance(node, Index | Unknown | Compare):
        return False
    if isinstance(node, Binder):
        return is_array(node.body, world)
    if isinstance(node, Cases):
        return True
    return any(is_array(child, world) for child in node.children())


def is_total(node: Formula) -> bool:
    """Defined at every point: nothing in it divides, takes roots, logarithms or unusual bounds."""
    for part in walk(node):
        if isinstance(part, Pow) and not is_literal(part.exponent, 0):
            return False
        if isinstance(part, Call) and part.name in _PARTIAL:
            return False
        if isinstance(part, Cases) and part.default is None:
            return False
        if isinstance(part, Index | Table | Array | Sum):
            continue
    return True


def never_empty(node: Binder, world: World) -> bool:
    """The range has an element at every point: literals, or up to a positive integer."""
    low, high = node.low, node.high
    if low is None or high is None or not isinstance(low, Rational):
        return False
    least = _least(high, world)
    return least is not None and low.value <= least


def _least(node: Formula, world: World) -> int | None:
    if isinstance(node, Rational):
        return int(node.value) if node.value.denominator == 1 else None
    if isinstance(node, Symbol):
        domain = dict(world.names).get(node.name)
        return _LEAST.get(domain or "")
    if isinstance(node, Add):
        parts = [_least(arg, world) for arg in node.args]
        return None if None in parts else sum(part for part in parts if part is not None)
    return None
