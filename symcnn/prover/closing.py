"""Sums of powers of a bound variable over one range, closed: ``sum_{v=l}^{h} v^k``.

With F as in `power_sums` the sum is ``F(h) - F(l - 1)`` wherever ``h >= l - 1``, and 0 elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symcnn.formula.nodes import Call, Formula, Symbol, mul
from symcnn.formula.polynomials import (
    Polynomial,
    TooLarge,
    as_formula,
    constant,
    plus,
    polynomial,
    slope,
    times,
)
from symcnn.formula.sums import Literal, Term, literal
from symcnn.formula.traverse import free_names
from symcnn.prover.power_sums import MOST, power_sum


def closed(
    term: Term,
    name: str,
    whole: Callable[[Polynomial], bool],
    positive: Callable[[Polynomial], bool],
) -> list[Term] | None:
    """The term without the bound variable, or None where more than powers depend on it.

    ``whole`` says which polynomials are known to be integers: the ends of the range must be.
    ``positive`` says which are known to be positive: ``a*v <= h`` ends at ``floor(h/a)``.
    """
    mentioning = [each for each in term.literals if name in _names(each)]
    ends = [_end(each, name, positive) for each in mentioning]
    lows = [end for end in ends if end is not None and end[0] > 0]
    highs = [end for end in ends if end is not None and end[0] < 0]
    if len(ends) != 2 or len(lows) != 1 or len(highs) != 1:
        return None
    low, high = lows[0][1], highs[0][1]
    if not (whole(low) and whole(high)):
        return None
    varied = [factor for factor in term.factors if name in free_names(factor)]
    kept = tuple(factor for factor in term.factors if name not in free_names(factor))
    try:
        powers = _powers(polynomial(mul(varied)), name)
        if powers is None:
            return None
        total: Polynomial = {}
        for power, weight in powers.items():
            above = _at(power_sum(power), high)
            below = _at(power_sum(power), plus(low, constant(1), -1))
            total = plus(total, times(weight, plus(above, below, -1)))
        length = plus(plus(high, low, -1), constant(1))
    except TooLarge:
        return None
    literals = (*(each for each in term.literals if each not in mentioning), literal(">=", length))
    bound = tuple(each for each in term.bound if each != name)
    if not total:
        return []
    return [Term(term.number, (*kept, as_formula(total)), literals, bound)]


def _names(each: Literal) -> tuple[str, ...]:
    if each.condition is not None:
        return free_names(each.condition)
    return free_names(as_formula(each.polynomial()))


def _end(
    each: Literal, name: str, positive: Callable[[Polynomial], bool]
) -> tuple[int, Polynomial] | None:
    """``(1, l)`` for ``v - l >= 0`` and ``(-1, h)`` for ``h - v >= 0``; ends that are rounded."""
    if each.condition is not None or each.op != ">=":
        return None
    form = each.polynomial()
    factor = slope(form, name)
    if not factor:
        return None
    rest = plus(form, times(factor, {((Symbol(name), 1),): Fraction(1)}), -1)
    for sign in (1, -1):
        steps = _scaled(factor, sign)
        if steps == constant(1):
            return sign, _scaled(rest, -sign)
        if positive(steps):
            whole_steps = Call("floor", (as_formula(rest) / as_formula(steps),))
            return sign, {((whole_steps, 1),): Fraction(-sign)}
    return None


def _scaled(p: Polynomial, sign: int) -> Polynomial:
    return {monomial: sign * coefficient for monomial, coefficient in p.items()}


def _powers(p: Polynomial, name: str) -> dict[int, Polynomial] | None:
    """The polynomial by powers of the variable; None where it stands elsewhere."""
    found: dict[int, Polynomial] = {}
    for monomial, coefficient in p.items():
        power = 0
        rest: list[tuple[Formula, int]] = []
        for atom, count in monomial:
            if isinstance(atom, Symbol) and atom.name == name:
                power = count
            elif name in free_names(atom):
                return None
            else:
                rest.append((atom, count))
        if not 0 <= power <= MOST:
            return None
        found[power] = plus(found.get(power, {}), {tuple(rest): coefficient})
    return found


def _at(coefficients: tuple[Fraction, ...], place: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for coefficient in reversed(coefficients):
        found = plus(times(found, place), constant(coefficient))
    return found
