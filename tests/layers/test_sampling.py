"""Interpolation, deformable convolution and RoIAlign against plain loops, ONNX and ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Formula, Index, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.layers.deformable import DeformConv2d
from symcnn.layers.interpolation import (
    Interpolate,
    bilinear,
    linear,
    nearest,
    sampled,
    source_position,
)
from symcnn.layers.roi_align import RoIAlign
from tests import oracles
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


def test_tents_are_the_bilinear_rule_in_its_cell() -> None:
    """The sum of tents over the grid, against the four corners of the cell."""
    image = numbers(4, 5)
    for y, x in [(F(3, 4), F(5, 2)), (F(2), F(1, 3)), (F(3), F(4)), (F(-1, 2), F(9, 2)), (-2, 0)]:
        value = sampled((formula(y), formula(x)), (formula(4), formula(5)), corner)
        assert at(value, f=image) == loops.bilinear(image, F(y), F(x))


DEFORMED = {
    "as it is": {},
    "stride and padding": {"stride": 2, "padding": 1},
    "dilation": {"dilation": 2, "padding": 2},
    "groups": {"groups": 2},
    "offset groups": {"offset_groups": 2, "padding": 1},
    "both groups, modulated": {"groups": 2, "offset_groups": 2, "modulated": True},
    "modulated": {"modulated": True, "padding": 1, "stride": 2},
}


def deformed(case: dict[str, Any]) -> tuple[DeformConv2d, dict[str, Any]]:
    layer = DeformConv2d(in_channels=2, out_channels=2, kernel_size=2, input_size=(5, 4), **case)
    size = [int(side.value) for side in layer.window().output_size()]  # type: ignore[attr-defined]
    groups = case.get("offset_groups", 1)
    families = {
        "x": numbers(2, 5, 4),
        "W": numbers(2, 2 // case.get("groups", 1), 2, 2, seed=2),
        "offset": numbers(8 * groups, *size, seed=3) / 4,
    }
    if case.get("modulated"):
        families["mask"] = numbers(4 * groups, *size, seed=4)
    return layer, families


@pytest.mark.parametrize("case", DEFORMED.values(), ids=DEFORMED)
def test_deformable_convolution(case: dict[str, Any]) -> None:
    layer, families = deformed(case)
    ours = at(layer.output(), **families)
    numbers_ = [
        case.get(name, default)
        for name, default in (
            ("stride", 1),
            ("padding", 0),
            ("dilation", 1),
            ("groups", 1),
            ("offset_groups", 1),
        )
    ]
    size = families["offset"].shape[1:]
    by_loops = loops.deform_conv(
        families["x"], families["W"], families["offset"], families.get("mask"), size, *numbers_
    )
    assert (ours == by_loops).all()
    stride, padding, dilation, groups, offset_groups = numbers_
    feeds = {"x": families["x"][None], "w": families["W"], "o": families["offset"][None]}
    if "mask" in families:
        feeds |= {"": np.zeros(0), "m": families["mask"][None]}
    attributes = {
        "strides": [stride] * 2, "pads": [padding] * 4, "dilations": [dilation] * 2,
        "group": groups, "offset_group": offset_groups, "kernel_shape": [2, 2],
    }  # fmt: skip
    theirs = onnx_run("DeformConv", feeds, runtime=True, **attributes)
    assert np.allclose(ours.astype(float), theirs[0], rtol=1e-12, atol=1e-12)


def test_the_reference_evaluator_deforms_in_single_precision() -> None:
    """A gap of that oracle, in float64: about seven digits agree."""
    layer, families = deformed({})
    ours = at(layer.output(), **families).astype(float)
    feeds = {"x": families["x"][None], "w": families["W"], "o": families["offset"][None]}
    theirs = onnx_run("DeformConv", feeds, kernel_shape=[2, 2])[0]
    assert np.allclose(ours, theirs, rtol=1e-3, atol=1e-4)
    assert not np.allclose(ours, theirs, rtol=1e-12, atol=1e-12)


def test_without_offsets_it_is_the_ordinary_convolution() -> None:
    case = {"stride": 2, "padding": 1}
    layer, families = deformed(case)
    families["offset"] = families["offset"] * 0
    plain = oracles.conv2d(families["x"], families["W"], (2, 2), (1, 1))
    assert (at(layer.output(), **families) == plain).all()


def test_offsets_are_two_numbers_a_tap() -> None:
    layer = DeformConv2d(
        in_channels=Symbol("C"), out_channels=Symbol("M"), kernel_size=Symbol("F"), input_size=99
    )
    sizes = "F, C, M: positive integer"
    assert proved(layer.offset_channels(), 2 * Symbol("F") ** 2, sizes)
    assert refuted(layer.offset_channels(), Symbol("F") ** 2, sizes)


BOXES = {
    "inside": (F(1), F(2), F(9), F(7)),
    "not on the grid": (F(3, 2), F(7, 3), F(8), F(13, 2)),
    "partly outside": (F(-6), F(1), F(5), F(22)),
    "far outside": (F(40), F(40), F(50), F(60)),
    "smaller than a pixel": (F(4), F(4), F(9, 2), F(17, 4)),
    "the whole image": (F(0), F(0), F(12), F(10)),
}


@pytest.mark.parametrize("aligned", [False, True], ids=["", "aligned"])
@pytest.mark.parametrize("ratio", [0, 1, 2])
@pytest.mark.parametrize("name", BOXES)
def test_roi_align(name: str, ratio: int, aligned: bool) -> None:
    box, image, bins = BOXES[name], numbers(5, 6), (2, 3)
    layer = RoIAlign(
        output_size=bins, spatial_scale=HALF, input_size=(5, 6), sampling_ratio=ratio,
        aligned=aligned,
    )  # fmt: skip
    boxes = np.array([box], dtype=object)
    ours = at(layer.output(), x=image[None], roi=boxes, n=F(0), c=F(0))
    assert (ours == loops.roi_align(image, box, bins, HALF, ratio, aligned)).all()
    feeds = {"x": image[None, None], "r": boxes, "b": np.array([0])}
    attributes = {
        "output_height": 2, "output_width": 3, "spatial_scale": 0.5, "sampling_ratio": ratio,
        "coordinate_transformation_mode": "half_pixel" if aligned else "output_half_pixel",
    }  # fmt: skip
    for runtime in (False, True):
        theirs = onnx_run("RoiAlign", feeds, runtime=runtime, opset=16, **attributes)
        assert np.allclose(ours.astype(float), theirs[0, 0], rtol=1e-12, atol=1e-12), runtime


@pytest.mark.parametrize("aligned", [False, True], ids=["", "aligned"])
def test_the_maximum_of_the_samples(aligned: bool) -> None:
    box, image, bins = BOXES["not on the grid"], numbers(5, 6), (2, 2)
    layer = RoIAlign(
        output_size=bins, spatial_scale=HALF, input_size=(5, 6), sampling_ratio=2,
        aligned=aligned, mode="max",
    )  # fmt: skip
    boxes = np.array([box], dtype=object)
    ours = at(layer.output(), x=image[None], roi=boxes, n=F(0), c=F(0))
    assert (ours == loops.roi_align(image, box, bins, HALF, 2, aligned, "max")).all()


def test_both_evaluators_take_the_maximum_of_weighted_corners() -> None:
    """A gap of these oracles: they compare ``weight*pixel``, not the interpolated samples."""
    box, image = BOXES["not on the grid"], numbers(5, 6)
    samples = loops.roi_align(image, box, (2, 2), HALF, 2, True, "max").astype(float)
    feeds = {"x": image[None, None], "r": np.array([box], dtype=object), "b": np.array([0])}
    attributes = {
        "output_height": 2, "output_width": 2, "spatial_scale": 0.5, "sampling_ratio": 2,
        "coordinate_transformation_mode": "half_pixel", "mode": "max",
    }  # fmt: skip
    found = [
        onnx_run("RoiAlign", feeds, runtime=runtime, opset=16, **attributes)
        for runtime in (False, True)
    ]
    assert np.allclose(found[0], found[1])
    assert not np.isclose(found[0][0, 0], samples).any()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: source_position(0, 3, 4, "centre"), "'centre' are none of asymmetric"),
        (lambda: Interpolate(input_size=2, output_size=4, mode="cubic"), "not 'cubic'"),
        (lambda: Interpolate(input_size=0, output_size=4), "input_size is 0"),
        (lambda: deformed({"groups": 4}), "groups divides out_channels, but 4 does not divide 2"),
        (lambda: deformed({"offset_groups": 0}), "offset_groups is 0"),
        (lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, mode="min"), "avg or max"),
        (lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, mode="max"), "adaptive"),
        (
            lambda: RoIAlign(
                output_size=2, spatial_scale=1, input_size=9, mode="max",
                sampling_ratio=Symbol("s"),
            ),
            "symbolic",
        ),
        (
            lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, sampling_ratio=-1),
            "sampling_ratio is -1",
        ),
    ],
)  # fmt: skip
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        make()
