"""Base formulas of each class, random but of the kind that is written about CNNs.

Matrices and families with support are in ``grammar_arrays``; all classes in ``classes``.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from symcnn.formula import (
    Add,
    And,
    Bracket,
    Call,
    Cases,
    Compare,
    Formula,
    Index,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    Unknown,
    negative,
)
from tests.soundness.worlds import World

x, y, a, p, eps = (Symbol(name) for name in ("x", "y", "a", "p", "eps"))
n, K, S, P, L = (Symbol(name) for name in ("n", "K", "S", "P", "L"))
i, j, k = Symbol("i"), Symbol("j"), Symbol("k")

REALS = (("x", "real"), ("y", "real"), ("a", "positive real"))
SIZES = (
    ("n", "positive integer"), ("K", "positive integer"), ("S", "positive integer"),
    ("P", "nonnegative integer"), ("k", "integer"),
)  # fmt: skip
Grammar = Callable[[Random], tuple[Formula, World]]


def call(name: str, *args: Formula) -> Formula:
    return Call(name, args)


def polynomial(rng: Random, atoms: tuple[Formula, ...], depth: int) -> Formula:
    """Sums, differences, products and small powers of atoms and literals."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(atoms) if rng.random() < 0.75 else Rational(rng.randint(1, 6))
    left, right = (polynomial(rng, atoms, depth - 1) for _ in "ab")
    kind = rng.randrange(5)
    if kind < 2:
        return Add((left, right))
    if kind == 2:
        return left - right
    return Mul((left, right)) if kind == 3 else Pow(left, Rational(rng.choice((2, 2, 3))))


def rational(rng: Random) -> tuple[Formula, World]:
    world = World((*REALS, *SIZES[:3]))
    atoms: tuple[Formula, ...] = (x, y, a, n, K)
    top = polynomial(rng, atoms, 2)
    bottom = rng.choice(
        [K, S, a + n, K * K + S, Pow(x, Rational(2)) + 1, x - y, polynomial(rng, (x, a, K), 1)]
    )
    whole = top / bottom
    return (whole + polynomial(rng, atoms, 1) if rng.random() < 0.5 else whole), world


def rounding(rng: Random) -> tuple[Formula, World]:
    world = World((*SIZES, ("x", "real")))
    two = Rational(2)
    inside = rng.choice(
        [
            (n + Mul((two, P)) - K) / S,
            (n + Mul((two, P)) - K) / 2,
            polynomial(rng, (n, K, k), 2) / rng.choice((S, Rational(2), Rational(3))),
            x + polynomial(rng, (n, k), 1),
            (x + k) / 2,
        ]
    )
    rounded = call(rng.choice(("floor", "floor", "ceil")), inside)
    tail = polynomial(rng, (n, K, P), 1)
    return rng.choice(
        [
            rounded + 1,
            rounded + tail,
            Mul((rounded, tail)),
            call("mod", polynomial(rng, (n, k), 1), rng.choice((S, Rational(3)))) + tail,
            call("floor", rounded / 2),
        ]
    ), world


def signs(rng: Random) -> tuple[Formula, World]:
    world = World((*REALS, ("K", "positive integer")))
    first, second = (polynomial(rng, (x, y, a), 1) for _ in "ab")
    pieces = [
        call("abs", first),
        call("max", first, second),
        call("min", first, second),
        call("relu", first),
        call("sign", first),
        Cases(((first, Compare(rng.choice(("<", "<=", ">", ">=")), x, y)),), second),
        Mul((first, Bracket(Compare(rng.choice((">", ">=", "=")), x, 0)))),
    ]
    left, right = rng.sample(pieces, 2)
    return rng.choice([left, left + right, left - right, Mul((left, right)), left + K]), world


def exponentials(rng: Random) -> tuple[Formula, World]:
    world = World((*REALS, ("p", "real in (0,1)"), ("eps", "positive real")))
    first = polynomial(rng, (x, y), 1)
    pieces = [
        call("exp", first),
        call("exp", Add((x, negative(y)))),
        call("sigmoid", x),
        call("tanh", y),
        call("log", a),
        call("log", Mul((a, eps))),
        call("sqrt", Mul((a, eps))),
        call("sqrt", Add((Pow(x, Rational(2)), eps))),
        Mul((p, call("log", p))),
        call("exp", x) / (call("exp", x) + call("exp", y)),
    ]
    left, right = rng.sample(pieces, 2)
    return rng.choice([left, left + right, Mul((left, right)), left - right, left / a]), world


