"""One equation or condition judged for a person: the prover's verdict, and what it leaves to say.

A formula that has no value anywhere is invalid, not wrong. Where undeclared names were taken as
reals, and the equation would hold if they were positive integers, `holds_when` says so first.
"""

from __future__ import annotations

from symcnn import prover
from symcnn.claims.statements import Equation, Relation
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict, Witness
from symcnn.formula.conditions import Bracket, Compare, Condition
from symcnn.formula.domains import Domain, Given
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula, Index, Rational, Unknown
from symcnn.formula.traverse import free_names, walk
from symcnn.formula.values import ArrayValue, Undefined
from symcnn.prover import Settled
from symcnn.prover.domains import integer_names
from symcnn.prover.witness import defined
from symcnn.verifying.result import Invalid, Known, Where

POSITIVE_INTEGER = Domain("integer", Rational(1))
MOST_ALTERNATIVES = 3
MOST_RELATIONS = 60  # of two conditions together: each may part every case in two
_NO_VALUE = "no admissible point: the candidate has no value"


def plain_kind(settled: Settled) -> str | None:
    """The kind of `judge`'s verdict where the settled equation leaves no doubt about it."""
    match settled.kind, settled.difference:
        case "proved", _:
            return "proved"
        case "refuted", Witness(_, lhs, rhs) if defined(lhs) and defined(rhs):
            return "refuted"
    return None


def judge(
    lhs: Formula, rhs: Formula | None, given: Given, settled: Settled | None = None
) -> Verdict | Invalid:
    """The verdict on ``lhs = rhs``, or on the condition ``lhs`` where ``rhs`` is None.

    Two conditions are equal where they hold at the same points and have no value at the same ones.
    ``settled`` is that equation where somebody has settled it before. Raises AuthorError when the
    assumptions contradict each other.
    """
    if isinstance(lhs, Condition) and isinstance(rhs, Condition):
        relations = sum(isinstance(node, Compare) for side in (lhs, rhs) for node in walk(side))
        if relations > MOST_RELATIONS:
            return Undecided(f"the conditions hold {relations} relations, too many to compare")
        return _told(judge(Bracket(lhs), Bracket(rhs), given))
    sides = (lhs,) if rhs is None else (lhs, rhs)
    statement = Relation(lhs) if rhs is None else Equation(lhs, rhs)
    verdict = (settled or prover.settle(statement, given)).verdict()
    if isinstance(verdict, Proved):
        return verdict
    for side in sides:
        if rhs is not None and _nowhere(side, verdict, given):
            return Invalid("undefined", "it has no value at any point that was tried")
    unsaid = _undeclared_reals(sides, given)
    names = _sufficient(statement, given, unsaid)
    if not names:
        return verdict
    if isinstance(verdict, Refuted):
        first = positive_integers(names)
        others = tuple(each for each in verdict.holds_when if each != first)
        return replace(verdict, holds_when=(first, *others)[:MOST_ALTERNATIVES])
    if isinstance(verdict, Undecided):
        return replace(verdict, would_help=f"{', '.join(names)}: positive integer")
    return verdict


def _told(verdict: Verdict | Invalid) -> Verdict | Invalid:
    """The verdict on two brackets, in the words of conditions."""
    if not isinstance(verdict, Refuted) or verdict.message:
        return verdict
    said = {0: "does not hold", 1: "holds"}
    sides = (verdict.witness.lhs, verdict.witness.rhs)
    own, other = (
        "has no value" if isinstance(side, Undefined) else said[int(side == 1)] for side in sides
    )
    return replace(verdict, message=f"there this condition {own}, and the other one {other}")


def positive_integers(names: tuple[str, ...]) -> tuple[Formula, ...]:
    """The conditions that say it."""
    from symcnn.prover.assumptions import conditions_of

    return conditions_of(Given(tuple((name, POSITIVE_INTEGER) for name in names)))


def _nowhere(side: Formula, verdict: Verdict, given: Given) -> bool:
    """The side has no value at any admissible point of the sample, and there are such points."""
    if isinstance(verdict, Undecided):
        if verdict.reason.startswith(_NO_VALUE):
            return True
        if not verdict.reason.startswith("no admissible point"):
            return False
    elif isinstance(verdict, Refuted) and not isinstance(verdict.witness.lhs, Undefined):
        return False
    from symcnn.prover.domains import Facts
    from symcnn.prover.points import Sampler
    from symcnn.prover.witness import value_at

    tried = 0
    for point in Sampler(Facts(given, (side,)), (side,)).points():
        tried += 1
        if not isinstance(value_at(side, point), Undefined):
            return False
    return tried > 0


