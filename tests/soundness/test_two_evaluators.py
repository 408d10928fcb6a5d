"""symcnn's evaluator and the oracle, side by side on generated formulas.

Written from the same table of meanings by different hands; where both know a value, it is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from symcnn.formula import Formula
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Ball, Family, Polynomial, Undefined, Unevaluable
from tests.oracles import UNDEFINED, Approx, CannotEvaluate, evaluate_text
from tests.soundness.classes import CLASSES
from tests.soundness.generate import pair
from tests.soundness.worlds import SAMPLERS

COUNT = 180


def _point(point: dict[str, Any], polynomials: tuple[str, ...] = ("phi", "psi")) -> dict[str, Any]:
    """The oracle's point in the values of symcnn."""
    translated: dict[str, Any] = {}
    for name, value in point.items():
        if name in polynomials:
            translated[name] = Polynomial(tuple(value))
        elif isinstance(value, dict):
            translated[name] = Family({at: v for at, v in value.items() if at != "else"})
        elif isinstance(value, list):
            entries = tuple(entry for row in value for entry in row)
            translated[name] = ArrayValue((len(value), len(value[0])), entries)
        else:
            translated[name] = value
    return translated


def _flat(value: Any) -> Iterator[Any]:
    """Shape and entries of the oracle's value, one after the other."""
    if isinstance(value, list):
        yield ("length", len(value))
        for entry in value:
            yield from _flat(entry)
    else:
        yield value


def _theirs(value: Any) -> Iterator[Any]:
    if not isinstance(value, ArrayValue):
        yield value
        return
    yield ("length", value.shape[0])
    width = len(value.entries) // max(value.shape[0], 1)
    for row in range(value.shape[0]):
        part = value.entries[row * width : (row + 1) * width]
        yield from _theirs(ArrayValue(value.shape[1:], part)) if value.shape[1:] else part


def _same(ours: Any, theirs: Any) -> bool:
    """Equal numbers, overlapping enclosures, or no value in both."""
    if isinstance(theirs, Undefined) or ours is UNDEFINED:
        return isinstance(theirs, Undefined) and ours is UNDEFINED
    if isinstance(ours, tuple) and ours[0] == "length":
        return bool(ours == theirs)
    low, high = (ours.low, ours.high) if isinstance(ours, Approx) else (ours, ours)
    if isinstance(theirs, Ball):
        return bool(theirs.low <= high and low <= theirs.high)
    if isinstance(ours, Fraction):
        return bool(ours == theirs)
    return bool(low <= theirs <= high)


def _compared(formula: Formula, text: str, point: dict[str, Any]) -> str | None:
    """What both say about one formula; None where one of them does not know."""
    try:
        ours = evaluate_text(text, point, reach=16)
        theirs = evaluate(formula, _point(point))
    except (CannotEvaluate, Unevaluable):
        return None
    left, right = list(_flat(ours)), list(_theirs(theirs))
    same = len(left) == len(right) and all(map(_same, left, right))
    return "same" if same else f"{text}\nat {point}\noracle {ours}\nsymcnn {theirs}"


@pytest.mark.parametrize("position", range(len(CLASSES)), ids=list(CLASSES))
def test_both_evaluators_agree(position: int) -> None:
    """At the pair's own point, and at one where domains are not kept, so that values go missing."""
    found: Counter[str | None] = Counter()
    for number in range(position, COUNT, len(CLASSES)):
        one = pair(11, number)
        rng = Random(number)
        outside = {
            name: SAMPLERS["integer"](rng) if isinstance(value, Fraction) else value
            for name, value in one.point.items()
        }
        for point in (one.point, outside):
            found[_compared(one.lhs, one.lhs_text, point)] += 1
            found[_compared(one.rhs, one.rhs_text, point)] += 1
    assert [told for told in found if told not in (None, "same")] == []
    assert found["same"] >= 2 * found[None]
