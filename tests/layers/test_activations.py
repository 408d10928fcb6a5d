"""Activations against ONNX and SciPy, at their kinks, and within the bounds that they declare."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import special

from symcnn.claims import Proved, Refuted, Relation
from symcnn.errors import AuthorError
from symcnn.formula import Compare, Formula, Symbol
from symcnn.formula.differentiate import differentiate
from symcnn.layers.activations import ELU, Activation, LeakyReLU, PReLU, ReLU, Sigmoid, SiLU, Tanh
from symcnn.layers.hard_activations import Hardsigmoid, Hardswish
from symcnn.prover import decide
from symcnn.reading import read_given
from tests.layers.reals import decided, judged, real
from tests.layers.values import onnx_run

X = [Fraction(k, 4) for k in range(-20, 21)]
x, y = Symbol("x"), Symbol("y")
ALL: dict[str, tuple[Activation, str, dict[str, Any]]] = {
    "relu": (ReLU(), "Relu", {}),
    "leaky": (LeakyReLU(Fraction(1, 8)), "LeakyRelu", {"alpha": 0.125}),
    "leaky, falling": (LeakyReLU(-2), "LeakyRelu", {"alpha": -2.0}),
    "elu": (ELU(), "Elu", {"alpha": 1.0}),
    "elu, alpha 2": (ELU(2), "Elu", {"alpha": 2.0}),
    "sigmoid": (Sigmoid(), "Sigmoid", {}),
    "tanh": (Tanh(), "Tanh", {}),
    "hard swish": (Hardswish(), "HardSwish", {}),
}
BOUNDED: dict[str, Activation] = {
    **{name: layer for name, (layer, _, _) in ALL.items()},
    "prelu": PReLU(Symbol("a")), "hard sigmoid": Hardsigmoid(), "silu": SiLU(),
}  # fmt: skip


def relation(condition: Formula, given: str) -> Any:
    return decide(Relation(condition), read_given(given))


@pytest.mark.parametrize(("layer", "op", "attributes"), ALL.values(), ids=ALL)
def test_values_are_those_of_onnx(layer: Activation, op: str, attributes: dict[str, Any]) -> None:
    theirs = onnx_run(op, {"x": np.array(X, float)}, **attributes)
    ours = [real(layer.value(x), x=at) for at in X]
    loose = 1e-6 if op == "HardSwish" else 0
    assert np.allclose(ours, theirs, rtol=1e-12, atol=loose)


def test_onnx_multiplies_by_a_sixth_in_single_precision() -> None:
    """A gap of the oracle: hard swish holds 1/6 as a float32; ours is exact."""
    theirs = onnx_run("HardSwish", {"x": np.array([1.0])})[0]
    assert real(Hardswish().value(1)) == 2 / 3
    assert 0 < abs(theirs - 2 / 3) < 1e-7


def test_smooth_ones_are_those_of_scipy() -> None:
    for at in X:
        assert np.isclose(real(Sigmoid().value(x), x=at), special.expit(float(at)), rtol=1e-14)
        assert np.isclose(real(SiLU().value(x), x=at), float(at) * special.expit(float(at)))
        assert np.isclose(real(Hardsigmoid().value(x), x=at), min(max(float(at) + 3, 0), 6) / 6)


@pytest.mark.parametrize("layer", BOUNDED.values(), ids=BOUNDED)
def test_derivatives_are_what_small_steps_find(layer: Activation) -> None:
    kinks = [real(place) for place, _ in layer.kinks]
    names = {"a": Fraction(1, 4)} if isinstance(layer, PReLU) else {}
    step = Fraction(1, 10**6)
    for at in X:
        if float(at) in kinks:
            continue
        ends = [real(layer.value(x), x=at + sign * step, **names) for sign in (1, -1)]
        found = real(layer.derivative(x), x=at, **names)
        assert np.isclose((ends[0] - ends[1]) / (2 * float(step)), found, atol=1e-6)


@pytest.mark.parametrize("layer", BOUNDED.values(), ids=BOUNDED)
def test_at_a_kink_the_derivative_is_what_is_declared(layer: Activation) -> None:
    names = {"a": Fraction(1, 4)} if isinstance(layer, PReLU) else {}
    for place, value in layer.kinks:
        assert real(layer.derivative(place), **names) == real(value, **names)


@pytest.mark.parametrize(
    ("layer", "given"),
    [
        (ReLU(), "x: real; x != 0"),
        (Sigmoid(), "x: real"),
        (Tanh(), "x: real"),
        (SiLU(), "x: real"),
        (LeakyReLU(Symbol("a")), "x, a: real; x != 0"),
        (ELU(Symbol("a")), "x, a: real; x != 0"),
        (Hardsigmoid(), "x: real; x != 3; x != -3"),
    ],
)
def test_derivatives_are_proved(layer: Activation, given: str) -> None:
    derived = differentiate(layer.value(x), x)
    assert judged(derived, layer.derivative(x), given) == "proved"


def test_a_wrong_tie_is_refuted() -> None:
    from symcnn.formula import Cases, formula

    half = Cases(((formula(1), Compare(">", x, 0)), (formula(0), Compare("<", x, 0))),
                 formula(Fraction(1, 2)))  # fmt: skip
    found = decided(half, ReLU().derivative(x), "x: real")
    assert isinstance(found, Refuted)
    assert dict(found.witness.values) == {"x": 0}


PROVED_BOUNDS = ["relu", "sigmoid", "tanh", "hard sigmoid"]


@pytest.mark.parametrize("name", PROVED_BOUNDS)
def test_ranges_are_proved(name: str) -> None:
    for condition in BOUNDED[name].within_range(x):
        assert isinstance(relation(condition, "x: real"), Proved)


@pytest.mark.parametrize("name", ["relu", "leaky", "leaky, falling", "hard sigmoid"])
def test_lipschitz_constants_are_proved(name: str) -> None:
    assert isinstance(relation(BOUNDED[name].is_lipschitz(x, y), "x, y: real"), Proved)


@pytest.mark.parametrize("layer", BOUNDED.values(), ids=BOUNDED)
def test_nothing_leaves_its_bounds(layer: Activation) -> None:
    names = {"a": Fraction(-3, 2)} if isinstance(layer, PReLU) else {}
    low, high = (None if b is None else real(b) for b in (layer.low, layer.high))
    for at in X:
        value = real(layer.value(x), x=at, **names)
        assert (low is None or low <= value) and (high is None or value <= high)
        if layer.lipschitz is not None:
            assert abs(real(layer.derivative(x), x=at, **names)) <= real(layer.lipschitz, **names)


def test_a_smaller_constant_is_refuted() -> None:
    from symcnn.formula import Call, formula

    distance = Call("abs", (ReLU().value(x) - ReLU().value(y),))
    smaller = formula(Fraction(9, 10)) * Call("abs", (x - y,))
    assert isinstance(relation(Compare("<=", distance, smaller), "x, y: real"), Refuted)


def test_bad_activations_say_why() -> None:
    with pytest.raises(AuthorError, match="alpha is -1"):
        ELU(-1)
    with pytest.raises(AuthorError, match="no Lipschitz constant"):
        SiLU().is_lipschitz(x, y)
