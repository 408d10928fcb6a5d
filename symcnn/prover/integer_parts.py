"""Floor, ceil and mod in normal form: integer parts pulled out, nested floors joined.

``floor(n + u) = n + floor(u)`` for integers n; ``floor((floor(t) + k)/d) = floor((t + k)/d)`` for
integers k and positive integers d; ``ceil(u) = -floor(-u)``; ``mod(a, b) = a - b*floor(a/b)``;
``floor(-a/b) = -floor((a + b - 1)/b)`` for integers with b > 0.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Call, Formula, Rational
from symcnn.formula.polynomials import TooLarge, plus, polynomial
from symcnn.prover import signs
from symcnn.prover.constraints import Reasoner
from symcnn.prover.domains import Facts
from symcnn.prover.ranges import positive, sparse, unbounded

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_NESTED = 8
_ORDER = ("<", "<=", ">", ">=", "=")


def part_pair(ring: Ring, node: Call) -> Pair:
    """``floor(u)``, ``ceil(u)`` or ``mod(a, b)`` as a pair."""
    if node.name == "floor":
        return floor_pair(ring, *ring.pair(node.args[0]))
    if node.name == "ceil":
        num, den = ring.pair(node.args[0])
        above, below = floor_pair(ring, -num, den)
        return -above, below
    a, b = ring.pair(node.args[0]), ring.pair(node.args[1])
    ring.record(b[0])
    above, below = floor_pair(ring, ring.product(a[0], b[1]), ring.product(a[1], b[0]))
    # a - b*q over a common denominator; q is an integer polynomial, so below is 1
    num = ring.product(a[0], ring.product(b[1], below)) - ring.product(
        ring.product(b[0], above), a[1]
    )
    return num, ring.product(a[1], ring.product(b[1], below))


def floor_pair(ring: Ring, num: Poly, den: Poly, depth: int = 0) -> Pair:
    """``floor(num / den)``: an integer polynomial plus at most one floor atom."""
    if type(num) is int and type(den) is int:
        return num // den, 1
    num, den = ring.lowest(num, den)
    if den.is_constant():
        whole, rest = _constant_split(ring, num, int(den.leading_coefficient()))
    else:
        whole, rest = _split(ring, num, den)
    if not rest or _below_one(ring, rest, den):
        return whole, 1
    if den.is_constant() and ring.integral(rest):
        return _by_literal(ring, whole, rest, int(den.leading_coefficient()), depth)
    inner = _joined(ring, rest, den) if depth < _NESTED else None
    if inner is not None:
        above, below = floor_pair(ring, inner[1], inner[2], depth + 1)
        return whole * below + above, below
    if _turned(ring, rest, den):
        above, below = floor_pair(ring, den - rest - 1, den, depth + 1)
        return whole * below - above, below
    return whole + _atom(ring, rest, den), 1


def _by_literal(ring: Ring, whole: Poly, rest: Any, divisor: int, depth: int) -> Pair:
    """Integers over a literal: of ``floor(r/d)`` and ``-floor((d - 1 - r)/d)`` the smaller one."""
    constant = int(rest.to_dict().get((0,) * len(ring.context.gens()), 0))
    common = gcd(int((rest - constant).content()), divisor)
    if common > 1:
        shorter = divmod(rest - constant, ring.context.constant(common))[0] + constant // common
        above, below = floor_pair(ring, shorter, ring.context.constant(divisor // common), depth)
        return whole * below + above, below
    more, turned = _constant_split(ring, divisor - 1 - rest, divisor)
    one = ring.context.constant(divisor)
    ways = [(whole, rest, 1), (whole - more, turned, -1)]
    if depth < _NESTED:
        inside = [(way, _joined(ring, way[1], one)) for way in ways]
        found = [(way, inner) for way, inner in inside if inner is not None]
        if found:
            # the floor that is joined should not stay outside as well
            (outside, _, sign), inner = min(found, key=lambda each: _degree(each[0][0], each[1][0]))
            above, below = floor_pair(ring, inner[1], inner[2], depth + 1)
            return outside * below + sign * above, below
    outside, kept, sign = min(ways, key=lambda way: sparse(way[1]))
    return outside + sign * _atom(ring, kept, one), 1


def _degree(poly: Poly, slot: int) -> int:
    return 0 if type(poly) is int or not poly else int(poly.degrees()[slot])


def _atom(ring: Ring, rest: Any, den: Any) -> Poly:
    key = ("floor", ring.canonical(rest, den))
    known = ring.known(key)
    if known is not None:
        return known
    atom = ring.atom(key, Call("floor", (_quotient(ring, rest, den),)))
    ring.floors.setdefault(ring.slot(key), (rest, den))
    return atom


def _quotient(ring: Ring, num: Poly, den: Poly) -> Formula:
    above, below = ring.as_formula(num), ring.as_formula(den)
    return above if below == Rational(1) else above / below


def _constant_split(ring: Ring, num: Any, divisor: int) -> tuple[Poly, Any]:
    """Integer monomials give up their multiples of the divisor; residues lie in 0..divisor-1."""
    whole: dict[tuple[int, ...], int] = {}
    rest: dict[tuple[int, ...], int] = {}
    for exponents, coefficient in num.to_dict().items():
        value = int(coefficient)
        integer = all(not power or ring.is_integer(slot) for slot, power in enumerate(exponents))
        quotient, residue = divmod(value, divisor) if integer else (0, value)
        if quotient:
            whole[exponents] = quotient
        if residue:
            rest[exponents] = residue
    return ring.context.from_dict(whole), ring.context.from_dict(rest)


def _split(ring: Ring, num: Any, den: Any) -> tuple[Poly, Any]:
    quotient, rest = divmod(num, den)
    if quotient and ring.integral(quotient):
        return quotient, rest
    return ring.context.constant(0), num


def _below_one(ring: Ring, rest: Any, den: Any) -> bool:
    """``0 <= rest/den < 1`` is known."""
    if rest.is_constant() and den.is_constant():
        return bool(0 <= int(rest.leading_coefficient()) < int(den.leading_coefficient()))
    if len(rest) > 6 or len(den) > 6 or not ring.integral(den):
        return False
    facts = ring.facts()
    ordered = any(isinstance(r, Compare) and r.op in _ORDER for r in facts.relations)
    if not ordered and unbounded(ring, rest):
        return False
    if ordered:
        return _granted(ring.as_formula(rest), ring.as_formula(den), facts)
    return (
        positive(ring, den)
        and signs.never_negative(ring, rest)
        and signs.never_negative(ring, den - rest, strict=True)
    )


def _granted(above: Formula, below: Formula, facts: Facts) -> bool:
    """``0 <= above < below`` follows from the facts and the relations among them."""
    try:
        top, bottom = polynomial(above), polynomial(below)
    except TooLarge:
        return False
    reasoner = Reasoner(facts)
    return reasoner.implies([], (">=", top)) and reasoner.implies([], (">", plus(bottom, top, -1)))


def _positive_integer(ring: Ring, den: Any) -> bool:
    return ring.integral(den) and positive(ring, den)


def _joined(ring: Ring, rest: Any, den: Any) -> tuple[int, Poly, Poly] | None:
    """The slot of ``floor(t)``, and ``t + k`` and d, where rest is ``floor(t) + k``, d > 0."""
    degrees = rest.degrees()
    for slot in sorted(ring.floors):
        if degrees[slot] != 1 or den.degrees()[slot]:
            continue
        atom = ring.context.gens()[slot]
        other = rest - atom
        if other and (other.degrees()[slot] or not ring.integral(other)):
            continue
        if not _positive_integer(ring, den):
            return None
        above, below = ring.floors[slot]
        return slot, ring.product(other, below) + above, ring.product(den, below)
    return None


def _turned(ring: Ring, rest: Any, den: Any) -> bool:
    """The numerator starts with a negative coefficient, and integers allow to turn it round."""
    if den.is_constant() or int(rest.leading_coefficient()) > 0:
        return False
    return ring.integral(rest) and _positive_integer(ring, den)
