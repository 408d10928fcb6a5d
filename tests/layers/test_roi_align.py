"""RoIAlign against loops, the reference evaluator and ONNX Runtime in double precision."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers.roi_align import RoIAlign
from tests.layers import loops
from tests.layers.values import at, numbers, onnx_run

F = Fraction
HALF = Fraction(1, 2)


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


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.tuples(*[st.fractions(-3, 9, max_denominator=4)] * 4),
    st.sampled_from([F(1), HALF, F(1, 4)]),
    st.booleans(),
    st.integers(1, 3),
)
def test_any_box(box: tuple[Fraction, ...], scale: Fraction, aligned: bool, ratio: int) -> None:
    image, bins = numbers(4, 3), (1, 2)
    layer = RoIAlign(
        output_size=bins, spatial_scale=scale, input_size=(4, 3), sampling_ratio=ratio,
        aligned=aligned,
    )  # fmt: skip
    boxes = np.array([box], dtype=object)
    ours = at(layer.output(), x=image[None], roi=boxes, n=F(0), c=F(0))
    assert (ours == loops.roi_align(image, box, bins, scale, ratio, aligned)).all()


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


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, mode="min"), "avg or max"),
    (lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, mode="max"), "adaptive"),
    (
        lambda: RoIAlign(
            output_size=2,
            spatial_scale=1,
            input_size=9,
            mode="max",
            sampling_ratio=Symbol("s"),
        ),
        "symbolic",
    ),
    (
        lambda: RoIAlign(output_size=2, spatial_scale=1, input_size=9, sampling_ratio=-1),
        "sampling_ratio is -1",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
