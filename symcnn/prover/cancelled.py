"""Which divisors of a candidate really restrict where it is defined, as simple factors."""

from __future__ import annotations

from symcnn.formula.nodes import Formula
from symcnn.prover.definedness import needs_of
from symcnn.prover.domains import Facts
from symcnn.prover.outside import pulled
from symcnn.prover.rational import Full, Ring, Stopped, capacity
from symcnn.prover.unroll import unroll


def surviving(
    divisors: tuple[Formula, ...], reference: Formula, facts: Facts
) -> tuple[Formula, ...]:
    """Irreducible factors of the divisors that are neither divisors of the reference nor nonzero.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> surviving((2 * x * y,), 1 / x, Facts(Given(), (x, y)))
    (Symbol('y'),)
    """
    if not divisors:
        return ()
    divisors = tuple(pulled(unroll(part), facts) for part in divisors)
    granted = tuple(
        pulled(unroll(need.part), facts)
        for need in needs_of(reference, facts)
        if need.kind in ("nonzero", "positive") and not need.guards and not need.bound
    )
    count = capacity((*divisors, *granted))
    while True:
        try:
            return _factors(Ring(facts, count), divisors, granted)
        except Full:
            count *= 2
        except Stopped:
            return divisors


def _factors(
    ring: Ring, divisors: tuple[Formula, ...], granted: tuple[Formula, ...]
) -> tuple[Formula, ...]:
    one = ring.context.constant(1)
    known = [ring.pair(part)[0] * one for part in granted]
    found: dict[Formula, None] = {}
    for divisor in divisors:
        numerator = ring.pair(divisor)[0] * one
        for factor, _ in numerator.factor()[1]:
            if any(part and divmod(part, factor)[1] == 0 for part in known):
                continue
            shown = ring.as_formula(factor)
            if not ring.facts().is_nonzero(shown):
                found.setdefault(shown)
    return tuple(found)
