"""Logarithms over irreducible factors: ``log(a^2*b/c) = 2*log|a| + log|b| - log|c|``.

Where ``log(u)`` has a value no factor of u is 0, so each ``log|f|`` has one, and
``log(u) = log|u|``. Primes are factors too; ``log(exp(u)) = u``, ``log(sqrt(u)) = log(u)/2``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call, Rational
from symcnn.prover.absolute import absolute_factor, factors
from symcnn.prover.chains import generator
from symcnn.prover.radicals import primes

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring


def logarithm(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``log(num/den)`` wherever it has a value."""
    from symcnn.prover.rational import Stopped

    num, den = ring.lowest(num, den)
    if not num:
        raise Stopped("the logarithm of 0")
    total: Pair = (0, 1)
    for poly, sign in ((num, 1), (den, -1)):
        content, parts = factors(ring, poly)
        for prime, count in primes(abs(content)):
            total = _plus(ring, total, (_of_number(ring, prime), 1), sign * count)
        for factor, count in parts:
            total = _plus(ring, total, of_factor(ring, factor), sign * count)
    return total


def _plus(ring: Ring, a: Pair, b: Pair, scale: int) -> Pair:
    num = ring.product(a[0], b[1]) + scale * ring.product(b[0], a[1])
    return num, ring.product(a[1], b[1])


def of_factor(ring: Ring, factor: Any) -> Pair:
    """``log|factor|``; of an atom ``exp(u)``, of a root, of ``|f|`` and of a sign it is known."""
    slot = generator(factor)
    if slot is not None:
        linked = ring.links.get(slot)
        if linked is not None:
            return _of_link(ring, *linked)
        if slot in ring.absolutes:
            return of_factor(ring, ring.absolutes[slot])
        shown = ring.atoms[slot]
        if isinstance(shown, Call) and shown.name == "sign":
            return 0, 1
    size = absolute_factor(ring, factor)
    key = ("log", ring.canonical(factor, 1))
    atom = ring.atom(key, Call("log", (ring.as_formula(size),)))
    ring.logs.setdefault(ring.slot(key), size)
    return atom, 1


def _of_link(ring: Ring, key: object, degree: int) -> Pair:
    chain = ring.chains[key]
    if chain.exponent is not None:
        num, den = chain.exponent
        return num, degree * den
    num, den = logarithm(ring, chain.base, 1)
    return num, degree * den


def _of_number(ring: Ring, prime: int) -> Poly:
    key = ("log", prime)
    atom = ring.atom(key, Call("log", (Rational(prime),)))
    ring.logs.setdefault(ring.slot(key), prime)
    return atom
