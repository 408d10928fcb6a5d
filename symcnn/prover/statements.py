"""Statements of every kind, taken to the equations and conditions that decide them."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from symcnn.claims.certificate import Certificate
from symcnn.claims.statements import (
    Derivation,
    Equation,
    Exhibit,
    Implies,
    Limit,
    Link,
    Relation,
    Statement,
    sides_of,
)
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Verdict
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import And, Compare
from symcnn.formula.domains import Given
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula, Index
from symcnn.formula.traverse import substitute, transform
from symcnn.prover.arrays import Arrays
from symcnn.prover.assumptions import conditions_of, merged, refuse_contradiction
from symcnn.prover.conditions import decide_condition, settle_condition
from symcnn.prover.contradictions import refuse_hidden_contradiction
from symcnn.prover.discovery import holds_when
from symcnn.prover.domains import Facts
from symcnn.prover.equations import decide_equation, settle_equation
from symcnn.prover.inductive_links import decide_by_induction
from symcnn.prover.limits import decide_limit
from symcnn.prover.outcome import Outcome, whole
from symcnn.prover.work import Work

NOTHING = Given()


def decide(statement: Statement, given: Given, needs: Given = NOTHING) -> Verdict:
    """The verdict on a resolved statement, inside ``given`` and, where it has them, ``needs``.

    Raises AuthorError when the assumptions contradict each other.

    >>> from symcnn.formula.nodes import Symbol
    >>> x = Symbol("x")
    >>> decide(Equation(x + x, 2 * x), Given()).kind
    'proved'
    """
    return settle(statement, given, needs).verdict()


class Settled:
    """A statement whose kind of verdict is settled; the verdict is completed when it is asked for.

    ``difference`` is a point that shows a difference where one is at hand, not the smallest.
    Pickled, it is the question: whoever reads it settles it again.
    """

    __slots__ = ("_asked", "_outcome", "_verdict", "difference", "kind")

    def __init__(self, asked: tuple[Statement, Given, Given], outcome: Outcome) -> None:
        self.kind = outcome.kind
        self.difference = outcome.difference
        self._asked = asked
        self._outcome = outcome
        self._verdict: Verdict | None = None

    def verdict(self) -> Verdict:
        """The verdict with certificate, smallest witness, and where a refuted equation would hold.

        >>> from symcnn.formula.nodes import Symbol
        >>> x = Symbol("x")
        >>> settle(Equation(x * x, x), Given()).verdict().witness.lhs
        Fraction(4, 1)
        """
        if self._verdict is None:
            self._verdict = self._outcome.complete()
        return self._verdict

    def __reduce__(self) -> tuple[object, ...]:
        return settle, self._asked


def settle(statement: Statement, given: Given, needs: Given = NOTHING) -> Settled:
    """The kind of the verdict on a statement, without its evidence; `decide` completes it.

    Raises AuthorError when the assumptions contradict each other.

    >>> from symcnn.formula.nodes import Symbol
    >>> x = Symbol("x")
    >>> settle(Equation(x * x, x), Given()).kind
    'refuted'
    """
    alone = _possible(statement, given)
    if not needs.domains and not needs.relations:
        complete = partial(_with_conditions, statement, given, alone)
        return Settled((statement, given, needs), alone._replace(complete=complete))
    both = _possible(statement, merged(given, needs))
    found = alone if alone.kind == "proved" else both
    if found is both and both.kind == "proved":
        found = Outcome("holds_under", partial(_holds_under, needs, alone, both))
    return Settled((statement, given, needs), found)


def _holds_under(needs: Given, alone: Outcome, both: Outcome) -> Verdict:
    proved, other = both.complete(), alone.complete()
    assert isinstance(proved, Proved)
    counterexample = other.witness if isinstance(other, Refuted) else None
    return HoldsUnder(
        conditions_of(needs), proved.method, proved.certificate, counterexample, proved.domain
    )


def _with_conditions(statement: Statement, given: Given, outcome: Outcome) -> Verdict:
    """A refuted equation or relation with the assumptions under which it would hold."""
    verdict = outcome.complete()
    if not isinstance(verdict, Refuted) or not isinstance(statement, (Equation, Relation)):
        return verdict
    sides = tuple(sides_of(statement))
    facts = Facts(given, sides)
    found = holds_when(
        sides, verdict, facts, given, lambda more, work: _inside(statement, more, work)
    )
    return replace(verdict, holds_when=found)


def _possible(statement: Statement, given: Given) -> Outcome:
    """The outcome; AuthorError where no point was found because the assumptions leave none."""
    found = _inside(statement, given)
    if found.kind == "undecided":
        match found.complete():
            case Undecided(reason=reason) if "no admissible point" in reason:
                refuse_hidden_contradiction(Facts(given, tuple(sides_of(statement))))
    return found


def _inside(statement: Statement, given: Given, work: Work | None = None) -> Outcome:
    """With limited work, any difference will do, and slow rungs are not asked."""
    scouting = work is not None
    facts = Facts(given, tuple(sides_of(statement)), work)
    refuse_contradiction(facts)
    match statement:
        case Equation(lhs, rhs):
            return settle_equation(lhs, rhs, facts, scouting=scouting)
        case Relation(condition):
            return settle_condition(condition, facts, scouting=scouting)
        case Implies(premise, conclusion):
            return whole(_implication(premise, conclusion, given, facts))
        case Exhibit(objects, relations):
            return whole(_exhibit(dict(objects), relations, facts))
        case Derivation(start, links):
            return whole(_chain(start, links, facts))
        case Limit():
            return whole(decide_limit(statement, facts))
    assert_never(statement)


def _implication(premise: Formula, conclusion: Formula, given: Given, facts: Facts) -> Verdict:
    """The conclusion with the premise among the assumptions."""
    stronger = Given(tuple(facts.domains.items()), (*given.relations, premise))
    inside = Facts(stronger, (premise, conclusion))
    if any(inside.bounds(name).empty for name in inside.domains):
        return Undecided("the premise holds nowhere", (), "a premise that can hold")
    found = decide_condition(conclusion, inside)
    if isinstance(found, Proved):
        rule = Certificate("premise assumed", found.certificate.goal, (found.certificate,))
        return replace(found, certificate=rule)
    return found


def _exhibit(objects: dict[str, Formula], relations: tuple[Formula, ...], facts: Facts) -> Verdict:
    """Every relation, with the objects in place of their names."""
    decided = []
    for relation in relations:
        found = decide_condition(placed(relation, objects, facts), facts)
        if not isinstance(found, Proved):
            return found
        decided.append(found)
    if not decided:
        return Undecided("an exhibit without relations states nothing")
    goal = "; ".join(each.certificate.goal for each in decided)
    certificate = Certificate("conjunction", goal, tuple(each.certificate for each in decided))
    return Proved(decided[0].method, certificate, _all(decided))


def placed(relation: Formula, objects: dict[str, Formula], facts: Facts) -> Formula:
    """The relation with objects for names, and their entries for the members that it mentions."""
    reader = Arrays(facts, (relation, *objects.values()))

    def member(node: Formula) -> Formula:
        if isinstance(node, Index) and isinstance(objects.get(node.name), (Array, Table)):
            return reader.entry(objects[node.name], node.indices)
        return node

    return substitute(transform(relation, member), objects)


def _chain(start: Formula, links: tuple[Link, ...], facts: Facts) -> Verdict:
    """Each link on its own; the first that is refuted is the broken one."""
    decided: list[Proved] = []
    open_link: Undecided | None = None
    before = start
    for number, link in enumerate(links):
        if link.induction:
            found = decide_by_induction(link.relation, before, link.rhs, link.induction, facts)
        elif link.relation == "=":
            found = decide_equation(before, link.rhs, facts)
        else:
            found = decide_condition(Compare(link.relation, before, link.rhs), facts)
        before = link.rhs
        match found:
            case Refuted():
                return replace(found, link=number)
            case Proved():
                decided.append(found)
            case Undecided(reason, tried, would_help):
                line = f"link {number + 1}: {reason}"
                if open_link is None:
                    open_link = Undecided(line, tried, would_help)
    if open_link is not None:
        return open_link
    if not decided:
        return Undecided("a derivation without links states nothing")
    goal = "; ".join(each.certificate.goal for each in decided)
    certificate = Certificate("links", goal, tuple(each.certificate for each in decided))
    methods = tuple(dict.fromkeys(each.method for each in decided))
    return Proved(", ".join(methods), certificate, _all(decided))


def _all(decided: list[Proved]) -> Formula | None:
    """The domains of all parts at once."""
    domains = tuple(dict.fromkeys(each.domain for each in decided if each.domain is not None))
    if not domains:
        return None
    return domains[0] if len(domains) == 1 else And(domains)
