"""Exact points inside the domain, in a fixed order, smallest first.

A point gives every free name a value of its declared kind. Relations of `given` filter the points;
where an equation or a divisibility fails, a number in it is solved for before the point is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain
from symcnn.formula.meaning import Budget, evaluate, holds
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.formula.traverse import free_names
from symcnn.formula.values import Family, Point, PointValue, Unevaluable
from symcnn.prover import samples
from symcnn.prover.domains import Facts
from symcnn.prover.intervals import Interval

BUDGET = Budget(steps=20_000, bits=8_192, precisions=(96, 320))
SCOUT = BUDGET._replace(steps=200)
GRADED = 160
MIXED = 70
_REAL = Domain(declared=False)


class Slot(NamedTuple):
    """A free name: what it stands for, the numbers to try, and how many choices there are."""

    name: str
    sort: str  # "number", "family", "array" or "function"
    domain: Domain
    indices: int
    values: tuple[Fraction, ...]
    choices: int


class Sampler:
    """Points for some formulas under some facts.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> [str(p["x"]) for p in Sampler(Facts(Given(), (x,)), (x,)).points(5)]
    ['0', '1', '2', '-1', '1/2']
    """

    __slots__ = ("_facts", "_formulas", "_ranging", "_relations", "slots")

    def __init__(self, facts: Facts, formulas: tuple[Formula, ...]) -> None:
        self._facts = facts
        self._relations = list(facts.relations)
        found: dict[str, Slot] = {}
        self._formulas = formulas
        self._ranging: list[Slot] = []  # families whose bounds are formulas in other names
        self._gather((*formulas, *facts.relations), found)
        numbers = [slot for slot in found.values() if slot.sort == "number"]
        self.slots = (*numbers, *(slot for slot in found.values() if slot.sort != "number"))

    def _gather(self, formulas: tuple[Formula, ...], found: dict[str, Slot]) -> None:
        for top in formulas:
            if isinstance(top, Rational):
                continue
            seen = self._facts.look(top)
            for name in seen.names:
                if name in found:
                    continue
                domain = self._facts.domains.get(name, _REAL)
                slot = self._slot(name, domain, seen.indexed.get(name, 0), name in seen.functions)
                found[name] = slot
                inside = [end for pair in domain.support or () for end in pair]
                ends = [end for end in (domain.low, domain.high) if end is not None]
                self._gather((*ends, *inside, *domain.shape), found)
                if ends and slot.sort == "number":
                    self._ends(name, domain)
                elif slot.sort == "family" and any(map(free_names, ends)):
                    self._ranging.append(slot)

    def _slot(self, name: str, domain: Domain, indices: int, function: bool) -> Slot:
        if function or domain.kind == "function":
            return Slot(name, "function", domain, 0, (), samples.FUNCTION_CHOICES)
        if domain.kind == "matrix":
            return Slot(name, "array", domain, 0, (), samples.ARRAY_CHOICES)
        bounds = self._facts.bounds(name)
        values = samples.numbers(domain.kind, bounds, domain.nonzero)
        if indices or domain.indices:
            count = indices or domain.indices
            choices = samples.FAMILY_CHOICES if values else 0
            return Slot(name, "family", domain, count, values, choices)
        return Slot(name, "number", domain, 0, values, len(values))

    def _ends(self, name: str, domain: Domain) -> None:
        """Bounds that are formulas in other names become relations."""
        for end, strict, op in (
            (domain.low, domain.low_open, ">"),
            (domain.high, domain.high_open, "<"),
        ):
            if end is not None and not isinstance(end, Rational) and free_names(end):
                self._relations.append(Compare(op if strict else op + "=", Symbol(name), end))

    def points(
        self, most: int = GRADED + MIXED, *, mixed_first: bool = False
    ) -> Iterator[dict[str, PointValue]]:
        """Admissible points, at most ``most``; what fails a relation is not counted.

        ``mixed_first`` begins with unlike values: it finds differences sooner, not the smallest.
        """
        given = 0
        for choice in chain(self._mixed(), self._graded()) if mixed_first else self._order():
            self._facts.spend(10 + 2 * len(self.slots) + 12 * len(self._relations))
            point = self._point(choice)
            if point is not None:
                yield point
                given += 1
                if given >= most:
                    return

    def _order(self) -> Iterator[tuple[int, ...]]:
        seen: set[tuple[int, ...]] = set()
        for choice in chain(self._graded(), self._mixed()):
            if choice not in seen:
                seen.add(choice)
                yield choice

    def _graded(self) -> Iterator[tuple[int, ...]]:
        sizes = tuple(slot.choices for slot in self.slots)
        if 0 not in sizes:
            yield from samples.graded(sizes, GRADED * (4 if self._relations else 1))

    def _mixed(self) -> Iterator[tuple[int, ...]]:
        sizes = tuple(slot.choices for slot in self.slots)
        if 0 in sizes:
            return
        seed = samples.hashed(*(repr(each) for each in self._formulas))
        for turn in range(MIXED * (4 if self._relations else 1)):
            yield tuple(samples.hashed(seed, slot.name, turn) % slot.choices for slot in self.slots)

    def _point(self, choice: tuple[int, ...]) -> dict[str, PointValue] | None:
        point: dict[str, PointValue] = {}
        for slot, position in zip(self.slots, choice, strict=True):
            if slot.sort == "number":
                point[slot.name] = slot.values[position]
        if self._relations:
            self._repair(point)
        for slot, position in zip(self.slots, choice, strict=True):
            if slot.sort != "number":
                value = self._structured(slot, position, point)
                if value is None:
                    return None
                point[slot.name] = value
        bare = not self._relations and not self._ranging
        return point if bare or self.admissible(point) else None

    def with_numbers(self, numbers: Point) -> dict[str, PointValue] | None:
        """The point with these numbers and unlike members, entries and functions, if admissible."""
        point = {slot.name: numbers[slot.name] for slot in self.slots if slot.sort == "number"}
        for slot in self.slots:
            if slot.sort != "number":
                value = self._structured(slot, slot.choices - 1, point)
                if value is None:
                    return None
                point[slot.name] = value
        return point if self.admissible(point) else None

    def _structured(self, slot: Slot, choice: int, point: Point) -> PointValue | None:
        if slot.sort == "function":
            return samples.function(choice)
        if slot.sort == "array":
            shape = [_whole(size, point) for size in slot.domain.shape]
            if any(size is None or not 0 < size <= 6 for size in shape):
                return None
            return samples.array(slot.name, choice, tuple(size for size in shape if size))
        if slot in self._ranging:
            within = _range(slot.domain, point)
            if within is None:
                return None
            slot = slot._replace(
                values=samples.numbers(slot.domain.kind, within, slot.domain.nonzero)
            )
            if not slot.values:
                return None
        support = None
        if slot.domain.support is not None:
            ends = [(_whole(a, point), _whole(b, point)) for a, b in slot.domain.support]
            if any(low is None or high is None for low, high in ends):
                return None
            support = tuple((low or 0, high or 0) for low, high in ends)
        return samples.family(slot.name, choice, slot.indices, slot.values, support)

    def _repair(self, point: dict[str, PointValue]) -> None:
        """Solve failing equations and divisibilities for a number that they are linear in."""
        solved: set[str] = set()
        for relation in self._relations:
            if not isinstance(relation, Compare) or relation.op not in ("=", "divides"):
                continue
            if truth(relation, point) is True:
                continue
            names = [name for name in free_names(relation) if name in point]
            for name in reversed(names):
                if name not in solved and self._solve(relation, name, point):
                    solved.add(name)
                    break

    def _solve(self, relation: Compare, name: str, point: dict[str, PointValue]) -> bool:
        old = point[name]
        if relation.op == "divides" and name in free_names(relation.lhs):
            return False
        seen = []
        for probe in (0, 1, 2):
            point[name] = Fraction(probe)
            left, right = _number(relation.lhs, point), _number(relation.rhs, point)
            if left is None or right is None:
                break
            seen.append(right if relation.op == "divides" else left - right)
        point[name] = old
        if len(seen) < 3 or seen[1] == seen[0] or seen[2] - seen[1] != seen[1] - seen[0]:
            return False
        slope = seen[1] - seen[0]
        goal = Fraction(0)
        if relation.op == "divides":
            step = _number(relation.lhs, point)
            if not step or not isinstance(old, Fraction):
                return False
            goal = step * (-(-(seen[0] + slope * old) // step))
        value = (goal - seen[0]) / slope
        whole = self._facts.integer(Symbol(name))
        if not self._facts.bounds(name).contains(value) or (whole and value.denominator != 1):
            return False
        point[name] = value
        return truth(relation, point) is True

    def admissible(self, point: Point) -> bool:
        """The numbers lie in their domains and every relation holds."""
        for slot in self.slots:
            value = point[slot.name]
            if slot.sort == "number" and isinstance(value, Fraction):
                if slot.domain.nonzero and value == 0:
                    return False
                if not self._facts.bounds(slot.name).contains(value):
                    return False
        if not all(_in_range(slot, point) for slot in self._ranging):
            return False
        return all(truth(relation, point) is True for relation in self._relations)


def _range(domain: Domain, point: Point) -> Interval | None:
    """The bounds of a domain at a point; None where an end has no value there."""
    low = None if domain.low is None else _number(domain.low, point)
    high = None if domain.high is None else _number(domain.high, point)
    if (low is None and domain.low is not None) or (high is None and domain.high is not None):
        return None
    found = Interval(
        low, high, low is not None and domain.low_open, high is not None and domain.high_open
    )
    return None if found.empty else found


def _in_range(slot: Slot, point: Point) -> bool:
    """Every member of the family lies within the bounds that it has at the point."""
    family, within = point[slot.name], _range(slot.domain, point)
    if within is None or not isinstance(family, Family):
        return False
    others = () if slot.domain.support is not None else (family.otherwise,)
    return all(within.contains(value) for value in (*family.members.values(), *others))


def truth(condition: Formula, point: Point) -> bool | None:
    """Whether the condition holds at the point; None where it is undefined or not decided."""
    try:
        found = holds(condition, point, budget=BUDGET)
    except (Unevaluable, KeyError):
        return None
    return found if isinstance(found, bool) else None


def _number(node: Formula, point: Point) -> Fraction | None:
    try:
        found = evaluate(node, point, budget=BUDGET)
    except (Unevaluable, KeyError):
        return None
    return found if isinstance(found, Fraction) else None


def _whole(node: Formula, point: Point) -> int | None:
    found = _number(node, point)
    return int(found) if found is not None and found.denominator == 1 else None
