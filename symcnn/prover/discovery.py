"""Where a refuted equation would hold: assumption sets that are each proved to be enough.

Signs come first, then nonzero, integer, parity, divisibility, inequalities, and only then pinned
values, which are not tried where something weaker was found. A set stands only if the ladder
proves the equation under it, and it excludes the witness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, combinations, islice, product

from symcnn.claims.verdict import Refuted
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import free_names, walk
from symcnn.formula.values import Point, PointValue
from symcnn.prover.assumptions import merged
from symcnn.prover.domains import Facts
from symcnn.prover.outcome import Outcome
from symcnn.prover.points import SCOUT, Sampler, truth
from symcnn.prover.witness import lacks, value_at, values_differ
from symcnn.prover.work import Spent, Work

MOST = 3
TRIES = 48
NEAR = 5  # values of a name that are tried at a known point of difference
LOOKS = 4  # points that satisfy an assumption set at which the difference has to vanish first

WORK = 250_000  # units that the whole search may take
SHARE = 55_000  # and each assumption of one set

Decide = Callable[[Given, Work], Outcome]


def holds_when(
    sides: tuple[Formula, ...], refuted: Refuted, facts: Facts, given: Given, decide: Decide
) -> tuple[tuple[Formula, ...], ...]:
    """At most three assumption sets, each proved enough. ``decide`` decides under assumptions.

    ``sides`` are the two sides of an equation, or one condition.
    """
    search = _Search(sides, refuted, facts, given, decide)
    singles = list(candidates(sides, facts))
    pins = [each for each in singles if isinstance(each, Compare) and each.op == "="]
    for each in singles:
        if each not in pins:
            search.look((each,))
    if search.full:
        return tuple(search.found)
    signs = [each for each in singles if isinstance(each, Compare) and each.op in ("<", ">")]
    zeros = [pin for pin in pins if pin.children()[1] == Rational(0) and not search.alone(pin)]
    ends = [pin for pin in zeros if _ends_a_domain(pin, facts)]
    for chosen in (ends, zeros):
        for sign, pin in product(signs, chosen):
            if _apart(sign, pin):
                search.look((sign, pin))
        if search.found:
            break
    if not search.found:
        search.found += [(pin,) for pin in pins if search.alone(pin)][:MOST]
    if not search.found:
        for first, second in combinations(pins, 2):
            if _apart(first, second):
                search.look((first, second))
    return tuple(search.found)


class _Search:
    """Assumption sets that were found, how many may still be tried, and points of difference."""

    __slots__ = (
        "_alone", "_apart", "_decide", "_facts", "_given", "_left", "_sides", "_work", "found",
    )  # fmt: skip

    def __init__(
        self,
        sides: tuple[Formula, ...],
        refuted: Refuted,
        facts: Facts,
        given: Given,
        decide: Decide,
    ) -> None:
        self._sides, self._facts, self._given, self._decide = sides, facts, given, decide
        self._apart: list[Point] = [dict(refuted.witness.values)]
        self._alone: dict[Formula, bool] = {}
        self._left = TRIES
        self._work = WORK
        self.found: list[tuple[Formula, ...]] = []

    @property
    def full(self) -> bool:
        """As many sets were found as are wanted."""
        return len(self.found) >= MOST

    def look(self, assumptions: tuple[Formula, ...]) -> None:
        """Keep the set if it is proved and nothing found is weaker."""
        if self.full or any(_weaker(known, assumptions) for known in self.found):
            return
        if self._proves(assumptions):
            self.found.append(assumptions)

    def alone(self, pin: Formula) -> bool:
        """A pinned value is enough."""
        if pin not in self._alone:
            self._alone[pin] = self._proves((pin,))
        return self._alone[pin]

    def _proves(self, assumptions: tuple[Formula, ...]) -> bool:
        """Proved everywhere under the set, which excludes every known point of difference."""
        if self._left <= 0 or self._work <= 0 or self._refuted(assumptions):
            return False
        stronger = merged(self._given, Given((), assumptions))
        share = min(self._work, SHARE * len(assumptions))
        work = Work(share)
        inside = Facts(stronger, self._sides, work)
        if any(inside.bounds(name).empty for name in inside.domains):
            return False
        try:
            if self._differs(inside, assumptions):
                return False
            self._left -= 1
            found = self._decide(stronger, work)
        except Spent:
            return False
        finally:
            self._work -= share - max(work.left, 0)
        return found.kind == "proved" and found.domain is None

    def _refuted(self, assumptions: tuple[Formula, ...]) -> bool:
        return any(all(truth(each, point) is True for each in assumptions) for point in self._apart)

    def _differs(self, inside: Facts, assumptions: tuple[Formula, ...]) -> bool:
        """At one of a few points inside; it is kept, for it may refute other sets as well."""
        sampler = Sampler(inside, self._sides)
        beside = islice(self._beside(sampler, inside, assumptions), LOOKS)
        for point in chain(beside, sampler.points(LOOKS, mixed_first=True)):
            if fails(self._sides, point, inside.work):
                self._apart.append(point)
                return True
        return False

    def _beside(
        self, sampler: Sampler, inside: Facts, assumptions: tuple[Formula, ...]
    ) -> Iterator[dict[str, PointValue]]:
        """Points inside: the numbers of a point of difference, but for one in the assumptions."""
        names = dict.fromkeys(name for each in assumptions for name in free_names(each))
        slots = [slot for slot in sampler.slots if slot.name in names and slot.sort == "number"]
        for known in tuple(self._apart[:NEAR]):
            for slot in slots:
                for value in slot.values[:NEAR]:
                    inside.spend(20 + 12 * len(inside.relations))
                    point = sampler.with_numbers({**known, slot.name: value})
                    if point is not None:
                        yield point


def fails(sides: tuple[Formula, ...], point: Point, work: Work | None = None) -> bool:
    """The sides certainly differ there, the first alone has no value, or the condition fails.

    >>> from fractions import Fraction
    >>> x = Symbol("x")
    >>> fails((x * x, x), {"x": Fraction(1)}), fails((x * x, x), {"x": Fraction(2)})
    (False, True)
    """
    if len(sides) != 2:
        return truth(sides[0], point) is False
    a, b = (value_at(side, point, SCOUT, work) for side in sides)
    return values_differ(a, b) or lacks(a, b)


def _weaker(known: tuple[Formula, ...], assumptions: tuple[Formula, ...]) -> bool:
    """Every part of ``known`` follows at sight from the assumptions."""
    implied = set(assumptions)
    for each in assumptions:
        if isinstance(each, Compare) and each.op in ("<", ">"):
            implied.add(Compare(each.op + "=", each.lhs, each.rhs))
            implied.add(Compare("!=", each.lhs, each.rhs))
    return set(known) <= implied


def candidates(sides: tuple[Formula, ...], facts: Facts) -> Iterator[Formula]:
    """Single assumptions to try, in the order in which they are preferred."""
    names = _numbers(sides, facts)
    zero = Rational(0)
    for name in names:
        if not facts.bounds(name).nonnegative:
            yield Compare(">=", Symbol(name), zero)
            yield Compare(">", Symbol(name), zero)
    for name in names:
        if not facts.bounds(name).nonpositive:
            yield Compare("<=", Symbol(name), zero)
            yield Compare("<", Symbol(name), zero)
    for name in names:
        if not facts.is_nonzero(Symbol(name)):
            yield Compare("!=", Symbol(name), zero)
    for name in names:
        if facts.domains[name].kind == "real" and not facts.domains[name].declared:
            yield Compare("divides", Rational(1), Symbol(name))
    for name in names:
        if facts.integer(Symbol(name)) and _has_floor(sides):
            yield Compare("divides", Rational(2), Symbol(name))
            yield Compare("divides", Rational(2), Symbol(name) + 1)
    yield from _divisibilities(sides, facts)
    for first, second in combinations(names, 2):
        yield Compare("<=", Symbol(first), Symbol(second))
        yield Compare("<=", Symbol(second), Symbol(first))
    for value in (0, 1):
        for name in names:
            if facts.bounds(name).contains(Rational(value).value):
                yield Compare("=", Symbol(name), Rational(value))


def _numbers(sides: tuple[Formula, ...], facts: Facts) -> list[str]:
    found: dict[str, None] = {}
    symbols = {node.name for side in sides for node in walk(side) if isinstance(node, Symbol)}
    for side in sides:
        for name in free_names(side):
            domain = facts.domains[name]
            if domain.kind in ("integer", "real") and not domain.indices and name in symbols:
                found.setdefault(name)
    return list(found)[:6]


def _has_floor(sides: tuple[Formula, ...]) -> bool:
    return any(
        isinstance(node, Call) and node.name in ("floor", "ceil", "mod")
        for side in sides
        for node in walk(side)
    )


def _divisibilities(sides: tuple[Formula, ...], facts: Facts) -> Iterator[Formula]:
    """For every rounded quotient ``a/b`` of integers: b divides a."""
    seen: dict[Formula, None] = {}
    for side in sides:
        for node in walk(side):
            if not (isinstance(node, Call) and node.name in ("floor", "ceil")):
                continue
            quotient = node.args[0]
            if not isinstance(quotient, Mul):
                continue
            above = [arg for arg in quotient.args if not _inverse(arg)]
            below = [arg.base for arg in quotient.args if isinstance(arg, Pow) and _inverse(arg)]
            if len(below) == 1 and above:
                top = above[0] if len(above) == 1 else Mul(tuple(above))
                if facts.integer(top) and facts.integer(below[0]):
                    seen.setdefault(Compare("divides", below[0], top))
    yield from seen


def _inverse(arg: Formula) -> bool:
    return isinstance(arg, Pow) and arg.exponent == Rational(-1)


def _ends_a_domain(pin: Formula, facts: Facts) -> bool:
    """The pinned value is where the name's domain ends: eps = 0, rather than any other number."""
    (name,) = free_names(pin)
    return facts.bounds(name).nonnegative or facts.bounds(name).nonpositive


def _apart(a: Formula, b: Formula) -> bool:
    """About different names."""
    return not set(free_names(a)).intersection(free_names(b))
