"""Normalisations against plain loops, ONNX and small steps; what they refuse; zero variance."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import Undefined
from symcnn.layers.batch_norm import BatchNorm1d, BatchNorm2d
from symcnn.layers.group_norm import GroupNorm
from symcnn.layers.instance_norm import InstanceNorm2d
from symcnn.layers.layer_norm import LayerNorm
from symcnn.layers.normalisation import Normalisation
from tests import oracles
from tests.layers.reals import real
from tests.layers.values import family, numbers, onnx_run

EPS = Fraction(1, 8)
SHAPE = (2, 4, 2, 3)


def standardised(values: Any, eps: Fraction = EPS) -> Any:
    """One pool by NumPy: biased variance."""
    pool = np.asarray(values, float)
    return (pool - pool.mean()) / np.sqrt(pool.var() + float(eps))


def looped(x: Any, pools: list[Any], gamma: Any, beta: Any) -> Any:
    """Every pool (an index of the array) standardised on its own, then scaled by channel."""
    found = np.zeros(x.shape)
    for pool in pools:
        found[pool] = standardised(x[pool])
    return found * np.asarray(gamma, float) + np.asarray(beta, float)


def by_channel(values: Any) -> Any:
    return np.asarray(values, float)[:, None, None]


def test_batch_norm_2d_takes_each_channel_over_samples_and_positions() -> None:
    n, c, h, w = SHAPE
    layer = BatchNorm2d(batch_size=n, num_features=c, height=h, width=w, eps=EPS)
    x, gamma, beta = numbers(*SHAPE), numbers(c, seed=2), numbers(c, seed=3)
    ours = real(layer.output(), x=x, gamma=gamma, beta=beta)
    pools = [np.s_[:, k] for k in range(c)]
    loops = looped(x, pools, by_channel(gamma), by_channel(beta))
    assert np.allclose(ours, loops, rtol=1e-12)
    plain_loops = [oracles.batch_norm(np.asarray(x[:, k], float), eps=float(EPS)) for k in range(c)]
    bare = np.stack(plain_loops, axis=1) * by_channel(gamma) + by_channel(beta)
    assert np.allclose(ours, bare, rtol=1e-12)
    assert np.allclose(ours, batch_norm_by_onnx(x, gamma, beta)[0], rtol=1e-12)


def batch_norm_by_onnx(x: Any, gamma: Any, beta: Any, momentum: float = 0.75) -> Any:
    """y, running mean and running variance of ONNX's training mode, from 0 and 1."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    c = np.shape(x)[1]
    names = ("x", "scale", "b", "mean", "var")
    inputs = [helper.make_tensor_value_info(k, TensorProto.DOUBLE, None) for k in names]
    outputs = [helper.make_tensor_value_info(k, TensorProto.DOUBLE, None) for k in ("y", "m", "v")]
    node = helper.make_node(
        "BatchNormalization", list(names), ["y", "m", "v"], epsilon=float(EPS), momentum=momentum,
        training_mode=1,
    )  # fmt: skip
    model = helper.make_model(
        helper.make_graph([node], "layer", inputs, outputs),
        opset_imports=[helper.make_opsetid("", 15)], ir_version=10,
    )  # fmt: skip
    feeds = [x, gamma, beta, np.zeros(c), np.ones(c)]
    arrays = {k: np.asarray(v, float) for k, v in zip(names, feeds, strict=True)}
    return ReferenceEvaluator(model).run(None, arrays)


def test_onnx_moves_towards_the_biased_variance() -> None:
    """A gap of the oracle: PyTorch stores the unbiased variance, ONNX the biased one."""
    n, c, h, w = SHAPE
    layer = BatchNorm2d(batch_size=n, num_features=c, height=h, width=w, eps=EPS,
                        momentum=Fraction(1, 4))  # fmt: skip
    x = numbers(*SHAPE)
    _, mean, variance = batch_norm_by_onnx(x, np.ones(c), np.zeros(c))
    for k in range(c):
        at = (0, k, 0, 0)
        assert np.isclose(real(layer.running_mean(at, 0), x=x), mean[k], rtol=1e-12)
        biased = layer.running_variance(at, 1, unbiased=False)
        assert np.isclose(real(biased, x=x), variance[k], rtol=1e-12)
        stored = real(layer.running_variance(at, 1), x=x)
        seen, theirs = (stored - 0.75) / 0.25, (variance[k] - 0.75) / 0.25
        assert np.isclose(seen / theirs, 12 / 11, rtol=1e-9)


