"""Deformable convolution against loops and ONNX Runtime in double precision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers.deformable import DeformConv2d
from tests import oracles
from tests.layers import loops
from tests.layers.values import at, numbers, onnx_run, proved, refuted

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


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: deformed({"groups": 4}), "groups divides out_channels, but 4 does not divide 2"),
    (lambda: deformed({"offset_groups": 0}), "offset_groups is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
