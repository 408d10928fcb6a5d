"""Mutants by their values at two points: what a wrong answer is looked up in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple, TypeAlias

from symcnn.diagnosis.mutants import Mutant
from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.domains import Given
from symcnn.formula.meaning import Budget, evaluate
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import free_names, walk
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Point,
    PointValue,
    Undefined,
    Unevaluable,
    Value,
)
from symcnn.prover.domains import Facts
from symcnn.prover.points import Sampler

BUDGET = Budget(steps=800, bits=8_192, precisions=(96,))
_TRIED = 40  # points that are looked at
_COMPARED = 12  # of which so many are tried for what the first does not tell apart
_LONG = (Binder, Array)  # what has more terms the larger the numbers are
_SHORT, _LARGE = 6, 60
_PLAIN = frozenset(map(Fraction, (-1, 0, 1, 2)))

Token: TypeAlias = object  # equal for equal values, and hashable


class Table(NamedTuple):
    """Two points, the key's own tokens there, and the mutants by theirs.

    ``rounded`` says that some values are enclosures: then tokens are decimal digits.
    """

    points: tuple[Point, ...]
    own: tuple[Token, ...]
    rounded: bool
    mutants: dict[Token, dict[Token, tuple[int, ...]]]


EMPTY = Table((), (), False, {})


def value_of(formula: Formula, point: Point) -> Value | Undefined | None:
    """The value at a point; None where it is not found, or a name is not in the point."""
    try:
        return evaluate(formula, point, budget=BUDGET)
    except (Unevaluable, KeyError):
        return None


def token(value: Value | Undefined | None, rounded: bool) -> Token:
    """What stands for a value in the table; None where there is nothing to compare.

    >>> token(Fraction(1, 3), False), token(Fraction(1, 3), True)
    (Fraction(1, 3), '3.3333333333e-01')
    """
    if value is None or type(value) is Undefined:
        return None
    if isinstance(value, ArrayValue):
        return value.shape, tuple(_scalar(entry, rounded) for entry in value.entries)
    return _scalar(value, rounded)


def _scalar(value: Fraction | Ball | Undefined, rounded: bool) -> Token:
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, Ball):
        if value.low <= 0 <= value.high:
            return "0"
        return _digits((value.low + value.high) / 2)
    return _digits(value) if rounded and value else "0" if rounded else value


def _digits(value: Fraction) -> Token:
    try:
        return f"{value.numerator / value.denominator:.10e}"
    except OverflowError:
        return value


def made(reference: Formula, given: Given, wrong: Sequence[Mutant]) -> Table:
    """The table of a key's mutants; the key itself by another name is none.

    Raises AuthorError when the assumptions contradict each other.
    """
    names = dict.fromkeys(free_names(reference))
    for each in wrong:
        names.update(dict.fromkeys(free_names(each.formula)))
    points = _points(reference, given, tuple(names))
    if not points:
        return EMPTY
    formulas = [each.formula for each in wrong]
    chosen = [points[0]]
    grid = [[value_of(each, points[0]) for each in formulas]]
    if len(points) > 1:
        own = token(value_of(reference, points[0]), True)
        alike = [
            formula
            for formula, value in zip(formulas, grid[0], strict=True)
            if token(value, True) == own
        ]
        chosen.append(_telling(reference, alike, points[1:]))
        grid.append([value_of(each, chosen[1]) for each in formulas])
    keys = [value_of(reference, point) for point in chosen]
    rounded = any(_holds_ball(value) for row in (keys, *grid) for value in row)
    tokens = [[token(value, rounded) for value in row] for row in grid]
    key = tuple(token(value, rounded) for value in keys)
    found: dict[Token, dict[Token, list[int]]] = {}
    for index, here in enumerate(zip(*tokens, strict=True)):
        if here != key and None not in here:
            found.setdefault(here[0], {}).setdefault(here[-1], []).append(index)
    mutants = {a: {b: tuple(each) for b, each in row.items()} for a, row in found.items()}
    return Table(tuple(chosen), key, rounded, mutants)


def _telling(
    reference: Formula, alike: Sequence[Formula], points: Sequence[dict[str, PointValue]]
) -> dict[str, PointValue]:
    """The point that tells the most from the key of what one point did not tell from it."""
    best, most = points[0], -1
    for point in points:
        own = token(value_of(reference, point), True)
        tokens = [token(value_of(each, point), True) for each in alike]
        count = sum(each not in (own, None) for each in tokens)
        if count > most:
            best, most = point, count
    return best


def _holds_ball(value: Value | Undefined | None) -> bool:
    if isinstance(value, ArrayValue):
        return any(isinstance(entry, Ball) for entry in value.entries)
    return isinstance(value, Ball)


def _points(
    reference: Formula, given: Given, names: tuple[str, ...]
) -> list[dict[str, PointValue]]:
    """Admissible points at which the key has a value, those with unlike numbers first."""
    if not names:
        return [{}]
    own = set(free_names(reference))
    sides = (reference, *(Symbol(name) for name in names if name not in own))
    sampler = Sampler(Facts(given, sides), sides)
    found = list(islice(sampler.points(_TRIED, mixed_first=True), _TRIED))
    most = _SHORT if any(isinstance(node, _LONG) for node in walk(reference)) else _LARGE
    found.sort(key=lambda point: _plainness(point, most))
    valued: list[dict[str, PointValue]] = []
    zero: list[dict[str, PointValue]] = []
    for point in found:
        value = value_of(reference, point)
        if value is not None and not isinstance(value, Undefined):
            (zero if value == 0 else valued).append(point)
            if len(valued) == _COMPARED:
                break
    return (valued + zero)[:_COMPARED]


def _plainness(point: Point, most: int) -> int:
    """How little a point tells apart: numbers that are alike, 0, 1, 2, or too large."""
    numbers = [value for value in point.values() if isinstance(value, Fraction)]
    plain = sum(value in _PLAIN for value in numbers)
    large = sum(abs(value) > most for value in numbers)
    return 2 * plain + 2 * (len(numbers) - len(set(numbers))) + 3 * large
