"""Assumptions that determine a name: it is replaced, and the question asked again without it.

``n = m + 1`` replaces n. ``S divides E`` means ``E = S*q`` for an integer q, unless S is 0, where
E is 0 too; so a name that E holds with factor 1 or -1 is replaced, q being new.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Symbol, negative
from symcnn.formula.polynomials import (
    Polynomial,
    TooLarge,
    as_formula,
    names_in,
    plus,
    polynomial,
    slope,
    times,
)
from symcnn.formula.traverse import free_names, fresh, substitute
from symcnn.prover.assumptions import ends_of
from symcnn.prover.domains import Facts
from symcnn.prover.proof import Question

_ROUNDS = 6
_UNITS: tuple[Polynomial, ...] = ({(): Fraction(1)}, {(): Fraction(-1)})


def solved(question: Question) -> Question | None:
    """The question after every replacement that the assumptions allow; None where there is none."""
    current = question
    for _ in range(_ROUNDS):
        after = _once(current)
        if after is None:
            break
        current = after
    return None if current is question else current


def _once(question: Question) -> Question | None:
    facts = question.facts
    taken = frozenset(
        name for f in (question.lhs, question.rhs, *facts.relations) for name in free_names(f)
    ).union(facts.domains)
    for position, relation in enumerate(facts.relations):
        if not isinstance(relation, Compare):
            continue
        new = fresh("q", taken)
        try:
            found = _value(relation, facts, new)
        except TooLarge:
            continue
        if found is not None:
            name, value = found
            return _replaced(question, position, name, value, new)
    return None


def _value(relation: Compare, facts: Facts, new: str) -> tuple[str, Polynomial] | None:
    """A name that the relation determines, and its value."""
    if relation.op == "=":
        form = polynomial(relation.lhs + negative(relation.rhs))
    elif relation.op == "divides":
        multiple = times(polynomial(relation.lhs), polynomial(Symbol(new)))
        form = plus(polynomial(relation.rhs), multiple, -1)
    else:
        return None
    for name in reversed(names_in(form)):
        domain = facts.domains.get(name)
        if name == new or domain is None or domain.indices or domain.kind in ("matrix", "function"):
            continue
        factor = slope(form, name)
        if factor is None or factor not in _UNITS:
            continue
        if relation.op == "divides" and name in free_names(relation.lhs):
            continue
        sign = factor[()]
        rest = plus(form, {((Symbol(name), 1),): sign}, -1)
        return name, {m: -c / sign for m, c in rest.items()}
    return None


def _replaced(
    question: Question, position: int, name: str, value: Polynomial, new: str
) -> Question:
    facts = question.facts
    expression = as_formula(value)
    values = {name: expression}
    old = facts.domains[name]
    ends = [substitute(end, values) for end in ends_of(name, old)]
    relations = [
        substitute(relation, values) for k, relation in enumerate(facts.relations) if k != position
    ]
    domains = tuple((each, domain) for each, domain in facts.domains.items() if each != name)
    if new in free_names(expression):
        domains = (*domains, (new, Domain("integer")))
    given = Given(domains, (*relations, *ends))
    lhs, rhs = substitute(question.lhs, values), substitute(question.rhs, values)
    return Question(lhs, rhs, Facts(given, (lhs, rhs), question.facts.work))
