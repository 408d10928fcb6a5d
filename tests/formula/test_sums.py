"""Sums as terms with brackets, linear contradictions, and the small polynomials they stand on."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcnn.formula import Bracket, Compare, Formula, Index, Not, Or, Rational, Sum, Symbol
from symcnn.formula.linear import System
from symcnn.formula.meaning import evaluate, holds
from symcnn.formula.polynomials import TooLarge, as_formula, plus, polynomial, put, slope, times
from symcnn.formula.sums import Expander, Term, determined, put_in

i, j, n = map(Symbol, "ijn")


def expander() -> Expander:
    return Expander(lambda f: True, ("i", "j", "n", "x"))


def test_a_range_becomes_two_brackets_and_a_fresh_variable() -> None:
    [term] = expander().terms(Sum(Index("x", (i,)), "i", Rational(0), n))
    assert term.bound == ("i'",)
    assert {each.op for each in term.literals} == {">="}


def test_products_of_sums_have_variables_of_their_own() -> None:
    total = Sum(Index("x", (i,)), "i", Rational(0), n)
    [term] = expander().terms(total**2)
    assert len(set(term.bound)) == 2
    assert term.factors[0] != term.factors[1]


def test_an_equation_determines_a_bound_variable() -> None:
    hit = Bracket(Compare("=", n, i + 3))
    [term] = expander().terms(Sum(Index("x", (i,)) * hit, "i"))
    name, value, modulus = next(determined(term))
    assert (modulus, value) == (1, polynomial(n - 3))
    after = put_in(term, name, value, as_formula(value))
    assert after.bound == () and after.factors == (Index("x", (as_formula(value),)),)


def test_a_factor_two_asks_for_divisibility() -> None:
    [term] = expander().terms(Sum(Index("x", (i,)) * Bracket(Compare("=", n, 2 * i)), "i"))
    _, value, modulus = next(determined(term))
    assert (modulus, value) == (2, {((n, 1),): Fraction(1, 2)})


@pytest.mark.parametrize(
    "condition",
    [
        Compare("!=", i, n),
        Not(Compare("<=", i, n)),
        Or((Compare("=", i, n), Compare("<", i, j))),
        Not(Or((Compare("=", i, n), Compare("<", i, j)))),
        Or((Compare("divides", 3, i), Compare(">", n, j))),
    ],
    ids=repr,
)
def test_brackets_of_a_condition_add_up_to_its_truth(condition: Formula) -> None:
    parts = expander().brackets(condition, True)
    for values in product((-2, 0, 1, 3), repeat=3):
        point = {name: Fraction(v) for name, v in zip("ijn", values, strict=True)}
        total = 0
        for sign, literals in parts:
            total += sign * all(_true(each, point) for each in literals)
        assert total == int(holds(condition, point) is True)


def _true(each: object, point: dict[str, Fraction]) -> bool:
    op, form, condition = each  # type: ignore[misc]
    if condition is not None:
        return (holds(condition, point) is True) == (op == "is")
    value = evaluate(as_formula(dict(form)), point)
    assert isinstance(value, Fraction)
    if op.startswith("mod"):
        return value % int(op.split()[1]) == 0
    return {"=": value == 0, ">=": value >= 0, ">": value > 0}[op]


def test_terms_are_counted() -> None:
    with pytest.raises(TooLarge):
        factors = [Symbol(f"a{k}") + Symbol(f"b{k}") for k in range(12)]
        product_of_all: Formula = factors[0]
        for factor in factors[1:]:
            product_of_all = product_of_all * factor
        expander().terms(product_of_all)


def test_zero_has_no_terms() -> None:
    assert expander().terms(Rational(0)) == []
    assert expander().terms(Rational(2)) == [Term(Fraction(2))]


small = st.integers(-3, 3)


@given(st.lists(st.tuples(small, small, small, st.sampled_from([">=", ">", "="])), max_size=5))
def test_a_contradiction_is_never_claimed_where_a_point_exists(
    rows: list[tuple[int, int, int, str]],
) -> None:
    system = System(lambda monomial: True)
    for a, b, c, op in rows:
        form = polynomial(a * i + b * j + c)
        if op == "=":
            system.zero(form)
        else:
            system.at_least_zero(form, op == ">")
    points = product(range(-6, 7), repeat=2)
    satisfied = any(all(_compare(op, a * x + b * y + c) for a, b, c, op in rows) for x, y in points)
    if satisfied:
        assert not system.contradictory()


def _compare(op: str, value: int) -> bool:
    return {"=": value == 0, ">=": value >= 0, ">": value > 0}[op]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([(">=", i - n), (">=", n - i - 1)], True),
        ([(">", i), (">", 1 - i)], True),  # no integer lies between 0 and 1
        ([(">=", i), (">=", 1 - i)], False),
        ([("=", 2 * i - 2 * j - 1)], True),  # odd is not even
        ([("=", 2 * i - 3 * j - 1)], False),
        ([(">=", i - j), (">=", j - n), (">", n - i)], True),
    ],
)
def test_contradictions(conditions: list[tuple[str, Formula]], expected: bool) -> None:
    system = System(lambda monomial: True)
    for op, f in conditions:
        if op == "=":
            system.zero(polynomial(f))
        else:
            system.at_least_zero(polynomial(f), op == ">")
    assert system.contradictory() is expected


def test_reals_may_lie_between_integers() -> None:
    system = System(lambda monomial: False)
    system.at_least_zero(polynomial(i), True)
    system.at_least_zero(polynomial(1 - i), True)
    assert not system.contradictory()


@given(small, small, small)
def test_polynomials_mean_what_the_formula_means(a: int, b: int, c: int) -> None:
    f = (i + a) * (j - b) * (i + c) - i * j
    point = {"i": Fraction(2), "j": Fraction(-3)}
    assert evaluate(as_formula(polynomial(f)), point) == evaluate(f, point)
    moved = put(polynomial(f), {"i": polynomial(j + 1)})
    assert evaluate(as_formula(moved), point) == evaluate(f, {**point, "i": Fraction(-2)})


def test_slopes() -> None:
    assert slope(polynomial(n * i + 2), "i") == polynomial(n)
    assert slope(polynomial(i * i), "i") is None
    assert slope(polynomial(Index("x", (i,)) + i), "i") is None
    assert plus(polynomial(i), polynomial(i), -1) == {}
    assert times(polynomial(i), {}) == {}
    assert polynomial(n * n**-1) == polynomial(Rational(1))
