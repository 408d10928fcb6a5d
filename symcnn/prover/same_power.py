"""Powers with one exponent: ``a^n <= b^n`` where ``0 <= a <= b`` and n is an integer from 0 on."""

from __future__ import annotations

from collections.abc import Callable

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Pow, Rational
from symcnn.formula.plain import plain
from symcnn.prover import signs
from symcnn.prover.domains import Facts
from symcnn.prover.proof import Proof

Prove = Callable[[Formula], Proof | None]


def same_power(
    upper: Formula, lower: Formula, strict: bool, facts: Facts, prove: Prove
) -> Proof | None:
    """A proof of ``upper >= lower`` by their bases, which ``prove`` compares; never a strict one.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Symbol
    >>> x, n = Symbol("x"), Symbol("n")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)), (x,))
    >>> same_power((x + 2) ** n, x**n, False, facts, lambda condition: None) is None
    True
    """
    match upper, lower:
        case Pow(above, exponent), Pow(below, other) if exponent == other and not strict:
            pass
        case _:
            return None
    if not (facts.integer(exponent) and signs.nonnegative(exponent, facts)):
        return None
    premises = []
    for condition in (Compare("<=", Rational(0), below), Compare("<=", below, above)):
        found = prove(condition)
        if found is None:
            return None
        premises.append(found.certificate)
    goal = plain(Compare(">=", upper, lower))
    return Proof("bases of powers", Certificate("bases of powers", goal, tuple(premises)))
