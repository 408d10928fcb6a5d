"""Fractional powers of one base that know of each other: ``a^(1/2)`` is the square of ``a^(1/4)``.

A chain has a base b and atoms ``b^(1/d)``, each degree d a multiple of the one before; the newest
atom to the power of their quotient is the older one. Every ``b^(p/q)`` is a power of the newest
atom once its degree is a multiple of q.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple

from symcnn.formula.nodes import Formula

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring


class Chain(NamedTuple):
    """The newest atom, its degree, how a root of the base is written, and what the base is.

    ``base`` is a polynomial, or None where the base is ``exp(exponent)``.
    """

    degree: int
    top: Poly
    spelled: Callable[[int], Formula]
    base: Poly | None
    exponent: Pair | None


def fresh_chain(
    spelled: Callable[[int], Formula], base: Poly | None, exponent: Pair | None = None
) -> Chain:
    """A chain without atoms: of a polynomial, or of ``exp(exponent)``."""
    return Chain(0 if base is None else 1, base, spelled, base, exponent)


def fractional_power(ring: Ring, key: object, power: Fraction, empty: Chain) -> Pair:
    """The base of the chain to a rational power; ``empty`` is the chain if there is none yet.

    Nothing is recorded as a divisor: that is for who knows whether the base may be 0.
    """
    from symcnn.prover.rational import Root

    chain = ring.chains.get(key, empty)
    degree = power.denominator
    if chain.degree == 0 or chain.degree % degree:
        whole = lcm(chain.degree or 1, degree)
        atom = ring.atom((key, whole), chain.spelled(whole))
        slot = ring.slot((key, whole))
        if chain.degree:
            ring.roots.setdefault(slot, Root(whole // chain.degree, chain.top, 1))
        ring.links.setdefault(slot, (key, whole))
        chain = ring.chains[key] = chain._replace(degree=whole, top=atom)
    steps = power.numerator * (chain.degree // degree)
    raised = ring.raised((chain.top, 1), abs(steps))[0]
    return (raised, 1) if steps >= 0 else (1, raised)


def link_of(ring: Ring, poly: Any) -> tuple[object, int] | None:
    """The chain and the degree of a polynomial that is a single atom of a chain."""
    slot = generator(poly)
    return None if slot is None else ring.links.get(slot)


def generator(poly: Any) -> int | None:
    """The slot of a polynomial that is a single atom."""
    if type(poly) is int or len(poly) != 1 or int(poly.leading_coefficient()) != 1:
        return None
    slots = [slot for slot, degree in enumerate(poly.degrees()) if degree]
    return slots[0] if len(slots) == 1 and poly.total_degree() == 1 else None
