"""Bounds of gradients: proved, attained, and what |W| < 1 - eps does not give."""

from __future__ import annotations

from typing import Any

import pytest

from symcnn.claims import Equation, Limit, Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Formula, Symbol, formula
from symcnn.layers.gradient_bounds import (
    branch_norm,
    plain_upper,
    residual_lower,
    residual_upper,
    row_sum,
    scalar_factor,
)
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.layers.values import at, numbers

w, v, d, eps, L = (Symbol(name) for name in ("w", "v", "d", "eps", "L"))


def relation(op: str, lhs: Any, rhs: Any, given: str) -> Any:
    return decide(Relation(Compare(op, lhs, rhs)), read_given(given))


def test_a_residual_factor_lies_between_its_bounds() -> None:
    factor = scalar_factor(v, w, d)
    assert isinstance(relation(">=", factor, 1, "v, w: nonnegative real; d: real in [0,1]"), Proved)
    assert isinstance(relation(">=", factor, 1, "v, w: real; d: real in [0,1]"), Refuted)


@pytest.mark.parametrize("sign", [1, -1])
def test_bounds_are_attained(sign: int) -> None:
    branch = Symbol("c")
    block = 1 + sign * branch
    bound = residual_upper(1, branch) if sign == 1 else residual_lower(1, branch)
    found = decide(Equation(block, bound), read_given("c: real in [0,1]"))
    assert isinstance(found, Proved)


def test_a_branch_can_cancel_its_shortcut() -> None:
    assert at(scalar_factor(-2, formula(1) / 2, 1)) == 0


def limit(body: Formula, to: int, given: str) -> Any:
    statement = Limit(body, "L", Call("infinity", ()), formula(to))
    return decide(statement, read_given(given))


def test_what_vanishes() -> None:
    deep = "L: positive integer; eps: real in (0,1)"
    assert isinstance(limit(plain_upper(L, 1 - eps), 0, deep), Proved)
    below_one = relation("<", branch_norm(1 - eps, 1 - eps), 1, "eps: real in (0,1)")
    assert isinstance(below_one, Proved)
    lower = residual_lower(L, Symbol("c"))
    assert isinstance(limit(lower, 0, "L: positive integer; c: real in (0,1)"), Proved)
    at_two = plain_upper(L, 2)
    assert not isinstance(limit(at_two, 0, "L: positive integer"), Proved)


def test_one_sided_bound_gives_nothing() -> None:
    given = "w: real; w < 1 - eps; eps: real in (0,1)"
    assert isinstance(relation("<", Call("abs", (w,)), 1, given), Refuted)
    assert isinstance(relation("<", w, 1, given), Proved)


def test_row_sums() -> None:
    a = numbers(2, 3)
    for row in range(2):
        assert at(row_sum("A", row, 3), A=a) == sum(abs(value) for value in a[row])


def test_what_is_refused() -> None:
    with pytest.raises(AuthorError, match="can cancel its shortcut"):
        residual_lower(4, 2)
    with pytest.raises(AuthorError, match="a norm is -1"):
        plain_upper(4, -1)
