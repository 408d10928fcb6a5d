"""How fast monomials grow with a variable: powers of it, powers of literals, ``exp``, ``c^n``.

A growth is a rate of exponentials and a degree; two are compared where the facts tell which is
faster. Whatever depends on the variable in another way has no growth here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.polynomials import TooLarge, as_formula, polynomial, slope, times
from symcnn.formula.traverse import free_names
from symcnn.prover import signs
from symcnn.prover.defaults import constant
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Ring


class Unknown(Exception):
    """The growth is not known, or which of two is faster."""


class Growth(NamedTuple):
    """``base^v * exp(rate*v) * v^degree`` times powers of what is known to shrink or to grow.

    ``others`` holds (how it is written, +1 grows or -1 shrinks, power); what may be 0 or negative
    is written with a question mark in front.
    """

    base: Fraction = Fraction(1)
    rate: Fraction = Fraction(0)
    others: tuple[tuple[str, int, int], ...] = ()
    degree: Fraction = Fraction(0)

    @property
    def positive(self) -> bool:
        """It is known to be greater than 0."""
        return not any(factor.startswith("?") for factor, _, _ in self.others)


class Leading(NamedTuple):
    """The fastest growth of a polynomial and its coefficient."""

    growth: Growth
    coefficient: Formula


def faster(a: Growth, b: Growth) -> int:
    """1 where ``a/b`` tends to infinity, -1 where it tends to 0, 0 for the same growth.

    >>> faster(Growth(Fraction(2)), Growth(degree=Fraction(3)))
    1
    """
    ratio = a.base / b.base
    votes = {(ratio > 1) - (ratio < 1), (a.rate > b.rate) - (a.rate < b.rate)}
    powers: dict[tuple[str, int], int] = {}
    for factor, direction, power in a.others:
        powers[factor, direction] = powers.get((factor, direction), 0) + power
    for factor, direction, power in b.others:
        powers[factor, direction] = powers.get((factor, direction), 0) - power
    for (_, direction), power in powers.items():
        votes.add(direction * ((power > 0) - (power < 0)))
    if {1, -1} <= votes:
        raise Unknown("two exponentials that are not comparable")
    if 1 in votes or -1 in votes:
        return 1 if 1 in votes else -1
    return (a.degree > b.degree) - (a.degree < b.degree)


def leading(ring: Ring, poly: Any, variable: str, facts: Facts) -> Leading:
    """The fastest part of a polynomial of the ring. Raises `Unknown`.

    The coefficient mentions the variable only where it is bounded and changes its sign.
    """
    groups: dict[Growth, list[Formula]] = {}
    for exponents, value in (poly * ring.context.constant(1)).to_dict().items():
        growth = Growth()
        factors: list[Formula] = [Rational(int(value))]
        for slot, power in enumerate(map(int, exponents)):
            if not power:
                continue
            atom = ring.atoms[slot]
            own = _growth(atom, variable, facts) if variable in free_names(atom) else None
            if own is None:
                factors.append(atom if power == 1 else Pow(atom, Rational(power)))
            else:
                growth = _times(growth, own, power)
        groups.setdefault(growth, []).append(mul(factors))
    if not groups:
        return Leading(Growth(), Rational(0))
    best = next(iter(groups))
    for growth in groups:
        if faster(growth, best) > 0:
            best = growth
    return Leading(best, add(groups[best]))


def _times(a: Growth, b: Growth, power: int) -> Growth:
    others = {(factor, direction): count for factor, direction, count in a.others}
    for factor, direction, count in b.others:
        others[factor, direction] = others.get((factor, direction), 0) + count * power
    return Growth(
        a.base * b.base**power,
        a.rate + b.rate * power,
        tuple(sorted((*key, count) for key, count in others.items() if count)),
        a.degree + b.degree * power,
    )


def _growth(atom: Formula, variable: str, facts: Facts) -> Growth | None:
    """The growth of one atom; None for ``(-1)^v``, which is bounded."""
    match atom:
        case Symbol():
            return Growth(degree=Fraction(1))
        case Call("sqrt", (Symbol(name),)) if name == variable:
            return Growth(degree=Fraction(1, 2))
        case Pow(Symbol(name), exponent) if name == variable:
            degree = constant(exponent)
            if degree is not None:
                return Growth(degree=degree)
        case Call("exp", (inner,)):
            return _exponential(inner, variable, facts)
        case Pow(base, exponent) if variable not in free_names(base):
            return _power(base, exponent, variable, facts)
    raise Unknown(f"nothing is known of how {type(atom).__name__.lower()} atoms grow")


def _times_variable(f: Formula, variable: str) -> Formula | None:
    """c where the formula is ``c*variable``."""
    try:
        form = polynomial(f)
        factor = slope(form, variable)
        if factor is None or form != times(factor, polynomial(Symbol(variable))):
            return None
        return as_formula(factor)
    except TooLarge:
        return None


def _exponential(inner: Formula, variable: str, facts: Facts) -> Growth:
    factor = _times_variable(inner, variable)
    if factor is None:
        raise Unknown("an exponential of something else than a multiple of the variable")
    value = constant(factor)
    if value is not None:
        return Growth(rate=value)
    for sign in (1, -1):
        if signs.positive(mul((Rational(sign), factor)), facts):
            return Growth(others=((repr(factor), sign, 1),))
    raise Unknown("an exponential that may grow or shrink")


def _power(base: Formula, exponent: Formula, variable: str, facts: Facts) -> Growth | None:
    factor = constant(_times_variable(exponent, variable))
    if factor is None or factor.denominator != 1 or abs(factor) > 64:
        raise Unknown("a power of something else than a multiple of the variable")
    count = int(factor)
    value = constant(base)
    if value is not None and value > 0:
        return Growth(value**count)
    if value == -1:
        return None
    known = facts.interval(base)
    low, high = known.low, known.high
    if low is not None and (low > 1 or (low == 1 and known.low_open)):
        return Growth(others=((repr(base), 1, count),))
    below = high is not None and (high < 1 or (high == 1 and known.high_open))
    above = low is not None and (low > -1 or (low == -1 and known.low_open))
    if below and above:
        mark = "" if known.positive else "?"
        return Growth(others=((mark + repr(base), -1, count),))
    raise Unknown("a power whose base may lie on either side of 1")


def eventually_nonzero(found: Leading, variable: str, facts: Facts) -> bool:
    """The leading part differs from 0 for all parameters."""
    return (
        found.growth.positive
        and variable not in free_names(found.coefficient)
        and nonzero(found.coefficient, facts)
    )


def nonzero(f: Formula, facts: Facts) -> bool:
    """Shown to differ from 0."""
    minus = Mul((Rational(-1), f))
    return facts.is_nonzero(f) or signs.positive(f, facts) or signs.positive(minus, facts)
