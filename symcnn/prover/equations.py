"""An equation of numbers or arrays: proved, refuted with the smallest witness, or undecided.

Equality is directed at the reference, the right side: the candidate must have a value wherever the
reference has one, except where a divisor of the candidate that cancels is 0, which is printed.
"""

from __future__ import annotations

from functools import partial
from itertools import islice

from symcnn.claims.certificate import Certificate
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict, Witness
from symcnn.formula.meaning import holds
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.traverse import substitute
from symcnn.formula.values import ArrayValue, Undefined, Unevaluable
from symcnn.prover.array_equations import prove_arrays
from symcnn.prover.array_parts import holds_arrays
from symcnn.prover.arrays import Arrays, Misfit
from symcnn.prover.beyond import beyond
from symcnn.prover.cancelled import surviving
from symcnn.prover.definedness import Need, condition_of, difference, needs_of
from symcnn.prover.domains import Facts
from symcnn.prover.ladder import PULLING, QUICK, SLOW, SPLITTING, SUMMING, Rung, climb
from symcnn.prover.outcome import Outcome, whole
from symcnn.prover.points import BUDGET, SCOUT, Sampler
from symcnn.prover.proof import Notes, Proof, Question, leaf
from symcnn.prover.rational import Stopped
from symcnn.prover.shared_needs import shared_needs
from symcnn.prover.shrinking import smaller
from symcnn.prover.smt import solver
from symcnn.prover.smt_needs import shown_needs
from symcnn.prover.witness import NOTHING, Seen, compare

# Points that are looked at before the next rungs are asked: the more, the slower the rungs.
STAGES = ((3, PULLING), (9, SPLITTING), (36, SUMMING))
SCOUTED = ((2, PULLING), (2, SPLITTING), (8, SUMMING))  # where a few were looked at before
ALTOGETHER = 48  # all entries of an array are asked for at once
DIVISIONS = ("division by zero", "mod by zero", "zero to a negative power")


def decide_equation(lhs: Formula, rhs: Formula, facts: Facts) -> Verdict:
    """The verdict on ``lhs = rhs`` under the facts; ``holds_when`` is left empty."""
    return settle_equation(lhs, rhs, facts).complete()


def settle_equation(lhs: Formula, rhs: Formula, facts: Facts, *, scouting: bool = False) -> Outcome:
    """The kind of the verdict on ``lhs = rhs`` under the facts, and how to complete it.

    ``scouting`` looks for any difference, not the smallest, and gives up sooner.
    """
    notes = Notes()
    fixed = facts.pinned()
    question = Question(substitute(lhs, fixed), substitute(rhs, fixed), facts)
    sampler = Sampler(facts, (lhs, rhs))
    proof = _prove(question, QUICK, notes)
    if proof is not None:
        return _where_defined(lhs, rhs, question, proof, sampler)
    seen = NOTHING
    budget = SCOUT if scouting else BUDGET
    points = sampler.points(mixed_first=scouting)
    stages: tuple[tuple[int, tuple[Rung, ...]], ...]
    if _arrays(question):
        stages = ((12 if scouting else ALTOGETHER, SLOW),)
    else:
        stages = SCOUTED if scouting else STAGES
    for more, rungs in stages:
        seen = compare(lhs, rhs, islice(points, more), seen, budget=budget, work=facts.work)
        if seen.difference is not None:
            return _refuted(seen.difference, lhs, rhs, sampler)
        proof = _prove(question, rungs, notes)
        if proof is not None:
            return _where_defined(lhs, rhs, question, proof, sampler, seen.admissible)
    if scouting:
        return _undecided(seen, notes)
    seen = compare(lhs, rhs, points, seen)
    if seen.difference is not None:
        return _refuted(seen.difference, lhs, rhs, sampler)
    for lacking in seen.undefined:
        if _no_division(lacking):
            return _refuted(lacking, lhs, rhs, sampler)
    far = compare(lhs, rhs, beyond(question, sampler), seen)
    if far.difference is not None:
        return _refuted(far.difference, lhs, rhs, sampler)
    notes.add("sampling", f"no difference at {seen.tried} points")
    proof = _prove(question, (*QUICK, *SLOW, solver) if _arrays(question) else (solver,), notes)
    if proof is not None:
        return _where_defined(lhs, rhs, question, proof, sampler)
    return _undecided(seen, notes)


def _refuted(found: Witness, lhs: Formula, rhs: Formula, sampler: Sampler) -> Outcome:
    return Outcome("refuted", lambda: refuted(smaller(found, lhs, rhs, sampler)), found)


