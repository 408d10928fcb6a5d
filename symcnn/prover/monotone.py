"""Inequalities shown by induction on an integer name: the difference starts right and never falls.

With ``D = upper - lower``: D has its sign at the base, and ``D(n + 1) - D(n) >= 0``, which may be
shown by induction once more. Relations that mention n are not used, as for equations.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, substitute
from symcnn.prover import signs
from symcnn.prover.aligning import aligned, minus
from symcnn.prover.differences import difference
from symcnn.prover.domains import Facts
from symcnn.prover.factorials import literal_factorials
from symcnn.prover.induction import DEPTH, defined_before, range_of_bases
from symcnn.prover.outside import pulled
from symcnn.prover.proof import Proof
from symcnn.prover.unroll import unroll


def never_falls(upper: Formula, lower: Formula, strict: bool, facts: Facts) -> Proof | None:
    """A proof of ``upper >= lower`` (``>`` if strict) by induction on one of their names.

    >>> from symcnn.formula.domains import Domain, Given
    >>> n = Symbol("n")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)))
    >>> never_falls(Rational(2) ** n, n, True, facts).method
    'induction on n'
    """
    for name in dict.fromkeys((*free_names(upper), *free_names(lower))):
        found = by_monotony(upper, lower, strict, name, facts)
        if found is not None:
            return Proof(f"induction on {name}", found)
    return None


def by_monotony(
    upper: Formula, lower: Formula, strict: bool, name: str, facts: Facts, depth: int = DEPTH
) -> Certificate | None:
    """Base and step as a certificate, or None."""
    whole = minus(upper, lower)
    bases = range_of_bases((whole,), name, facts) if depth > 0 else None
    if bases is None:
        return None
    inside, values = bases
    premises = []
    for value in values:
        base = literal_factorials(unroll(substitute(whole, {name: Rational(value)})))
        if not _has_sign(base, strict, inside):
            return None
        premises.append(_leaf(base, strict, inside))
    now, then = aligned((whole, substitute(whole, {name: Symbol(name) + 1})), inside)
    if not defined_before((now,), (then,), inside):
        return None
    growth = minus(then, now)
    if _has_sign(growth, False, inside):
        premises.append(_leaf(growth, False, inside))
    else:
        found = by_monotony(growth, Rational(0), False, name, inside, depth - 1)
        if found is None:
            return None
        premises.append(found)
    goal = plain(Compare(">" if strict else ">=", upper, lower))
    return Certificate("base and step", goal, tuple(premises))


def _has_sign(f: Formula, strict: bool, facts: Facts) -> bool:
    closed = pulled(unroll(f), facts)
    return signs.positive(closed, facts) if strict else signs.nonnegative(closed, facts)


def _leaf(f: Formula, strict: bool, facts: Facts) -> Certificate:
    closed = pulled(unroll(f), facts)
    return difference(Compare(">" if strict else ">=", closed, Rational(0)), facts)
