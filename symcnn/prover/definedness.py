"""Where a formula has a value: the conditions under which each of its parts is defined.

Two formulas that are equal wherever both are defined may still differ in where that is. What the
candidate needs beyond the reference is shown from the facts, or is a divisor that cancelled and is
printed, or stays open. Brackets and cases guard what stands beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Condition, Not, Or
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, negative
from symcnn.formula.polynomials import TooLarge, polynomial
from symcnn.formula.sums import Expander
from symcnn.formula.traverse import bound_variables, scoped_child
from symcnn.prover import signs
from symcnn.prover.cancelling import integer_by_form
from symcnn.prover.constraints import Reasoner
from symcnn.prover.domains import Facts, conjuncts


class Need(NamedTuple):
    """A part must be of this kind ("nonzero", "nonnegative", "positive", "integer", "a case").

    With guards it need not be everywhere: they are what stands beside it and may decide alone.
    """

    kind: str
    part: Formula
    guards: tuple[Formula, ...]
    bound: frozenset[str]


_Ask = Callable[[str, Formula], None]


class _Collector:
    __slots__ = ("needs",)

    def __init__(self) -> None:
        self.needs: dict[Need, Facts] = {}

    def visit(
        self, node: Formula, facts: Facts, guards: tuple[Formula, ...], bound: frozenset[str]
    ) -> None:
        kind_of = type(node)
        if kind_of is Symbol or kind_of is Rational:
            return
        if kind_of is Add:
            for term in node.children():
                self.visit(term, facts, guards, bound)
            return

        def need(kind: str, part: Formula) -> None:
            if not _known(kind, part, facts):
                self.needs.setdefault(Need(kind, part, guards, bound), facts)

        self._own(node, facts, need)
        if isinstance(node, Mul) and any(isinstance(arg, Bracket) for arg in node.args):
            self._guarded(node, facts, guards, bound)
            return
        if isinstance(node, Cases):
            self._cases(node, facts, guards, bound)
            return
        if isinstance(node, (And, Or)):
            self._beside(node.args, facts, guards, bound, either=isinstance(node, Or))
            return
        names = bound_variables(node)
        scoped = scoped_child(node)
        for position, child in enumerate(node.children()):
            if names and position == scoped:
                inside = facts.binding(node).assuming(_range(node))
                within = _range(node) or (node,)  # nothing is evaluated outside of a support
                self.visit(child, inside, (*guards, *within), bound.union(names))
            else:
                self.visit(child, facts, guards, bound)

    def _own(self, node: Formula, facts: Facts, need: _Ask) -> None:
        match node:
            case Pow(base, exponent):
                _power_needs(base, exponent, facts, need)
            case Call(name, args):
                _call_needs(name, args, need)
            case Binder() if node.low is not None and node.high is not None:
                need("integer", node.low)
                need("integer", node.high)
            case Index(_, indices):
                for index in indices:
                    need("integer", index)
            case Compare("divides", lhs, rhs):
                need("integer", lhs)
                need("integer", rhs)

    def _guarded(
        self, node: Mul, facts: Facts, guards: tuple[Formula, ...], bound: frozenset[str]
    ) -> None:
        conditions = [arg.condition for arg in node.args if isinstance(arg, Bracket)]
        self._beside(tuple(conditions), facts, guards, bound)
        inside = facts.assuming(tuple(conjuncts(tuple(conditions))))
        for arg in node.args:
            if not isinstance(arg, Bracket):
                self.visit(arg, inside, (*guards, *conditions), bound)

    def _beside(
        self,
        conditions: tuple[Formula, ...],
        facts: Facts,
        guards: tuple[Formula, ...],
        bound: frozenset[str],
        *,
        either: bool = False,
    ) -> None:
        """Conditions of which one may decide alone: each is needed where no other one does.

        A false one decides, or with ``either`` a true one.
        """
        for position, condition in enumerate(conditions):
            others = (*conditions[:position], *conditions[position + 1 :])
            open_ = tuple(map(Not, others)) if either else others
            self.visit(condition, facts, (*guards, *open_), bound)

    def _cases(
        self, node: Cases, facts: Facts, guards: tuple[Formula, ...], bound: frozenset[str]
    ) -> None:
        if node.default is None:
            self.needs.setdefault(Need("a case", node, guards, bound), facts)
        before: tuple[Formula, ...] = ()
        for value, condition in node.branches:
            self.visit(condition, facts, (*guards, *before), bound)
            inside = facts.assuming(tuple(conjuncts((condition,))))
            self.visit(value, inside, (*guards, *before, condition), bound)
            before = (*before, Not(condition))
        if node.default is not None:
            self.visit(node.default, facts, (*guards, *before), bound)


def _range(node: Formula) -> tuple[Formula, ...]:
    """Where the variables of a binder or array run, as guards of what stands inside."""
    if isinstance(node, Binder) and node.low is not None and node.high is not None:
        variable = Symbol(node.variable)
        return (Compare("<=", node.low, variable), Compare("<=", variable, node.high))
    if isinstance(node, Array):
        pairs = zip(node.variables, node.shape, strict=True)
        return tuple(Compare("<", Symbol(name), size) for name, size in pairs)
    return ()


def _power_needs(base: Formula, exponent: Formula, facts: Facts, need: _Ask) -> None:
    if isinstance(exponent, Rational) and exponent.value.denominator == 1:
        if exponent.value < 0:
            need("nonzero", base)
        return
    if facts.integer(exponent):
        if not signs.nonnegative(exponent, facts):
            need("nonzero", base)
        return
    need("nonnegative" if facts.interval(exponent).positive else "positive", base)


def _call_needs(name: str, args: tuple[Formula, ...], need: _Ask) -> None:
    match name, args:
        case "sqrt", (inner,):
            need("nonnegative", inner)
        case "root", (inner, Rational(value=degree)) if degree.denominator == 1 and degree > 0:
            if degree % 2 == 0:
                need("nonnegative", inner)
        case "root", (inner, degree):
            need("positive", inner)
            need("nonzero", degree)
            need("integer", degree)
        case "log", (inner,):
            need("positive", inner)
        case "log", (inner, base):
            need("positive", inner)
            need("positive", base)
            need("nonzero", base - 1)
        case "mod", (_, divisor):
            need("nonzero", divisor)
        case "tan", (inner,):
            need("nonzero", Call("cos", (inner,)))
        case "factorial", (inner,):
            need("integer", inner)
            need("nonnegative", inner)
        case "binomial" | "gcd", _:
            for arg in args:
                need("integer", arg)


def _known(kind: str, part: Formula, facts: Facts) -> bool:
    if kind == "integer":
        return facts.integer(part)
    if kind == "nonzero":
        return facts.is_nonzero(part)
    found = facts.interval(part)
    return found.positive if kind == "positive" else found.nonnegative


def needs_of(f: Formula, facts: Facts) -> dict[Need, Facts]:
    """What the parts of the formula need and the facts do not show, in the order of writing.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> [need.kind for need in needs_of(1 / x, Facts(Given(), (x,)))]
    ['nonzero']
    """
    collector = _Collector()
    collector.visit(f, facts, (), frozenset())
    return collector.needs


def _shown(need: Need, facts: Facts) -> bool:
    """The need is met: by a sign, by linear reasoning from the guards, or by complete cases."""
    match need.kind:
        case "nonnegative":
            return signs.nonnegative(need.part, facts) or _linear(need, facts, ">=")
        case "positive":
            return signs.positive(need.part, facts) or _linear(need, facts, ">")
        case "nonzero":
            if signs.positive(need.part, facts) or signs.positive(negative(need.part), facts):
                return True
            flipped = need._replace(part=negative(need.part))
            return _linear(need, facts, ">") or _linear(flipped, facts, ">")
        case "integer":
            return integer_by_form(need.part, facts)
        case "a case" if isinstance(need.part, Cases):
            return _complete(need.part, facts)
    return False


def _linear(need: Need, facts: Facts, op: str) -> bool:
    try:
        return Reasoner(facts).implies([], (op, polynomial(need.part)))
    except TooLarge:
        return False


def _complete(cases: Cases, facts: Facts) -> bool:
    """The conditions of the cases leave nothing out."""
    expander = Expander(facts.integer, tuple(facts.domains))
    left = And((*(Not(condition) for _, condition in cases.branches), _TRUE))
    try:
        conjunctions = expander.brackets(left, True)
    except TooLarge:
        return False
    reasoner = Reasoner(facts)
    for _, literals in conjunctions:
        known = [(each.op, each.polynomial()) for each in literals if each.op in (">=", ">", "=")]
        if not reasoner.contradictory(known):
            return False
    return True


_TRUE = Compare("=", Rational(0), Rational(0))


class Difference(NamedTuple):
    """What the candidate needs beyond the reference: cancelled divisors, and what stays open."""

    cancelled: tuple[Formula, ...]
    open: tuple[Need, ...]


def difference(candidate: Formula, reference: Formula, facts: Facts) -> Difference:
    """Compare where two formulas are defined."""
    wanted = needs_of(candidate, facts)
    if not wanted:
        return Difference((), ())
    granted = needs_of(reference, facts)
    shared = {(need.kind, need.part) for need in granted if not need.guards}
    strict = {part for kind, part in shared if kind == "positive"}
    exact = {(need.kind, need.part, need.guards) for need in granted}
    cancelled: dict[Formula, None] = {}
    left: list[Need] = []
    for need in wanted:
        if (need.kind, need.part, need.guards) in exact:
            continue
        if (need.kind, need.part) in shared and not need.bound:
            continue
        if need.part in strict and need.kind in ("nonzero", "nonnegative") and not need.bound:
            continue
        if _shown(need, wanted[need]):
            continue
        if need.kind == "nonzero" and not need.bound and not need.guards:
            cancelled.setdefault(need.part)
        else:
            left.append(need)
    return Difference(tuple(cancelled), tuple(left))


def condition_of(divisors: tuple[Formula, ...]) -> Formula | None:
    """The condition that every divisor differs from 0; None where there is none."""
    parts: tuple[Condition, ...] = tuple(Compare("!=", part, 0) for part in divisors)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(parts)
