"""Laws of normalisations for every batch size, and near misses; what SymPy gets wrong silently."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symcnn.claims import HoldsUnder
from symcnn.formula import Bracket, Compare, Formula, Sum, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.batch_norm import BatchNorm1d, BatchNorm2d
from symcnn.layers.group_norm import GroupNorm
from symcnn.layers.instance_norm import InstanceNorm2d
from symcnn.layers.layer_norm import LayerNorm
from tests.layers.reals import decided, judged, real
from tests.layers.values import numbers

m, i, j, c = Symbol("m"), Symbol("i"), Symbol("j"), Symbol("c")
PLACES = "i, j: integer; 0 <= i; i < m; 0 <= j; j < m"
GRANTED = f"m: positive integer; x, gamma, beta: indexed real; epsilon: positive real; {PLACES}"
layer = LayerNorm(normalized_shape=m)


def test_layer_norm_jacobian() -> None:
    assert judged(layer.input_jacobian(i, j), layer.jacobian(i, j), GRANTED) == "proved"


def test_near_misses_of_the_jacobian() -> None:
    slope = layer.scale(0) / layer.deviation(0)
    both = layer.normalised(0) * layer.normalised(0)
    only_mean = slope * (1 - 1 / m)
    unbiased = slope * (1 - 1 / m - both / (m - 1))
    granted = "m: integer >= 2; x, gamma, beta: indexed real; epsilon: positive real"
    for wrong in (only_mean, unbiased):
        assert judged(wrong, layer.jacobian(0, 0), granted) == "refuted"
    transposed = judged(layer.jacobian(1, 0), layer.jacobian(0, 1), granted)
    assert transposed == "refuted"


def test_layer_norm_ignores_what_is_added_to_all_features() -> None:
    moved = layer.forward(i, lambda k: layer.signal(k) + c)
    granted = f"{GRANTED}; c: real"
    assert judged(moved, layer.forward(i), granted) == "proved"


def test_adding_to_one_feature_is_not_ignored() -> None:
    def bumped(k: Formula) -> Formula:
        return layer.signal(k) + c * Bracket(Compare("=", k, 0))

    granted = "m: integer >= 2; x, gamma, beta: indexed real; epsilon: positive real; c: real"
    found = judged(layer.forward(0, bumped), layer.forward(0), granted)
    assert found == "refuted"


def test_one_group_pools_what_one_channel_a_group_keeps_apart() -> None:
    sizes: dict[str, Any] = {"height": 1, "width": Symbol("m")}
    apart = GroupNorm(num_groups=2, num_channels=2, **sizes)
    instance = InstanceNorm2d(num_features=2, affine=True, **sizes)
    pooled = GroupNorm(num_groups=1, num_channels=2, **sizes)
    by_place = "x: indexed by 3 real; gamma, beta: indexed real"
    granted = f"m: integer >= 2; {by_place}; epsilon: positive real"
    at = (1, 0, 0)
    assert judged(apart.forward(at), instance.forward(at), granted) == "proved"
    assert judged(pooled.forward(at), instance.forward(at), granted) == "refuted"


def test_symbolic_sizes_of_images() -> None:
    """The derivative of the mean of a channel, for all N, C, H and W."""
    sizes = [Symbol(name) for name in ("N", "C", "H", "W")]
    image = BatchNorm2d(batch_size=sizes[0], num_features=sizes[1], height=sizes[2], width=sizes[3])
    at = tuple(Symbol(name) for name in "nchw")
    by = tuple(Symbol(f"{name}_2") for name in "nchw")
    names = [*"nchw", *(f"{name}_2" for name in "nchw")]
    bounds = [f"0 <= {a}; {a} < {s}" for a, s in zip(names, [*"NCHW", *"NCHW"], strict=True)]
    granted = "; ".join([
        "N, C, H, W: positive integer", f"{', '.join(names)}: integer", *bounds,
        "x: indexed by 4 real",
    ])  # fmt: skip
    derivative = differentiate(image.mean(at), image.signal(*by))
    same_channel = Bracket(Compare("=", at[1], by[1]))
    assert judged(derivative, same_channel / image.pool_size(), granted) == "proved"
    assert judged(derivative, 1 / image.pool_size(), granted) == "refuted"


def test_scaling_needs_its_sign_and_its_eps() -> None:
    alpha = Symbol("alpha")
    bare = BatchNorm1d(batch_size=m, eps=0)
    granted = "m: integer >= 2; x: indexed real; gamma, beta: real; alpha: nonzero real"
    scaled = bare.forward(0, lambda k: alpha * bare.signal(k))
    found = decided(scaled, bare.forward(0), granted, "alpha > 0")
    assert isinstance(found, HoldsUnder)
    assert found.counterexample is not None


def test_rows_of_the_jacobian_sum_to_zero() -> None:
    granted = "m: positive integer; x, gamma, beta: indexed real; epsilon: positive real"
    granted += "; i: integer; 0 <= i; i < m"
    total = Sum(layer.jacobian(i, j), "j", formula(0), m - 1)
    assert judged(total, formula(0), granted) == "proved"


def test_sympy_loses_a_term_of_the_derivative_of_a_norm() -> None:
    """d/dx of x (x'x) is (x'x) I + 2 x x'; SymPy up to 1.14 leaves the second term out."""
    x = sympy.MatrixSymbol("x", 3, 1)
    try:
        found = (x * (x.T * x)[0, 0]).diff(x)
    except TypeError:
        return  # later versions refuse to mix matrices and scalars
    values = sympy.Matrix([1, 2, 2])
    entries = sympy.Matrix(3, 3, lambda a, b: found.subs(x, values).doit()[a, b])
    right = 9 * sympy.eye(3) + 2 * values * values.T
    assert entries == 9 * sympy.eye(3)
    assert entries != right


@pytest.mark.parametrize("size", [2, 3, 4])
def test_the_jacobian_is_not_what_sympy_says(size: int) -> None:
    """The same loss in a normalisation leaves ``(I - 1/m)/sigma``; the kernel keeps all terms."""
    narrow = LayerNorm(normalized_shape=size, eps=0, affine=False)
    x = numbers(size)
    names = sympy.symbols(f"x:{size}", real=True)
    mean = sum(names) / size
    deviation = sympy.sqrt(sum((each - mean) ** 2 for each in names) / size)
    point = {name: sympy.Rational(str(value)) for name, value in zip(names, x, strict=True)}
    right = sympy.Matrix([(each - mean) / deviation for each in names]).jacobian(names)
    lossy = real(1 / narrow.deviation(0), x=x) * (1 - 1 / size)
    ours = real(narrow.jacobian(0, 0), x=x)
    assert abs(ours - float(right[0, 0].subs(point))) < 1e-12
    assert abs(ours - lossy) > 1e-6
