"""Running statistics without a momentum, and instance normalisation on one axis."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Index, Symbol
from symcnn.layers import BatchNorm1d, InstanceNorm1d
from tests.layers.values import at, numbers, onnx_run, proved, refuted

PLAIN = BatchNorm1d(batch_size=4, momentum=None)
EPS = Fraction(1, 8)


def test_without_momentum_every_batch_counts_the_same() -> None:
    seen = numbers(5)
    running = Fraction(100)
    for t in range(1, 6):
        running = at(PLAIN.moved(running, seen[t - 1], batch=t))
        assert running == sum(seen[:t]) / Fraction(t)


def test_its_closed_form_takes_the_step_of_the_rule() -> None:
    t = Symbol("t")

    def average(steps: object) -> object:
        return PLAIN.moving_average(steps, 0, lambda r: Index("s", (r,)))  # type: ignore[arg-type]

    given = "s: indexed real; t: positive integer"
    step = PLAIN.moved(average(t), Index("s", (t + 1,)), batch=t + 1)  # type: ignore[arg-type]
    assert proved(average(t + 1), step, given)
    wrong = PLAIN.moved(average(t), Index("s", (t + 1,)), batch=t)  # type: ignore[arg-type]
    assert refuted(average(t + 1), wrong, given)


def test_the_number_of_the_batch_is_needed() -> None:
    with pytest.raises(AuthorError, match="BatchNorm1d: momentum is None, so that the weight"):
        PLAIN.running_mean(0, 0)
    with pytest.raises(AuthorError, match="batch is 0"):
        PLAIN.running_variance(0, 0, batch=0)


def test_instance_normalisation_by_onnx() -> None:
    x, gamma, beta = numbers(3, 5), numbers(3, seed=2), numbers(3, seed=4)
    layer = InstanceNorm1d(num_features=3, length=5, eps=EPS, affine=True)
    feeds = {"x": x[None], "s": gamma, "b": beta}
    theirs = onnx_run("InstanceNormalization", feeds, epsilon=float(EPS))[0]
    variance = np.array([[v / Fraction(1)] for v in x.var(axis=1)])
    for c, p in np.ndindex(3, 5):
        square = at(layer.variance((c, p)), x=x)
        assert square == variance[c, 0]
        exact = float(gamma[c] * (x[c, p] - x[c].mean())) / float(square + EPS) ** 0.5
        assert np.isclose(exact + float(beta[c]), theirs[c, p], rtol=1e-12)


def test_its_jacobian_is_that_of_its_rule() -> None:
    layer = InstanceNorm1d(num_features=Symbol("C"), length=Symbol("m"), eps=Symbol("epsilon"))
    here, there = (Symbol("c"), Symbol("l")), (Symbol("d"), Symbol("k"))
    given = (
        "x: indexed real; C, m: positive integer; c, l, d, k: integer; epsilon > 0; "
        "0 <= c; c < C; 0 <= d; d < C; 0 <= l; l < m; 0 <= k; k < m"
    )
    assert proved(layer.input_jacobian(here, there), layer.jacobian(here, there), given)
