"""Dots: what the table cannot say about them."""

from __future__ import annotations

import pytest

from symcnn import verify
from symcnn.formula.plain import plain
from symcnn.reading import ParseError, read, read_given


def test_the_variable_is_a_letter_that_nobody_uses() -> None:
    assert plain(read("i*1 + i*2 + ... + i*n").formula) == "Sum(i*j, (j, 1, n))"
    assert plain(read(r"x_{1,i} + x_{2,i} + \cdots + x_{j,i}").formula) == "Sum(x[k, i], (k, 1, j))"
    given = read_given("i, j: integer; x: indexed real")
    assert plain(read("x_1 + x_2 + ... + x_n", given).formula) == "Sum(x[k], (k, 1, n))"
    nested = read(
        r"(1 + 2 + \cdots + n)^1 + (1 + 2 + \cdots + n)^2 + \cdots + (1 + 2 + \cdots + n)^m"
    )
    assert plain(nested.formula) == "Sum(Sum(i, (i, 1, n))^j, (j, 1, m))"


def test_a_function_at_numbers_is_applied() -> None:
    assert plain(read(r"f(1) + f(2) + \cdots + f(n)").formula) == "Sum(f(i), (i, 1, n))"
    assert plain(read(r"f(1) + f(2)").formula) == "f*1 + f*2"
    given = read_given("f: real")
    assert plain(read("f(1) + f(2) + ... + f(n)", given).formula) == "Sum(f*i, (i, 1, n))"


def test_declared_names_are_no_members() -> None:
    given = read_given("x_1, x_2, x_n: real")
    with pytest.raises(ParseError) as caught:
        read("x_1 + x_2 + ... + x_n", given)
    assert caught.value.code == "dots"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (r"1 + 2 + \cdots + n", "n(n+1)/2"),
        (r"1 + 3 + 5 + \cdots + (2n-1)", "n^2"),
        (r"\frac{x_1 + x_2 + \cdots + x_m}{m}", "Sum(x[i], (i, 1, m))/m"),
        (r"s_1 s_2 \cdots s_{L-1}", "Prod(s[m], (m, 1, L-1))"),
    ],
)
def test_what_is_read_is_what_is_meant(text: str, other: str) -> None:
    given = "n, m, L: positive integer; x, s: indexed real"
    assert verify(text, against=other, given=given).kind == "proved"
    assert verify(text, against=other + " + 1", given=given).kind == "refuted"


def test_unicode_and_periods_are_dots_too() -> None:
    formulas = {read(f"1 + 2 + {dots} + n").formula for dots in ("...", "…", "⋯")}
    assert formulas == {read(r"1 + 2 + \ldots + n").formula}


def test_dots_in_a_column_stand_for_entries() -> None:
    column = r"\begin{bmatrix} x_1 \\ x_2 \\ \vdots \\ x_n \end{bmatrix}"
    given = "n: positive integer; x: indexed real"
    assert verify(column, against="Array((n, 1), (i, j), x[i + 1])", given=given).kind == "proved"
    assert verify(column, against="Array((n, 1), (i, j), x[i])", given=given).kind == "refuted"
    three = verify(
        column, against=r"\begin{bmatrix} x_1 \\ x_2 \\ x_3 \end{bmatrix}", given=given + "; n = 3"
    )
    assert three.kind == "proved"
