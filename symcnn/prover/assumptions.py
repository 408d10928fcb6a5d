"""Assumptions put together, written as conditions, and refused when they contradict each other."""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.formula.plain import plain
from symcnn.prover.domains import Facts


def merged(given: Given, needs: Given) -> Given:
    """Both at once: what is said twice about a name holds twice.

    >>> x = Domain("real", Rational(0))
    >>> both = merged(Given((("x", x),)), Given((("x", Domain("integer")),)))
    >>> both.domain("x").kind, both.relations
    ('integer', (Compare('>=', Symbol('x'), Rational(0)),))
    """
    domains = dict(given.domains)
    relations = list(given.relations)
    for name, domain in needs.domains:
        before = domains.get(name)
        if before is None:
            domains[name] = domain
            continue
        if not domain.declared:
            continue
        relations += ends_of(name, before)
        kind = before.kind if domain.kind == "real" else domain.kind
        domains[name] = replace(
            domain,
            kind=kind,
            nonzero=domain.nonzero or before.nonzero,
            indices=domain.indices or before.indices,
            support=domain.support if domain.support is not None else before.support,
            shape=domain.shape or before.shape,
        )
    return Given(tuple(domains.items()), (*relations, *needs.relations))


def ends_of(name: str, domain: Domain) -> list[Formula]:
    """The bounds of a number as conditions."""
    found: list[Formula] = []
    if domain.indices or domain.kind in ("matrix", "function"):
        return found
    if domain.low is not None:
        found.append(Compare(">" if domain.low_open else ">=", Symbol(name), domain.low))
    if domain.high is not None:
        found.append(Compare("<" if domain.high_open else "<=", Symbol(name), domain.high))
    return found


def conditions_of(needs: Given) -> tuple[Formula, ...]:
    """The assumptions as conditions: kinds, ends and relations, in the order of saying."""
    found: list[Formula] = []
    for name, domain in needs.domains:
        if not domain.declared or domain.indices or domain.kind in ("matrix", "function"):
            continue
        if domain.kind == "integer":
            found.append(Compare("divides", Rational(1), Symbol(name)))
        found += ends_of(name, domain)
        if domain.nonzero:
            found.append(Compare("!=", Symbol(name), Rational(0)))
    return (*found, *needs.relations)


def refuse_contradiction(facts: Facts) -> None:
    """AuthorError when the bounds of a name leave no number. More is looked for where it matters.

    >>> x = Domain("real", Rational(1), Rational(0))
    >>> refuse_contradiction(Facts(Given((("x", x),))))
    Traceback (most recent call last):
    symcnn.errors.AuthorError: the assumptions contradict each other: no x satisfies them
    """
    related = {name for relation in facts.relations for name in facts.look(relation).names}
    for name, domain in facts.domains.items():
        if (domain.low is None or domain.high is None) and name not in related:
            continue  # a bound on one side leaves something
        if facts.bounds(name).empty:
            about = [
                plain(each)
                for each in facts.relations
                if isinstance(each, Compare) and Symbol(name) in (each.lhs, each.rhs)
            ]
            which = f": {'; '.join(about)}" if about else ""
            raise AuthorError(
                f"the assumptions contradict each other: no {name} satisfies them{which}"
            )
