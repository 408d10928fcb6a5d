"""Absolute values, signs, ReLU, max and min, over the irreducible factors of what they take.

``|a*b| = |a|*|b|``, ``|u|^2 = u^2``, ``sign(a*b) = sign(a)*sign(b)``, ``sign(u)^3 = sign(u)``,
``relu(u) = (u + |u|)/2``, ``max(a, b) = (a + b + |a - b|)/2``; a factor whose sign is known needs
no atom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call
from symcnn.prover import signs
from symcnn.prover.ranges import interval, signless

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_FACTORED = 60  # terms of a polynomial that is still factored


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


def factors(ring: Ring, poly: Any) -> tuple[int, list[tuple[Any, int]]]:
    """Content and irreducible factors with their powers; one factor where it is too large."""
    if type(poly) is int or poly.is_constant():
        value = poly if type(poly) is int else int(poly.leading_coefficient()) if poly else 0
        return value, []
    if len(poly) > _FACTORED or poly.total_degree() > 24:
        return 1, [(poly, 1)]
    if len(poly) == 1:
        gens = ring.context.gens()
        degrees = enumerate(poly.degrees())
        return int(poly.leading_coefficient()), [(gens[k], int(d)) for k, d in degrees if d]
    if poly.total_degree() == 1:
        value = int(poly.content()) * (1 if poly.leading_coefficient() > 0 else -1)
        return value, [(divmod(poly, ring.context.constant(value))[0], 1)]
    content, irreducible = poly.factor()
    value = int(content)
    found = []
    for factor, power in sorted(irreducible, key=lambda each: str(each[0])):
        turned = factor.leading_coefficient() < 0
        value = -value if turned and power % 2 else value
        found.append((-factor if turned else factor, int(power)))
    return value, found


def known_sign(ring: Ring, factor: Any) -> int | None:
    """1 or -1 where the factor is nonnegative or nonpositive everywhere, else None."""
    if signless(ring, factor):
        return None
    if len(factor) > 12 or any(slot in ring.roots for slot in _slots(factor)):
        found = interval(ring, factor)
        return 1 if found.nonnegative else -1 if found.nonpositive else None
    if signs.never_negative(ring, factor, irreducible=True):
        return 1
    return -1 if signs.never_negative(ring, -factor, irreducible=True) else None


def _slots(poly: Any) -> list[int]:
    return [slot for slot, degree in enumerate(poly.degrees()) if degree]


def absolute(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``|num/den|``."""
    num, den = ring.lowest(num, den)
    return _absolute(ring, num), _absolute(ring, den)


def _absolute(ring: Ring, poly: Any) -> Poly:
    value, parts = factors(ring, poly)
    found: Poly = abs(value)
    for factor, power in parts:
        found = ring.product(found, ring.raised((factor, 1), power - power % 2)[0])
        if power % 2:
            found = ring.product(found, absolute_factor(ring, factor))
    return found


def absolute_factor(ring: Ring, factor: Any) -> Poly:
    """``|factor|`` of an irreducible factor."""
    sign = known_sign(ring, factor)
    if sign is not None:
        return factor if sign > 0 else -factor
    from symcnn.prover.rational import Root

    key = ("abs", ring.canonical(factor, 1))
    atom = ring.atom(key, Call("abs", (ring.as_formula(factor),)))
    ring.roots.setdefault(ring.slot(key), Root(2, ring.product(factor, factor), 1))
    ring.absolutes.setdefault(ring.slot(key), factor)
    return atom


def _sign(ring: Ring, num: Poly, den: Poly) -> Pair:
    num, den = ring.lowest(num, den)
    facts = ring.facts()
    found: Poly = 1
    for poly in (num, den):
        value, parts = factors(ring, poly)
        found = ring.product(found, (value > 0) - (value < 0))
        for factor, power in parts:
            shown = ring.as_formula(factor)
            if facts.is_nonzero(shown):
                known = known_sign(ring, factor)
                if known is not None:
                    found = found if known > 0 or power % 2 == 0 else -found
                    continue
            atom = ring.atom(("sign", ring.canonical(factor, 1)), Call("sign", (shown,)))
            # s^3 = s, so the power is 1 or 2
            found = ring.product(found, ring.raised((atom, 1), 2 - power % 2)[0])
    return found, 1
