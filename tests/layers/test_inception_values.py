"""The values of an Inception module: plain loops and ONNX's reference evaluator, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers.inception import Inception
from tests.layers import chains, loops
from tests.layers.values import at, onnx_run

MODULE = Inception(
    in_channels=2, ch1x1=2, ch3x3red=2, ch3x3=1, ch5x5red=1, ch5x5=2, pool_proj=1, input_size=(3, 4)
)
SHAPES = {
    "W1": (2, 2, 1, 1),
    "R3": (2, 2, 1, 1),
    "W3": (1, 2, 3, 3),
    "R5": (1, 2, 1, 1),
    "W5": (2, 1, 5, 5),
    "WP": (1, 2, 1, 1),
}
WEIGHTS = {name: chains.whole_numbers(*SHAPES[name], seed=k) for k, name in enumerate(SHAPES)}
X = chains.whole_numbers(2, 3, 4, seed=9)


def same(x: Any, w: Any) -> Any:
    """A convolution that keeps the size, and ReLU, by loops."""
    pad = (w.shape[-1] // 2,) * 2
    return np.maximum(loops.conv(x, w, (1, 1), pad, (1, 1), 1), 0)


def greatest(x: Any) -> Any:
    """3x3 maxima around each position, the window cut at the border, by loops."""
    y = x.copy()
    for c, i, j in np.ndindex(x.shape):
        y[c, i, j] = x[c, max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].max()
    return y


def by_loops(w: dict[str, Any]) -> Any:
    middle, large = same(same(X, w["R3"]), w["W3"]), same(same(X, w["R5"]), w["W5"])
    return np.concatenate([same(X, w["W1"]), middle, large, same(greatest(X), w["WP"])])


def by_onnx(w: dict[str, Any]) -> Any:
    def step(x: Any, name: str) -> Any:
        return chains.relu(chains.conv(x, w[name], pads=[w[name].shape[-1] // 2] * 4))

    pooled = onnx_run("MaxPool", {"x": X[None]}, kernel_shape=[3, 3], pads=[1] * 4)[0]
    middle, large = step(step(X, "R3"), "W3"), step(step(X, "R5"), "W5")
    return chains.join(step(X, "W1"), middle, large, step(pooled, "WP"))


def test_a_module_by_loops_and_by_onnx() -> None:
    expected = by_loops(WEIGHTS)
    assert expected.shape == (6, 3, 4)
    assert (expected > 0).any(axis=(1, 2)).all()
    assert (by_onnx(WEIGHTS) == expected).all()
    for f, p, q in np.ndindex(expected.shape):
        assert at(MODULE.forward(f, p, q), x=X, **WEIGHTS) == expected[f, p, q], (f, p, q)


def test_a_channel_that_is_a_symbol_is_told_by_cases() -> None:
    expected = by_loops(WEIGHTS)
    value = MODULE.forward(Symbol("f"), 1, 2)
    found = [at(value, x=X, f=Fraction(f), **WEIGHTS) for f in range(6)]
    assert found == expected[:, 1, 2].tolist()


def test_branches_joined_in_another_order_differ() -> None:
    swapped = by_loops(WEIGHTS)[[0, 1, 3, 4, 2, 5]]
    assert any(at(MODULE.forward(f, 1, 2), x=X, **WEIGHTS) != swapped[f, 1, 2] for f in range(6))


@pytest.mark.parametrize("f", [-1, 6])
def test_a_channel_outside(f: int) -> None:
    with pytest.raises(AuthorError, match=f"channel {f} is outside 0 .. 5"):
        MODULE.forward(f, 0, 0)


def test_a_pooling_window_is_written_out() -> None:
    with pytest.raises(AuthorError, match="needs a number, not a symbol"):
        MODULE.forward(5, Symbol("p"), 0)
