"""A finding looked at again: witnesses are evaluated anew, certificates replayed leaf by leaf.

The tree is compared with the one that the prover finds again, every leaf is computed from its own
text by another route, and the statement is evaluated at points that the proof did not look at.
It confirms or does not; it never changes a verdict.
"""

from __future__ import annotations

from symcnn.claims.certificate import Obligation
from symcnn.claims.report import Finding
from symcnn.claims.statements import (
    Derivation,
    Equation,
    Exhibit,
    Implies,
    Limit,
    Relation,
    Statement,
    sides_of,
)
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Witness
from symcnn.errors import ParseError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Given
from symcnn.formula.meaning import holds
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.formula.polynomials import TooLarge
from symcnn.formula.values import Point, Unevaluable
from symcnn.prover.approach import elsewhere
from symcnn.prover.assumptions import merged
from symcnn.prover.domains import Facts
from symcnn.prover.points import Sampler
from symcnn.prover.replay import leaves, replayed
from symcnn.prover.statements import decide, placed
from symcnn.prover.witness import defined, lacks, value_at, values_differ
from symcnn.prover.written import written
from symcnn.prover.written_points import inside, read_point

POINTS = 24


def confirm(finding: Finding) -> bool:
    """The evidence of the verdict holds on its own: the witness, or the certificate's leaves.

    False does not mean that the verdict is wrong: a rule that nothing here can replay is not
    confirmed either. `unconfirmed` names it.
    """
    match finding.verdict:
        case Refuted(witness=witness, link=link):
            return _fails(finding, witness, link)
        case HoldsUnder(counterexample=counterexample):
            if counterexample is not None and not _fails(finding, counterexample, None):
                return False
            return _again(finding, merged(finding.given, finding.needs))
        case Proved():
            return _again(finding, finding.given)
        case Undecided():
            return False


def unconfirmed(finding: Finding) -> tuple[str, ...]:
    """The rules of a certificate whose leaves are not replayed, each once; none for a witness."""
    match finding.verdict:
        case Proved(certificate=certificate):
            given = finding.given
        case HoldsUnder(certificate=certificate):
            given = merged(finding.given, finding.needs)
        case _:
            return ()
    facts = _facts(finding.statement, given)
    found: dict[str, None] = {}
    for each in leaves(certificate):
        match each.obligation:
            case Obligation("point", text):
                shown = _admissible(each.goal, text, facts)
            case Obligation("assumption", text):
                shown = _assumed(text, facts)
            case Obligation() as obligation:
                shown = replayed(obligation)
            case None:
                shown = False
        if not shown:
            found.setdefault(each.rule)
    return tuple(found)


def _facts(statement: Statement, given: Given) -> Facts:
    """What is assumed, with the premise of an implication."""
    sides = tuple(sides_of(statement))
    if isinstance(statement, Implies):
        given = Given(given.domains, (*given.relations, statement.premise))
    return Facts(given, sides)


def _assumed(text: str, facts: Facts) -> bool:
    """The condition is one of the assumptions, as it is written there."""
    return text in [plain(relation) for relation in facts.relations]


def _admissible(goal: str, text: str, facts: Facts) -> bool:
    """A point of the domain that is written so, at which both sides of the goal have a value."""
    try:
        condition = written(goal, facts.given)
        point = read_point(text, (condition,))
    except (ParseError, ValueError, TooLarge, Unevaluable):
        return False
    parts = condition.children() if isinstance(condition, Compare) else (condition,)
    return inside(point, facts, parts) and _valued(condition, point)


def _valued(condition: Formula, point: Point) -> bool:
    if isinstance(condition, Compare) and condition.op == "=":
        return defined(value_at(condition.lhs, point)) and defined(value_at(condition.rhs, point))
    try:
        return holds(condition, point) is True
    except Unevaluable:
        return False


def _again(finding: Finding, given: Given) -> bool:
    """Found once more, replayed, and true by evaluation at points the proof did not look at."""
    if decide(finding.statement, finding.given, finding.needs) != finding.verdict:
        return False
    if unconfirmed(finding):
        return False
    sides = tuple(sides_of(finding.statement))
    if isinstance(finding.statement, Exhibit):
        return True
    for point in Sampler(Facts(given, sides), sides).points(POINTS, mixed_first=True):
        if _contradicted(finding.statement, Witness(tuple(point.items()))):
            return False
    return True


def _contradicted(statement: Statement, at: Witness) -> bool:
    point = dict(at.values)
    match statement:
        case Equation(lhs, rhs):
            return values_differ(value_at(lhs, point), value_at(rhs, point))
        case Relation(Compare("=", lhs, rhs)):
            return values_differ(value_at(lhs, point), value_at(rhs, point))
        case Relation(condition):
            return _false(condition, at)
        case Implies(premise, conclusion):
            return not _false(premise, at) and _false(conclusion, at)
        case Derivation(start, links):
            before = start
            for link in links:
                step = Compare(link.relation, before, link.rhs)
                if _contradicted(Relation(step), at):
                    return True
                before = link.rhs
    return False


def _fails(finding: Finding, witness: Witness, link: int | None) -> bool:
    match finding.statement:
        case Equation(lhs, rhs):
            return _apart(lhs, rhs, witness)
        case Relation(condition):
            return _false(condition, witness)
        case Implies(premise, conclusion):
            return _true(premise, witness) and _false(conclusion, witness)
        case Exhibit(objects, relations):
            facts = _facts(finding.statement, finding.given)
            put = (placed(relation, dict(objects), facts) for relation in relations)
            return any(_false(relation, witness) for relation in put)
        case Limit() as limit:
            again = decide(limit, finding.given) == finding.verdict
            return again and elsewhere(limit, witness)
        case Derivation(start, links) if link is not None:
            before = start if link == 0 else links[link - 1].rhs
            step = links[link]
            if step.relation == "=":
                return _apart(before, step.rhs, witness)
            return _false(Compare(step.relation, before, step.rhs), witness)
    return False


def _true(condition: Formula, witness: Witness) -> bool:
    try:
        return holds(condition, dict(witness.values)) is True
    except Unevaluable:
        return False


def _apart(lhs: Formula, rhs: Formula, witness: Witness) -> bool:
    point = dict(witness.values)
    a, b = value_at(lhs, point), value_at(rhs, point)
    return values_differ(a, b) or lacks(a, b)


def _false(condition: Formula, witness: Witness) -> bool:
    point = dict(witness.values)
    if isinstance(condition, Compare) and condition.op == "=":
        return _apart(condition.lhs, condition.rhs, witness)
    try:
        return holds(condition, point) is False
    except Unevaluable:
        return False
