"""Signs of formulas: interval arithmetic, and polynomials whose shifted coefficients are positive.

Where every variable is at least a known number, ``x = low + t`` with ``t >= 0`` is put in; if no
coefficient of the result is negative the polynomial is nonnegative. Linear reasoning from the
relations that are granted comes last. "Not shown" is no answer.
"""

from __future__ import annotations

from fractions import Fraction
from operator import ge
from typing import Any

from symcnn.formula.nodes import Formula
from symcnn.formula.polynomials import TooLarge, polynomial
from symcnn.formula.traverse import free_names
from symcnn.prover.constraints import Reasoner
from symcnn.prover.domains import Facts
from symcnn.prover.intervals import Interval
from symcnn.prover.ranges import interval, sinks
from symcnn.prover.rational import Full, Poly, Ring, Stopped, capacity

_SHIFTED_TERMS = 4_000


def nonnegative(f: Formula, facts: Facts) -> bool:
    """Shown to be >= 0 wherever it is defined.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> nonnegative(x**2 - 2 * x * y + y**2, Facts(Given(), (x, y)))
    True
    """
    return _sign(f, facts, strict=False)


def positive(f: Formula, facts: Facts) -> bool:
    """Shown to be > 0 wherever it is defined."""
    return _sign(f, facts, strict=True)


def _sign(f: Formula, facts: Facts, *, strict: bool) -> bool:
    found = facts.interval(f)
    if found.positive or (found.nonnegative and not strict):
        return True
    count = capacity((f,))
    while True:
        ring = Ring(facts, count)
        try:
            num, den = ring.pair(f)
            return _pair_sign(ring, num, den, strict) or _linear(f, facts, strict)
        except Full:
            count *= 2
        except Stopped:
            return False


def never_negative(
    ring: Ring, poly: Any, *, strict: bool = False, irreducible: bool = False
) -> bool:
    """The polynomial is shown to be >= 0, or > 0 with ``strict``."""
    if not sinks(ring, poly):
        found = interval(ring, poly)
        if found.positive or (found.nonnegative and not strict):
            return True
    if (_shifted if irreducible else _polynomial)(ring, poly, strict):
        return True
    facts = ring.facts()
    return bool(facts.relations) and _linear(ring.as_formula(poly), facts, strict)


def _linear(f: Formula, facts: Facts, strict: bool) -> bool:
    """It follows by linear reasoning from relations that speak of the same names."""
    names = set(free_names(f))
    if not any(names.intersection(free_names(relation)) for relation in facts.relations):
        return False
    try:
        return Reasoner(facts).implies([], (">" if strict else ">=", polynomial(f)))
    except TooLarge:
        return False


def _pair_sign(ring: Ring, num: Poly, den: Poly, strict: bool) -> bool:
    one = ring.context.constant(1)
    num, den = num * one, den * one
    if _shifted(ring, den, True):
        return _polynomial(ring, num, strict)
    if _shifted(ring, -den, True):
        return _polynomial(ring, -num, strict)
    return _polynomial(ring, num * den, strict)


def _polynomial(ring: Ring, poly: Any, strict: bool) -> bool:
    """Positive coefficients after the shift, or a product of even powers and such factors."""
    if _shifted(ring, poly, strict):
        return True
    if not poly:
        return not strict
    if len(poly) > 200 or not 1 < poly.total_degree() <= 12:
        return False
    content, factors = poly.factor()
    flip = int(content) < 0
    for factor, power in factors:
        if _shifted(ring, factor, strict):
            continue
        if _shifted(ring, -factor, strict):
            flip ^= power % 2 == 1
            continue
        if power % 2 or strict:
            return False
    return not flip


def _shifted(ring: Ring, poly: Any, strict: bool) -> bool:
    if type(poly) is int or poly.is_constant():
        value = int(poly) if type(poly) is int else int(poly.leading_coefficient()) if poly else 0
        return value > 0 or (value == 0 and not strict)
    degrees = poly.degrees()
    if poly.total_degree() > 40 or len(poly) > _SHIFTED_TERMS:
        return False
    gens = list(ring.context.gens())
    if _falls(ring, poly):
        return False
    open_slots: dict[int, bool] = {}
    shift: dict[int, tuple[int, Fraction]] = {}
    for slot, degree in enumerate(degrees):
        if not degree:
            continue
        found = ring.range_of(slot)
        if found.low is not None and _from_below(found):
            shift[slot] = (1, found.low)
            open_slots[slot] = found.low_open
        elif found.high is not None:
            shift[slot] = (-1, found.high)
            open_slots[slot] = found.high_open
        else:
            open_slots[slot] = False
    arguments = []
    for slot, gen in enumerate(gens):
        if slot not in shift:
            arguments.append((gen, 1))
            continue
        sign, start = shift[slot]
        arguments.append((sign * start.denominator * gen + start.numerator, start.denominator))
    moved = _composed(ring, poly, arguments, degrees)
    if moved is None:
        return False
    certain = False
    for exponents, coefficient in moved.to_dict().items():
        if coefficient < 0:
            return False
        free = [slot for slot, power in enumerate(exponents) if power and slot not in shift]
        if any(exponents[slot] % 2 for slot in free):
            return False
        if coefficient > 0 and not free:
            certain = certain or all(
                open_slots.get(slot, True) for slot, power in enumerate(exponents) if power
            )
    return certain or not strict


def _falls(ring: Ring, poly: Any) -> bool:
    """A term that divides no other and falls without end: no shift gives it another sign."""
    terms = poly.to_dict()
    for exponents, coefficient in terms.items():
        falling = coefficient < 0
        for slot, power in enumerate(exponents):
            if power % 2:
                found = ring.range_of(slot)
                if found.low is None and found.high is None:
                    falling = True
                    break
                falling ^= not _from_below(found)
        if falling and not any(
            other is not exponents and all(map(ge, other, exponents)) for other in terms
        ):
            return True
    return False


def _from_below(found: Interval) -> bool:
    """The shift is from the lower end, the one that is nearer to 0."""
    return found.low is not None and (found.high is None or abs(found.low) <= abs(found.high))


def _composed(ring: Ring, poly: Any, arguments: list[Any], degrees: Any) -> Any:
    """``poly`` at the arguments (numerator, denominator), times all denominators' powers."""
    total: Any = ring.context.constant(0)
    for exponents, coefficient in poly.to_dict().items():
        term: Any = ring.context.constant(1) * int(coefficient)
        for slot, power in enumerate(exponents):
            numerator, denominator = arguments[slot]
            if degrees[slot]:
                term = term * numerator**power * denominator ** (degrees[slot] - power)
                if len(term) > _SHIFTED_TERMS:
                    return None
        total = total + term
        if len(total) > _SHIFTED_TERMS:
            return None
    return total
