"""One formula for answers that differ in order only: the same value, whoever came first."""

from __future__ import annotations

import pytest

from symcnn.claims.statements import Equation
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.grader.marking.canonical import canonical
from symcnn.prover import settle
from symcnn.reading import read, read_given
from tests.grader.marking.asking import asked, mark, marker

GIVEN = read_given("n, K, N, S: positive integer; P: nonnegative integer; x, y: indexed real")
ALIKE = [
    ("floor((N + 2*P - K)/S) + 1", "1 + floor((2*P - K + N)/S)", "1 + floor((-K + (P*2 + N))/S)"),
    (
        "Sum(x[i]*y[i], (i, 1, n))*K",
        "K*Sum(y[j]*x[j], (j, 1, n))",
        "K*Sum(x[n_1]*y[n_1], (n_1, 1, n))",
    ),
    ("Sum(Sum(x[i]*y[j], (j, 1, i)), (i, 1, n))", "Sum(Sum(y[i]*x[j], (i, 1, j)), (j, 1, n))"),
    ("max(K, N)/S/2", "1*max(K, N)/2/S", "(max(K, N) + 0)/S/2"),
    ("sqrt(K + N)*2 - P", "-P + 2*sqrt(N + K)"),
]
UNLIKE = [
    ("floor(K/S)", "floor(S/K)"),
    ("K - N", "N - K"),
    ("Sum(x[i], (i, 1, n))", "Sum(y[i], (i, 1, n))"),
    ("max(K, N)", "min(K, N)"),
    ("x[1]", "x[2]"),
    ("Sum(x[i] + i, (i, 1, n))", "Sum(x[i], (i, 1, n)) + n"),
]


@pytest.mark.parametrize("texts", ALIKE, ids=lambda texts: texts[0])
def test_they_become_one_formula_of_the_same_value(texts: tuple[str, ...]) -> None:
    formulas = [read(text, GIVEN).formula for text in texts]
    found = {plain(canonical(each)) for each in formulas}
    assert len(found) == 1
    for each in formulas:
        one = canonical(each)
        assert canonical(one) == one
        assert settle(Equation(each, one), GIVEN).kind == "proved"


@pytest.mark.parametrize(("a", "b"), UNLIKE)
def test_others_stay_apart(a: str, b: str) -> None:
    assert canonical(read(a, GIVEN).formula) != canonical(read(b, GIVEN).formula)


def test_bound_names_never_catch_free_ones() -> None:
    given = read_given("i, j, n: positive integer; x: indexed real")
    formula = read("Sum(x[k]*i + j, (k, 1, n))", given).formula
    one = canonical(formula)
    assert settle(Equation(formula, one), given).kind == "proved"
    assert {"i", "j", "n", "x"} == set(free_names(one))


def test_answers_that_differ_in_order_share_a_group_and_their_words() -> None:
    given = "N, K, S: positive integer; P: nonnegative integer"
    size = marker(asked("formula", "floor((N + 2*P - K)/S) + 1", given=given))
    a, b = mark(size, "floor((N + P - K)/S) + 1"), mark(size, "1 + floor((P - K + N)/S)")
    assert a.group == b.group and a.remarks[1:] == b.remarks[1:] and a.read != b.read


def test_products_of_matrices_keep_their_order() -> None:
    product = marker(asked("formula", "A*B", given="n: positive integer; A, B: matrix n x n"))
    assert mark(product, "A*B").outcome == "right"
    assert mark(product, "B*A").outcome == "wrong"
    sizes = marker(asked("formula", "A*B*v", given="A, B: matrix 2 x 2; v: vector 2"))
    assert mark(sizes, "B*A*v").outcome == "wrong" and mark(sizes, "A*(B*v)").outcome == "right"