@pytest.mark.parametrize("length", [None, 3], ids=["(N, C)", "(N, C, L)"])
def test_batch_norm_1d(length: int | None) -> None:
    shape = (5, 2) if length is None else (5, 2, length)
    layer = BatchNorm1d(batch_size=5, num_features=2, length=length, eps=EPS)
    x, gamma, beta = numbers(*shape), numbers(2, seed=2), numbers(2, seed=5)
    theirs = batch_norm_by_onnx(x, gamma, beta)[0]
    assert np.allclose(real(layer.output(), x=x, gamma=gamma, beta=beta), theirs, rtol=1e-12)


def test_one_feature_is_the_same_layer_without_its_index() -> None:
    x = numbers(6)
    one = real(BatchNorm1d(batch_size=6, eps=EPS, affine=False).output(), x=x)
    wide = BatchNorm1d(batch_size=6, num_features=1, eps=EPS, affine=False)
    assert np.allclose(one, real(wide.output(), x=x[:, None])[:, 0], rtol=1e-14)
    assert np.allclose(one, standardised(x), rtol=1e-12)


def test_layer_norm() -> None:
    layer = LayerNorm(normalized_shape=5, batch_size=3, eps=EPS)
    x, gamma, beta = numbers(3, 5), numbers(5, seed=2), numbers(5, seed=3)
    ours = real(layer.output(), x=x, gamma=gamma, beta=beta)
    assert np.allclose(ours, looped(x, [np.s_[k] for k in range(3)], gamma, beta), rtol=1e-12)
    feeds = {"x": x, "scale": gamma, "b": beta}
    theirs = onnx_run("LayerNormalization", feeds, axis=-1, epsilon=float(EPS))
    assert np.allclose(ours, theirs, rtol=1e-12)


def test_instance_norm() -> None:
    layer = InstanceNorm2d(num_features=3, height=2, width=4, eps=EPS, affine=True)
    x, gamma, beta = numbers(3, 2, 4), numbers(3, seed=2), numbers(3, seed=3)
    ours = real(layer.output(), x=x, gamma=gamma, beta=beta)
    pools = [np.s_[k] for k in range(3)]
    assert np.allclose(ours, looped(x, pools, by_channel(gamma), by_channel(beta)), rtol=1e-12)
    feeds = {"x": x[None], "scale": gamma, "b": beta}
    theirs = onnx_run("InstanceNormalization", feeds, epsilon=float(EPS))
    assert np.allclose(ours, theirs[0], rtol=1e-12)


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_group_norm(groups: int) -> None:
    layer = GroupNorm(num_groups=groups, num_channels=4, height=2, width=3, eps=EPS)
    x, gamma, beta = numbers(4, 2, 3), numbers(4, seed=2), numbers(4, seed=3)
    ours = real(layer.output(), x=x, gamma=gamma, beta=beta)
    size = 4 // groups
    pools = [np.s_[size * k : size * (k + 1)] for k in range(groups)]
    assert np.allclose(ours, looped(x, pools, by_channel(gamma), by_channel(beta)), rtol=1e-12)
    if groups == 4:
        same = InstanceNorm2d(num_features=4, height=2, width=3, eps=EPS, affine=True)
        assert np.allclose(ours, real(same.output(), x=x, gamma=gamma, beta=beta), rtol=1e-14)


def test_onnx_normalises_groups_in_single_precision() -> None:
    """A gap of the oracle: its stash type is float32, so that it is off by about 1e-7."""
    layer = GroupNorm(num_groups=2, num_channels=4, height=2, width=3, eps=EPS)
    x = numbers(4, 2, 3)
    feeds = {"x": x[None], "scale": np.ones(4), "b": np.zeros(4)}
    theirs = onnx_run("GroupNormalization", feeds, num_groups=2, epsilon=float(EPS))[0]
    ours = real(layer.output(), x=x, gamma=np.array([1] * 4), beta=np.array([0] * 4))
    assert np.abs(ours - theirs).max() < 1e-5
    assert not np.allclose(ours, theirs, rtol=1e-9, atol=1e-9)


