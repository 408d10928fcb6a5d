"""Linear reasoning under facts: do some conditions on integers and reals contradict each other?

The system holds the conditions, the bounds of every name and monomial in them, the relations that
are granted, what floors say about their arguments, and products of a condition with a factor that
is known to be nonnegative. Everything added is true, so a contradiction is a proof.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.formula.conditions import Compare
from symcnn.formula.linear import System
from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, Symbol, mul, negative
from symcnn.formula.plain import plain
from symcnn.formula.polynomials import (
    ONE,
    Monomial,
    Polynomial,
    TooLarge,
    as_formula,
    as_term,
    constant,
    plus,
    polynomial,
    times,
)
from symcnn.prover.domains import Facts
from symcnn.prover.intervals import Interval
from symcnn.prover.linear_text import smt_lib
from symcnn.prover.proof import leaf

Condition = tuple[str, Polynomial]  # ">=", ">" or "=", and what is compared with 0
PRODUCTS = 60


def integral(facts: Facts, p: Polynomial) -> bool:
    """Known to have integer values."""
    return all(c.denominator == 1 and whole_monomial(facts, m) for m, c in p.items())


def whole_monomial(facts: Facts, monomial: Monomial) -> bool:
    """All atoms are integers, to positive powers."""
    return all(power > 0 and facts.integer(atom) for atom, power in monomial)


def condition_of(relation: Formula, facts: Facts) -> Condition | None:
    """A comparison as a condition; strict ones between integers lose their strictness later."""
    del facts
    if not isinstance(relation, Compare):
        return None
    try:
        match relation.op:
            case "=":
                return "=", polynomial(relation.lhs + negative(relation.rhs))
            case "<" | "<=":
                p = polynomial(relation.rhs + negative(relation.lhs))
            case ">" | ">=":
                p = polynomial(relation.lhs + negative(relation.rhs))
            case _:
                return None
    except TooLarge:
        return None
    return (">" if relation.op in ("<", ">") else ">="), p


class Reasoner:
    """Contradictions among conditions, under facts that are read once.

    >>> from symcnn.formula.domains import Domain, Given
    >>> n, i = Symbol("n"), Symbol("i")
    >>> whole = Domain("integer", Rational(1))
    >>> reasoner = Reasoner(Facts(Given((("n", whole), ("i", whole)))))
    >>> reasoner.contradictory([(">=", polynomial(-n - i + 1))])
    True
    """

    __slots__ = ("_cache", "_facts", "_granted")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        found = [condition_of(relation, facts) for relation in facts.relations]
        self._granted: list[Condition] = [each for each in found if each is not None]
        for name, domain in facts.domains.items():
            if domain.indices or domain.kind not in ("integer", "real"):
                continue
            for end, strict, op in (
                (domain.low, domain.low_open, ">"),
                (domain.high, domain.high_open, "<"),
            ):
                if end is not None and not isinstance(end, Rational):
                    relation = Compare(op if strict else op + "=", Symbol(name), end)
                    condition = condition_of(relation, facts)
                    if condition is not None:
                        self._granted.append(condition)
        self._cache: dict[frozenset[tuple[str, frozenset[object]]], bool] = {}

    def contradictory(self, conditions: list[Condition]) -> bool:
        """No point inside the facts satisfies all conditions; False where this is not shown."""
        key = frozenset((op, frozenset(p.items())) for op, p in conditions)
        known = self._cache.get(key)
        if known is None:
            known = self._cache[key] = self._contradictory(conditions)
        return known

    def implies(self, conditions: list[Condition], goal: Condition) -> bool:
        """The goal holds wherever the conditions do."""
        op, p = goal
        opposite = {m: -c for m, c in p.items()}
        if op == "=":
            return self.contradictory([*conditions, (">", p)]) and self.contradictory(
                [*conditions, (">", opposite)]
            )
        return self.contradictory([*conditions, (">" if op == ">=" else ">=", opposite)])

    def _contradictory(self, conditions: list[Condition]) -> bool:
        system = System(lambda monomial: whole_monomial(self._facts, monomial))
        everything = self.gathered(conditions)
        self._facts.spend(50 + 25 * len(everything))
        for op, p in everything:
            if op == "=":
                system.zero(p)
            else:
                system.at_least_zero(p, op == ">")
        return system.contradictory()

    def gathered(self, conditions: list[Condition]) -> list[Condition]:
        """The conditions with all that is known of what they mention: the linear system."""
        everything = [*conditions, *self._granted]
        try:
            everything += self._about_floors(everything)
            everything += self._products(everything)
        except TooLarge:
            pass
        seen = dict.fromkeys(monomial for _, p in everything for monomial in p)
        for monomial in seen:
            if monomial != ONE:
                everything += self._bounds(monomial)
        return everything

    def _bounds(self, monomial: Monomial) -> list[Condition]:
        inside: Interval = self._facts.interval(as_term(monomial, constant(1)[ONE]))
        one: Polynomial = {monomial: constant(1)[ONE]}
        found: list[Condition] = []
        if inside.low is not None:
            over = plus(one, constant(inside.low), -1)
            found.append((">" if inside.low_open else ">=", over))
        if inside.high is not None:
            under = plus(constant(inside.high), one, -1)
            found.append((">" if inside.high_open else ">=", under))
        return found

    def excluded(self, conditions: list[Condition]) -> Certificate:
        """The certificate that no point satisfies the conditions: the system in SMT-LIB."""
        goal = "; ".join(f"{plain(as_formula(p))} {op} 0" for op, p in conditions)
        everything = self.gathered(conditions)
        text = smt_lib(everything, lambda monomial: whole_monomial(self._facts, monomial))
        return leaf("contradiction", f"never at once: {goal}", "smt-lib", text)

    def _about_floors(self, conditions: list[Condition]) -> list[Condition]:
        """``b*q <= a < b*q + b`` for every ``q = floor(a/b)`` with positive b."""
        atoms: dict[Formula, None] = {}
        for _, p in conditions:
            for monomial in p:
                for atom, _ in monomial:
                    if isinstance(atom, Call) and atom.name in ("floor", "ceil"):
                        atoms.setdefault(atom)
        found: list[Condition] = []
        for atom in atoms:
            above, below = fraction_of(atom.children()[0])
            if not self._facts.interval(below).positive:
                continue
            top, bottom = polynomial(above), polynomial(below)
            rest = plus(top, times(bottom, polynomial(atom)), -1)
            if isinstance(atom, Call) and atom.name == "ceil":
                rest = {m: -c for m, c in rest.items()}
            found += [(">=", rest), (">", plus(bottom, rest, -1))]
        return found

    def _products(self, conditions: list[Condition]) -> list[Condition]:
        """``s * condition`` where s is nonnegative and both meet in a product that occurs."""
        wanted: dict[tuple[Formula, Formula], None] = {}
        for _, p in conditions:
            for monomial in p:
                atoms = [atom for atom, _ in monomial]
                for s in atoms:
                    for t in atoms:
                        if s != t:
                            wanted.setdefault((s, t))
        found: list[Condition] = []
        for s, t in wanted:
            if not self._facts.interval(s).nonnegative:
                continue
            factor = polynomial(s)
            for op, p in conditions:
                if ((t, 1),) in p and all(len(m) <= 1 for m in p):
                    found.append((op if op == "=" else ">=", times(factor, p)))
                    if len(found) >= PRODUCTS:
                        return found
        return found


def fraction_of(f: Formula) -> tuple[Formula, Formula]:
    """Numerator and denominator of a quotient as it is written; the denominator is 1 for others.

    >>> fraction_of(Symbol("a") / Symbol("b"))
    (Symbol('a'), Symbol('b'))
    """
    if not isinstance(f, Mul):
        if isinstance(f, Pow) and f.exponent == Rational(-1):
            return Rational(1), f.base
        return f, Rational(1)
    above, below = [], []
    for arg in f.args:
        top, bottom = fraction_of(arg)
        if top != Rational(1):
            above.append(top)
        if bottom != Rational(1):
            below.append(bottom)
    return mul(above), mul(below)
