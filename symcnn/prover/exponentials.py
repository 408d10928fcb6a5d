"""exp and log in normal form; sigmoid and tanh in terms of exp.

``exp(a + b) = exp(a)*exp(b)``, ``exp(n*a) = exp(a)^n`` for integers n, ``exp(log(u)) = u``,
``log(exp(u)) = u``, ``log(a*b) = log(a) + log(b)`` and ``log(a^n) = n*log(a)`` for positive a, b,
``log(u, b) = log(u)/log(b)``, ``sigmoid(u) = 1/(1 + exp(-u))``,
``tanh(u) = (1 - exp(-2*u))/(1 + exp(-2*u))``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.formula.nodes import Call, Formula, Rational

if TYPE_CHECKING:
    from symcnn.prover.rational import Pair, Poly, Ring

_PARTS = 40
_POWER = 60


def exponential_pair(ring: Ring, node: Call) -> Pair:
    """``exp``, ``log``, ``sigmoid`` or ``tanh`` as a pair."""
    num, den = ring.pair(node.args[0])
    match node.name:
        case "exp":
            return exponential(ring, num, den)
        case "sigmoid":
            e, f = exponential(ring, -num, den)
            return f, f + e
        case "tanh":
            e, f = exponential(ring, -2 * num, den)
            return f - e, f + e
    above, below = logarithm(ring, num, den)
    if len(node.args) == 1:
        return above, below
    top, bottom = logarithm(ring, *ring.pair(node.args[1]))
    ring.record(top)
    return ring.product(above, bottom), ring.product(below, top)


def exponential(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``exp(num/den)``, one atom for each monomial of the numerator."""
    num, den = ring.lowest(num, den)
    if not num:
        return 1, 1
    if not den.is_constant() or len(num) > _PARTS:
        return ring.atom(("exp", ring.canonical(num, den)), _spelled(ring, num, den)), 1
    divisor = int(den.leading_coefficient())
    above: Poly = 1
    below: Poly = 1
    for exponents, coefficient in num.to_dict().items():
        monomial = ring.context.from_dict({exponents: 1})
        common = _gcd(abs(int(coefficient)), divisor)
        power, degree = int(coefficient) // common, divisor // common
        base = _base(ring, monomial, exponents, degree)
        if abs(power) > _POWER and not _monomial(base):
            whole = ring.atom(("exp", ring.canonical(num, den)), _spelled(ring, num, den))
            return whole, 1
        a, b = base if power > 0 else (base[1], base[0])
        above = ring.product(above, ring.raised((a, 1), abs(power))[0])
        below = ring.product(below, ring.raised((b, 1), abs(power))[0])
    return above, below


def _monomial(pair: Pair) -> bool:
    return all(type(part) is int or len(part) == 1 for part in pair)


def _base(ring: Ring, monomial: Any, exponents: tuple[int, ...], degree: int) -> Pair:
    """``exp(monomial/degree)``: an atom, or u where the monomial is ``log(u)``."""
    slots = [slot for slot, power in enumerate(exponents) if power]
    if degree == 1 and len(slots) == 1 and exponents[slots[0]] == 1 and slots[0] in ring.logs:
        return ring.logs[slots[0]]
    from symcnn.prover.rational import Root

    key = ("exp", ring.canonical(monomial, 1))
    whole = ring.atom(key, Call("exp", (ring.as_formula(monomial),)))
    if degree == 1:
        return whole, 1
    part = ("exp", ring.canonical(monomial, degree))
    shown = ring.as_formula(monomial) / Rational(degree)
    atom = ring.atom(part, Call("exp", (shown,)))
    ring.roots.setdefault(ring.slot(part), Root(degree, whole, 1))
    return atom, 1


def _spelled(ring: Ring, num: Poly, den: Poly) -> Formula:
    above, below = ring.as_formula(num), ring.as_formula(den)
    return Call("exp", (above if below == Rational(1) else above / below,))


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def logarithm(ring: Ring, num: Poly, den: Poly) -> Pair:
    """``log(num/den)`` over the factors, where all but the sign is known to be positive."""
    num, den = ring.lowest(num, den)
    parts: list[tuple[Any, int]] = []
    for poly, sign in ((num, 1), (den, -1)):
        if poly.is_constant():
            value = int(poly.leading_coefficient()) if poly else 0
            if value != 1:
                parts.append((poly, sign))
            continue
        if len(poly) > _PARTS:
            parts.append((poly, sign))
            continue
        content, factors = poly.factor()
        if int(content) != 1:
            parts.append((ring.context.constant(int(content)), sign))
        ordered = sorted(factors, key=lambda each: str(each[0]))
        parts += [(factor, sign * int(power)) for factor, power in ordered]
    if not all(_positive(ring, factor) for factor, _ in parts):
        return _log_atom(ring, num, den), 1
    total: Poly = 0
    for factor, power in parts:
        total = total + power * _log_factor(ring, factor)
    return total, 1


def _positive(ring: Ring, factor: Any) -> bool:
    return ring.facts().interval(ring.as_formula(factor)).positive


def _log_factor(ring: Ring, factor: Any) -> Poly:
    """``log(factor)``; of an atom ``exp(m)`` it is m."""
    if not factor.is_constant() and len(factor) == 1:
        degrees = factor.degrees()
        slots = [slot for slot, degree in enumerate(degrees) if degree]
        atom = ring.atoms[slots[0]] if len(slots) == 1 else None
        unit = int(factor.leading_coefficient()) == 1 and len(slots) == 1
        if unit and degrees[slots[0]] == 1 and isinstance(atom, Call) and atom.name == "exp":
            inner, below = ring.pair(atom.args[0])
            if type(below) is int and below == 1:
                return inner
    return _log_atom(ring, factor, ring.context.constant(1))


def _log_atom(ring: Ring, num: Any, den: Any) -> Poly:
    key = ("log", ring.canonical(num, den))
    above, below = ring.as_formula(num), ring.as_formula(den)
    spelled = Call("log", (above if below == Rational(1) else above / below,))
    atom = ring.atom(key, spelled)
    ring.logs.setdefault(ring.slot(key), (num, den))
    return atom
