"""The leaf of a proof by the sign of a difference: the negation as text that z3 can look at.

The sign itself was found by bounds and coefficients; z3 is another route to the same condition.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate, Obligation
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Pow, Rational
from symcnn.formula.plain import plain
from symcnn.formula.traverse import walk
from symcnn.prover.domains import Facts
from symcnn.prover.identities import identity, known_terms
from symcnn.prover.proof import leaf
from symcnn.prover.rational import Full, Ring, Stopped, capacity
from symcnn.prover.smt import negation
from symcnn.prover.smt_script import Untranslated


def difference(condition: Formula, facts: Facts) -> Certificate:
    """The leaf for a comparison that a sign decides.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> x = Symbol("x")
    >>> difference(Compare(">=", x * x, 0), Facts(Given(), (x,))).obligation.kind
    'smt-lib'
    """
    goal = plain(condition)
    shown, premises = _simpler(condition, facts)
    try:
        text = negation(shown, facts)
    except Untranslated:
        return leaf("difference", goal, "inequality", goal)
    return Certificate("difference", goal, premises, Obligation("smt-lib", text))


def _simpler(condition: Formula, facts: Facts) -> tuple[Formula, tuple[Certificate, ...]]:
    """The difference in normal form where it has powers that only the normal form relates."""
    powers = (node for node in walk(condition) if isinstance(node, Pow))
    if all(isinstance(node.exponent, Rational) for node in powers):
        return condition, ()
    if not isinstance(condition, Compare):
        return condition, ()
    whole = condition.lhs - condition.rhs
    form = normal_form(whole, facts)
    same = None if form is None else identity(whole, form, facts)
    if form is None or same is None:
        return condition, ()
    return Compare(condition.op, form, Rational(0)), (same,)


def normal_form(f: Formula, facts: Facts) -> Formula | None:
    """Numerator over denominator; None where the budget ends first."""
    count = capacity((f,))
    while True:
        ring = Ring(facts, count)
        try:
            num, den = ring.lowest(*ring.pair(f))
            return ring.as_formula(num) / ring.as_formula(den)
        except Full:
            count *= 2
        except Stopped:
            return None


def multiple(divisor: Formula, number: Formula, quotient: Formula, facts: Facts) -> Certificate:
    """The leaf for ``divisor divides number``: the quotient, a polynomial of integers."""
    goal = plain(Compare("divides", divisor, number))
    text = f"divisibility: {plain(number)} = {plain(divisor * quotient)}"
    granted = known_terms(number, quotient, facts)
    if granted:
        text += f" with {granted}"
    return leaf("difference", goal, "law", text)
