"""Exact quotients as indices and supports as brackets, each beside what only looks like it."""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved, Refuted, Undecided
from symcnn.formula.domains import Given
from symcnn.formula.plain import plain
from symcnn.prover.quotients import with_indices
from symcnn.prover.supports import within_supports
from symcnn.reading import read
from tests.prover.ask import facts
from tests.prover.identities import lines, verdict_on

_STRIDE = "g, w: indexed real; m: integer; K, S: positive integer"
_CONVOLUTION = "n: positive integer; x: indexed real support 0..n-1; w: indexed real; k: integer"
_TAP = "w[j]*g[(m-j)/S]*Bracket(S divides m-j)"
_GRID = "X: indexed by 2 real support 0..3 x 0..4"
EQUAL = f"""
{_STRIDE} | Bracket(S divides m)*g[m/S] | Sum(g[i]*Bracket(S*i = m), i)
{_STRIDE} | Bracket(S divides m)*g[m/S]*w[0] | Sum(g[i]*w[0]*Bracket(m - S*i = 0), i)
{_STRIDE} | Bracket(2 divides m)*g[m/2] | Sum(g[i]*Bracket(2*i = m), i)
{_STRIDE} | Sum({_TAP}, (j,0,K-1)) | Sum(Sum(g[i]*w[j]*Bracket(S*i+j = m), i), (j,0,K-1))
{_CONVOLUTION} | Sum(x[i]*w[k-i], i) | Sum(x[i]*w[k-i], (i, -3, n+2))
{_CONVOLUTION} | Sum(x[i], (i, 0, n)) | Sum(x[i], (i, 0, n-1))
{_CONVOLUTION} | Sum(x[k-i]*w[i], i) | Sum(x[i]*w[k-i], (i, 0, n-1))
x, w: indexed real support 0..3; k: integer | Sum(x[i]*w[i+k], i) | Sum(x[i]*w[i+k], (i, 0, 3))
{_GRID} | Sum(Sum(X[i,j], i), j) | Sum(Sum(X[i,j], (i,0,3)), (j,0,4))
x: indexed real support 0..3 | Sum(x[i], i) | x[0] + x[1] + x[2] + x[3]
"""
NEAR_MISSES = f"""
{_STRIDE} | Bracket(S divides m)*g[m/S] | Sum(g[i]*Bracket(S*i = m+1), i)
{_STRIDE} | Bracket(S divides m)*g[m/S] | g[0]
{_STRIDE} | Bracket(2 divides m)*g[m/2] | Sum(g[i]*Bracket(3*i = m), i)
{_CONVOLUTION} | Sum(x[i]*w[k-i], i) | Sum(x[i]*w[k-i], (i, 0, n-2))
{_CONVOLUTION} | Sum(x[i], (i, 0, n)) | Sum(x[i], (i, 1, n-1))
x, w: indexed real support 0..3; k: integer | Sum(x[i]*w[i+k], i) | Sum(x[i]*w[i+k], (i, 0, 2))
{_GRID} | Sum(Sum(X[i,j], i), j) | Sum(Sum(X[i,j], (i,0,4)), (j,0,3))
x: indexed real support 0..3 | Sum(x[i], i) | x[1] + x[2] + x[3]
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    assert isinstance(verdict_on(line), Refuted)


def test_a_divisor_that_may_be_zero_has_no_index() -> None:
    """0 divides 0, and g[0/0] has no value there, while every index satisfies 0 = 0*i."""
    text = "Bracket(S divides m)*g[m/S]"
    granted = "g: indexed real; m, S: integer"
    formula = read(text).formula
    assert with_indices(formula, facts(granted, text)) == formula
    line = f"{granted} | {text} | Sum(g[i]*Bracket(S*i = m), i)"
    assert isinstance(verdict_on(line), Refuted | Undecided)


def test_a_divisor_that_a_sum_varies_has_no_index() -> None:
    text = "Sum(Bracket(S divides m)*g[m/S], (S, 0, 3))"
    formula = read(text).formula
    assert (
        with_indices(formula, facts("g: indexed real; m: integer; S: positive integer", text))
        == formula
    )


def test_a_quotient_by_another_divisor_stays() -> None:
    text = "Bracket(S divides m)*g[m/D]"
    formula = read(text).formula
    assert (
        with_indices(formula, facts("g: indexed real; S, D: positive integer; m: integer", text))
        == formula
    )


def test_a_bound_variable_with_the_name_of_an_end_is_noticed() -> None:
    """Inside of the sum n is not the n of the support."""
    granted = "n: positive integer; x: indexed real support 0..n-1"
    assert isinstance(
        verdict_on(f"{granted} | Sum(x[n], (n, 0, 5)) | Sum(x[i], (i, 0, 5))"), Proved
    )
    wrong = verdict_on(f"{granted} | Sum(x[n], (n, 0, 5)) | Sum(x[i], (i, 0, 4))")
    assert isinstance(wrong, Refuted)


def test_families_without_support_are_left_alone() -> None:
    formula = read("x[k]").formula
    assert plain(within_supports(formula, facts("x: indexed real", "x[k]"))) == "x[k]"
    assert within_supports(formula, facts("", "x[k]")) == formula
    assert Given().domain("x") is None
