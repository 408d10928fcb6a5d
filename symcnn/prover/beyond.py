"""Points beyond the usual ones, for rational formulas whose normal forms differ.

The numerator of their difference is not 0, so it vanishes only at few values of each name: one of
the numbers tried here lies outside, unless the domain or a relation forbids them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from symcnn.formula.values import PointValue
from symcnn.prover.points import Sampler
from symcnn.prover.proof import Question
from symcnn.prover.rational import equal

MOST = 240
_STARTS = 3


def beyond(question: Question, sampler: Sampler) -> Iterator[dict[str, PointValue]]:
    """Further points of the domain; none where the normal form does not tell the sides apart.

    >>> from symcnn.formula.domains import Given
    >>> from symcnn.formula.nodes import Symbol
    >>> from symcnn.prover.domains import Facts
    >>> x = Symbol("x")
    >>> facts = Facts(Given(), (x,))
    >>> far = beyond(Question(x, 2 * x, facts), Sampler(facts, (x,)))
    >>> [str(point["x"]) for point in islice(far, 2)]
    ['1/37', '-1/37']
    """
    if equal(question.lhs, question.rhs, question.facts) is not False:
        return
    yield from islice(_moved(sampler), MOST)


def _moved(sampler: Sampler) -> Iterator[dict[str, PointValue]]:
    """One number after the other of the first points is moved away from where it was."""
    for start in list(sampler.points(_STARTS)):
        for slot in sampler.slots:
            before = start[slot.name]
            if slot.sort != "number" or not isinstance(before, Fraction):
                continue
            whole = slot.domain.kind == "integer"
            for step in range(1, 41):
                for sign in (1, -1):
                    away = Fraction(sign * (100 + step)) if whole else Fraction(sign * step, 37)
                    point = {**start, slot.name: before + away}
                    if sampler.admissible(point):
                        yield point
