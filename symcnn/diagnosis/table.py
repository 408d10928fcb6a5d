"""Mutants by their values at two or three points: what a wrong answer is looked up in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

BUDGET = Budget(steps=300, bits=8_192, precisions=(96,))
_TRIED = 40  # points that are looked at
_COMPARED = 8  # of which so many, and as many unlike them, are tried
_POINTS = 3
_ENCLOSED = 3  # how much a point is better where roots are exact: answers are quicker to evaluate
_WORK = 15_000  # terms of sums and entries of arrays, in all values together
_LONG = (Binder, Array)  # what has more terms the larger the numbers are
_SHORT, _LARGE = 4, 60
_PLAIN = frozenset(map(Fraction, (-1, 0, 1, 2)))

Token: TypeAlias = object  # equal for equal values, and hashable


class Table(NamedTuple):
    """Points, the key's own tokens there, and the mutants by theirs: at the first, then the others.

    ``rounded`` says that some values are enclosures: then tokens are decimal digits. ``numbers``
    are the key and the mutants of a key without names, each with its index.
    """

    points: tuple[Point, ...]
    own: tuple[Token, ...]
    rounded: bool
    mutants: dict[Token, dict[tuple[Token, ...], tuple[int, ...]]]
    numbers: tuple[Fraction | None, tuple[tuple[int, Fraction], ...]] = (None, ())


EMPTY = Table((), (), False, {})


def value_of(
    formula: Formula, point: Point, meter: Callable[[int], None] | None = None
) -> Value | Undefined | None:
    """The value at a point; None where it is not found, or a name is not in the point."""
    try:
        return evaluate(formula, point, budget=BUDGET, meter=meter)
    except (Unevaluable, KeyError):
        return None


def token(value: Value | Undefined | None, rounded: bool) -> Token:
    """What stands for a value in the table; None where there is nothing to compare.

    >>> token(Fraction(1, 3), False), token(Fraction(1, 3), True)
    (Fraction(1, 3), '3.3333333333e-01')
    """
    if value is None:
        return None
    if isinstance(value, ArrayValue):
        return value.shape, tuple(_scalar(entry, rounded) for entry in value.entries)
    return _scalar(value, rounded)


def _scalar(value: Fraction | Ball | Undefined, rounded: bool) -> Token:
    if isinstance(value, Undefined):
        return value
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
    grid = _Grid((reference, *(each.formula for each in wrong)), points)
    chosen = grid.telling()
    values = [[grid.value(index, place) for index in range(len(wrong) + 1)] for place in chosen]
    rounded = any(_holds_ball(value) for row in values for value in row)
    tokens = list(zip(*([token(value, rounded) for value in row] for row in values), strict=True))
    found: dict[Token, dict[tuple[Token, ...], list[int]]] = {}
    for index, here in enumerate(tokens[1:]):
        if here != tokens[0] and None not in here:
            found.setdefault(here[0], {}).setdefault(here[1:], []).append(index)
    mutants = {a: {b: tuple(each) for b, each in row.items()} for a, row in found.items()}
    at = tuple(points[place] for place in chosen)
    if at != ({},):
        return Table(at, tokens[0], rounded, mutants)
    sizes = [_size(value) for value in values[0]]
    others = tuple((index, size) for index, size in enumerate(sizes[1:]) if size is not None)
    return Table(at, tokens[0], rounded, mutants, (sizes[0], others))


def _size(value: Value | Undefined | None) -> Fraction | None:
    """A number, or the middle of the enclosure of one."""
    if isinstance(value, Ball):
        return (value.low + value.high) / 2
    return value if isinstance(value, Fraction) else None


class _Grid:
    """The values of formulas at points, each computed once; the first formula is the key."""

    def __init__(self, formulas: Sequence[Formula], points: Sequence[Point]) -> None:
        self._formulas = formulas
        self._points = points
        self._values: dict[tuple[int, int], Value | Undefined | None] = {}
        self._left = _WORK

    def value(self, index: int, place: int) -> Value | Undefined | None:
        """The value of a formula at a point; None once all the work that is allowed was done."""
        if (index, place) not in self._values:
            if self._left < 0:
                return None
            self._values[index, place] = value_of(
                self._formulas[index], self._points[place], self._spend
            )
        return self._values[index, place]

    def _spend(self, steps: int) -> None:
        self._left -= steps + 2

    def telling(self) -> list[int]:
        """Two points, and a third where they leave something alike that it tells apart."""
        chosen = [0]
        alike = self._alike(range(1, len(self._formulas)), 0)
        places = list(range(1, len(self._points)))
        while places and len(chosen) < _POINTS and (len(chosen) < 2 or alike):
            left: dict[int, list[int]] = {}
            for place in places:
                if left and self._left < _WORK // 2:  # what is left is for the points chosen
                    break
                left[place] = self._alike(alike, place)
                if not left[place]:
                    break
            best = min(left, key=lambda place: len(left[place]))
            if len(chosen) > 1 and len(left[best]) == len(alike):
                break
            chosen.append(best)
            places.remove(best)
            alike = left[best]
        return chosen

    def _alike(self, indices: Iterable[int], place: int) -> list[int]:
        """Those with the value of the key at a point, or with none that can be compared."""
        own = token(self.value(0, place), True)
        return [i for i in indices if token(self.value(i, place), True) in (own, None)]


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
    long = any(isinstance(node, _LONG) for node in walk(reference))
    count = _COMPARED // 2 if long else _COMPARED
    valued: list[tuple[int, dict[str, PointValue]]] = []
    others: list[dict[str, PointValue]] = []
    for point in found:
        value = value_of(reference, point)
        if value == 0:
            others.append(point)
        elif value is not None and not isinstance(value, Undefined):
            score = _plainness(point, _SHORT if long else _LARGE)
            valued.append((score + _ENCLOSED * _holds_ball(value), point))
    valued.sort(key=lambda each: each[0])
    ordered = [point for _, point in valued]
    return ordered[:count] + _unlike(ordered[count:], count // 2) + _unlike(others, count)


def _unlike(points: list[dict[str, PointValue]], count: int) -> list[dict[str, PointValue]]:
    """Some of the points, each with signs or parities that those before it do not have."""
    seen: set[tuple[str, str]] = set()
    chosen: list[dict[str, PointValue]] = []
    while points and len(chosen) < count:
        best = max(range(len(points)), key=lambda place: len(_features(points[place]) - seen))
        chosen.append(points.pop(best))
        seen |= _features(chosen[-1])
    return chosen


def _features(point: Point) -> set[tuple[str, str]]:
    found = set()
    for name, value in point.items():
        if isinstance(value, Fraction):
            found.add((name, "negative" if value < 0 else "positive" if value else "zero"))
            found.add((name, str(value % 2) if value.denominator == 1 else "part"))
    return found


def _plainness(point: Point, most: int) -> int:
    """How little a point tells apart: numbers that are alike, 0, 1, 2, or too large."""
    numbers = [value for value in point.values() if isinstance(value, Fraction)]
    plain = sum(value in _PLAIN for value in numbers)
    large = sum(abs(value) > most for value in numbers)
    return 2 * plain + 2 * (len(numbers) - len(set(numbers))) + 3 * large
