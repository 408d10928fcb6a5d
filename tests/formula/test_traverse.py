"""Names, substitution and transformation respect what is bound."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symcnn.formula import Array, Formula, Index, Product, Rational, Sum, Symbol, Unknown
from symcnn.formula.meaning import evaluate
from symcnn.formula.traverse import free_names, substitute, transform, walk
from symcnn.formula.values import Family

i, j, n, x = map(Symbol, "ijnx")


def test_free_names_in_order_of_writing() -> None:
    body = Unknown("phi", (Index("w", (i,)) * x,))
    assert free_names(Sum(body, "i", n, i)) == ("phi", "w", "x", "n", "i")
    assert free_names(Array((n, i), ("i", "j"), i * j)) == ("n", "i")


def test_walk_meets_parents_first() -> None:
    assert [type(node).__name__ for node in walk(x + n * 2)] == [
        "Add", "Symbol", "Mul", "Symbol", "Rational",
    ]  # fmt: skip


def test_substitution_leaves_bound_names_alone() -> None:
    total = Sum(i * n, "i", Rational(0), i)
    assert substitute(total, {"i": Rational(5)}) == Sum(i * n, "i", Rational(0), Rational(5))


def test_substitution_captures_nothing() -> None:
    renamed = Symbol("i_1")
    for binder in (Sum, Product):
        after = substitute(binder(i * n, "i", Rational(0), n), {"n": i})
        assert after == binder(renamed * i, "i_1", Rational(0), i)
    array = substitute(Array((n,), ("i",), i * x), {"x": i, "n": Rational(3)})
    assert array == Array((Rational(3),), ("i_1",), renamed * i)


def test_renaming_avoids_names_that_are_taken() -> None:
    after = substitute(Sum(i * n * Symbol("i_1"), "i", Rational(0), n), {"n": i})
    assert after == Sum(Symbol("i_2") * i * Symbol("i_1"), "i_2", Rational(0), i)


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(-2, 4))
def test_substitution_is_evaluation_in_another_order(a: int, b: int, top: int) -> None:
    """Substituting and evaluating is evaluating at the substituted point."""
    total = Sum((i + x) * n + Index("w", (i,)), "i", x - 3, n)
    family = Family({(0,): Fraction(7), (2,): Fraction(-1)})
    replaced: Formula = substitute(total, {"n": j + top, "x": i - j})
    inner = {"i": Fraction(a), "j": Fraction(b), "w": family}
    outer = {"n": Fraction(b + top), "x": Fraction(a - b), "w": family}
    assert evaluate(replaced, inner) == evaluate(total, outer)


def test_transform_works_from_the_leaves_up() -> None:
    doubled = transform(x + n * 2, lambda node: node * 2 if isinstance(node, Symbol) else node)
    assert doubled == x * 2 + (n * 2) * 2 or evaluate(
        doubled, {"x": Fraction(1), "n": Fraction(1)}
    ) == Fraction(6)
    assert transform(x + n, lambda node: node) == x + n
