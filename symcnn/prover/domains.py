"""Facts about values: which formulas are integers, what bounds and signs are known.

`Facts` reads a `Given`, adds the default domains, and answers with what follows by interval
arithmetic. An answer "no" only means "not known". Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import Bracket, Cases, Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import bound_variables, free_names
from symcnn.prover import intervals
from symcnn.prover.defaults import conjuncts as conjuncts
from symcnn.prover.defaults import constant as constant
from symcnn.prover.defaults import integer_names as integer_names
from symcnn.prover.function_intervals import of_call
from symcnn.prover.intervals import EVERYTHING, NONNEGATIVE, POSITIVE, Interval
from symcnn.prover.look import Look, look
from symcnn.prover.work import Work

_INTEGER = Domain("integer", declared=False)
_REAL = Domain("real", declared=False)
_DEPTH = 60


class Facts:
    """What is known of the names, from `Given` and from how the formulas use them.

    >>> facts = Facts(Given((("K", Domain("integer", Rational(1))),)))
    >>> facts.interval(Symbol("K") + 2).low
    Fraction(3, 1)
    """

    __slots__ = ("_inner", "_looks", "domains", "given", "nonzero", "relations", "work")

    def __init__(
        self, given: Given, formulas: tuple[Formula, ...] = (), work: Work | None = None
    ) -> None:
        self.given = given
        self.work = work
        self.relations: tuple[Formula, ...] = tuple(conjuncts(given.relations))
        self.domains: dict[str, Domain] = dict(given.domains)
        self._looks = tuple((top, look(top)) for top in (*formulas, *given.relations))
        unsaid = [
            name for _, seen in self._looks for name in seen.names if name not in self.domains
        ]
        if unsaid:
            whole = frozenset().union(*(seen.whole for _, seen in self._looks))
            for name in unsaid:
                self.domains[name] = _INTEGER if name in whole else _REAL
        self.nonzero: set[Formula] = set()
        self._inner: dict[str, Interval] = {}
        for relation in self.relations:
            self._learn(relation)

    def spend(self, units: int) -> None:
        """Take units of work where it is limited. Raises `Spent` at the end."""
        if self.work is not None:
            self.work.spend(units)

    def look(self, top: Formula) -> Look:
        """What the formula mentions: known already for those that the facts were made for."""
        for formula, seen in self._looks:
            if formula is top:
                return seen
        return look(top)

    def _within(self, name: str) -> Interval:
        """The bounds of a number, from its domain until relations say more."""
        found = self._inner.get(name)
        if found is None:
            domain = self.domains.get(name)
            found = EVERYTHING if domain is None else _of_domain(domain)
            self._inner[name] = found
        return found

    def _learn(self, relation: Formula) -> None:
        if not isinstance(relation, Compare):
            return
        op, lhs, rhs = relation.op, relation.lhs, relation.rhs
        if op == "!=":
            if constant(rhs) == 0:
                self.nonzero.add(lhs)
            elif constant(lhs) == 0:
                self.nonzero.add(rhs)
        self._bound(op, lhs, constant(rhs))
        mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
        if op in mirrored:
            self._bound(mirrored[op], rhs, constant(lhs))

    def _bound(self, op: str, side: Formula, value: Fraction | None) -> None:
        if value is None or not isinstance(side, Symbol) or side.name not in self.domains:
            return
        limits = {
            "<": Interval(None, value, False, True), "<=": Interval(None, value),
            ">": Interval(value, None, True), ">=": Interval(value), "=": intervals.point(value),
        }  # fmt: skip
        if op in limits:
            self._inner[side.name] = intervals.meet(self._within(side.name), limits[op])

    def binding(self, node: Formula, renamed: Mapping[str, str] | None = None) -> Facts:
        """The facts inside a binder or array: its variables are integers within their ranges.

        ``renamed`` gives other names under which they are known as well.
        """
        other = object.__new__(Facts)
        other.work = self.work
        aliases = renamed or {}
        names = (*bound_variables(node), *aliases.values())
        other.given = self.given
        other._looks = self._looks
        other.relations = tuple(
            each for each in self.relations if not set(names).intersection(free_names(each))
        )
        other.domains = {**self.domains, **dict.fromkeys(names, _INTEGER)}
        other.nonzero = {
            each for each in self.nonzero if not set(names).intersection(free_names(each))
        }
        other._inner = {**self._inner, **dict.fromkeys(names, EVERYTHING)}
        if isinstance(node, Binder) and node.low is not None and node.high is not None:
            low, high = self.interval(node.low), self.interval(node.high)
            other._inner[node.variable] = intervals.whole(Interval(low.low, high.high))
        elif isinstance(node, Array):
            for name, size in zip(node.variables, node.shape, strict=True):
                most = self.interval(size).high
                top = None if most is None else most - 1
                other._inner[name] = intervals.whole(Interval(Fraction(0), top))
        for name, alias in aliases.items():
            other._inner[alias] = other._within(name)
        return other

    def with_integers(self, names: tuple[str, ...]) -> Facts:
        """The facts with these new names as integers of which nothing else is known."""
        other = self.assuming((), force=True)
        other.domains = {**self.domains, **dict.fromkeys(names, _INTEGER)}
        other._inner.update(dict.fromkeys(names, EVERYTHING))
        return other

    def assuming(self, conditions: tuple[Formula, ...], *, force: bool = False) -> Facts:
        """The facts where these conditions hold as well; with ``force`` always a copy."""
        if not conditions and not force:
            return self
        other = object.__new__(Facts)
        other.work = self.work
        other.given = self.given
        other._looks = self._looks
        other.relations = (*self.relations, *conditions)
        other.domains = self.domains
        other.nonzero = set(self.nonzero)
        other._inner = dict(self._inner)
        for condition in conditions:
            other._learn(condition)
        return other

    def pinned(self) -> dict[str, Formula]:
        """Names that a relation ``name = number`` fixes, with their number."""
        fixed: dict[str, Formula] = {}
        for relation in self.relations:
            match relation:
                case Compare("=", Symbol(name), other) | Compare("=", other, Symbol(name)):
                    if constant(other) is not None:
                        fixed.setdefault(name, other)
        return fixed

    def integer(self, node: Formula, depth: int = 0) -> bool:
        """Known to be an integer wherever it is defined."""
        if depth > _DEPTH:
            return False
        match node:
            case Rational():
                return node.value.denominator == 1
            case Symbol(name):
                return self.domains.get(name, _REAL).kind == "integer"
            case Index(name, _):
                return self.domains.get(name, _REAL).kind == "integer"
            case Add(args) | Mul(args):
                return all(self.integer(arg, depth + 1) for arg in args)
            case Pow(base, exponent):
                return (
                    self.integer(base, depth + 1)
                    and self.integer(exponent, depth + 1)
                    and self.interval(exponent, depth + 1).nonnegative
                )
            case Call("floor" | "ceil" | "sign" | "factorial" | "binomial" | "gcd", _):
                return True
            case Call("mod" | "abs" | "max" | "min" | "relu", args):
                return all(self.integer(arg, depth + 1) for arg in args)
            case Binder(body=body):
                return self.binding(node).integer(body, depth + 1)
            case Bracket():
                return True
            case Cases(branches, default):
                values = [value for value, _ in branches]
                values += [] if default is None else [default]
                return all(self.integer(value, depth + 1) for value in values)
        return False

    def interval(self, node: Formula, depth: int = 0) -> Interval:
        """Bounds that hold for every value of the formula inside ``given``."""
        if depth > _DEPTH:
            return EVERYTHING
        found = self._interval(node, depth + 1)
        if not isinstance(node, (Add, Mul, Rational)) and self.integer(node, depth + 1):
            return intervals.whole(found)
        return found

    def _interval(self, node: Formula, depth: int) -> Interval:
        match node:
            case Rational():
                return intervals.point(node.value)
            case Symbol(name):
                return self._within(name)
            case Index(name, _):
                return self._member(name)
            case Add(args):
                total = intervals.point(Fraction(0))
                for arg in args:
                    total = intervals.plus(total, self.interval(arg, depth))
                return total
            case Mul(args):
                total = intervals.point(Fraction(1))
                for arg in args:
                    total = intervals.times(total, self.interval(arg, depth))
                return total
            case Pow(base, Rational(value=value)) if value.denominator == 1:
                return intervals.power(self.interval(base, depth), int(value))
            case Pow(base, _):
                under = self.interval(base, depth)
                if under.positive:
                    return POSITIVE
                return NONNEGATIVE if under.nonnegative else EVERYTHING
            case Call(name, args):
                inner = [self.interval(arg, depth) for arg in args]
                unequal = name == "abs" and args[0] in self.nonzero
                return of_call(name, inner, nonzero=unequal)
            case Bracket():
                return Interval(Fraction(0), Fraction(1))
            case Binder(body=body):
                term = self.binding(node).interval(body, depth)
                if isinstance(node, Sum):
                    return NONNEGATIVE if term.nonnegative else EVERYTHING
                return POSITIVE if term.positive else EVERYTHING
            case Cases(branches, default):
                values = [value for value, _ in branches]
                values += [] if default is None else [default]
                hull = self.interval(values[0], depth)
                for each in values[1:]:
                    hull = intervals.join(hull, self.interval(each, depth))
                return hull
        return EVERYTHING

    def bounds(self, name: str) -> Interval:
        """The bounds of a name, or of the members of a family inside its support."""
        domain = self.domains.get(name, _REAL)
        return _of_domain(domain) if domain.indices else self._within(name)

    def _member(self, name: str) -> Interval:
        domain = self.domains.get(name, _REAL)
        inner = _of_domain(domain)
        return intervals.join(inner, intervals.point(Fraction(0))) if domain.support else inner

    def is_nonzero(self, node: Formula) -> bool:
        """Known to be different from 0 wherever it is defined."""
        if node in self.nonzero:
            return True
        found = self.interval(node)
        if found.positive or found.negative:
            return True
        match node:
            case Symbol(name) | Index(name, _):
                domain = self.domains.get(name, _REAL)
                return domain.nonzero and not domain.support
            case Mul(args):
                return all(self.is_nonzero(arg) for arg in args)
            case Pow(base, _):
                return self.is_nonzero(base)
        return False


def _of_domain(domain: Domain) -> Interval:
    low, high = constant(domain.low), constant(domain.high)
    found = Interval(
        low, high, low is not None and domain.low_open, high is not None and domain.high_open
    )
    return intervals.whole(found) if domain.kind == "integer" else found