LAYERS: dict[str, tuple[Normalisation, tuple[int, ...]]] = {
    "batch, one feature": (BatchNorm1d(batch_size=4, eps=EPS), (4,)),
    "batch, two features": (BatchNorm1d(batch_size=3, num_features=2, eps=EPS), (3, 2)),
    "layer": (LayerNorm(normalized_shape=4, eps=EPS), (4,)),
    "group": (GroupNorm(num_groups=2, num_channels=4, width=1, eps=EPS), (4, 1, 1)),
    "instance": (InstanceNorm2d(num_features=2, height=1, width=3, eps=EPS), (2, 1, 3)),
}


@pytest.mark.parametrize(("layer", "shape"), LAYERS.values(), ids=LAYERS)
def test_jacobian_is_the_derivative_and_what_small_steps_find(
    layer: Normalisation, shape: tuple[int, ...]
) -> None:
    x = numbers(*shape)
    places = list(np.ndindex(shape))
    channels = max(shape)
    named = {"gamma": numbers(channels, seed=2), "beta": numbers(channels, seed=3)}
    if isinstance(layer, BatchNorm1d) and layer.num_features is None:
        named = {"gamma": Fraction(5, 3), "beta": Fraction(1)}
    step = Fraction(1, 10**6)
    upstream = numbers(*shape, seed=4)
    gradient = np.zeros(len(places))
    for column, by in enumerate(places):
        moved = {sign: x.copy() for sign in (1, -1)}
        for sign, values in moved.items():
            values[by] += sign * step
        for at in places:
            closed = real(layer.jacobian(at, by), x=x, **named)
            assert np.isclose(real(layer.input_jacobian(at, by), x=x, **named), closed, rtol=1e-12)
            ends = [real(layer.forward(at), x=moved[sign], **named) for sign in (1, -1)]
            assert np.isclose((ends[0] - ends[1]) / (2 * float(step)), closed, atol=1e-8)
            gradient[column] += closed * float(upstream[at])
        found = real(layer.input_gradient(by), x=x, dL_dy=upstream, **named)
        assert np.isclose(found, gradient[column], rtol=1e-10)


def test_constant_input() -> None:
    """Without eps there is no value; with it, the shift."""
    same = family([Fraction(7, 2)] * 3)
    point: dict[str, Any] = {"x": same, "gamma": Fraction(2), "beta": Fraction(5)}
    bare = BatchNorm1d(batch_size=3, eps=0).forward(0)
    assert isinstance(evaluate(bare, point), Undefined)
    assert evaluate(BatchNorm1d(batch_size=3, eps=Fraction(1, 4)).forward(0), point) == 5
    one = BatchNorm1d(batch_size=1, eps=0).forward(0)
    assert isinstance(evaluate(one, point), Undefined)


def test_moving_average_is_the_recursion() -> None:
    layer = BatchNorm1d(batch_size=2, momentum=Fraction(1, 5))
    running = Fraction(3)
    for t in range(5):
        closed = layer.moving_average(t, 3, lambda step: step)
        assert evaluate(closed, {}) == running
        running = Fraction(4, 5) * running + Fraction(1, 5) * (t + 1)
    assert evaluate(layer.moved(3, 8), {}) == 4


def test_what_is_counted() -> None:
    layer = BatchNorm2d(batch_size=8, num_features=16, height=4, width=4)
    assert evaluate(layer.parameters(), {}) == 32
    assert evaluate(layer.pool_size(), {}) == 128
    assert evaluate(InstanceNorm2d(num_features=3, height=2, width=2).parameters(), {}) == 0
    assert evaluate(LayerNorm(normalized_shape=7).parameters(), {}) == 14


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: BatchNorm1d(batch_size=0), "batch_size is 0"),
        (lambda: BatchNorm1d(batch_size=4, eps=-1), "eps is -1"),
        (lambda: BatchNorm1d(batch_size=4, momentum=2), "momentum is 2"),
        (lambda: BatchNorm1d(batch_size=4, length=3), "needs num_features"),
        (lambda: GroupNorm(num_groups=4, num_channels=6), "4 does not divide 6"),
        (lambda: LayerNorm(normalized_shape=0), "normalized_shape is 0"),
        (lambda: BatchNorm1d(batch_size=4).forward((0, 1)), "2 indices, but the input has 1"),
    ],
)
def test_impossible_layers_say_why(build: Any, message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        build()
