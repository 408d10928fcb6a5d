"""Inverted residuals: loops, counts, costs in symbols, and the gradient of a linear block."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Index, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.formula.meaning import holds
from symcnn.formula.plain import plain
from symcnn.layers.inverted_residual import (
    InvertedResidual,
    bottleneck_parameters,
    relu6,
    unknown,
)
from symcnn.layers.sizes import over
from tests import oracles
from tests.layers.values import at, numbers, proved, refuted, whole

AT = tuple(map(Symbol, "opq"))


def activated(values: Any) -> Any:
    return np.vectorize(lambda v: min(max(v, Fraction(0)), Fraction(6)), otypes=[object])(values)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("ratio", [1, 2])
def test_inverted_residual(stride: int, ratio: int) -> None:
    block = InvertedResidual(
        in_channels=2, out_channels=3, expand_ratio=ratio, input_size=(4, 5), stride=stride,
        skip_unit_expansion=True,
    )  # fmt: skip
    hidden = 2 * ratio
    x, d = numbers(2, 4, 5), numbers(hidden, 3, 3, seed=2)
    wide, narrow = numbers(hidden, 2, seed=3), numbers(3, hidden, seed=4)
    inner = x if ratio == 1 else activated(np.einsum("hc,cij->hij", wide, x))
    steps = (stride, stride), (1, 1)
    filtered = activated(oracles.conv2d(inner, d[:, None], *steps, groups=hidden))
    expected = np.einsum("oh,hij->oij", narrow, filtered)
    assert (at(block.output(), x=x, D=d, Wf=wide, Wp=narrow) == expected).all()
    rows, columns = expected.shape[1:]
    counted = rows * columns * (hidden * 9 + 3 * hidden)
    assert whole(block.macs()) == counted + (0 if ratio == 1 else 20 * 2 * hidden)
    assert whole(block.parameters()) == d.size + narrow.size + (0 if ratio == 1 else wide.size)


BLOCK = InvertedResidual(
    in_channels=Symbol("C"), out_channels=Symbol("M"), expand_ratio=Symbol("t"),
    kernel_size=Symbol("K"), input_size=(Symbol("H"), Symbol("W")), padding=0,
)  # fmt: skip

BLOCKS = "C, M, t, K, H, W: positive integer; K <= H; K <= W"


def test_the_cost_of_an_inverted_residual() -> None:
    t, c, m, k, h, w = map(Symbol, "tCMKHW")
    closed = h * w * t * c * (c + k**2 + m)
    assert proved(BLOCK.macs((h, w)), closed, BLOCKS)
    without_c = h * w * (c * t + c * t * k**2 + c * t * m)
    assert refuted(without_c, BLOCK.macs((h, w)), BLOCKS)
    assert proved(BLOCK.parameters(), t * c * (c + k**2 + m), BLOCKS)
    per_t = differentiate(BLOCK.macs((h, w)) / t, t)
    assert proved(per_t, formula(0), BLOCKS)


def test_where_an_inverted_residual_has_a_shortcut() -> None:
    for stride, outputs, expected in ((1, 8, True), (2, 8, False), (1, 9, False)):
        block = InvertedResidual(
            in_channels=8, out_channels=outputs, expand_ratio=6, input_size=8, stride=stride
        )
        assert holds(block.has_shortcut(), {}) is expected
    assert [whole(width) for width in block.widths()] == [8, 48, 48, 9]


def test_the_gradient_through_a_linear_block_is_the_product_of_transposes() -> None:
    """At one position, K = 1 and without a nonlinearity: sum_h Wp[o,h] D[h] Wf[h,a]."""
    block = InvertedResidual(
        in_channels=Symbol("C"), out_channels=Symbol("M"), expand_ratio=Symbol("t"), kernel_size=1,
        input_size=1, padding=0,
    )  # fmt: skip
    a, zero = Symbol("a"), formula(0)
    given = "C, M, t: positive integer; a: integer; 0 <= a; a < C; x, Wp, Wf, D: indexed real"
    value = block.forward(AT[0], 0, 0, lambda each: each)
    slope = differentiate(value, Index("x", (a, zero, zero)))
    h = Symbol("h")

    entry = Index("Wp", (AT[0], h)) * Index("D", (h, zero, zero)) * Index("Wf", (h, a))
    expected = over(entry, ("h", Symbol("t") * Symbol("C")))
    assert proved(slope, expected, given)
    miss = over(entry, ("h", Symbol("C")))
    assert refuted(miss, slope, given + "; t >= 2")
    any_function = differentiate(
        block.forward(AT[0], 0, 0, unknown("phi")), Index("x", (a, zero, zero))
    )
    assert "phi'" in plain(any_function)


def test_bottlenecks_at_equal_widths() -> None:
    c = Symbol("C")
    given = "C: positive integer; 4 divides C"
    assert proved(bottleneck_parameters(c), 17 * c**2 / 16, given)
    outer = InvertedResidual(in_channels=c, out_channels=c, expand_ratio=6, input_size=9)
    assert proved(outer.parameters(), 12 * c**2 + 54 * c, given)
    assert refuted(bottleneck_parameters(c), 12 * c**2 + 54 * c, given)


def test_relu6() -> None:
    assert [at(relu6(formula(value))) for value in (-1, 0, 3, 6, 9)] == [0, 0, 3, 6, 6]


BAD: list[tuple[Callable[[], object], str]] = [
    (
        lambda: InvertedResidual(in_channels=0, out_channels=1, expand_ratio=6, input_size=4),
        "in_channels is 0",
    ),
    (
        lambda: InvertedResidual(
            in_channels=1, out_channels=1, expand_ratio=6, input_size=4, kernel_size=4
        ),
        "padding is 3/2, but it is an integer",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
