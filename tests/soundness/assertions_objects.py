"""Exhibits, whose relations plain loops compute, and limits that are known by how they are made."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from symcnn.claims import Exhibit, Limit
from symcnn.formula import (
    Add,
    Call,
    Compare,
    Formula,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    Table,
    negative,
    number,
)
from symcnn.formula.plain import plain
from symcnn.formula.traverse import substitute
from tests.oracles import agree, evaluate_text
from tests.soundness.assertions import Assertion, Made, judged, points
from tests.soundness.grammar import call
from tests.soundness.worlds import World

_PARAMETERS = World((("a", "positive real"), ("x", "real")))
_A, _B, _v = Symbol("A"), Symbol("B"), Symbol("v")


def _still(point: dict[str, Any], rng: Random) -> None:
    """Points are taken as they come."""


def _entry(rng: Random) -> Formula:
    return rng.choice([Rational(rng.randint(-3, 3)), Rational(rng.randint(0, 2)), Symbol("a")])


def _literal(value: Any) -> Formula:
    """A number, vector or matrix of exact numbers, as a formula."""
    if not isinstance(value, list):
        return number(Fraction(value))
    rows = value if isinstance(value[0], list) else [value]
    size = (len(value), len(value[0])) if isinstance(value[0], list) else (len(value),)
    return Table(size, tuple(number(Fraction(each)) for row in rows for each in row))


def exhibits(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """Explicit matrices and vectors, and what they satisfy: products, ranks, null vectors."""
    rows = rng.choice((2, 2, 3))
    closed = rng.random() < 0.7

    def entry() -> Formula:
        return Rational(rng.randint(-3, 3)) if closed else _entry(rng)

    objects = {
        "A": Table((rows, 2), tuple(entry() for _ in range(2 * rows))),
        "B": Table((2, 2), tuple(entry() for _ in range(4))),
        "v": Table((2,), tuple(entry() for _ in range(2))),
    }
    sides: list[Formula] = [
        Mul((_A, _B)), Mul((_A, _v)), Call("det", (_B,)), Call("trace", (_B,)),
        Mul((_B, _v)), Call("transpose", (_A,)), Mul((Call("transpose", (_A,)), _A)),
        Pow(_B, Rational(2)),
    ]  # fmt: skip
    chosen = rng.sample(sides, 2)
    made = Made(_PARAMETERS, rng)
    relations: list[Formula] = []
    for side in chosen:
        value = _computed(side, objects, rng) if closed else _unfolded(side, objects)
        if value is None:
            return None
        relations.append(Compare("=", side, value))
    if not true:
        k = rng.randrange(2)
        slipped = made.slipped(relations[k])
        if slipped is None:
            return None
        relations[k] = slipped
    placed = tuple(substitute(relation, objects) for relation in relations)
    point = judged((), placed, points(_PARAMETERS, rng, _still, 6), true=true)
    if point is None:
        return None
    text = "; ".join(
        (*(f"{name} = {plain(each)}" for name, each in objects.items()), *map(plain, relations))
    )
    statement = Exhibit(tuple(objects.items()), tuple(relations))
    steps = tuple(made.steps) or ("as it is",)
    given = _PARAMETERS.given()
    return Assertion(seed, number, "exhibits", given, "", statement, true, text, steps, point)


def _computed(side: Formula, objects: dict[str, Table], rng: Random) -> Formula | None:
    value = evaluate_text(plain(substitute(side, objects)), {})
    return _literal(value)


def _unfolded(side: Formula, objects: dict[str, Table]) -> Formula | None:
    """With parameters: determinant and trace by their definitions."""
    a, b, c, d = objects["B"].entries
    match side:
        case Call("det", _):
            return Mul((a, d)) - Mul((b, c))
        case Call("trace", _):
            return Add((a, d))
    return substitute(side, objects)


_n, _a, _K, _c = Symbol("n"), Symbol("a"), Symbol("K"), Symbol("c")
_LIMITS = World(
    (("n", "positive integer"), ("a", "positive real"), ("K", "positive integer"),
     ("c", "real in (0,1)"))
)  # fmt: skip
_OF_THE_LIMIT = World(_LIMITS.names[1:])
_INFINITY = Call("infinity", ())


def _quotient(rng: Random) -> tuple[Formula, Formula]:
    """Polynomials of one degree: the quotient of what stands before the highest powers."""
    degree = rng.choice((1, 1, 2, 3))
    first, second = rng.choice([_a, _K, Rational(2), Rational(3)]), rng.choice([_K, Rational(5)])
    high = Pow(_n, Rational(degree)) if degree > 1 else _n
    low = rng.choice([Rational(1), _a, Mul((Rational(2), _K))])
    above = Add((Mul((first, high)), low))
    return above / Add((Mul((second, high)), rng.choice([_a, Rational(1)]))), first / second


_BLOCKS: tuple[Callable[[Random], tuple[Formula, Formula]], ...] = (
    _quotient,
    _quotient,
    lambda rng: (rng.choice([_a, _K, _a + _K]),) * 2,
    lambda rng: (_a / (_n + _K), Rational(0)),
    lambda rng: (Mul((_n, Pow(Rational(1) / 2, _n))), Rational(0)),
    lambda rng: (Pow(Rational(Fraction(9, 10), 1), _n), Rational(0)),
    lambda rng: (Pow(_c, _n), Rational(0)),
    lambda rng: (
        (Rational(1) - Pow(_c, _n + 1)) / (Rational(1) - _c),
        Rational(1) / (Rational(1) - _c),
    ),
    lambda rng: (call("exp", negative(Mul((_a, _n)))), Rational(0)),
    lambda rng: (call("sqrt", _n) / _n, Rational(0)),
    lambda rng: (
        Sum(Symbol("i"), "i", Rational(1), _n) / Pow(_n, Rational(2)),
        Rational(1) / 2,
    ),
    lambda rng: (Pow(Rational(2), _n) / (Pow(Rational(2), _n) + _n), Rational(1)),
)  # fmt: skip


def limits(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """Sums and products of sequences whose limits are known."""
    (f, first), (g, second) = (rng.choice(_BLOCKS)(rng) for _ in "fg")
    form = rng.randrange(4)
    if form == 0:
        expression, value = f, first
    elif form == 1:
        expression, value = Add((f, g)), Add((first, second))
    elif form == 2:
        expression, value = Mul((f, g)), Mul((first, second))
    else:
        expression, value = f - g, first - second
    made = Made(_LIMITS, rng)
    if form == 0 and rng.random() < 0.3:
        expression, value = Mul((Add((_n, _a)), Add((_n, _K)))) / _n, _INFINITY
        if rng.random() < 0.5:
            expression, value = negative(expression), negative(_INFINITY)
    expression = made.rewritten(expression)
    claimed = _claimed(value, made, Made(_OF_THE_LIMIT, rng), true=true)
    if claimed is None:
        return None
    point = next(points(_LIMITS, rng, _still))
    if not _infinite(value) and not _infinite(claimed):
        both = [evaluate_text(plain(each), point) for each in (value, claimed)]
        if agree(*both) is (not true):
            return None
        if not true and agree(*both) is not False:
            return None
    text = f"{plain(expression)} -> {plain(claimed)} as n -> infinity"
    steps = tuple(made.steps) or (("as it is",) if true else ("slip: infinity",))
    return Assertion(
        seed, number, "limits", _LIMITS.given(), "",
        Limit(expression, "n", _INFINITY, claimed), true, text, steps, point,
    )  # fmt: skip


def _claimed(value: Formula, made: Made, alone: Made, *, true: bool) -> Formula | None:
    """The value, rewritten without the variable, or another one."""
    rng = made.rng
    if _infinite(value):
        if true:
            return value
        other = negative(_INFINITY) if value == _INFINITY else _INFINITY
        return rng.choice([other, Rational(0), _a])
    found: Formula | None = alone.rewritten(value) if true else None
    if not true:
        found = _INFINITY if rng.random() < 0.15 else alone.slipped(value)
    made.steps += alone.steps
    return found


def _infinite(f: Formula) -> bool:
    return f in (_INFINITY, negative(_INFINITY))
