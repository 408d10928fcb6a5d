"""Assumptions that no point satisfies, shown exactly: by a linear system, else by z3.

It is asked only where no admissible point was found. "Not shown" leaves the question open.
"""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Rational, Symbol, add
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.prover.constraints import Reasoner
from symcnn.prover.domains import Facts
from symcnn.prover.smt import negation, satisfiable
from symcnn.prover.smt_script import Untranslated

UNITS = 500_000


def contradictory(facts: Facts) -> bool:
    """No point satisfies all relations inside of the domains; False where this is not shown.

    >>> from symcnn.formula.domains import Domain, Given
    >>> n = Symbol("n")
    >>> whole = (("n", Domain("integer")),)
    >>> contradictory(Facts(Given(whole, (Compare("=", 2 * n, Rational(1)),))))
    True
    >>> contradictory(Facts(Given(whole, (Compare("=", 2 * n, Rational(4)),))))
    False
    """
    if not facts.relations and not any(_ends(facts)):
        return False
    return Reasoner(facts).contradictory([]) or _by_solver(facts)


def _ends(facts: Facts) -> list[Formula]:
    """Ends of domains that are formulas in other names."""
    return [
        end
        for domain in facts.domains.values()
        for end in (domain.low, domain.high)
        if end is not None and free_names(end)
    ]


def _by_solver(facts: Facts) -> bool:
    numbers = [
        Symbol(name)
        for name, domain in facts.domains.items()
        if domain.kind in ("integer", "real") and not domain.indices
    ]
    if not numbers:
        return False
    try:
        text = negation(Compare("=", Rational(0), Rational(1)), facts, add(numbers))
    except Untranslated:
        return False
    return satisfiable(text, UNITS) == "unsat"


def refuse_hidden_contradiction(facts: Facts) -> None:
    """AuthorError when the relations exclude each other, however they are written.

    >>> from symcnn.formula.domains import Given
    >>> x, y = Symbol("x"), Symbol("y")
    >>> relations = (Compare(">", x, y), Compare(">", y, x))
    >>> refuse_hidden_contradiction(Facts(Given((), relations)))
    Traceback (most recent call last):
    symcnn.errors.AuthorError: the assumptions contradict each other: no point has x > y; y > x
    """
    if not contradictory(facts):
        return
    which = "; ".join(map(plain, facts.relations)) or "values in these domains"
    raise AuthorError(f"the assumptions contradict each other: no point has {which}")
