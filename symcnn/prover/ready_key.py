"""A reference with floors, signs, roots or sums made ready once: the kind of a verdict, quickly.

Its values at some points and its normal form are kept. A candidate that differs at one of the
points is refuted; one with the same normal form, defined wherever the reference is, is proved.
What neither shows is not decided here, and evidence is not made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeAlias

from symcnn.claims.verdict import Witness
from symcnn.formula.arrays import Table
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import substitute
from symcnn.formula.values import PointValue
from symcnn.prover.array_parts import holds_arrays
from symcnn.prover.assumptions import refuse_contradiction
from symcnn.prover.definedness import difference
from symcnn.prover.domains import Facts
from symcnn.prover.outside import pulled
from symcnn.prover.piecewise import split_premises
from symcnn.prover.points import SCOUT, Sampler
from symcnn.prover.proof import Question
from symcnn.prover.rational import Full, Pair, Ring, Stopped, ring_for
from symcnn.prover.solved import solved
from symcnn.prover.unroll import unroll
from symcnn.prover.witness import defined, lacks, value_at, values_differ, witness

_FIRST = 2  # points before normal forms are compared
_SECOND = 5  # and before the domain is split, by the signs of no more functions than
_FEW = 3
_UNLIKE = 8  # points with unlike values
_SMALL = 6  # points with the smallest values
_SPARE = 8  # generators for what only a candidate mentions

_Solved: TypeAlias = tuple[dict[str, Formula], Ring, Pair]


class ReadyKey:
    """The reference, where it has a value, and its pair in a ring that others start from.

    >>> from symcnn.formula.nodes import Call, Symbol
    >>> x = Symbol("x")
    >>> key = ReadyKey.of(Call("abs", (x,)), Given())
    >>> key.kind(Call("sqrt", (x**2,))), key.kind(x), key.kind(Call("max", (x, -x)))
    ('proved', 'refuted', 'proved')
    """

    __slots__ = (
        "_facts", "_names", "_others", "_pair", "_points", "_reference", "_ring", "_solved",
    )  # fmt: skip

    def __init__(
        self,
        reference: Formula,
        facts: Facts,
        points: tuple[Witness, ...],
        start: tuple[Ring, Pair],
        solved: _Solved | None,
    ) -> None:
        self._reference = reference
        self._facts = facts
        self._names = frozenset(name for name, _ in points[0].values)
        self._others = facts.look(reference).others
        self._points = points
        self._ring, self._pair = start
        self._solved = solved

    @classmethod
    def of(cls, reference: Formula, given: Given) -> ReadyKey | None:
        """The key of a reference; None for arrays, and where nothing is found to start from.

        Raises AuthorError when the assumptions contradict each other.
        """
        facts = Facts(given, (reference,))
        refuse_contradiction(facts)
        if facts.pinned() or holds_arrays(reference, facts):
            return None
        sampler = Sampler(facts, (reference,))
        unlike = _valued(reference, sampler.points(mixed_first=True), _UNLIKE)
        small = _valued(reference, sampler.points(), _SMALL)
        points = (*unlike[:_FIRST], *small, *unlike[_FIRST:])
        try:
            ring = ring_for((reference,), facts, _SPARE)
            sums = "Sum" in facts.look(reference).heads
            start = ring, ring.pair(_pulled(reference, facts) if sums else reference)
        except (Full, Stopped):
            return None
        return cls(reference, facts, points, start, _without(reference, facts)) if points else None

    def kind(self, candidate: Formula) -> str | None:
        """ "proved" or "refuted" where that is plain, else None."""
        seen = self._facts.look(candidate)
        if seen.arrays or not self._known(seen.names, seen.whole):
            return None
        admissible = same = False
        early = self._others + seen.others <= _FEW and len(self._points) > _SECOND
        for place, at in enumerate(self._points):
            if (place == _FIRST and self._same(candidate, "Sum" in seen.heads)) or (
                early and place == _SECOND and self._split(candidate)
            ):
                same = True
                break
            value = value_at(candidate, dict(at.values), SCOUT)
            if values_differ(value, at.rhs):
                return "refuted"
            if lacks(value, at.rhs):
                return None
            admissible = admissible or defined(value)
        if not same and not self._same_solved(candidate) and (early or not self._split(candidate)):
            return None
        apart = difference(candidate, self._reference, self._facts)
        plainly = not apart.cancelled and not apart.open
        return "proved" if plainly and admissible else None

    def _known(self, names: tuple[str, ...], whole: frozenset[str]) -> bool:
        """The candidate brings no name, and says nothing of the sort of one."""
        domains = self._facts.domains
        return self._names.issuperset(names) and all(
            name not in domains or domains[name].kind == "integer" for name in whole
        )

    def _split(self, candidate: Formula) -> bool:
        """The same in all parts of the domain that signs tell apart."""
        question = Question(candidate, self._reference, self._facts)
        points = (dict(each.values) for each in self._points)
        return split_premises(question, points, unlike=True) is not None

    def _same(self, candidate: Formula, sums: bool) -> bool:
        """The same normal form, once constants are outside of sums."""
        side = _pulled(candidate, self._facts) if sums else candidate
        return _alike(side, self._ring, self._pair)

    def _same_solved(self, candidate: Formula) -> bool:
        """The same once names that assumptions determine are replaced."""
        if self._solved is None:
            return False
        values, ring, pair = self._solved
        return _alike(substitute(candidate, values), ring, pair)


def _alike(side: Formula, start: Ring, pair: Pair) -> bool:
    ring = start.copy()
    try:
        a, b = ring.pair(side)
        c, d = pair
        return not ring.settled(ring.product(a, d) - ring.product(c, b))
    except (Full, Stopped):
        return False


def _without(reference: Formula, facts: Facts) -> _Solved | None:
    """Values of names that assumptions determine, and the reference with them in a ring."""
    if not facts.relations:
        return None
    names = [name for name, domain in facts.domains.items() if not domain.indices]
    every = Table((len(names),), tuple(map(Symbol, names)))
    found = solved(Question(reference, every, facts))
    if found is None:
        return None
    assert isinstance(found.rhs, Table)
    values = {
        name: value
        for name, value in zip(names, found.rhs.entries, strict=True)
        if value != Symbol(name)
    }
    try:
        ring = ring_for((found.lhs, *values.values()), found.facts, _SPARE)
        return values, ring, ring.pair(found.lhs)
    except (Full, Stopped):
        return None


def _valued(
    reference: Formula, points: Iterable[dict[str, PointValue]], most: int
) -> tuple[Witness, ...]:
    """The first points at which the reference has a value, with it."""
    found = []
    for point in islice(points, 4 * most):
        value = value_at(reference, point, SCOUT)
        if defined(value):
            found.append(witness(point, None, value))
        if len(found) == most:
            break
    return tuple(found)


def _pulled(side: Formula, facts: Facts) -> Formula:
    """The side with constants outside of its sums; sums of powers are closed."""
    return pulled(unroll(side), facts)
