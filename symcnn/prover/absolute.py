"""Absolute values, signs, ReLU, max and min, and square roots, over the factors of what they take.

``|a*b| = |a|*|b|``, ``|u|^2 = u^2``, ``sign(a*b) = sign(a)*sign(b)``, ``sign(u)^3 = sign(u)``,
``relu(u) = (u + |u|)/2``, ``max(a, b) = (a + b + |a - b|)/2``, ``sqrt(a^2*b) = |a|*sqrt(b)``,
``sqrt(a/b) = sqrt(a*b)/|b|``; a factor whose sign is known needs no atom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call, Formula
from symcnn.prover import signs

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_FACTORED = 60  # terms of a polynomial that is still factored
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)


def absolute_pair(ring: Ring, node: Call) -> Pair:
    """``abs``, ``sign``, ``relu``, ``max`` and ``min`` as a pair."""
    match node.name:
        case "abs":
            return absolute(ring, *ring.pair(node.args[0]))
        case "sign":
            return _sign(ring, *ring.pair(node.args[0]))
        case "relu":
            u = ring.pair(node.args[0])
            return _half(ring, u, absolute(ring, *u), 1)
    found = ring.pair(node.args[0])
    for arg in node.args[1:]:
        other = ring.pair(arg)
        a, b = found, other
        num = ring.product(a[0], b[1]) - ring.product(b[0], a[1])
        total = ring.product(a[0], b[1]) + ring.product(b[0], a[1])
        den = ring.product(a[1], b[1])
        distance = absolute(ring, num, den)
        found = _half(ring, (total, den), distance, 1 if node.name == "max" else -1)
    return found


def _half(ring: Ring, a: Pair, b: Pair, sign: int) -> Pair:
    """``(a + sign*b) / 2``."""
    num = ring.product(a[0], b[1]) + sign * ring.product(b[0], a[1])
    return num, 2 * ring.product(a[1], b[1])


def _factors(ring: Ring, poly: Any) -> tuple[int, list[tuple[Any, int]]]:
    """Content and irreducible factors with their powers; one factor where it is too large."""
    if type(poly) is int or poly.is_constant():
        value = poly if type(poly) is int else int(poly.leading_coefficient()) if poly else 0
        return value, []
    if len(poly) > _FACTORED or poly.total_degree() > 24:
        return 1, [(poly, 1)]
    content, factors = poly.factor()
    ordered = sorted(factors, key=lambda each: str(each[0]))
    value = int(content)
    found = []
    for factor, power in ordered:
        if factor.leading_coefficient() < 0:
            factor = -factor
            value = value if power % 2 == 0 else -value
        found.append((factor, int(power)))
    return value, found


def _known_sign(ring: Ring, factor: Any) -> int | None:
    """1 or -1 where the factor is nonnegative or nonpositive everywhere, else None."""
    facts = ring.facts()
    shown = ring.as_formula(factor)
    found = facts.interval(shown)
    if found.nonnegative:
        return 1
    if found.nonpositive:
        return -1
    if len(factor) > 12 or any(slot in ring.roots for slot in _slots(factor)):
        return None
    if signs.nonnegative(shown, facts):
        return 1
    return -1 if signs.nonnegative(ring.as_formula(-factor), facts) else None


def _slots(poly: Any) -> list[int]:
    return [slot for slot, degree in enumerate(poly.degrees()) if degree]


def absolute(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``|num/den|``."""
    num, den = ring.lowest(num, den)
    return _absolute(ring, num), _absolute(ring, den)


def _absolute(ring: Ring, poly: Any) -> Poly:
    value, factors = _factors(ring, poly)
    found: Poly = abs(value)
    for factor, power in factors:
        found = ring.product(found, ring.raised((factor, 1), power - power % 2)[0])
        if power % 2:
            found = ring.product(found, _absolute_factor(ring, factor))
    return found


def _absolute_factor(ring: Ring, factor: Any) -> Poly:
    sign = _known_sign(ring, factor)
    if sign is not None:
        return factor if sign > 0 else -factor
    from symcnn.prover.rational import Root

    key = ("abs", ring.canonical(factor, 1))
    atom = ring.atom(key, Call("abs", (ring.as_formula(factor),)))
    ring.roots.setdefault(ring.slot(key), Root(2, ring.product(factor, factor), 1))
    return atom


def _sign(ring: Ring, num: Poly, den: Poly) -> Pair:
    num, den = ring.lowest(num, den)
    facts = ring.facts()
    found: Poly = 1
    for poly in (num, den):
        value, factors = _factors(ring, poly)
        found = ring.product(found, (value > 0) - (value < 0))
        for factor, power in factors:
            shown = ring.as_formula(factor)
            if facts.is_nonzero(shown):
                known = _known_sign(ring, factor)
                if known is not None:
                    found = found if known > 0 or power % 2 == 0 else -found
                    continue
            atom = ring.atom(("sign", ring.canonical(factor, 1)), Call("sign", (shown,)))
            # s^3 = s, so the power is 1 or 2
            found = ring.product(found, ring.raised((atom, 1), 2 - power % 2)[0])
    return found, 1


def square_root(ring: Ring, base: Formula) -> Pair:
    """``sqrt(base)``: squares leave as absolute values, known nonnegative factors stand alone."""
    num, den = ring.lowest(*ring.pair(base))
    below = _absolute(ring, den)
    value, factors = _factors(ring, ring.product(num, den))
    outside: Poly = 1
    inside: Poly = 1 if value >= 0 else -1
    root, rest = _square_part(abs(value))
    outside = outside * root
    roots: list[Any] = []
    for factor, power in factors:
        half, odd = divmod(power, 2)
        if half:
            part = _absolute(ring, factor) if half % 2 else factor
            outside = ring.product(outside, part)
            outside = ring.product(outside, ring.raised((factor, 1), half - 1)[0])
        if odd:
            if _known_sign(ring, factor) == 1:
                roots.append(factor)
            else:
                inside = ring.product(inside, factor)
    for prime in rest:
        roots.append(ring.context.constant(prime))
    if not (type(inside) is int and inside == 1):
        roots.append(inside * ring.context.constant(1))
    found = outside
    for factor in roots:
        found = ring.product(found, _root_atom(ring, factor))
    return (0, 1) if value == 0 else (found, below)


def _square_part(value: int) -> tuple[int, list[int]]:
    """``value = root^2 * product(rest)``: small primes apart, what is left as one number."""
    root, rest = 1, []
    for prime in _PRIMES:
        count = 0
        while value and value % prime == 0:
            value //= prime
            count += 1
        root *= prime ** (count // 2)
        if count % 2:
            rest.append(prime)
    if value > 1:
        from math import isqrt

        whole = isqrt(value)
        if whole * whole == value:
            return root * whole, rest
        rest.append(value)
    return root, rest


def _root_atom(ring: Ring, factor: Any) -> Poly:
    from symcnn.prover.rational import Root

    shown = ring.as_formula(factor)
    key = ("root", 2, ring.canonical(factor, 1))
    atom = ring.atom(key, Call("sqrt", (shown,)))
    ring.roots.setdefault(ring.slot(key), Root(2, factor, 1))
    return atom


