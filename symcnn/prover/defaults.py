"""What is read off formulas before anything is known: integers, conjuncts, literal values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import And, Compare
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import walk


def integer_names(*formulas: Formula) -> frozenset[str]:
    """Names that are integers where nobody says otherwise: indices, limits, sizes, divisors.

    >>> from symcnn.formula.binders import Sum
    >>> sorted(integer_names(Sum(Index("x", (Symbol("i"),)), "i", Rational(1), Symbol("n"))))
    ['i', 'n']
    """
    found: set[str] = set()
    for top in formulas:
        for node in walk(top):
            places: tuple[Formula, ...] = ()
            if isinstance(node, Index):
                places = node.indices
            elif isinstance(node, Binder):
                places = node.children()[1:]
                found.add(node.variable)
            elif isinstance(node, Array):
                places = node.shape
                found.update(node.variables)
            elif isinstance(node, Compare) and node.op == "divides":
                places = (node.lhs, node.rhs)
            elif isinstance(node, Call) and node.name in ("factorial", "binomial", "gcd"):
                places = node.args
            for place in places:
                found.update(each.name for each in walk(place) if isinstance(each, Symbol))
    return frozenset(found)


def conjuncts(conditions: tuple[Formula, ...]) -> Iterator[Formula]:
    """The conditions with every "and" taken apart."""
    for condition in conditions:
        if isinstance(condition, And):
            yield from conjuncts(condition.args)
        else:
            yield condition


def constant(node: Formula | None) -> Fraction | None:
    """The number that a formula without names is by plain arithmetic, else None."""
    match node:
        case Rational():
            return node.value
        case Add(args) | Mul(args):
            total = Fraction(0 if isinstance(node, Add) else 1)
            for arg in args:
                value = constant(arg)
                if value is None:
                    return None
                total = total + value if isinstance(node, Add) else total * value
            return total
        case Pow(base, Rational(value=power)) if power.denominator == 1 and abs(power) <= 64:
            value = constant(base)
            if value is None or (value == 0 and power < 0):
                return None
            return value ** int(power)
    return None
