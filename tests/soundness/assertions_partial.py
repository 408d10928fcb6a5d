"""Parts that cancel but lack a value somewhere, beside references that need them now and then."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from symcnn.claims import Equation
from symcnn.formula import (
    And,
    Bracket,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Or,
    Rational,
    Sum,
    negative,
)
from symcnn.formula.plain import plain
from tests.oracles import UNDEFINED, CannotEvaluate, evaluate_text, undefined_somewhere
from tests.soundness.assertions import Assertion, Made, Point
from tests.soundness.generate import STEPS
from tests.soundness.grammar import a, call, i, k, n, polynomial, x, y
from tests.soundness.worlds import World

_WORLD = World(
    (
        *(("x", "real"), ("y", "real"), ("a", "positive real"), ("n", "positive integer")),
        *(("k", "integer"), ("w", "indexed real")),
    )
)
_TRIES = 16


def _part(rng: Random) -> Formula:
    """Without a value where a number is negative, and for no other reason."""
    u = rng.choice([x, y, x - y, polynomial(rng, (x, y), 1), k, negative(x), x + a])
    options: list[Formula] = [
        call("log", u),
        call("sqrt", u),
        call("root", u, Rational(4)),
        call("factorial", k),
        call("sqrt", call("log", u)),
        Mul((y, call("log", u))),
    ]
    return rng.choice(options)


def _reference(rng: Random, part: Formula) -> Formula:
    """A formula that may mention the part where it is not always looked at."""
    own = Compare(rng.choice((">", "<", ">=")), rng.choice([x, y, k]), Rational(rng.randint(-1, 1)))
    about = Compare(rng.choice((">", "<=")), part, Rational(rng.randint(-1, 2)))
    f = polynomial(rng, (x, y, a), 1)
    g = polynomial(rng, (x, n), 1)
    both: list[Formula] = [own, about]
    rng.shuffle(both)
    options: list[Formula] = [
        f,
        f + part,
        Bracket(And(tuple(both))) + f,
        Bracket(Or(tuple(both))) + f,
        Mul((f, Bracket(both[0]), Bracket(both[1]))),
        Mul((Bracket(own), part)) + f,
        Cases(((f, own),), part),
        Cases(((part, own),), g),
        Cases(((f, own), (g, about)), x),
        Cases(((f, And(tuple(both))),), g),
        Sum(Mul((Index("w", (i,)), part)), "i"),
        Sum(part, "i", n, k) + f,
        Sum(part, "i", Rational(1), n),
        Mul((f, Bracket(about))),
    ]
    return rng.choice(options)


def partial(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    """``f + part - part = f`` where the part lacks a value that f has; turned round it holds."""
    part = _part(rng)
    reference = _reference(rng, part)
    made = Made(_WORLD, rng, "signs")
    longer = reference + part - part
    if rng.random() < 0.3:
        longer = reference + Mul((Rational(0), part))
    if rng.random() < 0.5:
        reference = made.rewritten(reference)
    lhs, rhs = (reference, longer) if true else (longer, reference)
    if not true and rng.random() < 0.4:
        lhs, rhs = (Mul((_reference(rng, part), Rational(0))), Mul((reference, Rational(0))))
        made.steps.append("another reference, both times 0")
    point = _seen(rng, lhs, rhs, lambda a, b: (a is not UNDEFINED) if true else a is UNDEFINED)
    if point is None:
        return None
    steps = tuple(made.steps) or ("a part that cancels",)
    return Assertion(
        seed, number, "partial", _WORLD.given(), "", Equation(lhs, rhs), true,
        f"{plain(lhs)} = {plain(rhs)}", steps, point,
    )  # fmt: skip


def _seen(
    rng: Random, lhs: Formula, rhs: Formula, wanted: Callable[[object, object], bool]
) -> Point | None:
    """A point at which the right side has a value, and the left one is as wanted."""
    for _ in range(_TRIES):
        point = _WORLD.point(rng)
        try:
            a, b = (evaluate_text(plain(side), point, STEPS, reach=16) for side in (lhs, rhs))
        except CannotEvaluate:
            continue
        if not undefined_somewhere(b) and b is not UNDEFINED and wanted(a, b):
            return point
    return None
