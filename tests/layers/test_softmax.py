"""Softmax against SciPy, its Jacobian, and its laws for every size."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import special

from symcnn.errors import AuthorError
from symcnn.formula import Bracket, Compare, Sum, Symbol, formula
from symcnn.layers.softmax import Softmax
from tests.layers.reals import judged, real
from tests.layers.values import numbers, onnx_run

n, i, j, c = Symbol("n"), Symbol("i"), Symbol("j"), Symbol("c")
layer = Softmax(size=n)
GIVEN = "n: positive integer; x: indexed real; i, j: integer; 0 <= i; i < n; 0 <= j; j < n"


def test_values_and_logarithm() -> None:
    x = numbers(5) / Fraction(4)
    ours = real(Softmax(size=5).output(), x=x)
    values = np.array(x, float)
    assert np.allclose(ours, special.softmax(values), rtol=1e-12)
    assert np.allclose(ours, onnx_run("Softmax", {"x": values}, axis=0), rtol=1e-12)
    logs = [real(Softmax(size=5).logarithm(k), x=x) for k in range(5)]
    assert np.allclose(logs, special.log_softmax(values), rtol=1e-12)


def test_jacobian_at_a_point() -> None:
    x = numbers(4) / Fraction(4)
    small = Softmax(size=4)
    y = special.softmax(np.array(x, float))
    for a, b in np.ndindex(4, 4):
        closed = real(small.jacobian(a, b), x=x)
        assert np.isclose(closed, (np.diag(y) - np.outer(y, y))[a, b], rtol=1e-10)
        assert np.isclose(real(small.input_jacobian(a, b), x=x), closed, rtol=1e-10)


def test_jacobian_for_every_size() -> None:
    assert judged(layer.input_jacobian(i, j), layer.jacobian(i, j), GIVEN) == "proved"
    assert judged(layer.jacobian(j, i), layer.jacobian(i, j), GIVEN) == "proved"
    alone = layer.forward(0) * (1 - layer.forward(0))
    assert judged(alone, layer.jacobian(0, 0), GIVEN) == "proved"
    elementwise = Bracket(Compare("=", i, j)) * layer.forward(i)
    assert judged(elementwise, layer.jacobian(i, j), GIVEN) == "refuted"


def test_outputs_sum_to_one_and_shifts_cancel() -> None:
    total = Sum(layer.forward(i), "i", formula(0), n - 1)
    sizes = "n: positive integer; x: indexed real; c: real"
    granted = f"{sizes}; Sum(exp(x[k]), (k, 0, n - 1)) > 0"
    assert judged(total, formula(1), granted) == "proved"
    three = Softmax(size=3)
    written = three.forward(0) + three.forward(1) + three.forward(2)
    assert judged(written, formula(1), sizes) == "proved"
    moved = three.forward(0, lambda k: three.signal(k) + c)
    assert judged(moved, three.forward(0), sizes) == "proved"
    scaled = layer.forward(0, lambda k: 2 * layer.signal(k))
    assert judged(scaled, layer.forward(0), sizes) == "refuted"


def test_impossible_size() -> None:
    with pytest.raises(AuthorError, match="size is 0"):
        Softmax(size=0)
