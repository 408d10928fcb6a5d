"""Sound rewritings of one node, and those of arithmetic.

Each takes a node and a place and gives a node of the same value, defined at the same points, or
None where it does not apply. They are the generator's own and know nothing of symcnn's prover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from symcnn.formula import (
    Add,
    Bracket,
    Compare,
    Formula,
    Mul,
    Pow,
    Rational,
    Symbol,
    add,
    mul,
    negative,
)
from tests.soundness.shape import is_array, is_integer, is_literal
from tests.soundness.worlds import World


@dataclass(frozen=True)
class Place:
    """Where a node stands: its world, the bound variables around it, and the dice."""

    world: World
    bound: frozenset[str]
    rng: Random


Rule = Callable[[Formula, Place], "Formula | None"]
ONE = Rational(1)


def _scalars(node: Formula, place: Place) -> bool:
    return not any(is_array(child, place.world) for child in node.children())


def integers(place: Place, *nodes: Formula) -> bool:
    return all(is_integer(node, place.world, place.bound) for node in nodes)


def commute(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Add | Mul) or (isinstance(node, Mul) and not _scalars(node, place)):
        return None
    parts = list(node.args)
    place.rng.shuffle(parts)
    return type(node)(tuple(parts))


def associate(node: Formula, place: Place) -> Formula | None:
    """A nested sum or product flattened, or the first two of three parts in brackets."""
    if not isinstance(node, Add | Mul):
        return None
    if isinstance(node, Mul) and any(isinstance(arg, Bracket) for arg in node.args):
        return None
    kind = type(node)
    for k, part in enumerate(node.args):
        if isinstance(part, kind) and not _has_bracket(part):
            return kind((*node.args[:k], *part.args, *node.args[k + 1 :]))
    if len(node.args) > 2:
        return kind((kind(node.args[:2]), *node.args[2:]))
    return None


def _has_bracket(node: Formula) -> bool:
    return any(isinstance(child, Bracket) for child in node.children())


def distribute(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Mul) or _has_bracket(node):
        return None
    for k, part in enumerate(node.args):
        if isinstance(part, Add):
            return Add(tuple(Mul((*node.args[:k], t, *node.args[k + 1 :])) for t in part.args))
    return None


def factor_out(node: Formula, place: Place) -> Formula | None:
    """``c*a + c*b -> c*(a + b)`` for a common first factor."""
    if not isinstance(node, Add) or _has_bracket(node):
        return None
    common: Formula | None = None
    rest = []
    for term in node.args:
        if not isinstance(term, Mul) or (common is not None and term.args[0] != common):
            return None
        if _has_bracket(term):
            return None
        common = term.args[0]
        rest.append(mul(term.args[1:]))
    return None if common is None else Mul((common, Add(tuple(rest))))


def factor_number(node: Formula, place: Place) -> Formula | None:
    """``a + b -> c*(a/c + b/c)``."""
    if not isinstance(node, Add):
        return None
    c = Rational(place.rng.choice((2, 3, 5)))
    return Mul((c, Add(tuple(term / c for term in node.args))))


def turn_difference(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Add):
        return None
    return negative(Add(tuple(negative(term) for term in node.args)))


def multiply_and_divide(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Rational | Compare) or is_array(node, place.world):
        return None
    positive = sorted(place.world.positive)
    options: list[Formula] = [Rational(2), Rational(7), Rational(Fraction(1, 2), 1)]
    options += map(Symbol, positive)
    c = place.rng.choice(options)
    return Mul((node, c, Pow(c, Rational(-1))))


def add_and_subtract(node: Formula, place: Place) -> Formula | None:
    if isinstance(node, Rational | Compare) or is_array(node, place.world):
        return None
    names = [name for name, domain in place.world.names if domain.endswith(("integer", "real"))]
    names = [name for name in names if "indexed" not in dict(place.world.names)[name]]
    if not names:
        return None
    c = Symbol(place.rng.choice(names))
    return Add((node, c, negative(c)))


def split_power(node: Formula, place: Place) -> Formula | None:
    """``x^n -> x^k*x^(n-k)`` with exponents of one sign."""
    if not isinstance(node, Pow) or not is_literal(node.exponent):
        return None
    n = int(node.exponent.value)  # type: ignore[attr-defined]
    if abs(n) < 2:
        return None
    k = n // abs(n) * place.rng.randint(1, abs(n) - 1)
    return Mul((Pow(node.base, Rational(k)), Pow(node.base, Rational(n - k))))


def power_of_product(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Pow) or not isinstance(node.base, Mul) or not _scalars(node, place):
        return None
    if not is_literal(node.exponent) or _has_bracket(node.base):
        return None
    return Mul(tuple(Pow(factor, node.exponent) for factor in node.base.args))


def square_of_sum(node: Formula, place: Place) -> Formula | None:
    if not isinstance(node, Pow) or node.exponent != Rational(2) or not isinstance(node.base, Add):
        return None
    if not _scalars(node, place):
        return None
    first, rest = node.base.args[0], add(node.base.args[1:])
    return Add((Pow(first, Rational(2)), Mul((Rational(2), first, rest)), Pow(rest, Rational(2))))


def spell_literal(node: Formula, place: Place) -> Formula | None:
    """``7 -> 5 + 2``, ``1/2 -> 0.5`` and the like."""
    if not isinstance(node, Rational) or node.places:
        return None
    k = place.rng.choice((1, 2, 10))
    options = [
        Add((Rational(node.value - k), Rational(k))),
        Mul((Rational(node.value * k), Pow(Rational(k), Rational(-1)))),
        Mul((Rational(node.value * 5), Rational(Fraction(1, 5), 1))),
    ]
    return place.rng.choice(options)


ALGEBRA: tuple[Rule, ...] = (
    commute, associate, distribute, factor_out, factor_number, turn_difference,
    multiply_and_divide, add_and_subtract, split_power, power_of_product, square_of_sum,
    spell_literal,
)  # fmt: skip
