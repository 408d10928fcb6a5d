"""Equations with sums and products up to an integer name n, shown by induction on n.

Base: every n from the least one of the domain until no range is shorter than empty. Step: with
the sums to n + 1 written as those to n and their last terms, either the differences of both sides
are equal, or the equation at n, solved for a sum that stands alone, gives the one at n + 1.
Relations that mention n are not used, so that what is shown holds for every n from the base on.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import Bracket, Cases, Condition
from symcnn.formula.nodes import Add, Call, Formula, Rational, Symbol, add, negative
from symcnn.formula.plain import plain
from symcnn.formula.polynomials import constant, plus, polynomial, slope
from symcnn.formula.traverse import bound_variables, free_names, substitute, walk
from symcnn.prover.aligning import (
    aligned,
    ends_of,
    free_binders,
    literal_difference,
    minus,
    outside_scopes,
)
from symcnn.prover.brackets import sums_premises
from symcnn.prover.definedness import difference
from symcnn.prover.domains import Facts
from symcnn.prover.factorials import literal_factorials, without_binomials
from symcnn.prover.identities import identity
from symcnn.prover.outside import pulled
from symcnn.prover.proof import Notes, Proof, Question
from symcnn.prover.unroll import unroll

BASES = 12
DEPTH = 2


def induction(question: Question, notes: Notes) -> Proof | None:
    """Equal at the least value of a name, and at n + 1 if they are at n."""
    names = candidates(question)
    for name in names:
        certificate = by_induction(question, name)
        if certificate is not None:
            return Proof(f"induction on {name}", certificate)
    if names:
        notes.add("induction", f"base or step is not shown for {', '.join(names)}")
    return None


def candidates(question: Question) -> tuple[str, ...]:
    """Integer names with a least value that end a range or stand in a factorial."""
    found: dict[str, None] = {}
    for side in (question.lhs, question.rhs):
        for node in walk(side):
            ends: tuple[Formula, ...] = ()
            if isinstance(node, Binder) and node.high is not None:
                ends = (node.high,)
            elif isinstance(node, Call) and node.name == "factorial":
                ends = node.args
            for end in ends:
                found.update(dict.fromkeys(free_names(end)))
    free = {*free_names(question.lhs), *free_names(question.rhs)}
    return tuple(
        name for name in found if name in free and _least(name, question.facts) is not None
    )


def _least(name: str, facts: Facts) -> int | None:
    domain = facts.domains.get(name)
    if domain is None or domain.kind != "integer" or domain.indices:
        return None
    low = facts.bounds(name).low
    return None if low is None else -int(-low // 1)


def by_induction(question: Question, name: str, depth: int = DEPTH) -> Certificate | None:
    """The certificate with base and step as its premises, or None where one is not shown."""
    facts = question.facts
    sides = tuple(without_binomials(side, facts) for side in (question.lhs, question.rhs))
    question = Question(sides[0], sides[1], facts)
    bases = range_of_bases(sides, name, facts) if depth > 0 else None
    if bases is None:
        return None
    inside, values = bases
    premises = []
    for value in values:
        lhs, rhs = (unroll(substitute(side, {name: Rational(value)})) for side in sides)
        base = _same(Question(lhs, rhs, inside), depth)
        if base is None:
            return None
        premises.append(base)
    step = _step(question, name, inside, depth)
    if step is None:
        return None
    return Certificate("base and step", question.goal, (*premises, step))


def range_of_bases(
    sides: tuple[Formula, ...], name: str, facts: Facts
) -> tuple[Facts, range] | None:
    """The values to look at one by one, and what is known from the last of them on."""
    least = _least(name, facts)
    if least is None or _tied(name, facts) or any(_unfit(side) for side in sides):
        return None
    last = max([least, *(_start(node, name) for side in sides for node in free_binders(side))])
    if last - least >= BASES:
        return None
    return facts.binding(_all_from(name, last)), range(least, last + 1)


def _all_from(name: str, least: int) -> Binder:
    return Sum(Rational(0), name, Rational(least), Call("infinity", ()))


def _tied(name: str, facts: Facts) -> bool:
    """The domain of another name depends on this one."""
    for other, domain in facts.domains.items():
        parts = [domain.low, domain.high, *domain.shape]
        parts += [end for pair in domain.support or () for end in pair]
        if other != name and any(part is not None and name in free_names(part) for part in parts):
            return True
    return False


def _unfit(side: Formula) -> bool:
    """Outside of sums there is something that may hide a part, or an array."""
    if isinstance(side, (Bracket, Cases, Condition, Array, Table)):
        return True
    return not bound_variables(side) and any(_unfit(child) for child in side.children())


def _start(node: Binder, name: str) -> int:
    """The n from which the range, grown by one, has its old terms and one more."""
    ends = ends_of(node)
    if ends is None or slope(ends.high, name) != constant(1):
        return 0
    rest = plus(plus(ends.low, ends.high, -1), polynomial(Symbol(name)))
    start = literal_difference(rest, constant(1))
    return 0 if start is None else start


def _step(question: Question, name: str, facts: Facts, depth: int) -> Certificate | None:
    after = {name: Symbol(name) + 1}
    now = (question.lhs, question.rhs)
    then = tuple(substitute(side, after) for side in now)
    lhs, rhs, next_lhs, next_rhs = aligned((*now, *then), facts)
    if not defined_before((lhs, rhs), (next_lhs, next_rhs), facts):
        return None
    growth = Question(minus(next_lhs, lhs), minus(next_rhs, rhs), facts)
    found = _same(growth, depth)
    if found is not None:
        return found
    for total, value in _solved(lhs, rhs):
        put = [
            outside_scopes(side, lambda node, s=total, v=value: v if node == s else None)  # type: ignore[misc]
            for side in (next_lhs, next_rhs)
        ]
        if put != [next_lhs, next_rhs]:
            found = _same(Question(put[0], put[1], facts), depth)
            if found is not None:
                return found
    return None


def _solved(lhs: Formula, rhs: Formula) -> list[tuple[Binder, Formula]]:
    """Sums that are a whole side or term of it, and nothing else, with what they must be."""
    terms = [*_terms(lhs), *(negative(term) for term in _terms(rhs))]
    found = []
    for place, term in enumerate(terms):
        sign = 1
        alone = term
        if not isinstance(term, Binder) and len(term.children()) == 2:
            first, second = term.children()
            if first == Rational(-1) and isinstance(second, Binder):
                sign, alone = -1, second
        if not isinstance(alone, Binder):
            continue
        others = [each for k, each in enumerate(terms) if k != place]
        if any(alone in free_binders(other) for other in others):
            continue
        rest = add(others)
        found.append((alone, negative(rest) if sign > 0 else rest))
    return found


def _terms(f: Formula) -> tuple[Formula, ...]:
    return f.args if isinstance(f, Add) else (f,)


def defined_before(now: tuple[Formula, ...], then: tuple[Formula, ...], facts: Facts) -> bool:
    """Where the sides at n + 1 have a value, those at n have one."""
    sums = list(dict.fromkeys(node for side in (*now, *then) for node in free_binders(side)))
    there = {node for side in then for node in free_binders(side)}
    if any(node not in there for side in now for node in free_binders(side)):
        return False
    named: dict[Formula, Formula] = {
        node: Symbol(f"s{k}" + "'" * 10) for k, node in enumerate(sums)
    }
    before = add(outside_scopes(side, named.get) for side in now)
    after = add(outside_scopes(side, named.get) for side in then)
    apart = difference(before, after, facts)
    return not apart.cancelled and not apart.open


def _names(count: int) -> list[Symbol]:
    return [Symbol(f"s{k}" + "'" * 10) for k in range(count)]


def _same(question: Question, depth: int) -> Certificate | None:
    """Equal wherever both are defined, by what needs no induction, or by one on another name."""
    facts = question.facts
    lhs, rhs = (literal_factorials(unroll(side)) for side in (question.lhs, question.rhs))
    goal = f"{plain(lhs)} = {plain(rhs)}"
    shown = identity(lhs, rhs, facts)
    if shown is not None:
        return shown
    shown = identity(pulled(lhs, facts), pulled(rhs, facts), facts)
    if shown is not None:
        return Certificate("constants outside", goal, (shown,))
    cells = sums_premises(lhs, rhs, facts)
    if cells is not None:
        return Certificate("brackets", goal, cells())
    nested = Question(lhs, rhs, facts)
    for name in candidates(nested):
        found = by_induction(nested, name, depth - 1)
        if found is not None:
            return found
    return None
