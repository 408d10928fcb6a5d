"""Pieces chosen where a sign is known: of absolute values, maxima, cases and brackets."""

from __future__ import annotations

from symcnn.formula.conditions import And, Bracket, Cases, Compare, Not, Or
from symcnn.formula.nodes import Call, Formula, Rational, negative
from symcnn.formula.traverse import bound_variables
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Full, Ring, Stopped, capacity

_SIGN = {">": 1, "<": -1, "=": 0}
_ZERO = Rational(0)
_MOST = 256  # generators of a ring in which signs are compared


class Chooser:
    """What is known of signs where ``subject op 0``, with op one of ``>``, ``<`` and ``=``."""

    __slots__ = ("_facts", "_here", "_ring", "_subject")

    def __init__(self, subject: Formula, op: str, facts: Facts) -> None:
        self._subject = subject
        self._here = _SIGN[op]
        self._facts = facts
        self._ring: Ring | None = None

    def resolved(self, f: Formula) -> Formula:
        """The formula with every piece chosen that the sign of the subject decides.

        >>> from symcnn.formula.domains import Given
        >>> from symcnn.formula.nodes import Symbol
        >>> x = Symbol("x")
        >>> Chooser(x, "<", Facts(Given(), (x,))).resolved(Call("max", (x, Rational(0))))
        Rational(0)
        """
        children = f.children()
        if not children or bound_variables(f):
            return f
        after = tuple(map(self.resolved, children))
        same = all(old is new for old, new in zip(children, after, strict=True))
        f = f if same else f.rebuild(after)
        match f:
            case Call("abs" | "sign" | "relu" as name, (inner,)):
                sign = self._sign(inner)
                return f if sign is None else _piece(name, inner, sign)
            case Call("max" | "min" as name, (first, second, *rest)):
                sign = self._sign(apart(first, second))
                if sign is None:
                    return f
                kept = first if (sign >= 0) == (name == "max") else second
                return Call(name, (kept, *rest)) if rest else kept
            case Cases(branches, default):
                return self._cases(f, branches, default)
            case Bracket(condition):
                left = self._condition(condition)
                return Rational(int(left)) if isinstance(left, bool) else Bracket(left)
        return f

    def _cases(
        self, f: Formula, branches: tuple[tuple[Formula, Formula], ...], default: Formula | None
    ) -> Formula:
        """Branches that are false are left out, and so are those after one that is true."""
        kept: list[tuple[Formula, Formula]] = []
        for value, condition in branches:
            left = self._condition(condition)
            if left is True:
                return Cases(tuple(kept), value) if kept else value
            if left is not False:
                kept.append((value, left))
        if kept:
            return Cases(tuple(kept), default)
        return f if default is None else default

    def _condition(self, condition: Formula) -> Formula | bool:
        """Whether it holds, or what is left of it."""
        match condition:
            case Compare("=" | "!=" | "<" | "<=" | ">" | ">=" as relation, lhs, rhs):
                sign = self._sign(apart(lhs, rhs))
                return condition if sign is None else _compared(relation, sign)
            case Not(inner):
                left = self._condition(inner)
                return not left if isinstance(left, bool) else Not(left)
            case And(args) | Or(args):
                decisive = isinstance(condition, Or)
                parts = [self._condition(arg) for arg in args]
                if decisive in [part for part in parts if isinstance(part, bool)]:
                    return decisive
                kept = [part for part in parts if not isinstance(part, bool)]
                if len(kept) < 2:
                    return kept[0] if kept else not decisive
                return condition.rebuild(tuple(kept))
        return condition

    def _sign(self, u: Formula) -> int | None:
        if u == self._subject:
            return self._here
        found = self._facts.interval(u)
        if found.positive:
            return 1
        if found.negative:
            return -1
        turned = self._multiple(u)
        return None if turned is None else turned * self._here

    def _multiple(self, u: Formula) -> int | None:
        """1 where ``u`` is the subject, -1 where it is its negative."""
        while True:
            ring = self._ring
            if ring is None:
                ring = self._ring = Ring(self._facts, 2 * capacity((self._subject,)))
            try:
                (a, b), (c, d) = ring.pair(u), ring.pair(self._subject)
                left, right = ring.product(a, d), ring.product(c, b)
                if not ring.settled(left - right):
                    return 1
                return None if ring.settled(left + right) else -1
            except Full:
                count = 2 * len(ring.context.gens())
                if count > _MOST:
                    return None
                self._ring = Ring(self._facts, count)
            except Stopped:
                return None


def apart(lhs: Formula, rhs: Formula) -> Formula:
    """``lhs - rhs``, without a 0.

    >>> from symcnn.formula.nodes import Symbol
    >>> apart(Symbol("x"), Rational(0))
    Symbol('x')
    """
    if rhs == _ZERO:
        return lhs
    return negative(rhs) if lhs == _ZERO else lhs + negative(rhs)


def _compared(relation: str, sign: int) -> bool:
    return {
        "=": sign == 0, "!=": sign != 0, "<": sign < 0,
        "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0,
    }[relation]  # fmt: skip


def _piece(name: str, inner: Formula, sign: int) -> Formula:
    if name == "sign":
        return Rational(sign)
    if sign == 0:
        return Rational(0)
    if name == "relu":
        return inner if sign > 0 else Rational(0)
    return inner if sign > 0 else negative(inner)
