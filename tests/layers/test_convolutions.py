"""Conv1d and ConvTranspose1d against plain loops, ONNX and SymPy, over geometries with reasons."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from symcnn.errors import AuthorError
from symcnn.formula import Array
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Family
from symcnn.layers import Conv1d, ConvTranspose1d
from tests import oracles

GEOMETRIES = {
    "the smallest": (1, 1, 1, 0, 1),
    "the question's own, padded": (4, 3, 1, 1, 1),
    "the question's own, bare": (6, 3, 1, 0, 1),
    "stride does not divide the span": (6, 3, 2, 0, 1),
    "stride divides the span": (7, 3, 2, 0, 1),
    "dilation with stride": (9, 3, 2, 1, 2),
    "padding larger than the kernel": (3, 2, 1, 3, 1),
    "kernel of one tap": (5, 1, 3, 0, 1),
    "kernel as long as the input": (4, 4, 1, 0, 1),
    "stride larger than the kernel": (7, 2, 3, 0, 1),
    "even kernel": (5, 4, 1, 2, 1),
}
CASES = [pytest.param(*numbers, id=reason) for reason, numbers in GEOMETRIES.items()]


def numbers(count: int, seed: int) -> list[Fraction]:
    """Distinct exact numbers of both signs."""
    return [Fraction((-1) ** k * (7 * k + seed), k + 2) for k in range(count)]


def family(values: list[Fraction], first: int = 0) -> Family:
    return Family({(k + first,): value for k, value in enumerate(values)})


def entries(array: Array, **families: list[Fraction]) -> Any:
    """The array's value at the families, as nested lists."""
    value = evaluate(array, {name: family(values) for name, values in families.items()})
    assert isinstance(value, ArrayValue), value
    return np.array(value.entries, dtype=object).reshape(value.shape).tolist()


def onnx(op: str, x: list[Fraction], w: list[Fraction], **attributes: Any) -> np.ndarray:
    """The ONNX reference evaluator's answer in float64, one channel."""
    names = ("x", "w")
    inputs = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in names]
    outputs = [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)]
    node = helper.make_node(op, list(names), ["y"], **attributes)
    model = helper.make_model(helper.make_graph([node], "layer", inputs, outputs))
    feeds = {"x": np.array([[x]], float), "w": np.array([[w]], float)}
    return np.asarray(ReferenceEvaluator(model).run(None, feeds)[0])[0, 0]


@pytest.mark.parametrize(("n", "k", "s", "p", "d"), CASES)
def test_conv1d(n: int, k: int, s: int, p: int, d: int) -> None:
    conv = Conv1d(input_size=n, kernel_size=k, stride=s, padding=p, dilation=d)
    x, w, upstream = numbers(n, 3), numbers(k, 5), numbers(20, 1)
    matrix = oracles.conv1d_matrix(oracles.exact([[w]]), n, s, p, d)
    assert evaluate(conv.output_size(), {}) == oracles.conv_size(n, k, s, p, d) == len(matrix)
    assert entries(conv.matrix(), w=w) == matrix.tolist()
    assert entries(conv.input_jacobian(), w=w) == matrix.tolist()
    assert conv.linear_map().numpy(np.array(w, dtype=object)).tolist() == matrix.tolist()
    assert entries(conv.linear_map().table(), w=w) == matrix.tolist()
    assert entries(conv.output(), x=x, w=w) == (matrix @ np.array(x)).tolist()
    by_taps = oracles.conv1d_weight_jacobian(oracles.exact([x]), (1, 1, k), s, p, d)
    assert entries(conv.kernel_jacobian(), x=x) == by_taps.tolist()
    row = np.array(upstream[: len(matrix)])
    assert entries(conv.input_gradient(), w=w, dL_do=upstream) == (row @ matrix).tolist()
    assert entries(conv.kernel_gradient(), x=x, dL_do=upstream) == (row @ by_taps).tolist()
    theirs = onnx("Conv", x, w, strides=[s], pads=[p, p], dilations=[d])
    assert np.allclose(np.array(entries(conv.output(), x=x, w=w), float), theirs, rtol=1e-12)


