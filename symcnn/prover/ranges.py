"""Quick looks at polynomials over atoms with known bounds, before anything costly is asked.

"Yes" is certain for `positive` and `whole`; `signless` says only that no bound of an atom can show
a sign, so that nothing longer needs to be tried.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcnn.prover import intervals

if TYPE_CHECKING:
    from symcnn.prover.intervals import Interval
    from symcnn.prover.rational import Ring


def positive(ring: Ring, poly: Any) -> bool:
    """Known to be greater than 0: by its terms, or by interval arithmetic."""
    if poly.is_constant():
        return bool(poly) and int(poly.leading_coefficient()) > 0
    terms = poly.to_dict().items()
    if all(
        int(coefficient) > 0
        and all(not power or ring.range_of(slot).positive for slot, power in enumerate(exponents))
        for exponents, coefficient in terms
    ):
        return True
    return len(poly) > 1 and interval(ring, poly).positive


def interval(ring: Ring, poly: Any) -> Interval:
    """Bounds of the polynomial, term by term, from those of its atoms."""
    total = intervals.point(Fraction(0))
    for exponents, coefficient in poly.to_dict().items():
        factors = [(slot, int(power)) for slot, power in enumerate(exponents) if power]
        value = int(coefficient)
        term = intervals.point(Fraction(value))
        if len(factors) == 1 and value == 1:
            term = _power(ring, *factors[0])
        else:
            for slot, power in factors:
                term = intervals.times(term, _power(ring, slot, power))
        total = intervals.plus(total, term)
    return total


def sinks(ring: Ring, poly: Any) -> bool:
    """A term has no lower bound, so that interval arithmetic finds none for the polynomial."""
    for exponents, coefficient in poly.to_dict().items():
        factors = [(slot, power) for slot, power in enumerate(exponents) if power]
        if len(factors) == 1 and factors[0][1] % 2:
            found = ring.range_of(factors[0][0])
            if (found.low if coefficient > 0 else found.high) is None:
                return True
        elif coefficient < 0 and factors:
            inside = [ring.range_of(slot) for slot, _ in factors]
            if all(each.positive for each in inside) and any(each.high is None for each in inside):
                return True
    return False


def _power(ring: Ring, slot: int, power: int) -> Interval:
    found = ring.range_of(slot)
    if power == 1:
        return found
    found = intervals.power(found, power)
    return intervals.whole(found) if ring.is_integer(slot) else found


def signless(ring: Ring, poly: Any) -> bool:
    """Some term has an atom without bounds to an odd power: its bounds say nothing of a sign."""
    for slot, degree in enumerate(poly.degrees()):
        if not degree:
            continue
        found = ring.range_of(slot)
        free = found.low is None and found.high is None
        if free and (degree % 2 or any(powers[slot] % 2 for powers in poly.to_dict())):
            return True
    return False


def unbounded(ring: Ring, poly: Any) -> bool:
    """A term can fall without end as far as the bounds of its atoms tell."""
    for exponents, coefficient in poly.to_dict().items():
        for slot, power in enumerate(exponents):
            if power % 2:
                found = ring.range_of(slot)
                if (found.low if coefficient > 0 else found.high) is None:
                    return True
    return False


def sparse(poly: Any) -> tuple[Any, ...]:
    """The terms as sorted tuples: equal and ordered alike in every process."""
    found = []
    for exponents, coefficient in poly.to_dict().items():
        powers = tuple((slot, power) for slot, power in enumerate(exponents) if power)
        found.append((powers, int(coefficient)))
    return tuple(sorted(found))
