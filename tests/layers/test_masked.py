"""Masked and causal convolution: loops, dependencies, blind spots."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from symcnn.claims import Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Compare, Formula, Index, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.masked import (
    CausalConv1d,
    MaskedConv2d,
    blind_spot,
    stacked_reach,
    stacked_steps,
)
from symcnn.prover import decide
from symcnn.reading import read_given
from tests import oracles
from tests.layers import loops
from tests.layers.values import at, numbers, proved, refuted, whole


@pytest.mark.parametrize("kind", ["A", "B"])
@pytest.mark.parametrize("k", [3, 5])
def test_masked_convolution(kind: str, k: int) -> None:
    layer = MaskedConv2d(
        mask_type=kind, in_channels=2, out_channels=2, kernel_size=k, input_size=(4, 5)
    )
    x, w = numbers(2, 4, 5), numbers(2, 2, k, k, seed=2)
    assert (at(layer.output(), x=x, W=w) == loops.masked_conv(x, w, kind)).all()
    assert whole(layer.visible_taps()) == whole(layer.counted_taps()) == len(layer.reach())
    assert whole(layer.parameters()) == 4 * len(layer.reach())
    assert whole(layer.macs()) == 20 * 4 * len(layer.reach())
    assert at(layer.wasted_share()) == 1 - Fraction(len(layer.reach()), k * k)


@pytest.mark.parametrize("kind", ["A", "B"])
def test_an_output_depends_on_what_comes_before(kind: str) -> None:
    layer = MaskedConv2d(mask_type=kind, in_channels=1, out_channels=1, kernel_size=3, input_size=3)
    w = numbers(1, 1, 3, 3, seed=4)
    value = layer.forward(0, 1, 1)
    for i, j in product(range(3), repeat=2):
        slope = differentiate(value, Index("x", tuple(map(formula, (0, i, j)))))
        visible = (i, j) < (1, 1) or (kind == "B" and (i, j) == (1, 1))
        assert at(slope, W=w) == (w[0, 0, i, j] if visible else 0)


@pytest.mark.parametrize("k", [1, 3, 5, 7])
def test_visible_taps_in_closed_form(k: int) -> None:
    for mask in ("A", "B"):
        layer = MaskedConv2d(
            mask_type=mask, in_channels=1, out_channels=1, kernel_size=k, input_size=9
        )
        assert proved(layer.counted_taps(), layer.visible_taps())
        assert refuted(layer.counted_taps(), layer.visible_taps() + 1)


def test_the_blind_spot_of_stacked_masks() -> None:
    first = MaskedConv2d(mask_type="A", in_channels=1, out_channels=1, kernel_size=3, input_size=9)
    second = MaskedConv2d(mask_type="B", in_channels=1, out_channels=1, kernel_size=3, input_size=9)
    seen = stacked_reach([first, second, second])
    assert (0, 0) not in seen
    assert all(place < (0, 0) for place in seen)
    assert blind_spot(3, 3) == ((-2, 3), (-1, 2), (-1, 3))
    assert not set(blind_spot(3, 3)) & set(seen)


@pytest.mark.parametrize(("k", "d"), [(1, 1), (2, 1), (2, 4), (3, 2)])
def test_causal_convolution(k: int, d: int) -> None:
    layer = CausalConv1d(kernel_size=k, dilation=d)
    x, w = numbers(9), numbers(k, seed=2)
    padded = np.concatenate([[Fraction(0)] * (d * (k - 1)), x])
    expected = oracles.conv1d(padded[None], w[None, None], dilation=d)[0]
    assert [at(layer.forward(t), x=x, w=w) for t in range(9)] == expected.tolist()
    assert whole(layer.receptive_field()) == d * (k - 1) + 1


def test_causal_convolutions_see_the_past_only() -> None:
    place = CausalConv1d(kernel_size=Symbol("K"), dilation=Symbol("d")).place(
        Symbol("t"), Symbol("j")
    )

    given = read_given("K, d: positive integer; j: integer; 0 <= j; j <= K - 1; t: integer")
    assert isinstance(decide(Relation(Compare("<=", place, Symbol("t"))), given), Proved)
    assert isinstance(decide(Relation(Compare("<", place, Symbol("t"))), given), Refuted)
    layers = [CausalConv1d(kernel_size=2, dilation=2**n) for n in range(5)]
    assert whole(stacked_steps(layers)) == 32


C: Formula = Symbol("C")


BAD: list[tuple[Callable[[], object], str]] = [
    (
        lambda: MaskedConv2d(
            mask_type="C", in_channels=1, out_channels=1, kernel_size=3, input_size=5
        ),
        "A or B, not 'C'",
    ),
    (
        lambda: MaskedConv2d(
            mask_type="A", in_channels=1, out_channels=1, kernel_size=4, input_size=5
        ),
        "kernel_size is 4, but only an odd one has a middle",
    ),
    (
        lambda: MaskedConv2d(
            mask_type="A", in_channels=1, out_channels=1, kernel_size=2 * C + 1, input_size=C
        ).reach(),
        "kernel_size is symbolic",
    ),
    (lambda: CausalConv1d(kernel_size=0), "kernel_size is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
