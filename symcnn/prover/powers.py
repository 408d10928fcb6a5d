"""Powers with other than integer literals as exponents in the normal form.

``x^(n + 2)`` is ``x^n * x^2`` only where that holds at every point of the domain: for a nonzero
base, or for exponents that are nonnegative integers; where neither is known the power stays one
atom. Positive bases have all laws, by ``exp``; ``(-2)^n = (-1)^n * 2^n``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcnn.formula.nodes import Formula, Mul, Pow, Rational, formula, mul
from symcnn.prover.domains import constant
from symcnn.prover.exponentials import positive_power
from symcnn.prover.radicals import fractional

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring


def power_pair(ring: Ring, base: Formula, exponent: Formula) -> Pair:
    """``base ** exponent`` for any exponent but an integer literal."""
    value = constant(exponent)
    if value is not None:
        if value.denominator == 1:
            return ring.raised(ring.pair(base), int(value))
        return fractional(ring, base, value)
    facts = ring.facts()
    if facts.interval(base).positive:
        return positive_power(ring, base, exponent)
    parts = _exponent_parts(ring, exponent)
    whole = facts.integer(exponent) and all(facts.integer(part) for part, _ in parts)
    literal = constant(base)
    if whole and literal is not None and literal < 0:
        size, below = positive_power(ring, formula(-literal), exponent)
        return ring.product(_alternating(ring, parts), size), below
    lawful = whole and (
        facts.is_nonzero(base)
        or all(count > 0 and facts.interval(part).nonnegative for part, count in parts)
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


def _alternating(ring: Ring, parts: list[tuple[Formula, int]]) -> Poly:
    """``(-1)^n`` for an integer n, of which only the odd multiples of monomials matter."""
    from symcnn.prover.rational import Root

    found: Poly = 1
    for part, count in parts:
        if part == Rational(1):
            found = found * (-1) ** (count % 2)
        elif count % 2:
            key = ("alternating", ring.key(part))
            atom = ring.atom(key, Pow(Rational(-1), part))
            ring.roots.setdefault(ring.slot(key), Root(2, 1, 1))
            found = found * atom
    return found


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