def sums(rng: Random) -> tuple[Formula, World]:
    world = World((("x", "real"), ("a", "positive real"), *SIZES[:3]))
    body = polynomial(rng, (i, x, a, K), 2)
    limits = [(Rational(1), n), (Rational(0), n - 1), (Rational(0), K), (Rational(1), n + 2)]
    low, high = rng.choice(limits)
    kind = rng.randrange(6)
    if kind == 0:
        nested = Sum(Mul((body, Add((j, x)))), "j", Rational(0), K - 1)
        return Sum(nested, "i", low, high), world
    if kind == 1:
        return Product(
            rng.choice((Add((i, a)), Mul((i, x)), Mul((a, i, i)))), "i", low, high
        ), world
    if kind == 2:
        return Sum(i, "i", Rational(1), n) + polynomial(rng, (n, K), 1), world
    if kind == 3:
        return Sum(Pow(x, i), "i", Rational(0), n - 1) + x, world
    total = Sum(body, "i", low, high)
    return rng.choice([total, total + x, total / n, Mul((K, total))]), world


def families(rng: Random) -> tuple[Formula, World]:
    world = World(
        (
            *(("x", "indexed real"), ("w", "indexed real"), ("g", "indexed real")),
            *SIZES,
            *(("b", "real"), ("W", "two indices")),
        )
    )
    taps, positions = K - 1, n - 1
    zero = Rational(0)

    def member(name: str, *at: Formula) -> Formula:
        return Index(name, at)

    step = rng.choice((S, Rational(1), Rational(2)))
    source = Add((Mul((step, k)), j, negative(P)))
    forward = Sum(Mul((member("w", j), member("x", source))), "j", zero, taps)
    hit = Compare("=", Add((j, Mul((step, i)))), k)
    landed = Sum(Mul((member("w", j), Bracket(hit))), "j", zero, taps)
    options: list[Formula] = [
        forward,
        forward + Symbol("b"),
        Sum(Mul((member("x", i), landed)), "i", zero, positions),
        Sum(Mul((member("g", i), member("x", Add((Mul((step, i)), j))))), "i", zero, positions),
        Sum(Mul((member("x", i), member("w", k - i))), "i"),
        Sum(Mul((member("x", i), Sum(Mul((member("w", j), member("g", i + j))), "j"))), "i"),
        Sum(Pow(member("x", i) - member("w", i), Rational(2)), "i", zero, positions) / n,
        Sum(Mul((member("x", i), Bracket(Compare("divides", Rational(2), i - k)))), "i"),
        Sum(
            Sum(Mul((member("W", i, j), member("x", Add((k, i, j))))), "j", zero, Rational(2)),
            "i",
            zero,
            taps,
        ),
        Mul((member("x", k), Bracket(And((Compare("<=", 0, k), Compare("<", k, n)))))),
    ]
    chosen = rng.choice(options)
    if options.index(chosen) == 3:
        world = World((*world.names, ("j", "integer")))
    return chosen, world


def unknowns(rng: Random) -> tuple[Formula, World]:
    world = World((("x", "real"), ("y", "real"), ("n", "positive integer"), ("phi", "function"),
                   ("psi", "function")))  # fmt: skip

    def of(name: str, argument: Formula, order: int = 0) -> Formula:
        return Unknown(name, (argument,), (order,))

    inside = polynomial(rng, (x, y), 1)
    pieces = [
        of("phi", inside),
        of("phi", x, 1),
        of("psi", inside, rng.randint(0, 2)),
        of("psi", of("phi", x)),
        Mul((of("psi", of("phi", x), 1), of("phi", x, 1))),
        Sum(of("phi", i + x), "i", Rational(0), n),
    ]
    left, right = rng.sample(pieces, 2)
    return rng.choice([left + x, left + right, Mul((left, right)), left - right]), world


def inequalities(rng: Random) -> tuple[Formula, World]:
    world = World((*REALS, *SIZES))
    op = rng.choice(("<", "<=", ">", ">=", "=", "!="))
    integer = rng.random() < 0.5
    atoms: tuple[Formula, ...] = (n, K, k) if integer else (x, y, a)
    first, second = polynomial(rng, atoms, 1), polynomial(rng, atoms, 1)
    bracket = Bracket(Compare(op, first, second))
    if integer and rng.random() < 0.3:
        bracket = Bracket(
            Compare("divides", rng.choice((S, Rational(2))), polynomial(rng, atoms, 1))
        )
    return rng.choice([bracket, Mul((polynomial(rng, atoms, 1), bracket)), bracket + x]), world
