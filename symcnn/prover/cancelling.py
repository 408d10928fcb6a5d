"""Integers that are not written as such: quotients that cancel, such as ``5*(n/5 + 1/5) - 1``."""

from __future__ import annotations

from symcnn.formula.nodes import Formula
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Full, Ring, Stopped, capacity


def integer_by_form(f: Formula, facts: Facts) -> bool:
    """In lowest terms a polynomial with integer coefficients in integers.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Symbol
    >>> n = Symbol("n")
    >>> facts = Facts(Given((("n", Domain("integer")),)))
    >>> integer_by_form(2 * (n / 2), facts), integer_by_form(n / 2, facts)
    (True, False)
    """
    if facts.integer(f):
        return True
    count = capacity((f,))
    while True:
        ring = Ring(facts, count)
        try:
            num, den = ring.lowest(*ring.pair(f))
            return bool(den.is_constant() and den == 1 and ring.integral(num))
        except Full:
            count *= 2
        except Stopped:
            return False
