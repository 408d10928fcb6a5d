"""Base formulas with matrices, of a literal and of a symbolic size, and families with support."""

from __future__ import annotations

from random import Random

from symcnn.formula import (
    Add,
    Array,
    Bracket,
    Compare,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    Table,
)
from tests.soundness.grammar import K, a, call, i, j, k, n, polynomial, x
from tests.soundness.worlds import World


def matrices(rng: Random) -> tuple[Formula, World]:
    world = World(
        (
            *(("A", "matrix 2 x 2"), ("B", "matrix 2 x 2"), ("C", "matrix 2 x 2")),
            *(("a", "positive real"), ("x", "real")),
        )
    )
    names = tuple(map(Symbol, "ABC"))
    A, B, C = rng.sample(names, 3)
    written = Table((2, 2), tuple(polynomial(rng, (a, x), 1) for _ in range(4)))
    return rng.choice(
        [
            Mul((A, B + C)),
            Mul((A, B)) + C,
            call("transpose", Mul((A, B))),
            call("transpose", Add((A, Mul((B, C))))),
            call("trace", Mul((A, B))),
            Mul((call("det", Mul((A, B))), x + a)),
            Mul((A, written)),
            Mul((a, A)) + Mul((x, B)),
            call("hadamard", A, B) + written,
            Pow(A, Rational(2)) - Mul((A, B)),
            call("kron", A, Mul((B, C))),
            Mul((call("transpose", A), A)),
        ]
    ), world


def squares(rng: Random) -> tuple[Formula, World]:
    """Matrices of n rows and n columns, n a symbol."""
    names = tuple(map(Symbol, "ABCD"))
    world = World(
        (
            ("n", "size"),
            *((name.name, "matrix n x n") for name in names),
            *(("a", "positive real"), ("x", "real")),
        )
    )
    A, B, C, D = rng.sample(names, 4)

    def turned(f: Formula) -> Formula:
        return call("transpose", f)

    zero, last = Rational(0), n - 1
    diagonal = Sum(Index(A.name, (k, k)), "k", zero, last)
    identity = Array((n, n), ("i", "j"), Bracket(Compare("=", i, j)))
    return rng.choice(
        [
            Mul((A, B + C)),
            Mul((A, B, C)) + D,
            turned(Mul((A, B))),
            turned(Mul((A, B, C))),
            turned(Add((A, Mul((B, turned(C)))))),
            call("trace", Mul((A, B))),
            call("trace", A + B) + x,
            Mul((diagonal, x)),
            Mul((a, A)) + Mul((x, B)),
            call("hadamard", A, B) + C,
            call("hadamard", A, Mul((B, C))),
            Pow(A, Rational(2)) - Mul((A, B)),
            Mul((turned(A), A)),
            Mul((identity, A)) + B,
            Mul((A, identity, turned(B))),
            Mul((A + B, A - B)),
        ]
    ), world


def supports(rng: Random) -> tuple[Formula, World]:
    """Sums over families that are 0 outside of what is said."""
    first = rng.choice(("0..n-1", "0..3", "-1..1"))
    second = rng.choice(("0..n-1", "0..3", "-1..1"))
    world = World(
        (
            *(("n", "positive integer"), ("K", "positive integer"), ("k", "integer")),
            ("x", f"indexed real support {first}"),
            ("w", f"indexed real support {second}"),
            *(("a", "positive real"), ("b", "real")),
        )
    )
    zero, last = Rational(0), n - 1

    def member(name: str, at: Formula) -> Formula:
        return Index(name, (at,))

    options: list[Formula] = [
        Sum(Mul((member("x", i), member("w", k - i))), "i"),
        Sum(Mul((member("x", i), member("w", i + k))), "i") + Symbol("b"),
        Sum(Mul((a, member("x", i), member("w", i))), "i"),
        Sum(Mul((member("x", i), i)), "i"),
        Sum(member("x", i + k), "i", zero, K) + Symbol("b"),
        Sum(Mul((member("w", j), member("x", K + j))), "j", zero, last),
        Sum(Mul((member("x", i), Sum(Mul((member("w", j), i + j)), "j"))), "i"),
        Mul((member("x", k), Bracket(Compare("<=", 0, k)))) + member("w", K),
        Sum(Mul((Pow(member("x", i), Rational(2)), a)), "i") / n,
    ]
    return rng.choice(options), world