@pytest.mark.parametrize(("n", "k", "s", "p", "d"), CASES)
@pytest.mark.parametrize("extra", [0, 1], ids=["", "output_padding"])
def test_conv_transpose1d(n: int, k: int, s: int, p: int, d: int, extra: int) -> None:
    if extra >= max(s, d) or (n - 1) * s - 2 * p + d * (k - 1) + extra + 1 < 1:
        with pytest.raises(AuthorError):
            ConvTranspose1d(
                input_size=n, kernel_size=k, stride=s, padding=p, dilation=d, output_padding=extra
            )
        return
    up = ConvTranspose1d(
        input_size=n, kernel_size=k, stride=s, padding=p, dilation=d, output_padding=extra
    )
    x, w = numbers(n, 3), numbers(k, 5)
    ours = entries(up.output(), x=x, w=w)
    loops = oracles.conv_transpose1d(oracles.exact([x]), oracles.exact([[w]]), s, p, d, extra)[0]
    assert ours == loops.tolist()
    assert evaluate(up.output_size(), {}) == len(loops)
    matrix = np.array(entries(up.matrix(), w=w))
    assert (matrix @ np.array(x)).tolist() == ours
    assert up.linear_map().numpy(np.array(w, dtype=object)).tolist() == matrix.tolist()
    assert entries(up.input_jacobian(), w=w) == matrix.tolist()
    by_taps = np.array(entries(up.kernel_jacobian(), x=x))
    assert (by_taps @ np.array(w)).tolist() == ours
    theirs = onnx(
        "ConvTranspose", x, w, strides=[s], pads=[p, p], dilations=[d], output_padding=[extra]
    )
    assert np.allclose(np.array(ours, float), theirs, rtol=1e-12)


@pytest.mark.parametrize(("n", "k", "s", "p", "d"), CASES)
def test_gather_and_scatter_are_transposes(n: int, k: int, s: int, p: int, d: int) -> None:
    conv = Conv1d(input_size=n, kernel_size=k, stride=s, padding=p, dilation=d)
    gathered = conv.linear_map()
    left_over = (n + 2 * p - d * (k - 1) - 1) % s
    if left_over >= max(s, d):
        return
    up = ConvTranspose1d(
        input_size=gathered.shape[0], kernel_size=k, stride=s, padding=p, dilation=d,
        output_padding=left_over,
    )  # fmt: skip
    assert up.linear_map().T.grid() == gathered.grid()
    if left_over:
        short = ConvTranspose1d(
            input_size=gathered.shape[0], kernel_size=k, stride=s, padding=p, dilation=d
        )
        assert short.linear_map().T.grid() != gathered.grid()


def test_counting_from_one_renames_and_changes_nothing() -> None:
    zero = Conv1d(input_size=5, kernel_size=3, stride=2, padding=1)
    one = Conv1d(input_size=5, kernel_size=3, stride=2, padding=1, first=1)
    x, w = numbers(5, 3), numbers(3, 5)
    shifted = {"x": family(x, 1), "w": family(w, 1)}
    value = evaluate(one.output(), shifted)
    assert isinstance(value, ArrayValue)
    assert list(value.entries) == entries(zero.output(), x=x, w=w)


def test_sympy_derives_the_same_jacobian() -> None:
    conv = Conv1d(input_size=7, kernel_size=3, stride=2, padding=1, dilation=2)
    assert conv.jacobian() == conv.sympy()
    assert conv.sympy().shape == (3, 7)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"input_size": 2, "kernel_size": 5}, "kernel covers 5 positions"),
        ({"input_size": 4, "kernel_size": 0}, "kernel_size is 0"),
        ({"input_size": 4, "kernel_size": 2, "stride": 0}, "stride is 0"),
        ({"input_size": 4, "kernel_size": 2, "padding": -1}, "padding is -1"),
        ({"input_size": 4, "kernel_size": 3, "dilation": 2}, "kernel covers 5 positions"),
        ({"input_size": Fraction(9, 2), "kernel_size": 3}, "input_size is 9/2"),
    ],
)
def test_impossible_geometry(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        Conv1d(**wrong)


def test_symbolic_sizes_have_no_table() -> None:
    with pytest.raises(
        AuthorError, match="input_size, kernel_size, stride, dilation, padding are symbolic"
    ):
        Conv1d.symbolic().linear_map()
