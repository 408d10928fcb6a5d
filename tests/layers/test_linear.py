"""The linear layer against loops and ONNX, its derivatives and costs."""

from __future__ import annotations

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol, formula
from symcnn.formula.plain import plain
from symcnn.layers.linear import Linear
from tests import oracles
from tests.layers.reals import judged
from tests.layers.values import at, numbers, onnx_run


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (3, 2), (2, 5)])
@pytest.mark.parametrize("bias", [True, False], ids=["bias", "no bias"])
def test_output(inputs: int, outputs: int, bias: bool) -> None:
    layer = Linear(in_features=inputs, out_features=outputs, bias=bias)
    x, w, b = numbers(inputs), numbers(outputs, inputs, seed=2), numbers(outputs, seed=3)
    ours = at(layer.output(), x=x, w=w, b=b)
    assert ours.tolist() == oracles.linear(x, w, b if bias else None).tolist()
    feeds = {"a": x[None], "b": w, **({"c": b} if bias else {})}
    theirs = onnx_run("Gemm", feeds, transB=1)[0]
    assert np.allclose(np.array(ours, float), theirs, rtol=1e-12)
    assert at(layer.input_jacobian(), w=w).tolist() == at(layer.matrix(), w=w).tolist()
    assert at(layer.parameters()) == outputs * inputs + (outputs if bias else 0)
    assert at(layer.macs()) == outputs * inputs


def test_derivatives_for_every_size() -> None:
    n, k = Symbol("n"), Symbol("k")
    layer = Linear(in_features=n, out_features=k)
    given = "n, k: positive integer; w, x, b: indexed real"
    assert judged(layer.input_jacobian(), layer.matrix(), given) == "proved"
    square = Linear(in_features=n, out_features=n)
    assert judged(square.input_jacobian().T, square.matrix(), given) == "refuted"
    places = f"{given}; o, r, c: integer; 0 <= c; c < n; 0 <= r; r < k; 0 <= o; o < k"
    own = layer.weight_derivative(Symbol("o"), Symbol("o"), Symbol("c"))
    assert judged(own, layer.signal(Symbol("c")), places) == "proved"
    other = layer.weight_derivative(0, 1, Symbol("c"))
    assert judged(other, formula(0), places) == "proved"


def test_counts_are_kept_as_written() -> None:
    layer = Linear(in_features=Symbol("n"), out_features=10)
    assert plain(layer.parameters()) == "10*n + 10"
    assert plain(layer.macs()) == "10*n"


def test_impossible_sizes() -> None:
    with pytest.raises(AuthorError, match="in_features is 0"):
        Linear(in_features=0, out_features=1)
