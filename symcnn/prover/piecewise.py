"""Absolute values, signs, max, min, ReLU and cases: split by the sign of what they look at.

Each argument ``u`` is taken positive, zero and negative in turn; parts of the domain that the
facts exclude are left out, and in the others the functions are polynomials.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.nodes import Call, Formula, Rational, Symbol, negative
from symcnn.formula.polynomials import TooLarge, as_formula, names_in, plus, polynomial, slope
from symcnn.formula.traverse import bound_variables, substitute, walk
from symcnn.prover.constraints import Condition as Known
from symcnn.prover.constraints import Reasoner
from symcnn.prover.definedness import needs_of
from symcnn.prover.domains import Facts
from symcnn.prover.identities import certified, shown
from symcnn.prover.proof import Draft, Question
from symcnn.prover.rational import equal

LEAVES = 400


class Splitter:
    """One question, cell by cell."""

    __slots__ = ("_facts", "_left", "_reasoner", "premises")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._reasoner = Reasoner(facts)
        self._left = LEAVES
        self.premises: list[Draft] = []

    def equal(self, lhs: Formula, rhs: Formula) -> bool:
        """Equal in every cell. Raises `TooLarge`."""
        return self._cell(lhs, rhs, [], self._facts)

    def _cell(self, lhs: Formula, rhs: Formula, known: list[Known], facts: Facts) -> bool:
        self._left -= 1
        if self._left < 0:
            return False
        ring = shown(lhs, rhs, facts)
        if ring is not None:
            self.premises.append(partial(certified, lhs, rhs, ring))
            return True
        subject = _subject(lhs)
        if subject is None:
            subject = _subject(rhs)
        if subject is None or (needs_of(subject, facts) and (_guards(lhs) or _guards(rhs))):
            return False
        for op in (">", "<", "="):
            relation = Compare(op, subject, Rational(0))
            p = polynomial(subject)
            condition: Known = (op, p) if op != "<" else (">", {m: -c for m, c in p.items()})
            within = [*known, condition]
            if op == "=" and facts.is_nonzero(subject):
                continue
            if self._reasoner.contradictory(within):
                self.premises.append(partial(self._reasoner.excluded, within))
                continue
            inside = facts.assuming((relation,))
            left, right = (resolved(side, subject, op, inside) for side in (lhs, rhs))
            if op == "=":
                left, right = at_zero(left, subject), at_zero(right, subject)
            if not self._cell(left, right, within, inside):
                return False
        return True


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


def split_premises(question: Question) -> Callable[[], tuple[Certificate, ...]] | None:
    """Equal in every part of the domain that signs tell apart; writes the premises of all parts.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> cases = Cases(((x, Compare(">", x, 0)),), Rational(0))
    >>> found = split_premises(Question(cases, Call("relu", (x,)), Facts(Given(), (x,))))
    >>> [each.goal for each in found()]
    ['x = x', '0 = 0']
    """
    splitter = Splitter(question.facts)
    try:
        if not splitter.equal(question.lhs, question.rhs):
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
            return first + negative(second)
        case Cases(branches, _):
            return _condition_subject(branches[0][1])
        case Bracket(condition):
            return _condition_subject(condition)
    return None


def _condition_subject(condition: Formula) -> Formula | None:
    match condition:
        case Compare("=" | "!=" | "<" | "<=" | ">" | ">=", lhs, rhs):
            return lhs + negative(rhs)
        case Not(inner):
            return _condition_subject(inner)
        case And(args) | Or(args):
            for arg in args:
                found = _condition_subject(arg)
                if found is not None:
                    return found
    return None


def resolved(f: Formula, subject: Formula, op: str, facts: Facts) -> Formula:
    """The formula where the sign of the subject is known, every piece that it decides chosen."""
    if bound_variables(f):
        return f
    children = f.children()
    if not children:
        return f
    after = tuple(resolved(child, subject, op, facts) for child in children)
    f = f if after == children else f.rebuild(after)
    match f:
        case Call("abs" | "sign" | "relu" as name, (inner,)):
            sign = _known_sign(inner, subject, op, facts)
            return f if sign is None else _piece(name, inner, sign)
        case Call("max" | "min" as name, (first, second, *rest)):
            sign = _known_sign(first + negative(second), subject, op, facts)
            if sign is None:
                return f
            kept = first if (sign >= 0) == (name == "max") else second
            return Call(name, (kept, *rest)) if rest else kept
        case Cases(branches, default):
            return _chosen(f, branches, default, subject, op, facts)
        case Bracket(condition):
            holds = _truth(condition, subject, op, facts)
            return f if holds is None else Rational(int(holds))
    return f


def _chosen(
    f: Formula,
    branches: tuple[tuple[Formula, Formula], ...],
    default: Formula | None,
    subject: Formula,
    op: str,
    facts: Facts,
) -> Formula:
    value, condition = branches[0]
    holds = _truth(condition, subject, op, facts)
    if holds is None:
        return f
    if holds:
        return value
    if len(branches) > 1:
        return _chosen(Cases(branches[1:], default), branches[1:], default, subject, op, facts)
    return f if default is None else default


def _piece(name: str, inner: Formula, sign: int) -> Formula:
    if name == "sign":
        return Rational(sign)
    if sign == 0:
        return Rational(0)
    if name == "relu":
        return inner if sign > 0 else Rational(0)
    return inner if sign > 0 else negative(inner)


def _known_sign(u: Formula, subject: Formula, op: str, facts: Facts) -> int | None:
    found = facts.interval(u)
    if found.positive:
        return 1
    if found.negative:
        return -1
    here = {">": 1, "<": -1, "=": 0}[op]
    if equal(u, subject, facts) is True:
        return here
    if equal(u, negative(subject), facts) is True:
        return -here
    return None


def _truth(condition: Formula, subject: Formula, op: str, facts: Facts) -> bool | None:
    match condition:
        case Compare("=" | "!=" | "<" | "<=" | ">" | ">=" as relation, lhs, rhs):
            sign = _known_sign(lhs + negative(rhs), subject, op, facts)
            if sign is None:
                return None
            return {
                "=": sign == 0, "!=": sign != 0, "<": sign < 0,
                "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0,
            }[relation]  # fmt: skip
        case Not(inner):
            found = _truth(inner, subject, op, facts)
            return None if found is None else not found
        case And(args) | Or(args):
            seen = [_truth(arg, subject, op, facts) for arg in args]
            decisive = isinstance(condition, Or)
            if decisive in seen:
                return decisive
            return None if None in seen else not decisive
    return None
