"""Interpolation in every convention: loops, ONNX, SciPy, and its laws."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Bracket, Compare, Formula, Index, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.interpolation import (
    Interpolate,
    bilinear,
    linear,
    nearest,
    sampled,
    source_position,
    tent,
)
from tests.layers import loops
from tests.layers.values import at, numbers, onnx_run, proved, refuted

F = Fraction

HALF = Fraction(1, 2)

PLACES: dict[str, Callable[[int, int, int], Fraction]] = {
    "asymmetric": lambda o, n, m: F(o * n, m),
    "half_pixel": lambda o, n, m: (o + HALF) * F(n, m) - HALF,
    "align_corners": lambda o, n, m: F(o * (n - 1), m - 1) if m > 1 else F(0),
}

SIZES = {
    "twice": ((3, 4), (6, 8)),
    "half": ((6, 4), (3, 2)),
    "neither divides": ((5, 3), (3, 7)),
    "to one": ((4, 4), (1, 1)),
    "from one": ((1, 2), (3, 4)),
    "the same": ((3, 3), (3, 3)),
}


@pytest.mark.parametrize("coordinates", PLACES)
@pytest.mark.parametrize(("size", "wanted"), SIZES.values(), ids=SIZES)
def test_bilinear_resizing(coordinates: str, size: Any, wanted: Any) -> None:
    layer = Interpolate(input_size=size, output_size=wanted, coordinates=coordinates)
    image = numbers(1, *size)
    ours = at(layer.output(), x=image, c=F(0))
    assert (ours == loops.resize(image[0], wanted, PLACES[coordinates])).all()
    theirs = onnx_run(
        "Resize",
        {"x": image[None], "": np.zeros(0), " ": np.zeros(0), "s": np.array([1, 1, *wanted])},
        mode="linear",
        coordinate_transformation_mode=coordinates,
    )
    if coordinates == "align_corners" and 1 in wanted and theirs.shape[-2:] == wanted:
        return  # ONNX leaves the case of one output to the reader
    assert np.allclose(ours.astype(float), theirs[0, 0], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("size", "wanted"), SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("mode", ["nearest", "nearest-exact"])
def test_nearest_resizing(mode: str, size: Any, wanted: Any) -> None:
    layer = Interpolate(input_size=size, output_size=wanted, mode=mode)
    image = numbers(1, *size)
    ours = at(layer.output(), x=image, c=F(0))
    shift = 0 if mode == "nearest" else HALF
    rows, columns = (
        [int((o + shift) * F(n, m)) for o in range(m)] for n, m in zip(size, wanted, strict=True)
    )
    assert (ours == image[0][np.ix_(rows, columns)]).all()
    theirs = onnx_run(
        "Resize",
        {"x": image[None], "": np.zeros(0), " ": np.zeros(0), "s": np.array([1, 1, *wanted])},
        mode="nearest",
        coordinate_transformation_mode="asymmetric" if mode == "nearest" else "half_pixel",
        nearest_mode="floor" if mode == "nearest" else "round_prefer_ceil",
    )
    assert np.allclose(ours.astype(float), theirs[0, 0])


def test_scipy_agrees_on_aligned_corners() -> None:
    from scipy.ndimage import zoom

    image = numbers(4, 5)
    layer = Interpolate(input_size=(4, 5), output_size=(7, 9), coordinates="align_corners")
    ours = at(layer.output(), x=image[None], c=F(0)).astype(float)
    assert np.allclose(ours, zoom(image.astype(float), (7 / 4, 9 / 5), order=1), rtol=1e-12)


@pytest.mark.parametrize(
    ("coordinates", "x", "y"),
    [
        ("asymmetric", F(5, 4), F(5, 2)),
        ("half_pixel", F(29, 32), F(69, 32)),
        ("align_corners", F(36, 31), F(72, 31)),
        ("roi_align", F(3, 4), F(2)),
    ],
)
def test_a_point_of_a_32_image_on_a_10_map(coordinates: str, x: Fraction, y: Fraction) -> None:
    assert at(source_position(4, 10, 32, coordinates)) == x
    assert at(source_position(8, 10, 32, coordinates)) == y


def corner(x: Formula, y: Formula) -> Formula:
    return Index("f", (x, y))


X, Y = Symbol("x"), Symbol("y")

ENDS = (Symbol("x1"), Symbol("x2")), (Symbol("y1"), Symbol("y2"))

CELL = "x1, x2, y1, y2, x, y: real; x1 != x2; y1 != y2; f: indexed real; a, b, c, d: real"


def surface(x: Formula, y: Formula) -> Formula:
    return Symbol("a") + Symbol("b") * x + Symbol("c") * y + Symbol("d") * x * y


def test_the_order_of_the_directions_does_not_matter() -> None:
    first = bilinear((X, Y), *ENDS, corner)
    assert proved(bilinear((X, Y), *ENDS, corner, y_first=True), first, CELL)
    assert refuted(bilinear((X, X), *ENDS, corner), first, CELL)


def test_bilinear_is_exact_on_bilinear_functions_only() -> None:
    assert proved(bilinear((X, Y), *ENDS, surface), surface(X, Y), CELL)
    squared = bilinear((X, Y), *ENDS, lambda x, y: x**2)
    assert refuted(squared, X**2, CELL)


def test_the_derivative_of_linear_interpolation_is_the_slope_of_the_chord() -> None:
    ends = (Symbol("f1"), Symbol("f2"))
    slope = differentiate(linear(X, ENDS[0], ends), X)
    rise = (ends[1] - ends[0]) / (ENDS[0][1] - ENDS[0][0])
    assert proved(slope, rise, CELL + "; f1, f2: real")
    miss = (ends[1] + ends[0]) / (ENDS[0][1] - ENDS[0][0])
    assert refuted(slope, miss, CELL + "; f1, f2: real")


def test_a_resized_value_depends_on_each_input_by_its_weight() -> None:
    layer = Interpolate(input_size=(3, 2), output_size=(4, 5))
    image = numbers(1, 3, 2)
    value = layer.forward(0, 2, 3)
    for i, j in np.ndindex(3, 2):
        slope = differentiate(value, Index("x", (formula(0), formula(i), formula(j))))
        assert at(slope, x=image) == at(layer.weight(2, i) * layer.weight(3, j, 1))


@pytest.mark.parametrize("coordinates", PLACES)
def test_the_rows_of_a_resizing_matrix_add_up_to_one(coordinates: str) -> None:
    for size, wanted in SIZES.values():
        layer = Interpolate(input_size=size, output_size=wanted, coordinates=coordinates)
        for axis in (0, 1):
            assert set(at(layer.matrix(axis)).sum(axis=1)) == {F(1)}


def test_ties_of_the_nearest_neighbour() -> None:
    assert at(nearest(F(5, 2))) == 3
    assert at(nearest(F(5, 2), "down")) == 2
    assert at(nearest(F(5, 4))) == at(nearest(F(5, 4), "down")) == 1
    x = "x: real"
    up, down = nearest(X), nearest(X, "down")
    assert refuted(up, down, x)
    with pytest.raises(AuthorError, match="ties go"):
        nearest(X, "even")


def test_a_tent_at_whole_distances_is_a_bracket() -> None:
    """Without offsets, sampling at a grid point reads that pixel and no other."""
    a, i, t = map(Symbol, "ait")
    names = "a, i: integer; t: real in [0, 1)"
    here, next_ = (Bracket(Compare("=", i, place)) for place in (a, a + 1))
    assert proved(tent(a - i), here, names)
    assert refuted(tent(a - i), next_, names)
    assert proved(tent(a + t - i), (1 - t) * here + t * next_, names)
    assert refuted(tent(a + t - i), t * here + (1 - t) * next_, names)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(1, 6), st.integers(1, 8), st.sampled_from(sorted(PLACES)))
def test_any_resizing_of_one_axis(n: int, m: int, coordinates: str) -> None:
    layer = Interpolate(input_size=(n, 1), output_size=(m, 1), coordinates=coordinates)
    image = numbers(1, n, 1)
    ours = at(layer.output(), x=image, c=F(0))
    assert (ours == loops.resize(image[0], (m, 1), PLACES[coordinates])).all()


def test_tents_are_the_bilinear_rule_in_its_cell() -> None:
    """The sum of tents over the grid, against the four corners of the cell."""
    image = numbers(4, 5)
    for y, x in [(F(3, 4), F(5, 2)), (F(2), F(1, 3)), (F(3), F(4)), (F(-1, 2), F(9, 2)), (-2, 0)]:
        value = sampled((formula(y), formula(x)), (formula(4), formula(5)), corner)
        assert at(value, f=image) == loops.bilinear(image, F(y), F(x))


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: source_position(0, 3, 4, "centre"), "'centre' are none of asymmetric"),
    (lambda: Interpolate(input_size=2, output_size=4, mode="cubic"), "not 'cubic'"),
    (lambda: Interpolate(input_size=0, output_size=4), "input_size is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
