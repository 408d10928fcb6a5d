"""Sums over all integers against the same sums over a wide finite range, on random summands."""

from __future__ import annotations

from fractions import Fraction as Q
from random import Random

import pytest

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
    Not,
    Or,
    Pow,
    Rational,
    Sum,
    Symbol,
    add,
)
from symcnn.formula.affine import ALL, EMPTY, hull, meet
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import Family, Undefined, Unevaluable

n = Symbol("n")


class Summands:
    """Random summands in bound variables, many of them without finite support."""

    def __init__(self, seed: int, names: str) -> None:
        self.pick = Random(seed)
        self.bound = [Symbol(name) for name in names]

    def affine(self) -> Formula:
        terms = [Rational(self.pick.randint(-2, 2)) * v for v in self.bound]
        return add([*terms, Rational(self.pick.randint(-3, 3))])

    def condition(self) -> Formula:
        kind = self.pick.random()
        if kind < 0.6:
            op = self.pick.choice(["=", "<", "<=", ">", ">=", "!="])
            return Compare(op, self.affine(), self.pick.choice([n, Rational(1), Rational(-2)]))
        if kind < 0.75:
            return Compare("divides", self.pick.choice([2, 3]), self.affine())
        if kind < 0.85:
            return Not(self.condition())
        return self.pick.choice([And, Or])((self.condition(), self.condition()))

    def window(self) -> Formula:
        last = self.bound[-1]
        low = Rational(self.pick.randint(-3, 0))
        return Bracket(And((Compare("<=", low, last), Compare("<=", last, self.affine() + n))))

    def body(self, depth: int = 3) -> Formula:
        kind = self.pick.random()
        if depth == 0 or kind < 0.15:
            leaves = [self.affine(), Index("x", (self.affine(),)), Bracket(self.condition())]
            return self.pick.choice([*leaves, 1 / self.affine()])
        below = [self.body(depth - 1) for _ in range(2)]
        if kind < 0.55:
            return Mul(tuple(below))
        if kind < 0.7:
            return Add(tuple(below))
        if kind < 0.85:
            return Mul((self.window(), below[0]))
        if kind < 0.9:
            default = self.pick.choice([None, Rational(0), below[1]])
            return Cases(((below[0], self.condition()),), default)
        if kind < 0.95:
            return Pow(below[0], Rational(self.pick.randint(0, 2)))
        return Call(self.pick.choice(["abs", "floor", "relu"]), (below[0],))


@pytest.mark.parametrize(("names", "reach", "count"), [("i", 50, 900), ("ij", 12, 150)])
def test_a_found_support_misses_nothing(names: str, reach: int, count: int) -> None:
    found = 0
    for seed in range(count):
        summands = Summands(seed, names)
        endless = finite = summands.body()
        for name in reversed(names):
            endless = Sum(endless, name)
            finite = Sum(finite, name, Rational(-reach), Rational(reach))
        members = {(at,): Q(summands.pick.randint(-2, 2)) for at in range(seed % 4)}
        point = {"n": Q(seed % 5 - 1), "x": Family(members)}
        try:
            value = evaluate(endless, point)
        except Unevaluable:
            continue
        expected = evaluate(finite, point)
        assert isinstance(value, Undefined) == isinstance(expected, Undefined)
        assert value == expected or isinstance(value, Undefined)
        found += 1
    assert found > count // 10


def test_intervals() -> None:
    assert meet((0, None), (None, 5)) == (0, 5)
    assert meet(ALL, (2, 3)) == (2, 3)
    assert hull((0, 1), (4, 9)) == (0, 9)
    assert hull(EMPTY, (4, 9)) == hull((4, 9), EMPTY) == (4, 9)
    assert hull((0, None), (-1, 2)) == (-1, None)
