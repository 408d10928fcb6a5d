"""Points inside of what an entry gives, and the value of a text there by the second evaluator.

A text that the evaluator cannot read (LaTeX, products without a sign) is read by symcnn first and
printed in plain form; its value never comes from symcnn.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

from symcnn.formula import Formula
from symcnn.formula.domains import Domain
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.reading import read
from tests.corpus.load import Entry, Pair
from tests.oracles import CannotEvaluate, Unreadable, evaluate_text

_REALS = (*(Fraction(n, 2) for n in range(-8, 17)), Fraction(7, 3), Fraction(-5, 3), Fraction(9))
_TRIES = 4_000


def points(pair: Pair, count: int) -> Iterator[dict[str, Any]]:
    """Admissible points, the same in every run; fewer where the relations allow few."""
    entry = pair.entry
    rng = Random(f"{entry.kind} {entry.name} {pair.text}")
    names = _names(entry, pair.text)
    relations = [plain(each) for each in entry.assumptions().relations]
    domains = [(name, _domain(entry, name)) for name in names]
    found = 0
    for _ in range(_TRIES):
        point: dict[str, Any] = {}
        for name, domain in domains:
            point[name] = _value(domain, point, rng)
        if all(_holds(each, point) for each in relations):
            yield point
            found += 1
            if found == count:
                return


def value(text: str, entry: Entry, point: dict[str, Any]) -> Any:
    """What the text is worth there. Raises CannotEvaluate where the evaluator does not know."""
    try:
        return evaluate_text(text, point, reach=30)
    except (Unreadable, CannotEvaluate):
        return evaluate_text(_plainly(text, entry), point, reach=30)


@lru_cache(maxsize=4096)
def _plainly(text: str, entry: Entry) -> str:
    return plain(read(text, entry.assumptions()).formula)


def _names(entry: Entry, text: str) -> tuple[str, ...]:
    sides = (text,) if entry.reference is None else (entry.reference, text)
    formulas: list[Formula] = [read(side, entry.assumptions()).formula for side in sides]
    free = [name for each in formulas for name in free_names(each)]
    for relation in entry.assumptions().relations:
        free.extend(free_names(relation))
    for name in tuple(free):
        free.extend(n for size in _domain(entry, name).shape for n in free_names(size))
    matrices = [name for name in dict.fromkeys(free) if _domain(entry, name).kind == "matrix"]
    return (*(name for name in dict.fromkeys(free) if name not in matrices), *matrices)


def _domain(entry: Entry, name: str) -> Domain:
    found = entry.assumptions().domain(name)
    assert found is not None, f"{entry.name}: nothing is said of {name}"
    return found


def _value(domain: Domain, point: dict[str, Any], rng: Random) -> Any:
    if domain.kind == "matrix":
        rows, columns = (int(evaluate_text(plain(each), point)) for each in domain.shape)
        return [[Fraction(rng.randint(-3, 3)) for _ in range(columns)] for _ in range(rows)]
    if domain.indices == 1:
        members: dict[Any, Fraction] = {(k,): _number(domain, rng) for k in range(-4, 12)}
        return {**members, "else": _least(domain)}
    if domain.indices == 2:
        both = [(i, j) for i in range(-4, 9) for j in range(-4, 9)]
        members = {each: _number(domain, rng) for each in both}
        return {**members, "else": _least(domain)}
    return _number(domain, rng)


def _least(domain: Domain) -> Fraction:
    return max(Fraction(0), _bound(domain.low)) if domain.low is not None else Fraction(0)


def _bound(bound: Formula) -> Fraction:
    found = evaluate_text(plain(bound), {})
    assert isinstance(found, Fraction)
    return found


def _number(domain: Domain, rng: Random) -> Fraction:
    while True:
        if domain.kind == "integer":
            start = -5 if domain.low is None else int(_bound(domain.low))
            number = Fraction(start + min(rng.randrange(9), rng.randrange(12)))
        elif domain.low is not None and domain.high is not None:
            part = Fraction(rng.randint(0, 12), 12)
            number = _bound(domain.low) + part * (_bound(domain.high) - _bound(domain.low))
        else:
            number = rng.choice(_REALS)
        if _inside(number, domain):
            return number


def _inside(number: Fraction, domain: Domain) -> bool:
    if domain.nonzero and number == 0:
        return False
    if domain.low is not None:
        low = _bound(domain.low)
        if number < low or (domain.low_open and number == low):
            return False
    if domain.high is not None:
        high = _bound(domain.high)
        return number < high or (number == high and not domain.high_open)
    return True


def _holds(relation: str, point: dict[str, Any]) -> bool:
    return evaluate_text(relation, point) is True