def _prove(question: Question, rungs: tuple[object, ...], notes: Notes) -> Proof | None:
    if _arrays(question):
        reader = Arrays(question.facts, (question.lhs, question.rhs))
        try:
            return prove_arrays(question, reader, rungs, notes)
        except (Misfit, Stopped) as stopped:
            notes.add("arrays", str(stopped))
            return None
    return climb(question, rungs, notes)  # type: ignore[arg-type]


def _arrays(question: Question) -> bool:
    facts = question.facts
    return holds_arrays(question.lhs, facts) or holds_arrays(question.rhs, facts)


def _where_defined(
    lhs: Formula,
    rhs: Formula,
    question: Question,
    proof: Proof,
    sampler: Sampler,
    admissible: Witness | None = None,
) -> Outcome:
    """Equal wherever both are defined: look at where they are, and for one admissible point."""
    apart = difference(question.lhs, question.rhs, question.facts)
    plainly = not apart.cancelled and not apart.open
    seen = Seen(admissible=admissible)
    if not plainly or admissible is None:
        seen = compare(lhs, rhs, sampler.points(), first=plainly)
    if seen.difference is not None:
        return _refuted(seen.difference, lhs, rhs, sampler)
    domain = condition_of(surviving(apart.cancelled, question.rhs, question.facts))
    if seen.admissible is None:
        return _nowhere(seen)
    for lacking in seen.undefined:
        if domain is None or not _excused(domain, lacking):
            return _refuted(lacking, lhs, rhs, sampler)
    shared: list[Certificate] = []
    shown: tuple[Certificate, ...] | Need = ()
    if apart.open:
        wanted = needs_of(question.lhs, question.facts)
        shared, left = shared_needs(apart.open, question.rhs, question.facts)
        shown = shown_needs([(need, wanted[need]) for need in left], question.rhs)
    if isinstance(shown, Need):
        first = shown
        reason = f"not shown to be defined wherever the reference is: {plain(first.part)}"
        return whole(Undecided(f"{reason} must be {first.kind}", (proof.method,)))
    complete = partial(_proved, question, proof, (*shared, *shown), seen.admissible, domain)
    return Outcome("proved", complete, None, domain)


def _proved(
    question: Question,
    proof: Proof,
    needs: tuple[Certificate, ...],
    at: Witness,
    domain: Formula | None,
) -> Proved:
    goal = question.goal
    point = ", ".join(f"{name} = {plain_value(v, name)}" for name, v in at.values)
    premises = (proof.certificate, *needs, leaf("admissible point", goal, "point", point))
    return Proved(proof.method, Certificate("definedness", goal, premises), domain)


def _no_division(at: Witness) -> bool:
    """The left side has no value there, and not because something is divided by 0."""
    pairs = [(at.lhs, at.rhs)]
    if isinstance(at.lhs, ArrayValue) and isinstance(at.rhs, ArrayValue):
        pairs = list(zip(at.lhs.entries, at.rhs.entries, strict=True))
    return any(
        isinstance(a, Undefined) and a.reason not in DIVISIONS and not isinstance(b, Undefined)
        for a, b in pairs
    )


def _excused(domain: Formula, at: Witness) -> bool:
    """A cancelled divisor is 0 there, or this cannot be told."""
    try:
        return holds(domain, dict(at.values), budget=BUDGET) is False
    except Unevaluable:
        return True


def _nowhere(seen: Seen) -> Outcome:
    reason = "no admissible point"
    if seen.undefined:
        reason += ": the candidate has no value at any point that was tried"
    return whole(Undecided(reason, (f"sampling: {seen.tried} points",)))


def _undecided(seen: Seen, notes: Notes) -> Outcome:
    if seen.admissible is None:
        return _nowhere(seen)
    missing = "more facts in given, or the equation at fixed sizes"
    return whole(Undecided("no rung decides it", tuple(notes.tried), missing))


def refuted(difference: Witness) -> Refuted:
    """The verdict for a witness, with what is wrong there."""
    a, b = difference.lhs, difference.rhs
    message = ""
    if isinstance(a, Undefined):
        message = f"the left side has no value there: {a.reason}"
    elif isinstance(a, ArrayValue) and isinstance(b, ArrayValue):
        if a.shape != b.shape:
            sizes = (" x ".join(map(str, value.shape)) for value in (a, b))
            message = "the shapes differ: " + " and ".join(sizes)
    elif isinstance(a, ArrayValue) or isinstance(b, ArrayValue):
        message = "one side is an array, the other a number"
    return Refuted(difference, (), message)
