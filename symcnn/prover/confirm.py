"""A finding looked at again: witnesses are evaluated anew, proofs found anew and put to the test.

It confirms or does not; it never changes a verdict.
"""

from __future__ import annotations

from symcnn.claims.report import Finding
from symcnn.claims.statements import (
    Derivation,
    Equation,
    Exhibit,
    Implies,
    Relation,
    Statement,
    sides_of,
)
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Witness
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Given
from symcnn.formula.meaning import holds
from symcnn.formula.nodes import Formula
from symcnn.formula.values import Unevaluable
from symcnn.prover.assumptions import merged
from symcnn.prover.domains import Facts
from symcnn.prover.points import Sampler
from symcnn.prover.statements import decide
from symcnn.prover.witness import lacks, value_at, values_differ

POINTS = 24


def confirm(finding: Finding) -> bool:
    """The evidence of the verdict holds on its own: the witness, or the certificate's leaves."""
    match finding.verdict:
        case Refuted(witness=witness, link=link):
            return _fails(finding.statement, witness, link)
        case HoldsUnder(counterexample=counterexample):
            if counterexample is not None and not _fails(finding.statement, counterexample, None):
                return False
            return _again(finding, merged(finding.given, finding.needs))
        case Proved():
            return _again(finding, finding.given)
        case Undecided():
            return False


def _again(finding: Finding, given: Given) -> bool:
    """Proved once more, and true by evaluation at points that the proof did not look at."""
    if decide(finding.statement, finding.given, finding.needs) != finding.verdict:
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


def _fails(statement: Statement, witness: Witness, link: int | None) -> bool:
    match statement:
        case Equation(lhs, rhs):
            return _apart(lhs, rhs, witness)
        case Relation(condition):
            return _false(condition, witness)
        case Derivation(start, links) if link is not None:
            before = start if link == 0 else links[link - 1].rhs
            step = links[link]
            if step.relation == "=":
                return _apart(before, step.rhs, witness)
            return _false(Compare(step.relation, before, step.rhs), witness)
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
