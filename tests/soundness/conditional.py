"""What holds under premises: facts of the kind "if S divides n then S*floor(n/S) = n".

Each entry gives premises, a conclusion that follows from them wherever it has a value, and a way to
make a point satisfy the premises.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from symcnn.formula import Add, Bracket, Compare, Formula, Mul, Pow, Rational, Sum, Symbol, negative
from symcnn.formula.plain import plain
from symcnn.formula.traverse import substitute
from tests.oracles import evaluate_text
from tests.soundness.grammar import K, P, S, a, call, i, k, n, polynomial, x, y
from tests.soundness.worlds import World

Point = dict[str, Any]
Repair = Callable[[Point, Random], None]
ZERO, ONE, TWO = Rational(0), Rational(1), Rational(2)


class Conditional(NamedTuple):
    """The conclusion holds wherever the premises do."""

    premises: tuple[Formula, ...]
    conclusion: Formula
    world: World
    repair: Repair


NUMBERS = World(
    (
        *(("n", "positive integer"), ("K", "positive integer"), ("S", "positive integer")),
        *(("P", "nonnegative integer"), ("k", "integer")),
        *(("x", "real"), ("y", "real"), ("a", "positive real"), ("p", "real in (0,1)")),
        *(("m", "integer >= 2"), ("z", "real in [-1,2]")),
    )
)


def equal(lhs: Formula, rhs: Formula) -> Compare:
    return Compare("=", lhs, rhs)


def _as_it_is(point: Point, rng: Random) -> None:
    """Nothing to repair: the points that fail are left out."""


def _put(name: str, value: Formula) -> Repair:
    def repair(point: Point, rng: Random) -> None:
        point[name] = evaluate_text(plain(value), point)

    return repair


def put_in(rng: Random) -> Conditional:
    """Equal names may be put in for each other."""
    value = rng.choice([y, polynomial(rng, (y, a), 1), a + 1, negative(y)])
    f = polynomial(rng, (x, y, a), 2)
    f = rng.choice([f, call("abs", f), call("floor", f), call("exp", x) + f, f / a])
    return Conditional(
        (equal(x, value),), equal(f, substitute(f, {"x": value})), NUMBERS, _put("x", value)
    )


def sign_known(rng: Random) -> Conditional:
    """A number that is not negative, or not positive, without its absolute value."""
    up = rng.random() < 0.5
    h = polynomial(rng, (y, a), 1)
    without = x if up else negative(x)
    size = rng.choice(
        [call("abs", x), call("sqrt", x * x), call("max", x, negative(x)), call("abs", negative(x))]
    )
    rectified = equal(call("relu", x) + h, (x if up else ZERO) + h)
    conclusion = rng.choice([equal(Mul((size, h)), Mul((without, h))), rectified])

    def repair(point: Point, rng: Random) -> None:
        point["x"] = abs(point["x"]) if up else -abs(point["x"])

    return Conditional((Compare(">=" if up else "<=", x, 0),), conclusion, NUMBERS, repair)


def order_known(rng: Random) -> Conditional:
    h = polynomial(rng, (a, y), 1)
    conclusion = rng.choice(
        [
            equal(call("max", x, y) + h, y + h),
            equal(call("min", y, x), x),
            equal(call("abs", x - y), y - x),
            equal(call("sign", y - x), ONE),
            Compare("<", x + h, y + h),
            Compare("<", Mul((a, x)), Mul((a, y))),
            Compare("<=", x / a, y / a),
            Compare("!=", x, y),
            equal(Bracket(Compare("<=", y, x)), ZERO),
            Compare(">", Pow(x - y, TWO), ZERO),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        point["y"] = point["x"] + abs(point["y"]) + Fraction(1, 2)

    return Conditional((Compare("<", x, y),), conclusion, NUMBERS, repair)


def divisible(rng: Random) -> Conditional:
    shift = rng.choice([ZERO, K, Mul((TWO, P)) - K, k])
    number = n - shift if shift != ZERO else n
    quotient = number / S
    conclusion = rng.choice(
        [
            equal(Mul((S, call("floor", quotient))), number),
            equal(call("ceil", quotient), call("floor", quotient)),
            equal(call("floor", Add((number, S)) / S), quotient + 1),
            equal(call("mod", number, S), ZERO),
            Compare("divides", S, Mul((number, k)) + Mul((S, P))),
            equal(call("floor", Add((number, S, Rational(-1))) / S), call("floor", quotient)),
            Compare("divides", S, negative(number)),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        rest = evaluate_text(plain(number), point) % point["S"]
        point["n"] += point["S"] - rest

    return Conditional((Compare("divides", S, number),), conclusion, NUMBERS, repair)


def parity(rng: Random) -> Conditional:
    odd = rng.random() < 0.5
    value: Formula = Mul((TWO, K)) + 1 if odd else Mul((TWO, K))
    conclusion = rng.choice(
        [
            equal(call("floor", n / 2), K),
            equal(call("ceil", n / 2), K + 1 if odd else K),
            equal(call("mod", n, TWO), ONE if odd else ZERO),
            equal(Pow(Rational(-1), n), Rational(-1) if odd else ONE),
            equal(Bracket(Compare("divides", TWO, n)), ZERO if odd else ONE),
            Compare(">", n, K),
        ]
    )
    return Conditional((equal(n, value),), conclusion, NUMBERS, _put("n", value))


def ranges(rng: Random) -> Conditional:
    conclusion = rng.choice(
        [
            equal(call("max", n - K, ZERO), n - K),
            equal(Sum(ONE, "i", K, n), n - K + 1),
            equal(Sum(i, "i", K, n) + Sum(i, "i", ONE, K - 1), Mul((n, n + 1)) / 2),
            equal(Sum(x + i, "i", ONE, K) + Sum(x + i, "i", K + 1, n), Sum(x + i, "i", ONE, n)),
            Compare("<", K, n + 1),
            Compare("<=", Mul((K, S)), Mul((n, S))),
            Compare(">=", call("floor", n / K), ONE),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        point["n"] = max(point["n"], point["K"] + rng.randint(0, 3))

    return Conditional((Compare("<=", K, n),), conclusion, NUMBERS, repair)


def small(rng: Random) -> Conditional:
    conclusion = rng.choice(
        [
            equal(call("floor", n / K), ZERO),
            equal(call("mod", n, K), n),
            Compare("<=", n + 1, K),
            Compare("!=", K, n),
            equal(call("min", n, K - 1), n),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        point["K"] = max(point["K"], point["n"] + rng.randint(1, 3))

    return Conditional((Compare("<", n, K),), conclusion, NUMBERS, repair)


def positive(rng: Random) -> Conditional:
    conclusion = rng.choice(
        [
            equal(call("log", Mul((x, a))), call("log", x) + call("log", a)),
            equal(call("exp", call("log", x)), x),
            equal(call("sqrt", Mul((x, a))), Mul((call("sqrt", x), call("sqrt", a)))),
            equal(call("log", Pow(x, TWO)), Mul((TWO, call("log", x)))),
            equal(call("relu", Mul((x, y))), Mul((x, call("relu", y)))),
            equal(Mul((y, x)) / x, y),
            Compare(">", x + a, a),
            Compare("<", negative(x), ZERO),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        point["x"] = abs(point["x"]) or Fraction(2)

    return Conditional((Compare(">", x, 0),), conclusion, NUMBERS, repair)


def inside(rng: Random) -> Conditional:
    conclusion = rng.choice(
        [
            Compare("<=", Pow(x, TWO), x),
            Compare(">=", Mul((x, ONE - x)), ZERO),
            equal(call("abs", x - 2), TWO - x),
            equal(call("min", x, TWO), x),
            equal(call("relu", x), x),
            Compare("<", x, TWO),
            equal(call("sqrt", Pow(x - 1, TWO)), ONE - x),
        ]
    )

    def repair(point: Point, rng: Random) -> None:
        point["x"] = Fraction(rng.randint(0, 6), 6)

    premises = (Compare(">=", x, 0), Compare("<=", x, 1))
    return Conditional(premises, conclusion, NUMBERS, repair)


def apart(rng: Random) -> Conditional:
    conclusion = rng.choice(
        [
            equal((Pow(x, TWO) - Pow(y, TWO)) / (x - y), x + y),
            equal((x - y) / (y - x), Rational(-1)),
            Compare(">", Pow(x - y, TWO), ZERO),
            equal(Pow(call("sign", x - y), TWO), ONE),
            equal(Bracket(equal(x, y)), ZERO),
            Compare("!=", y - x, ZERO),
        ]
    )
    return Conditional((Compare("!=", x, y),), conclusion, NUMBERS, _as_it_is)


def declared(rng: Random) -> Conditional:
    """Nothing beyond the domains: intervals and least values."""
    p, m, z = map(Symbol, "pmz")
    conclusion = rng.choice(
        [
            Compare(">", Mul((p, ONE - p)), ZERO),
            Compare("<", p * p, p),
            Compare(">", Mul((m, m)), m),
            Compare(">=", Mul((m, K)), K + 1),
            Compare("<=", z, TWO),
            Compare(">=", Mul((z + 1, TWO - z)), ZERO),
            equal(call("abs", z - 3), Rational(3) - z),
            equal(call("floor", ONE / m), ZERO),
            equal(call("floor", p), ZERO),
            equal(call("ceil", p), ONE),
            Compare("<=", Mul((z, a)), Mul((TWO, a))),
            equal(call("max", p, m), m),
            Compare("!=", m - 1, ZERO),
        ]
    )
    return Conditional((), conclusion, NUMBERS, _as_it_is)


CONDITIONALS: tuple[Callable[[Random], Conditional], ...] = (
    put_in, sign_known, order_known, divisible, parity, ranges, small, positive, inside, apart,
    declared,
)  # fmt: skip
