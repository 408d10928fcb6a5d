"""The factored Jacobian of a residual block against its program, small steps, and SymPy."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import Family
from symcnn.layers import LinearMap
from symcnn.layers.axis import Axis
from symcnn.layers.index_table import Channels, Factor
from symcnn.layers.members import Members
from symcnn.layers.residual_jacobian import ResidualJacobian
from symcnn.layers.same_entries import DifferentEntries, SameEntries, same_entries


def mapped(name: str, *factors: Factor) -> LinearMap:
    shape = tuple(factor.sizes[2] for factor in factors)
    return LinearMap.separable(factors, weights=Members(name, shape))


def dense(size: int, hidden: int) -> ResidualJacobian:
    return ResidualJacobian(
        mapped("W", Channels(hidden, size)), mapped("V", Channels(size, hidden))
    )


SAME = Axis(outputs=5, inputs=5, taps=3, padding=1)
BLOCKS = {
    "dense": dense(3, 4),
    "1-D convolutions": ResidualJacobian(mapped("W", SAME), mapped("V", SAME)),
    "2-D convolutions": ResidualJacobian(mapped("W", SAME, SAME), mapped("V", SAME, SAME)),
    "one neuron": dense(1, 1),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_the_closed_form_is_the_tangent_of_the_program(block: ResidualJacobian) -> None:
    found = block.proof()
    assert isinstance(found, SameEntries)
    assert found.entries == block.shape[0]
    assert found.replay(block.times_direction(), block.tangent())


def test_paths_are_counted() -> None:
    found = dense(16, 16).proof()
    assert isinstance(found, SameEntries)
    assert found.monomials == 16**3 + 16


@pytest.mark.parametrize("block", [BLOCKS["dense"], BLOCKS["1-D convolutions"]])
def test_near_misses_are_refuted(block: ResidualJacobian) -> None:
    direction = block.ring().variables(4)
    activated = (block.first @ direction).scaled(2)
    without_skip = (block.second @ activated).scaled(0)
    without_outer = direction + block.second @ activated
    for wrong in (without_skip, without_outer, direction.scaled(0)):
        assert isinstance(same_entries(wrong, block.tangent()), DifferentEntries)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(BLOCKS)), st.randoms(use_true_random=False))
def test_numbers_are_what_a_small_step_shows(name: str, random: Any) -> None:
    block = BLOCKS[name]
    first, second = (
        np.array([Fraction(random.randint(-4, 4)) for _ in range(each.weights.size)], object)
        for each in (block.first, block.second)
    )
    x = np.array([Fraction(random.choice([-3, -2, -1, 1, 2, 5])) for _ in range(block.shape[1])])

    def program(inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        hidden = block.first.apply(first, inputs)
        return relu(inputs + block.second.apply(second, relu(hidden)))

    hidden = block.first.apply(first, x)
    outputs = x + block.second.apply(second, relu(hidden))
    jacobian = block.at(first, second, x)
    gates = {
        "d": family(hidden > 0), "e": family(outputs > 0),
        "W": shaped(block.first, first), "V": shaped(block.second, second),
    }  # fmt: skip
    for i in range(block.shape[0]):
        assert evaluate(block.entry(i, 0), gates) == jacobian[i, 0]
    if (hidden == 0).any() or (outputs == 0).any():
        return
    step = Fraction(1, 10**9)
    for j in range(0, block.shape[1], 2):
        moved = x.copy()
        moved[j] += step
        assert ((program(moved) - program(x)) / step == jacobian[:, j]).all()


def relu(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.array([max(each, Fraction(0)) for each in values.tolist()], object)


def family(values: Any) -> Family:
    return Family({place: Fraction(int(each)) for place, each in np.ndenumerate(values)})


def shaped(matrix: LinearMap, values: Any) -> Family:
    assert isinstance(matrix.weights, Members)
    return family(np.asarray(values).reshape(matrix.weights.shape))


def test_a_tie_has_derivative_zero() -> None:
    assert dense(1, 1).at([1], [1], [0]).tolist() == [[0]]
    assert dense(2, 1).at([1, -1], [0, 0], [1, 1]).tolist() == [[1, 0], [0, 1]]


def test_sympy_finds_the_same() -> None:
    import sympy

    size = 3
    W, V = (sympy.Matrix(size, size, lambda a, b, k=k: (a * 7 + b * 5 + k) % 9 - 4) for k in (2, 5))
    x = sympy.symbols("x:3", real=True)
    inner = (W * sympy.Matrix(x)).applyfunc(lambda u: sympy.Max(u, 0))
    outputs = (sympy.Matrix(x) + V * inner).applyfunc(lambda u: sympy.Max(u, 0))
    jacobian = outputs.jacobian(x)
    for point in ((1, 2, 3), (-1, 2, 5), (3, -2, 1)):
        theirs = jacobian.subs(dict(zip(x, point, strict=True)))
        ours = dense(size, size).at([int(w) for w in W], [int(v) for v in V], point)
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: replace(dense(2, 3), second=mapped("V", Channels(3, 2))), r"needs \(2, 3\)"),
        (lambda: replace(dense(2, 3), inner="W"), "are called W"),
        (lambda: dense(2, 3).entry(0, 2), r"no entry \(0, 2\)"),
        (lambda: dense(2, 3).at([1], [1], [1, 2]), "6 weights"),
    ],
)
def test_what_does_not_fit_is_said(wrong: Any, message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        wrong()
