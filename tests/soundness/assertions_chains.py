"""Relations between generated formulas, rounded numbers, and derivations of several links."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from symcnn.claims import Derivation, Link, Relation
from symcnn.formula import (
    Add,
    And,
    Compare,
    Formula,
    Mul,
    Not,
    Or,
    Pow,
    Rational,
    Symbol,
    negative,
)
from symcnn.formula.plain import plain
from tests.soundness.assertions import Assertion, Made, judged, points, scaled
from tests.soundness.classes import CLASSES
from tests.soundness.grammar import call, polynomial
from tests.soundness.worlds import World

_PLAIN = ("rational", "rounding", "signs", "exponentials", "sums")
_TWO = Rational(2)


def _still(point: dict[str, object], rng: Random) -> None:
    """Points are taken as they come."""


def _nonnegative(rng: Random, world: World) -> Formula:
    """A number that is at least 0 wherever it has a value."""
    names = [Symbol(name) for name in world.of("real", "integer")]
    inner = polynomial(rng, tuple(names), 1)
    options = [Pow(inner, _TWO), call("abs", inner), call("relu", inner), Rational(0)]
    return rng.choice(options)


def _positive(rng: Random, world: World) -> Formula:
    names = [Symbol(name) for name in sorted(world.positive)]
    return rng.choice([Rational(1), Rational(Fraction(1, 2), 1), scaled(rng, *names)])


def relations(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """``f <= g + square``, ``f < g + positive``, ``d divides d*h``, and, or, not of such."""
    kind = rng.choice(_PLAIN)
    base, world = CLASSES[kind](rng)
    made = Made(world, rng, kind)
    other = made.rewritten(base)
    more, some = _nonnegative(rng, world), _positive(rng, world)
    options: list[Formula] = [
        Compare("<=", base, Add((other, more))),
        Compare(">=", Add((base, more)), other),
        Compare("<", base, Add((other, some))),
        Compare(">", base, Add((other, negative(some)))),
        Compare("!=", Add((base, some)), other),
        Compare("!=", base, Add((other, more, some))),
        Not(Compare("<", Add((base, more)), other)),
        And((Compare("<=", base, other + more), Compare("<", base, other + some))),
        Or((Compare("<", base, other + some), Compare("<", some, Rational(0)))),
    ]
    whole = [Symbol(name) for name in sorted(world.whole)]
    if whole:
        h = polynomial(rng, tuple(whole), 1)
        d = rng.choice(whole)
        multiple = made.rewritten(Mul((d, h)))
        options += 3 * [Compare("divides", d, multiple)]
    condition = rng.choice(options)
    if not true:
        slipped = made.slipped(condition)
        if slipped is None:
            return None
        condition = slipped
    point = judged((), (condition,), points(world, rng, _still), true=true)
    if point is None:
        return None
    steps = tuple(made.steps) or ("as it is",)
    return Assertion(
        seed, number, "relations", world.given(), "", Relation(condition), true, plain(condition),
        steps, point,
    )  # fmt: skip


_ROUND_WORLD = World((("a", "positive real"), ("K", "positive integer"), ("x", "real")))


def rounded(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """``f ~ 0.0182``: at most half a unit of the last digit away."""
    value = Fraction(rng.randint(-400, 900), rng.choice((3, 7, 8, 9, 11, 16, 64, 1000)))
    places = rng.randint(0, 4)
    unit = Fraction(1, 10**places)
    nearest = round(value / unit) * unit
    told = nearest if true else nearest + rng.choice((-2, -1, 1, 2)) * unit
    made = Made(_ROUND_WORLD, rng)
    exact: Formula = Rational(value.numerator) / Rational(value.denominator)
    a, K = Symbol("a"), Symbol("K")
    shown = rng.choice([exact, Mul((exact, a)) / a, exact + K - K, made.rewritten(exact)])
    literal = Rational(abs(told), places)
    lhs = negative(shown) if told < 0 else shown
    if told < 0:
        lhs = made.rewritten(lhs)
    condition = Compare("~", lhs, literal)
    point = judged((), (condition,), points(_ROUND_WORLD, rng, _still), true=true)
    if point is None:
        return None
    steps = tuple(made.steps) or (("as it is",) if true else ("slip: another digit",))
    return Assertion(
        seed, number, "rounded", _ROUND_WORLD.given(), "", Relation(condition), true,
        plain(condition), steps, point,
    )  # fmt: skip


def derivations(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """Lines that follow from each other; in a false one some link fails."""
    kind = rng.choice(list(CLASSES))
    base, world = CLASSES[kind](rng)
    made = Made(world, rng, kind)
    numbers = kind in _PLAIN
    lines: list[tuple[str, Formula]] = []
    before = base
    broken = -1 if true else rng.randrange(3)
    for position in range(3):
        after = made.rewritten(before)
        relation = "="
        if numbers and rng.random() < 0.25:
            relation = rng.choice(("<=", "<"))
            more = _nonnegative(rng, world) if relation == "<=" else _positive(rng, world)
            after = Add((after, more))
        if position == broken:
            slipped = made.slipped(after)
            if slipped is None:
                return None
            after = slipped
        lines.append((relation, after))
        before = after
    links = []
    conditions: list[Formula] = []
    before = base
    for relation, after in lines:
        links.append(Link(after, "by a rewriting", relation))
        conditions.append(Compare(relation, before, after))
        before = after
    point = judged((), tuple(conditions), points(world, rng, _still, 8), true=true)
    if point is None:
        return None
    text = " ".join([plain(base), *(f"{op} {plain(line)}" for op, line in lines)])
    return Assertion(
        seed, number, "derivations", world.given(), "", Derivation(base, tuple(links)), true, text,
        tuple(made.steps) or ("as it is",), point,
    )  # fmt: skip
