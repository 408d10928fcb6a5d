"""Links of a derivation that are shown by induction on a name: equations and inequalities.

The verdict is that of the link itself; induction on the name is the proof where it is one. For an
inequality the step shows that the difference of the sides does not become less from n to n + 1.
"""

from __future__ import annotations

from symcnn.claims.verdict import Proved, Undecided, Verdict
from symcnn.formula.conditions import Compare
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import free_names
from symcnn.prover.conditions import decide_condition
from symcnn.prover.domains import Facts
from symcnn.prover.equations import decide_equation
from symcnn.prover.induction import by_induction
from symcnn.prover.monotone import by_monotony
from symcnn.prover.proof import Question


def decide_by_induction(
    relation: str, lhs: Formula, rhs: Formula, name: str, facts: Facts
) -> Verdict:
    """The verdict on ``lhs relation rhs``, with base and step on the name where they show it.

    >>> from symcnn.formula.binders import Sum
    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Rational, Symbol
    >>> n, i = Symbol("n"), Symbol("i")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)), (n,))
    >>> total = Sum(Rational(2) ** i, "i", Rational(0), n)
    >>> decide_by_induction("=", total, Rational(2) ** (n + 1) - 1, "n", facts).method
    'induction on n'
    """
    if name not in (*free_names(lhs), *free_names(rhs)):
        return Undecided(f"induction on {name}, which the link does not mention")
    if relation == "=":
        found = decide_equation(lhs, rhs, facts)
        certificate = by_induction(Question(lhs, rhs, facts), name)
    else:
        found = decide_condition(Compare(relation, lhs, rhs), facts)
        certificate = None
        if relation in ("<", "<=", ">", ">="):
            upper, lower = (lhs, rhs) if relation[0] == ">" else (rhs, lhs)
            certificate = by_monotony(upper, lower, len(relation) == 1, name, facts)
    if certificate is None or not isinstance(found, Proved):
        return found
    whole = found.certificate
    premises = (certificate, *whole.premises[1:])
    whole = replace(whole, premises=premises)
    return replace(found, method=f"induction on {name}", certificate=whole)
