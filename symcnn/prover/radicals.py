"""Roots and fractional powers in normal form, over the irreducible factors of what they take.

``sqrt(a^2*b) = |a|*sqrt(b)``, ``sqrt(a*b) = sqrt(a)*sqrt(b)`` where a is known not to be negative,
``sqrt(a/b) = sqrt(a*b)/|b|``; roots of odd degree are taken apart altogether. Factors of unknown
sign to an odd power stay together below one even root.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call, Formula, Pow, Rational, number
from symcnn.prover.absolute import absolute_factor, factors, known_sign
from symcnn.prover.chains import Chain, fractional_power, fresh_chain, link_of

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_DEGREE = 64
_BITS = 64


def root_pair(ring: Ring, node: Call) -> Pair:
    """``sqrt(u)`` and ``root(u, n)``."""
    degree = 2
    if node.name == "root":
        literal = node.args[1]
        value = literal.value if isinstance(literal, Rational) else Fraction(0)
        if value.denominator != 1 or not 1 <= value <= _DEGREE:
            return ring.atom(("root", ring.key(node.args[0]), ring.key(literal)), node), 1
        degree = int(value)
    return root(ring, *ring.pair(node.args[0]), degree)


def fractional(ring: Ring, base: Formula, power: Fraction) -> Pair:
    """``base ** (p/q)``: undefined for a negative base, as no root of odd degree is."""
    from symcnn.prover.rational import Stopped

    if power.denominator > _DEGREE:
        raise Stopped("a root of too high a degree")
    return ring.raised(root(ring, *ring.pair(base), power.denominator), power.numerator)


def root(ring: Ring, num: Poly, den: Poly, degree: int) -> Pair:
    """``(num/den) ** (1/degree)``, the real root where the degree is odd.

    A root is taken apart once, unless bound names make its signs depend on the place.
    """
    if ring.depth():
        return _root(ring, num, den, degree)
    key = (degree, ring.canonical(num, den))
    found = ring.root_pairs.get(key)
    if found is None:
        found = ring.root_pairs[key] = _root(ring, num, den, degree)
    return found


def _root(ring: Ring, num: Poly, den: Poly, degree: int) -> Pair:
    num, den = ring.lowest(num, den)
    if not num:
        return 0, 1
    found: Pair = (1, 1)
    together: Poly = 1  # factors of unknown sign, all below one even root
    for poly, sign in ((num, 1), (den, -1)):
        content, parts = factors(ring, poly)
        together = -together if content < 0 else together
        for prime, count in primes(abs(content)):
            found = _times(ring, found, number_power(ring, prime, Fraction(sign * count, degree)))
        for factor, count in parts:
            known = known_sign(ring, factor)
            if known is None:
                part = _unknown(ring, factor, sign * count, degree)
                if degree % 2 == 0 and count % 2:
                    together = ring.product(together, factor)
            else:
                together = -together if known < 0 and count % 2 else together
                size = factor if known > 0 else -factor
                part = factor_power(ring, size, Fraction(sign * count, degree))
            found = _times(ring, found, part)
    if type(together) is int and (together == 1 or degree % 2):
        return together * found[0], found[1]
    together = together * ring.context.constant(1)
    return _times(ring, found, factor_power(ring, together, Fraction(1, degree)))


def _unknown(ring: Ring, factor: Any, count: int, degree: int) -> Pair:
    """What leaves the root of a factor of unknown sign: pairs, or all where the degree is odd."""
    if degree % 2:
        return factor_power(ring, factor, Fraction(count, degree), "odd root")
    if count in (0, 1):
        return 1, 1
    size = absolute_factor(ring, factor)
    return factor_power(ring, size, Fraction(2 * (count // 2), degree))


def _times(ring: Ring, a: Pair, b: Pair) -> Pair:
    return ring.product(a[0], b[0]), ring.product(a[1], b[1])


def factor_power(ring: Ring, factor: Any, power: Fraction, name: str = "root") -> Pair:
    """A factor to a rational power; an atom of a chain moves along its chain."""
    if power.denominator == 1:
        raised = ring.raised((factor, 1), abs(power.numerator))[0]
        return (raised, 1) if power >= 0 else (1, raised)
    linked = link_of(ring, factor)
    if linked is not None and linked[0] in ring.chains:
        key, degree = linked
        return fractional_power(ring, key, power / degree, ring.chains[key])
    shown = ring.as_formula(factor)
    empty = fresh_chain(_odd_spelling(shown) if name == "odd root" else spelling(shown), factor)
    return fractional_power(ring, (name, ring.canonical(factor, 1)), power, empty)


def number_power(ring: Ring, prime: int, power: Fraction) -> Pair:
    """A positive integer to a rational power."""
    shown = spelling(Rational(prime))
    empty: Chain = fresh_chain(shown, ring.context.constant(prime))
    if power.denominator == 1:
        return ring.raised((prime, 1), int(power))
    return fractional_power(ring, ("root", Fraction(prime)), power, empty)


def spelling(base: Formula) -> Callable[[int], Formula]:
    """How the roots of a formula are written."""

    def spelled(degree: int) -> Formula:
        if degree == 1:
            return base
        return Call("sqrt", (base,)) if degree == 2 else Pow(base, number(Fraction(1, degree)))

    return spelled


def _odd_spelling(base: Formula) -> Callable[[int], Formula]:
    return lambda degree: Call("root", (base, Rational(degree)))


def primes(value: int) -> list[tuple[int, int]]:
    """Prime factors with their powers; a number that is very large stays whole."""
    if value <= 1:
        return []
    if value.bit_length() > _BITS:
        return [(value, 1)]
    import flint

    return [(int(prime), int(count)) for prime, count in flint.fmpz(value).factor()]