def _undeclared_reals(sides: tuple[Formula, ...], given: Given) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in known_names(sides, given, {})
        if each.origin == "default" and each.domain.kind == "real" and not each.domain.indices
    )


def _sufficient(
    statement: Equation | Relation, given: Given, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Names that prove the statement when they are positive integers, as few as it takes."""

    def proved(chosen: tuple[str, ...]) -> bool:
        more = tuple((name, POSITIVE_INTEGER) for name in chosen)
        within = Given((*given.domains, *more), given.relations)
        return prover.settle(statement, within).kind == "proved"

    if not names or not proved(names):
        return ()
    if len(names) <= 6:
        for name in names:
            fewer = tuple(each for each in names if each != name)
            if fewer and proved(fewer):
                names = fewer
    return names


def known_names(
    sides: tuple[Formula, ...], given: Given, origins: dict[str, str]
) -> tuple[Known, ...]:
    """Every free name of the sides with its domain; the default one where nobody says one."""
    whole = integer_names(*sides, *given.relations)
    nodes = [node for side in sides for node in walk(side)]
    indices = {node.name: len(node.indices) for node in nodes if isinstance(node, Index)}
    functions = {node.name for node in nodes if isinstance(node, Unknown)}
    found = []
    for name in dict.fromkeys(name for side in sides for name in free_names(side)):
        domain = given.domain(name)
        if domain is not None:
            found.append(Known(name, domain, origins.get(name, "given")))
        elif name in functions:
            found.append(Known(name, Domain("function", declared=False), "default"))
        elif name in whole:
            integer = Domain("integer", indices=indices.get(name, 0), declared=False)
            found.append(Known(name, integer, "used as an index"))
        else:
            real = Domain("real", indices=indices.get(name, 0), declared=False)
            found.append(Known(name, real, "default"))
    return tuple(found)


def where_it_fails(lhs: Formula, verdict: Verdict | Invalid) -> Where | None:
    """The part of ``lhs`` that fails at the witness, told without the witness."""
    if not isinstance(verdict, Refuted):
        return None
    own, other = verdict.witness.lhs, verdict.witness.rhs
    if isinstance(own, Undefined):
        return Where("undefined", f"it has no value at some point: {own.reason}")
    if isinstance(own, ArrayValue) and isinstance(other, ArrayValue):
        if own.shape != other.shape:
            return Where("shape", "the shape: " + " x ".join(map(str, own.shape)))
        return _entry(own, other)
    if isinstance(own, ArrayValue) != isinstance(other, ArrayValue) and other is not None:
        wrong = "a matrix or vector" if isinstance(own, ArrayValue) else "a number"
        return Where("shape", f"the shape: this is {wrong}")
    return _case(lhs, verdict)


def _entry(own: ArrayValue, other: ArrayValue) -> Where | None:
    from symcnn.prover.witness import differ

    for number, (a, b) in enumerate(zip(own.entries, other.entries, strict=True)):
        if isinstance(a, Undefined) != isinstance(b, Undefined) or differ(a, b):
            place: list[int] = []
            rest = number
            for size in reversed(own.shape):
                rest, here = divmod(rest, size)
                place.insert(0, here + 1)
            if len(place) == 2:
                return Where("entry", f"the entry in row {place[0]}, column {place[1]}")
            return Where("entry", "entry " + ", ".join(map(str, place)))
    return None


def _case(lhs: Formula, verdict: Refuted) -> Where | None:
    from symcnn.formula.conditions import Cases
    from symcnn.formula.meaning import holds
    from symcnn.formula.plain import plain
    from symcnn.formula.values import Unevaluable

    if not isinstance(lhs, Cases):
        return None
    point = dict(verdict.witness.values)
    try:
        for number, (_, condition) in enumerate(lhs.branches, 1):
            if holds(condition, point) is True:
                return Where("case", f"case {number}, when {plain(condition)}")
    except Unevaluable:
        return None
    return Where("case", "the case otherwise")
