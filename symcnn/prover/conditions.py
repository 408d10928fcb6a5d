"""Conditions that hold everywhere: comparisons, divisibility, and, or; refuted by evaluation."""

from __future__ import annotations

from functools import partial

from symcnn.claims.certificate import Certificate
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict, Witness
from symcnn.formula.conditions import And, Compare, Not, Or
from symcnn.formula.meaning import holds
from symcnn.formula.nodes import Formula, Pow, Rational, negative
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.traverse import free_names, substitute
from symcnn.formula.values import Undefined, Unevaluable
from symcnn.prover.definedness import Need, needs_of
from symcnn.prover.differences import difference as shown_difference
from symcnn.prover.differences import multiple
from symcnn.prover.domains import Facts
from symcnn.prover.equations import settle_equation
from symcnn.prover.ladder import QUICK, SLOW, climb
from symcnn.prover.monotone import never_falls
from symcnn.prover.outcome import Outcome, whole
from symcnn.prover.points import BUDGET, Sampler
from symcnn.prover.proof import Notes, Proof, Question, leaf
from symcnn.prover.rational import Full, Ring, Stopped, capacity
from symcnn.prover.same_power import same_power
from symcnn.prover.signs import nonnegative, positive
from symcnn.prover.smt import solver_condition
from symcnn.prover.smt_needs import shown_needs
from symcnn.prover.witness import value_at

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def decide_condition(condition: Formula, facts: Facts) -> Verdict:
    """The verdict on "the condition holds at every point inside the facts"."""
    return settle_condition(condition, facts).complete()


def settle_condition(condition: Formula, facts: Facts, *, scouting: bool = False) -> Outcome:
    """The kind of that verdict, and how to complete it.

    ``scouting`` looks for any point at which the condition fails, not the smallest.
    """
    if isinstance(condition, Compare) and condition.op == "=":
        return settle_equation(condition.lhs, condition.rhs, facts, scouting=scouting)
    notes = Notes()
    true_at: Witness | None = None
    undefined = False
    tried = 0
    for point in Sampler(facts, (condition,)).points(mixed_first=scouting):
        tried += 1
        try:
            found = holds(condition, point, budget=BUDGET)
        except Unevaluable:
            continue
        if found is False:
            return whole(Refuted(_at(condition, point), (), "the condition fails there"))
        if isinstance(found, Undefined):
            undefined = True
        elif true_at is None:
            true_at = Witness(tuple(point.items()))
    if true_at is None:
        return whole(Undecided("no admissible point", (f"sampling: {tried} points",)))
    fixed = facts.pinned()
    proof = prove_condition(substitute(condition, fixed), facts, notes)
    if proof is None and not scouting:
        proof = solver_condition(substitute(condition, fixed), facts, notes)
    if proof is None:
        notes.add("sampling", f"it holds at {tried} points")
        return whole(Undecided("no rung decides it", tuple(notes.tried)))
    shown = shown_needs(needs_of(substitute(condition, fixed), facts).items())
    if undefined or isinstance(shown, Need):
        return whole(Undecided("a side may be undefined inside the domain", (proof.method,)))
    return Outcome("proved", partial(_proved, condition, proof, shown, true_at))


def _proved(
    condition: Formula, proof: Proof, needs: tuple[Certificate, ...], at: Witness
) -> Proved:
    where = ", ".join(f"{name} = {plain_value(v, name)}" for name, v in at.values)
    goal = plain(condition)
    premises = (proof.certificate, *needs, leaf("admissible point", goal, "point", where))
    return Proved(proof.method, Certificate("definedness", goal, premises))


def _at(condition: Formula, point: dict) -> Witness:  # type: ignore[type-arg]
    lhs = rhs = None
    if isinstance(condition, Compare):
        lhs, rhs = value_at(condition.lhs, point), value_at(condition.rhs, point)
    return Witness(tuple(point.items()), lhs, rhs)


def prove_condition(condition: Formula, facts: Facts, notes: Notes) -> Proof | None:
    """A proof that the condition holds wherever its sides are defined."""
    goal = plain(condition)
    if condition in facts.relations:
        return Proof("as assumed", leaf("as written", goal, "assumption", goal))
    if not free_names(condition):
        return _closed(condition, goal)
    match condition:
        case And(args):
            parts = [prove_condition(arg, facts, notes) for arg in args]
            found = [part for part in parts if part is not None]
            if len(found) < len(parts):
                return None
            certificates = tuple(part.certificate for part in found)
            return Proof(found[0].method, Certificate("conjunction", goal, certificates))
        case Or(args):
            for arg in args:
                part = prove_condition(arg, facts, notes)
                if part is not None:
                    return Proof(part.method, Certificate("disjunction", goal, (part.certificate,)))
            return None
        case Not(Compare(op, lhs, rhs)) if op in _OPPOSITE:
            return prove_condition(Compare(_OPPOSITE[op], lhs, rhs), facts, notes)
        case Compare(op, lhs, rhs):
            return _compared(op, lhs, rhs, facts, notes)
    return None


def _closed(condition: Formula, goal: str) -> Proof | None:
    try:
        found = holds(condition, {})
    except Unevaluable:
        return None
    if found is not True:
        return None
    return Proof("evaluation", leaf("enumeration", goal, "enumeration", goal))


def _compared(op: str, lhs: Formula, rhs: Formula, facts: Facts, notes: Notes) -> Proof | None:
    goal = plain(Compare(op, lhs, rhs))
    if op in ("=", "<=", ">="):
        equal = climb(Question(lhs, rhs, facts), QUICK + SLOW, notes)
        if equal is not None:
            certificate = Certificate("relation by equality", goal, (equal.certificate,))
            return Proof(equal.method, certificate)
    upper, lower = (lhs, rhs) if op in (">", ">=") else (rhs, lhs)
    difference = upper + negative(lower)
    shown = False
    match op:
        case "<" | ">":
            shown = positive(difference, facts)
        case "<=" | ">=":
            shown = nonnegative(difference, facts)
        case "!=":
            shown = (
                facts.is_nonzero(difference)
                or positive(difference, facts)
                or positive(lower + negative(upper), facts)
            )
        case "divides":
            quotient = _quotient(lhs, rhs, facts)
            if quotient is not None:
                return Proof("sign of the difference", partial(multiple, lhs, rhs, quotient, facts))
    if not shown and op in ("<", "<=", ">", ">="):
        strict = op in ("<", ">")
        found = never_falls(upper, lower, strict, facts) or same_power(
            upper, lower, strict, facts, lambda part: _shown(part, facts, notes)
        )
        if found is not None:
            return found
    if not shown:
        notes.add("difference", f"no sign is known of {plain(difference)}")
        return None
    condition = Compare(op, lhs, rhs)
    return Proof("sign of the difference", partial(shown_difference, condition, facts))


def _shown(condition: Formula, facts: Facts, notes: Notes) -> Proof | None:
    return prove_condition(condition, facts, notes) or solver_condition(condition, facts, notes)


def _quotient(divisor: Formula, number: Formula, facts: Facts) -> Formula | None:
    """The quotient where it is a polynomial with integer coefficients in integers."""
    if not (facts.integer(divisor) and facts.integer(number) and facts.is_nonzero(divisor)):
        return None
    count = capacity((divisor, number))
    while True:
        ring = Ring(facts, count)
        try:
            num, den = ring.pair(number * Pow(divisor, Rational(-1)))
            one = ring.context.constant(1)
            quotient, rest = divmod(num * one, den * one)
            found = ring.as_formula(quotient)
            return None if rest or not facts.integer(found) else found
        except Full:
            count *= 2
        except Stopped:
            return None
