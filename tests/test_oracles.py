"""The oracles against others: values worked by hand, ONNX's reference evaluator, SciPy."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy import linalg, signal

from tests import oracles
from tests.oracles import UNDEFINED, Approx, CannotEvaluate, Unreadable, evaluate_text

F = Fraction
POINT: dict[str, Any] = {
    "K": 3,
    "a": F(-7, 2),
    "z": 0,
    "x": {(0,): 2, (1,): 3, (4,): -1},
    "c": {"else": 7},
    "W": {(0, 1): 5, (1, 0): -2},
    "A": [[1, 2], [3, 5]],
    "u": [1, 2],
    "phi": [1, 0, 2],
    "psi": [0, 1, 1],
}

VALUES = [
    ("2 + 3*4 - 5", 9),
    ("-2^2", -4),
    ("2^3^2", 512),
    ("2^-1", F(1, 2)),
    ("8/2*2", 8),
    ("8/2/2", 2),
    ("2*-K", -6),
    ("0.125*8", 1),
    ("floor(a) + ceil(a)", -7),
    ("mod(-7, 3)", 2),
    ("mod(7, -3)", -2),
    ("mod(a, 2)", F(1, 2)),
    ("abs(a) + sign(a) + sign(0)", F(5, 2)),
    ("max(1, K, 2) - min(K, a)", F(13, 2)),
    ("relu(a) + relu(K)", 3),
    ("sqrt(9/4) + root(-8, 3)", F(-1, 2)),
    ("4^(1/2) + 8^(-1/3)", F(5, 2)),
    ("z^0 + z^K", 1),
    ("exp(0) + log(1) + sin(0) + tanh(z) + sigmoid(z)", F(3, 2)),
    ("log(8, 2) + log(1/9, 3)", 1),
    ("factorial(K) + binomial(5, 2) + binomial(2, 5) + binomial(2, -1)", 16),
    ("gcd(12, 18) + gcd(0, 0)", 6),
    ("x[0] + x[4] + x[9] + c[5] + W[0, 1] + W[K, K]", 13),
    ("Sum(i^2, (i, 1, 3))", 14),
    ("Sum(i, (i, 3, 2)) + Prod(i, (i, 3, 2))", 1),
    ("Prod(i, (i, 1, 4))", 24),
    ("Sum(x[i], i)", 4),
    ("Sum(x[i]*Bracket(0 <= i)*Bracket(i <= 1), i)", 5),
    ("Sum(Sum(Bracket(i + j = K and 0 <= i and 0 <= j), i), j)", 4),
    ("Bracket(K = 4)/z", 0),
    ("1/z*Bracket(K = 4)", 0),
    ("-Bracket(K = 4)*log(-1)", 0),
    ("Cases((1/z, K = 4), (2, K = 3), 5)", 2),
    ("Cases((1, K = 4), 5/z + 1 - 1, 9)", UNDEFINED),
    ("phi(2)", 9),
    ("phi'(2)", 8),
    ("phi''(2) + phi'''(2)", 4),
    ("diff(psi, 1, 1)(x[0], 1)", 4),  # psi(t) = t + t^2 at t = 2*1 + 1*2, factor 1*2
    ("det(A) + trace(A)", 5),
    ("u*u", 5),
    ("A[1, 0]", 3),
]

ARRAYS = [
    ("A*A", [[7, 12], [18, 31]]),
    ("A*u", [5, 13]),
    ("u*A", [7, 12]),
    ("A^-1", [[-5, 2], [3, -1]]),
    ("A^0", [[1, 0], [0, 1]]),
    ("2*A - A", [[1, 2], [3, 5]]),
    ("transpose(A)", [[1, 3], [2, 5]]),
    ("Bracket(K = 4)*A/z", [[0, 0], [0, 0]]),
    ("hadamard(A, transpose(A))", [[1, 6], [6, 25]]),
    ("kron(Matrix([[1, 2]]), A)", [[1, 2, 2, 4], [3, 5, 6, 10]]),
    ("Matrix([[K, 1], [z, a]])", [[3, 1], [0, F(-7, 2)]]),
    ("Vector([1, 1/z])", [1, UNDEFINED]),
    ("Array((2, 3), (i, j), i + 10*j)", [[0, 10, 20], [1, 11, 21]]),
    ("Array((2,), (i,), x[i])", [2, 3]),
]

UNDEFINED_TEXTS = [
    "1/z",
    "z^-1",
    "0/(K - K)",
    "mod(K, z)",
    "sqrt(-1)",
    "(-8)^(1/3)",
    "root(-4, 2)",
    "log(z)",
    "log(2, 1)",
    "Sum(i, (i, 0, 1/2))",
    "Sum(1/i, (i, -1, 1))",
    "Bracket(1/z = 1)",
    "factorial(-1)",
    "factorial(1/2)",
    "binomial(1/2, 1)",
    "x[1/2]",
    "1/2 divides 3",
    "Cases((1, K = 4))",
    "A[2, 0]",
    "A*Matrix([[1, 2]])",
    "A + u",
    "Matrix([[1, 2], [2, 4]])^-1",
    "0*(1/z)",
    "1/z = 1/z",
]

CONDITIONS = [
    ("K = 3", True),
    ("K != 3", False),
    ("2 divides K + 1", True),
    ("0 divides z and not 0 divides K", True),
    ("K < 3 or K >= 3", True),
    ("not (K < 3 or K > 3)", True),
    ("1 <= K <= 2", False),
    ("0.01824 ~ 0.0182", True),
    ("0.01826 ~ 0.0182", False),
    ("0.01825 ~ 0.0182", True),  # the rounding relation includes its ends
    ("sqrt(2) ~ 1.414", True),
    ("sqrt(2) ~ 1.413", False),
    ("exp(1) < 2.7182818285 and exp(1) > 2.7182818284", True),
    ("pi^2 > 9.869604401", True),
    ("A = Matrix([[1, 2], [3, 5]])", True),
    ("A = u", False),
    ("A != transpose(A)", True),
]


@pytest.mark.parametrize(("text", "value"), VALUES + ARRAYS)
def test_value_worked_by_hand(text: str, value: object) -> None:
    assert evaluate_text(text, POINT) == value


@pytest.mark.parametrize("text", UNDEFINED_TEXTS)
def test_no_value(text: str) -> None:
    assert evaluate_text(text, POINT) is UNDEFINED


@pytest.mark.parametrize(("text", "truth"), CONDITIONS)
def test_condition(text: str, truth: bool) -> None:
    assert evaluate_text(text, POINT) is truth


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("sqrt({})", "sqrt", 2),
        ("exp({})", "exp", -30),
        ("log({})", "log", 7),
        ("tanh({})", "tanh", F(3, 2)),
        ("sin({})", "sin", 11),
        ("cos({})", "cos", 11),
        ("tan({})", "tan", 5),
        ("erf({})", "erf", F(1, 3)),
    ],
)
def test_enclosure_holds_the_value(text: str, name: str, argument: Fraction | int) -> None:
    from mpmath import MPContext

    context = MPContext()
    context.dps = 60
    value = evaluate_text(text.format(f"({argument})"), {})
    assert isinstance(value, Approx)
    reference = getattr(context, name)(context.mpf(F(argument).numerator) / F(argument).denominator)
    middle = context.mpf(value.low.numerator) / value.low.denominator
    assert abs(middle - reference) < context.mpf(10) ** -50
    assert 0 < value.high - value.low < F(1, 10**50)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nobody + 1", "a name without a value"),
        ("sqrt(2)*sqrt(2) = 2", "enclosures that overlap: equality is never concluded from them"),
        ("floor(sqrt(2)^2)", "an enclosure around an integer"),
        ("Sum(1, i)", "no finite support"),
        ("Sum(i*Bracket(i > 50), i)", "a support that leaves the window"),
        ("infinity - infinity", "not a number"),
    ],
)
def test_oracle_declines(text: str, reason: str) -> None:
    with pytest.raises(CannotEvaluate):
        evaluate_text(text, POINT)


@pytest.mark.parametrize("text", ["", "2 +", "2 3", "x[0", "f(1,,2)", "a b", "1 $ 2", "and"])
def test_text_outside_of_the_plain_form(text: str) -> None:
    with pytest.raises(Unreadable):
        evaluate_text(text, POINT)


def test_agree_tells_shapes_from_entries() -> None:
    assert oracles.agree([[F(1)]], [F(1)]) is False
    assert oracles.agree([F(1), UNDEFINED], [F(1), UNDEFINED]) is True
    assert oracles.agree([F(1), UNDEFINED], [F(1), F(2)]) is False
    assert oracles.agree(evaluate_text("sqrt(2)", {}), evaluate_text("sqrt(8)/2", {})) is None
    assert oracles.agree(evaluate_text("sqrt(2)", {}), F(1)) is False


def _onnx(op: str, x: np.ndarray, w: np.ndarray, **attributes: Any) -> np.ndarray:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.DOUBLE, array.shape)
        for name, array in (("x", x), ("w", w))
    ]
    output = helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)
    node = helper.make_node(op, ["x", "w"], ["y"], **attributes)
    model = helper.make_model(helper.make_graph([node], "g", inputs, [output]))
    result: np.ndarray = ReferenceEvaluator(model).run(None, {"x": x, "w": w})[0]
    return result


def _random(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-4, 5, shape).astype(float)


# n, kernel, stride, padding, dilation, output_padding
LINES = [
    (7, 3, 1, 0, 1, 0, "the plain case"),
    (7, 3, 1, 1, 1, 0, "same size: padding of half a kernel"),
    (8, 3, 2, 1, 1, 0, "the stride leaves a position over: the floor in the size matters"),
    (7, 3, 2, 1, 1, 1, "the stride divides the span; output_padding adds a row"),
    (9, 2, 3, 0, 1, 2, "a stride beyond the kernel: inputs that no output sees"),
    (9, 3, 1, 2, 2, 0, "dilation with its own same padding"),
    (10, 3, 2, 1, 3, 1, "stride and dilation together, without a common factor"),
    (4, 4, 1, 0, 1, 0, "the kernel covers the whole input: one output"),
    (5, 1, 2, 0, 1, 1, "a pointwise kernel that skips"),
    (3, 2, 1, 3, 1, 0, "more padding than kernel: outputs that see only padding"),
]


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize(("n", "k", "s", "p", "d", "extra", "reason"), LINES)
def test_conv1d_is_that_of_onnx(
    n: int, k: int, s: int, p: int, d: int, extra: int, groups: int, reason: str
) -> None:
    x, w = _random(1, 4, n), _random(2, 6, 4 // groups, k)
    theirs = _onnx(
        "Conv", x[None], w, strides=[s], pads=[p, p], dilations=[d], group=groups, kernel_shape=[k]
    )
    assert np.array_equal(oracles.conv1d(x, w, s, p, d, groups), theirs[0])


# The last geometry would leave a transposed convolution a negative size.
@pytest.mark.parametrize(("n", "k", "s", "p", "d", "extra", "reason"), LINES[:-1])
def test_conv_transpose1d_is_that_of_onnx(
    n: int, k: int, s: int, p: int, d: int, extra: int, reason: str
) -> None:
    x, w = _random(3, 3, n), _random(4, 3, 2, k)
    theirs = _onnx(
        "ConvTranspose",
        x[None, :, None],
        w[:, :, None],
        strides=[1, s],
        pads=[0, p, 0, p],
        dilations=[1, d],
        output_padding=[0, extra],
        kernel_shape=[1, k],
    )
    assert np.array_equal(oracles.conv_transpose1d(x, w, s, p, d, extra), theirs[0, :, 0])


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "dilation", "reason"),
    [
        ((5, 6), (3, 3), (1, 1), (1, 1), (1, 1), "the usual 3x3"),
        ((6, 5), (2, 3), (2, 1), (0, 1), (1, 2), "nothing is equal in the two directions"),
        ((7, 7), (3, 3), (2, 2), (1, 1), (1, 1), "downsampling by two"),
    ],
)
def test_two_dimensions_are_those_of_onnx(
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    reason: str,
) -> None:
    shared: dict[str, Any] = {
        "strides": list(stride),
        "pads": [*padding, *padding],
        "dilations": list(dilation),
        "kernel_shape": list(kernel),
    }
    x, w = _random(5, 4, *size), _random(6, 6, 2, *kernel)
    ours = oracles.conv2d(x, w, stride, padding, dilation, groups=2)
    assert np.array_equal(ours, _onnx("Conv", x[None], w, group=2, **shared)[0])
    v = _random(7, 4, 3, *kernel)
    up = oracles.conv_transpose2d(x, v, stride, padding, dilation)
    assert np.array_equal(up, _onnx("ConvTranspose", x[None], v, **shared)[0])


def test_grouped_transposed_convolution_is_one_for_each_group() -> None:
    """Without ONNX: its reference evaluator stops at more than one group here."""
    x, w = _random(8, 4, 5), _random(9, 4, 3, 2)
    both = oracles.conv_transpose1d(x, w, 2, 1, 1, 1, groups=2)
    halves = [oracles.conv_transpose1d(x[at], w[at], 2, 1, 1, 1) for at in (np.s_[:2], np.s_[2:])]
    assert np.array_equal(both, np.concatenate(halves))


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize(("n", "k"), [(6, 3), (5, 5), (7, 1)])
def test_matrix_is_that_of_scipy(n: int, k: int, mode: str) -> None:
    """SciPy convolves, that is, it flips the kernel; its modes are three amounts of padding."""
    w = _random(10, k)
    padding = {"full": k - 1, "same": (k - 1) // 2, "valid": 0}[mode]
    theirs = linalg.convolution_matrix(w[::-1], n, mode)
    assert np.array_equal(oracles.conv1d_matrix(w[None, None], n, padding=padding), theirs)


def test_conv2d_is_scipys_correlation() -> None:
    x, w = _random(11, 6, 5), _random(12, 3, 2)
    theirs = signal.correlate(x, w, mode="valid", method="direct")
    assert np.array_equal(oracles.conv2d(x[None], w[None, None])[0], theirs)


@pytest.mark.parametrize(("n", "k", "s", "p", "d", "extra", "reason"), LINES)
def test_transposed_convolution_is_the_transposed_matrix(
    n: int, k: int, s: int, p: int, d: int, extra: int, reason: str
) -> None:
    """Exactly, with the positions that the stride leaves over as output padding."""
    w = oracles.exact(_random(13, 2, 3, k).astype(int).tolist())
    matrix = oracles.conv1d_matrix(w, n, s, p, d)
    size = oracles.conv_size(n, k, s, p, d)
    left_over = n - (s * (size - 1) + d * (k - 1) + 1 - 2 * p)
    y = oracles.exact(_random(14, 2, size).astype(int).tolist())
    up = oracles.conv_transpose1d(y, w, s, p, d, output_padding=left_over)
    assert (up.reshape(-1) == matrix.T @ y.reshape(-1)).all()


def test_weight_jacobian_is_linear_in_w() -> None:
    x, w = _random(15, 2, 6), _random(16, 3, 2, 2)
    jacobian = oracles.conv1d_weight_jacobian(x, (3, 2, 2), 2, 1)
    assert np.array_equal(jacobian @ w.reshape(-1), oracles.conv1d(x, w, 2, 1).reshape(-1))


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "d"), [*product((4, 7), (1, 3), (1, 2), (0, 2), (1, 2))]
)
def test_counted_size_is_the_closed_form(n: int, k: int, s: int, p: int, d: int) -> None:
    span = n + 2 * p - d * (k - 1) - 1
    assert oracles.conv_size(n, k, s, p, d) == (span // s + 1 if span >= 0 else 0)


def test_batch_norm_by_hand_and_exactly() -> None:
    assert oracles.batch_norm(oracles.exact([0, 6, 6, 0]), 2, 1).tolist() == [-1, 3, 3, -1]
    scaled = oracles.batch_norm(oracles.exact([0, -12, -12, 0]), 2, 1)
    assert scaled.tolist() == [3, -1, -1, 3]  # a negative scale turns the signs around
    with pytest.raises(ValueError, match="no rational square root"):
        oracles.batch_norm(oracles.exact([0, 1, 2]))
    floats = oracles.batch_norm([0.0, 1.0, 2.0], eps=1e-5)
    assert abs(floats.mean()) < 1e-12
    assert abs(floats.var() - (2 / 3) / (2 / 3 + 1e-5)) < 1e-12


def test_pooling_and_linear_by_hand() -> None:
    x = [[-1, -5, 3, 2, 7]]
    assert oracles.pool1d(x, 2, 2).tolist() == [[-1, 3]]
    assert oracles.pool1d(x, 3, 2, 1).tolist() == [[-1, 3, 7]]  # padding is no zero for the maximum
    assert oracles.pool1d(oracles.exact(x), 3, 2, 1, "average").tolist() == [[-2, 0, 3]]
    assert oracles.linear([1, 2], [[3, 4], [5, 6]], [1, 1]).tolist() == [12, 18]
