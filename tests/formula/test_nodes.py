"""Nodes keep what was written, are frozen values, and never compare by accident."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcnn.formula import (
    Add,
    And,
    Array,
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
    Product,
    Rational,
    Sum,
    Symbol,
    Table,
    Unknown,
    add,
    formula,
    mul,
    negative,
    number,
    table,
)
from symcnn.formula.meaning import evaluate
from symcnn.formula.traverse import walk

x, y, i = Symbol("x"), Symbol("y"), Symbol("i")
POSITIVE = Compare("<", 0, x)
EVERY_NODE: list[Formula] = [
    Rational(Fraction(18, 25), 2), x, x + y, x * y, x**2, Call("floor", (x,)),
    Unknown("phi", (x,), (1,)), Index("w", (i, y)), POSITIVE, And((POSITIVE, POSITIVE)),
    Or((POSITIVE, POSITIVE)), Not(POSITIVE), Bracket(POSITIVE), Cases(((x, POSITIVE),), y),
    Cases(((x, POSITIVE),)), Sum(i, "i", x, y), Sum(i, "i"), Product(i, "i", x, y),
    Array((x, y), ("r", "c"), i), table([1, x]), table([[1, x], [y, 2]]),
]  # fmt: skip


@pytest.mark.parametrize("node", EVERY_NODE, ids=repr)
def test_frozen_picklable_rebuilt(node: Formula) -> None:
    assert pickle.loads(pickle.dumps(node)) == node
    assert hash(pickle.loads(pickle.dumps(node))) == hash(node)
    assert node.rebuild(node.children()) == node
    with pytest.raises(AttributeError, match="frozen"):
        node.name = "z"  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="truth value"):
        bool(node)


def test_all_nodes_differ() -> None:
    assert len(set(EVERY_NODE)) == len(EVERY_NODE)


def test_nothing_rewrites_itself() -> None:
    product = Mul(tuple(map(Rational, (28, 28, 192, 32, 25))))
    assert [node.value for node in walk(product) if isinstance(node, Rational)] == [
        28, 28, 192, 32, 25,
    ]  # fmt: skip
    assert x / x == Mul((x, Pow(x, Rational(-1))))
    assert x + y != y + x
    assert Call("sqrt", (x**2,)) != x
    assert Rational(Fraction(1, 2), 1) != Rational(Fraction(1, 2), 2)


def test_operators_flatten_to_the_left_only() -> None:
    assert x + y + 1 == Add((x, y, Rational(1)))
    assert x + (y + 1) == Add((x, Add((y, Rational(1)))))
    assert 2 * x * y == Mul((Rational(2), x, y))
    assert 1 - x == Add((Rational(1), Mul((Rational(-1), x))))


@given(st.fractions())
def test_number_and_negative_mean_what_they_say(value: Fraction) -> None:
    assert evaluate(number(value), {}) == value
    assert evaluate(negative(number(value)), {}) == -value
    assert evaluate(negative(negative(number(value))), {}) == value


def test_sums_and_products_of_any_number() -> None:
    assert (add(()), add((x,)), add((x, y))) == (Rational(0), x, x + y)
    assert (mul(()), mul((x,)), mul((x, y))) == (Rational(1), x, x * y)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Add((x,)), "at least two"),
        (lambda: Call("softmax", (x,)), "not a known function"),
        (lambda: Call("mod", (x,)), "2 to 2 arguments"),
        (lambda: Compare("=<", x, y), "no comparison"),
        (lambda: Sum(x, "i", y), "two ends"),
        (lambda: Array((x,), ("i", "j"), x), "one index variable"),
        (lambda: Array((x, x), ("i", "i"), x), "of its own"),
        (lambda: Table((2, 2), (x, y)), "4 entries, not 2"),
        (lambda: table([[1, 2], [3]]), "equal lengths"),
        (lambda: Rational(Fraction(1, 3), 2), "number"),
        (lambda: Unknown("f", (x,), (1, 0)), "one order"),
    ],
)
def test_malformed_nodes_are_refused(build: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()  # type: ignore[operator]


@pytest.mark.parametrize("value", [0.5, "x", None, True])
def test_only_exact_numbers_become_formulas(value: object) -> None:
    with pytest.raises(TypeError, match="no exact formula"):
        formula(value)  # type: ignore[arg-type]
