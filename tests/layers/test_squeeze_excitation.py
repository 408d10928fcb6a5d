"""Squeeze and excitation: values, costs by kind of operation, and the range of its gate."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.claims import Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Symbol
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Ball
from symcnn.layers.squeeze_excitation import SqueezeExcitation
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.layers.values import at, family, numbers, proved, refuted, whole


def gate(case: dict[str, Any]) -> SqueezeExcitation:
    return SqueezeExcitation(channels=4, reduction=2, input_size=(3, 2), **case)


@pytest.mark.parametrize("bias", [False, True])
def test_squeeze_and_excitation(bias: bool) -> None:
    layer = gate({"bias": bias})
    x = numbers(4, 3, 2)
    families = {"x": x, "W1": numbers(2, 4, seed=2), "W2": numbers(4, 2, seed=3)}
    shift, lift = numbers(2, seed=4), numbers(4, seed=5)
    if bias:
        families |= {"b1": shift, "b2": lift}
    means = np.array([channel.sum() / 6 for channel in x])
    for c in range(4):
        assert at(layer.squeeze(c), x=x) == means[c]
    hidden = families["W1"] @ means + (shift if bias else 0)
    hidden = np.array([max(value, Fraction(0)) for value in hidden])
    for k in range(2):
        assert at(layer.hidden(k), **families) == hidden[k]
    z = families["W2"] @ hidden + (lift if bias else 0)
    expected = x.astype(float) / (1 + np.exp(-z.astype(float)))[:, None, None]

    value = evaluate(layer.output(), {name: family(each) for name, each in families.items()})
    assert isinstance(value, ArrayValue)
    for found, wanted in zip(value.entries, expected.flat, strict=True):
        middle = float(found.low) if isinstance(found, Ball) else float(found)  # type: ignore[arg-type]
        assert middle == pytest.approx(wanted, rel=1e-12)


GATE = "C, r, H, W: positive integer; r divides C"


def test_what_squeeze_and_excitation_costs() -> None:
    c, r, h, w = map(Symbol, "CrHW")
    layer = SqueezeExcitation.symbolic()
    assert proved(layer.parameters(), 2 * c**2 / r, GATE)
    assert proved(layer.macs(), 2 * c**2 / r, GATE)
    biased = SqueezeExcitation.symbolic(bias=True).parameters()
    assert proved(biased, 2 * c**2 / r + c / r + c, GATE)
    flops = 2 * h * w * c + 4 * c**2 / r
    assert proved(layer.flops(), flops, GATE)
    one_pass = h * w * c + 4 * c**2 / r
    assert refuted(one_pass, layer.flops(), GATE)
    number = SqueezeExcitation(channels=64, reduction=16, input_size=7)
    assert whole(number.flops()) == 2 * 49 * 64 + 1024 == 7_296


def test_the_gate_is_strictly_between_0_and_1() -> None:

    z = Call("sigmoid", (Symbol("x"),))
    for condition, expected in (
        (Compare("<", 0, z), Proved), (Compare("<", z, 1), Proved), (Compare("<=", 1, z), Refuted),
    ):  # fmt: skip
        assert isinstance(decide(Relation(condition), read_given("x: real")), expected)


BAD: list[tuple[Callable[[], object], str]] = [
    (
        lambda: gate({"bias": False}).__class__(channels=4, reduction=3, input_size=2),
        "reduction divides channels, but 3 does not divide 4",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
