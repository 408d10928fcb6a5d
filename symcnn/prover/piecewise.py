"""Absolute values, signs, max, min, ReLU and cases: split by the sign of what they look at.

Each argument ``u`` is taken positive, zero and negative in turn; parts of the domain that the
facts exclude are left out, and in the others the functions are polynomials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from itertools import islice
from math import prod

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.nodes import Call, Formula, Rational, Symbol
from symcnn.formula.polynomials import (
    Polynomial,
    TooLarge,
    as_formula,
    names_in,
    plus,
    polynomial,
    slope,
)
from symcnn.formula.traverse import bound_variables, substitute, walk
from symcnn.formula.values import Point
from symcnn.prover.constraints import Condition as Known
from symcnn.prover.constraints import Reasoner
from symcnn.prover.definedness import needs_of
from symcnn.prover.domains import Facts
from symcnn.prover.identities import certified, over_names, shown
from symcnn.prover.points import Sampler
from symcnn.prover.proof import Draft, Question
from symcnn.prover.resolving import Chooser, apart
from symcnn.prover.small import small_identity

LEAVES = 400
POINTS = 16
Numbers = dict[str, Fraction | int]


class Splitter:
    """One question, cell by cell."""

    __slots__ = ("_facts", "_left", "_points", "_reasoner", "premises")

    def __init__(self, facts: Facts, points: Iterable[Point]) -> None:
        self._facts = facts
        self._points = points
        self._reasoner = Reasoner(self._facts)
        self._left = LEAVES
        self.premises: list[Draft] = []

    def equal(self, lhs: Formula, rhs: Formula, *, unlike: bool) -> bool:
        """Equal in every cell; ``unlike`` if normal forms differ as a whole. Raises `TooLarge`."""
        return self._cell(lhs, rhs, [], self._facts, None, unlike=unlike)

    def _cell(
        self,
        lhs: Formula,
        rhs: Formula,
        known: list[Known],
        facts: Facts,
        points: list[Numbers] | None,
        *,
        unlike: bool = False,
    ) -> bool:
        """Equal in one cell; ``points`` are those of the cell, None before any was looked at."""
        self._left -= 1
        if self._left < 0:
            return False
        if not unlike and self._shown(lhs, rhs, facts):
            return True
        subject = _simpler(_subject(lhs), _subject(rhs))
        if subject is None or (needs_of(subject, facts) and (_guards(lhs) or _guards(rhs))):
            return False
        p = polynomial(subject)
        sides = sorted_by_sign(p, _numbers(self._points) if points is None else points)
        for op in (">", "<", "="):
            relation = Compare(op, subject, Rational(0))
            condition: Known = (op, p) if op != "<" else (">", {m: -c for m, c in p.items()})
            within = [*known, condition]
            if op == "=" and facts.is_nonzero(subject):
                continue
            if not sides[op] and self._reasoner.contradictory(within):
                self.premises.append(partial(self._reasoner.excluded, within))
                continue
            inside = facts.assuming((relation,))
            left, right = map(Chooser(subject, op, inside).resolved, (lhs, rhs))
            if op == "=":
                left, right = at_zero(left, subject), at_zero(right, subject)
            if (left, right) == (lhs, rhs) and shown(lhs, rhs, inside) is None:
                return False  # the sign decides nothing here, as in cases without a true branch
            if not self._cell(left, right, within, inside, sides[op]):
                return False
        return True

    def _shown(self, lhs: Formula, rhs: Formula, facts: Facts) -> bool:
        """Equal by normal forms, which is noted."""
        names = small_identity(lhs, rhs)
        if names is not None:
            self.premises.append(partial(over_names, lhs, rhs, names))
            return True
        ring = shown(lhs, rhs, facts)
        if ring is not None:
            self.premises.append(partial(certified, lhs, rhs, ring))
        return ring is not None


def _numbers(points: Iterable[Point]) -> list[Numbers]:
    """Some of the points, without what is no number there."""
    return [
        {
            name: value.numerator if value.denominator == 1 else value
            for name, value in point.items()
            if isinstance(value, Fraction)
        }
        for point in islice(points, POINTS)
    ]


def sorted_by_sign(p: Polynomial, points: list[Numbers]) -> dict[str, list[Numbers]]:
    """The points where the polynomial in names is positive, negative and 0.

    Powers may be negative: where such a name is 0 there is no value, and the point is left out.
    """
    found: dict[str, list[Numbers]] = {">": [], "<": [], "=": []}
    if any(not isinstance(atom, Symbol) for monomial in p for atom, _ in monomial):
        return found
    terms = [(c, [(str(atom.name), power) for atom, power in m]) for m, c in p.items()]  # type: ignore[attr-defined]
    whole = [(c.numerator if c.denominator == 1 else c, powers) for c, powers in terms]
    divisors = {name for _, powers in terms for name, power in powers if power < 0}
    for point in points:
        if divisors:
            if not all(point[name] for name in divisors):
                continue
            point = {name: Fraction(value) for name, value in point.items()}  # noqa: PLW2901
        value: Fraction | int = 0
        for scale, powers in whole:
            value += scale * prod(point[name] ** power for name, power in powers)
        found[">" if value > 0 else "<" if value else "="].append(point)
    return found


def _guards(f: Formula) -> bool:
    """Some part may be undefined where the whole is not."""
    return any(isinstance(node, (Bracket, Cases)) for node in walk(f))


def at_zero(f: Formula, subject: Formula) -> Formula:
    """The formula where the subject is 0: a name that it determines is replaced."""
    p = polynomial(subject)
    for name in names_in(p):
        factor = slope(p, name)
        if factor is not None and len(factor) == 1 and () in factor:
            rest = plus(p, {((Symbol(name), 1),): factor[()]}, -1)
            value = as_formula({m: -c / factor[()] for m, c in rest.items()})
            return substitute(f, {name: value})
    return f


def split_premises(
    question: Question, points: Iterable[Point] | None = None, *, unlike: bool = False
) -> Callable[[], tuple[Certificate, ...]] | None:
    """Equal in every part of the domain that signs tell apart; writes the premises of all parts.

    ``points`` of the domain show that parts are not empty; ``unlike`` says that normal forms of the
    whole sides were compared before.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> cases = Cases(((x, Compare(">", x, 0)),), Rational(0))
    >>> found = split_premises(Question(cases, Call("relu", (x,)), Facts(Given(), (x,))))
    >>> [each.goal for each in found()]
    ['x = x', '0 = 0']
    """
    facts = question.facts
    splitter = Splitter(facts, points or Sampler(facts, (question.lhs, question.rhs)).points())
    try:
        if not splitter.equal(question.lhs, question.rhs, unlike=unlike):
            return None
    except TooLarge:
        return None
    return lambda: tuple(dict.fromkeys(draft() for draft in splitter.premises))


def _subject(f: Formula) -> Formula | None:
    """The innermost formula whose sign decides a piece of ``f``, free of bound variables."""
    if bound_variables(f):
        return None
    for child in f.children():
        found = _subject(child)
        if found is not None:
            return found
    match f:
        case Call("abs" | "sign" | "relu", (inner,)):
            return inner
        case Call("max" | "min", (first, second, *_)):
            return apart(first, second)
        case Cases(branches, _):
            return _condition_subject(branches[0][1])
        case Bracket(condition):
            return _condition_subject(condition)
    return None


def _simpler(first: Formula | None, second: Formula | None) -> Formula | None:
    """The one with fewer nodes, whose sign may decide that of the other."""
    if first is None or second is None:
        return second if first is None else first
    return second if _size(second) < _size(first) else first


def _size(f: Formula) -> int:
    return sum(1 for _ in walk(f))


def _condition_subject(condition: Formula) -> Formula | None:
    match condition:
        case Compare("=" | "!=" | "<" | "<=" | ">" | ">=", lhs, rhs):
            return apart(lhs, rhs)
        case Not(inner):
            return _condition_subject(inner)
        case And(args) | Or(args):
            for arg in args:
                found = _condition_subject(arg)
                if found is not None:
                    return found
    return None
