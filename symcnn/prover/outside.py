"""Sums written so that equal ones look equal: constants stand outside, sums of powers are closed.

Every sum over a range becomes a combination of sums over the same range whose bodies are single
products of what depends on the variable. Counting, and sums of powers of the variable, are closed
where the range is known to have at least no negative length.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula, Pow, Rational, Symbol, add, mul, negative, number
from symcnn.formula.polynomials import TooLarge, polynomial
from symcnn.formula.traverse import free_names
from symcnn.prover import signs
from symcnn.prover.domains import Facts
from symcnn.prover.power_sums import MOST, power_sum


def pulled(f: Formula, facts: Facts) -> Formula:
    """The formula with constants outside of its sums.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Index
    >>> a, i, n = Symbol("a"), Symbol("i"), Symbol("n")
    >>> pulled(Sum(a * Index("x", (i,)), "i", Rational(1), n), Facts(Given())).children()[0]
    Symbol('a')
    """
    children = f.children()
    if not children or isinstance(f, Condition):
        return f
    if isinstance(f, Sum):
        inside = facts.binding(f)
        body = pulled(f.body, inside)
        if f.low is None or f.high is None:
            return Sum(body, f.variable)
        try:
            return _spread(body, f.variable, f.low, f.high, facts)
        except TooLarge:
            return Sum(body, f.variable, f.low, f.high)
    after = tuple(pulled(child, facts) for child in children)
    same = all(old is new for old, new in zip(children, after, strict=True))
    return f if same else f.rebuild(after)


def _spread(body: Formula, variable: str, low: Formula, high: Formula, facts: Facts) -> Formula:
    terms = []
    for monomial, coefficient in polynomial(body).items():
        outside: list[Formula] = [] if coefficient == 1 else [number(coefficient)]
        inside: list[Formula] = []
        for atom, power in monomial:
            factor = atom if power == 1 else Pow(atom, Rational(power))
            (inside if variable in free_names(atom) else outside).append(factor)
        closed = _closed(inside, variable, low, high, facts)
        total = closed if closed is not None else Sum(mul(inside), variable, low, high)
        terms.append(mul((*outside, total)))
    return add(terms)


def _closed(
    inside: list[Formula], variable: str, low: Formula, high: Formula, facts: Facts
) -> Formula | None:
    """``variable^k`` summed over a range that is known not to be shorter than empty."""
    power = 0
    for factor in inside:
        match factor:
            case Symbol(name) if name == variable:
                power += 1
            case Pow(Symbol(name), Rational(value=value)) if name == variable:
                power += int(value)
            case _:
                return None
    if power > MOST or not signs.nonnegative(high + negative(low) + 1, facts):
        return None
    upper, lower = _at(power_sum(power), high), _at(power_sum(power), low + negative(Rational(1)))
    return upper + negative(lower)


def _at(coefficients: tuple[Fraction, ...], place: Formula) -> Formula:
    return add(mul((number(c), Pow(place, Rational(k)))) for k, c in enumerate(coefficients) if c)
