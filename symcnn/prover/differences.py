"""The leaf of a proof by the sign of a difference: the negation as text that z3 can look at.

The sign itself was found by bounds and coefficients; z3 is another route to the same condition.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.prover.domains import Facts
from symcnn.prover.identities import known_terms
from symcnn.prover.proof import leaf
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
    try:
        return leaf("difference", goal, "smt-lib", negation(condition, facts))
    except Untranslated:
        return leaf("difference", goal, "inequality", goal)


def multiple(divisor: Formula, number: Formula, quotient: Formula, facts: Facts) -> Certificate:
    """The leaf for ``divisor divides number``: the quotient, a polynomial of integers."""
    goal = plain(Compare("divides", divisor, number))
    text = f"divisibility: {plain(number)} = {plain(divisor * quotient)}"
    granted = known_terms(number, quotient, facts)
    if granted:
        text += f" with {granted}"
    return leaf("difference", goal, "law", text)
