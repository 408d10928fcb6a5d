"""Powers with other than integer literals as exponents, and roots, as atoms of the normal form.

``x^(p/q)`` is an atom r with r^q = x, to the power p. ``x^(n + 2)`` is ``x^n * x^2`` only where
that holds at every point of the domain: for a nonzero base, or for exponents that are
nonnegative integers; where neither is known the power stays one atom.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, mul, number

from symcnn.prover.absolute import square_root

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring


def root_pair(ring: Ring, node: Call) -> Pair:
    """``sqrt(u)`` and ``root(u, n)``."""
    from symcnn.prover.rational import Root

    degree = 2
    if node.name == "root":
        number_of = node.args[1]
        if not isinstance(number_of, Rational) or number_of.value.denominator != 1:
            return ring.atom(("root", ring.key(node.args[0]), ring.key(number_of)), node), 1
        degree = int(number_of.value)
        if not 1 <= degree <= 64:
            return ring.atom(("root", ring.key(node.args[0]), degree), node), 1
        if degree == 1:
            return ring.pair(node.args[0])
    if degree % 2 == 0:
        return fractional(ring, node.args[0], Fraction(1, degree))
    key = ("odd root", degree, ring.key(node.args[0]))
    atom = ring.atom(key, node)
    num, den = ring.pair(node.args[0])
    ring.roots.setdefault(ring.slot(key), Root(degree, num, den))
    return atom, 1


def fractional(ring: Ring, base: Formula, power: Fraction) -> Pair:
    """``base ** (p/q)``: the atom ``base ** (1/q)`` to the power p.

    For a negative base both are undefined; at 0 both are 0, or both undefined when p < 0.
    """
    from symcnn.prover.rational import Root, Stopped

    degree = power.denominator
    if degree > 64:
        raise Stopped("a root of too high a degree")
    exact = _exact_root(base, degree)
    if exact is not None:
        return ring.raised((exact.numerator, exact.denominator), power.numerator)
    if degree == 2:
        return ring.raised(square_root(ring, base), power.numerator)
    key = ("root", degree, ring.key(base))
    spelled = Pow(base, number(Fraction(1, degree)))
    atom = ring.atom(key, spelled)
    num, den = ring.pair(base)
    ring.roots.setdefault(ring.slot(key), Root(degree, num, den))
    return ring.raised((atom, 1), power.numerator)


def _exact_root(base: Formula, degree: int) -> Fraction | None:
    from symcnn.prover.domains import constant

    value = constant(base)
    if value is None or value < 0:
        return None
    top, bottom = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if top is None or bottom is None else Fraction(top, bottom)


def _whole_root(value: int, degree: int) -> int | None:
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < value:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == value else None


def power_pair(ring: Ring, base: Formula, exponent: Formula) -> Pair:
    """``base ** exponent`` for any exponent but an integer literal."""
    from symcnn.prover.domains import constant

    value = constant(exponent)
    if value is not None:
        if value.denominator == 1:
            return ring.raised(ring.pair(base), int(value))
        return fractional(ring, base, value)
    parts = _exponent_parts(ring, exponent)
    facts = ring.facts()
    whole = facts.integer(exponent) and all(facts.integer(part) for part, _ in parts)
    positive = facts.interval(base).positive
    lawful = positive or (
        whole
        and (
            facts.is_nonzero(base)
            or all(count > 0 and facts.interval(part).nonnegative for part, count in parts)
        )
    )
    if not lawful:
        return ring.atom(("power", ring.key(base), ring.key(exponent)), Pow(base, exponent)), 1
    if whole and isinstance(base, Mul):
        return _distributed(ring, base.args, exponent)
    num: Poly = 1
    den: Poly = 1
    for part, count in parts:
        if part == Rational(1):
            a, b = ring.raised(ring.pair(base), count)
        else:
            key = ("power", ring.key(base), ring.key(part))
            a, b = ring.raised((ring.atom(key, Pow(base, part)), 1), count)
        num, den = num * a, den * b
    return num, den


def _distributed(ring: Ring, factors: tuple[Formula, ...], exponent: Formula) -> Pair:
    """``(a*b)^n = a^n * b^n`` where n is an integer and every factor is nonzero or n >= 0."""
    facts = ring.facts()
    safe = facts.interval(exponent).nonnegative or all(facts.is_nonzero(each) for each in factors)
    flat = all(not isinstance(each, Pow) for each in factors)
    whole = mul(factors)
    if not safe or not flat:
        key = ("power", ring.key(whole), ring.key(exponent))
        return ring.atom(key, Pow(whole, exponent)), 1
    num: Poly = 1
    den: Poly = 1
    for each in factors:
        a, b = ring.pair(Pow(each, exponent))
        num, den = num * a, den * b
    return num, den


def _exponent_parts(ring: Ring, exponent: Formula) -> list[tuple[Formula, int]]:
    """The exponent as integer multiples of monomials; one part of count 1 where it is not."""
    num, den = ring.pair(exponent)
    if type(den) is not int or den != 1 or type(num) is int:
        return [(exponent, 1)]
    parts = []
    for powers, coefficient in num.to_dict().items():
        monomial = ring.context.from_dict({powers: 1})
        parts.append((ring.as_formula(monomial), int(coefficient)))
    return parts
