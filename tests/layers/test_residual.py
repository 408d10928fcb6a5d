"""Residual blocks: factored Jacobians, order of factors, paths; each against another definition."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Add, Formula, Mul, Sum, Symbol, formula
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Polynomial
from symcnn.layers.residual import (
    ResidualBlock,
    diagonal,
    identity,
    path_expansion,
    paths,
    stack_jacobian,
)
from tests.layers.reals import judged
from tests.layers.values import family, numbers

n, k = Symbol("n"), Symbol("k")
SIZES = "n, k: positive integer; w, v, x: indexed real"
BRANCHES = [Symbol(f"A_{number}") for number in (1, 2, 3)]
MATRICES = "n: positive integer; A_1, A_2, A_3: matrix n x n"
CUBIC = Polynomial((Fraction(1), Fraction(2), Fraction(0), Fraction(1)))  # 1 + 2t + t^3


def matrix(formula: Formula, **names: Any) -> Any:
    value = evaluate(formula, names)
    assert isinstance(value, ArrayValue), value
    return np.array(value.entries, dtype=object).reshape(value.shape)


@pytest.mark.parametrize("after", ["", "psi"], ids=["pre-activation", "activation after the sum"])
@pytest.mark.parametrize("skip", [True, False], ids=["shortcut", "plain"])
def test_factored_jacobian_for_every_size(after: str, skip: bool) -> None:
    block = ResidualBlock(width=n, hidden=k, after=after, skip=skip)
    assert judged(block.input_jacobian(), block.jacobian(), SIZES) == "proved"


def test_near_misses_of_the_factors() -> None:
    block = ResidualBlock(width=n, hidden=k)
    v, d, w = block.factors()
    turned = Add((identity(n), Mul((w.T, d, v.T))))
    assert judged(turned, block.jacobian(), SIZES) == "refuted"
    assert judged(Mul((v, d, w)), block.jacobian(), SIZES) == "refuted"
    late = ResidualBlock(width=n, hidden=k, after="psi")
    assert judged(block.input_jacobian(), late.jacobian(), SIZES) == "refuted"


@pytest.mark.parametrize("after", ["", "psi"])
def test_jacobian_in_numbers(after: str) -> None:
    block = ResidualBlock(width=3, hidden=2, after=after)
    w, v, x = numbers(2, 3), numbers(3, 2, seed=2), numbers(3, seed=3)
    names: dict[str, Any] = {"w": family(w), "v": family(v), "x": family(x), "phi": CUBIC}
    inner = w @ x
    merged = x + v @ (1 + 2 * inner + inner**3)
    right = np.eye(3, dtype=int) + v @ np.diag(2 + 3 * inner**2) @ w
    if after:
        names["psi"] = CUBIC
        right = np.diag(2 + 3 * merged**2) @ right
    assert matrix(block.jacobian(), **names).tolist() == right.tolist()
    assert matrix(block.input_jacobian(), **names).tolist() == right.tolist()
    values = 1 + 2 * merged + merged**3 if after else merged
    assert matrix(block.output(), **names).tolist() == values.tolist()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_stack_is_the_sum_over_its_paths(count: int) -> None:
    chosen = BRANCHES[:count]
    whole, expanded = stack_jacobian(chosen, n), path_expansion(chosen, n)
    assert isinstance(expanded, Add) and len(expanded.args) == 2**count
    assert judged(whole, expanded, MATRICES) == "proved"


def test_blocks_do_not_commute() -> None:
    forward, backward = stack_jacobian(BRANCHES[:2], n), stack_jacobian(BRANCHES[1::-1], n)
    assert judged(forward, backward, MATRICES) == "refuted"
    lossy = Add(path_expansion(BRANCHES[:2], n).args[:3])  # type: ignore[attr-defined]
    assert judged(lossy, stack_jacobian(BRANCHES[:2], n), MATRICES) == "refuted"


def test_paths_are_counted() -> None:
    for blocks in range(6):
        total = Sum(paths(blocks, Symbol("r")), "r", formula(0), formula(blocks))
        assert evaluate(total, {}) == evaluate(paths(blocks), {}) == 2**blocks


def test_diagonals() -> None:
    found = matrix(diagonal(2, Symbol("r") + 5))
    assert found.tolist() == [[5, 0], [0, 6]]


def test_impossible_blocks() -> None:
    with pytest.raises(AuthorError, match="hidden is 0"):
        ResidualBlock(width=1, hidden=0)
    with pytest.raises(AuthorError, match="at least one block"):
        stack_jacobian([], 3)
