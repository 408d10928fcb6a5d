"""What the outside oracles cannot do: if one of these fails, an oracle has learnt something."""

from __future__ import annotations

import numpy as np
import pytest

from tests.layers.values import numbers, onnx_run


def test_onnx_runtime_has_no_convolution_in_double_precision() -> None:
    from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as Missing

    feeds = {"x": numbers(1, 1, 4, 4), "w": numbers(1, 1, 2, 2)}
    with pytest.raises(Missing, match="Could not find an implementation for Conv"):
        onnx_run("Conv", feeds, runtime=True)


def test_onnx_runtime_has_roi_align_in_an_older_version_only() -> None:
    from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as Missing

    boxes = np.array([[0.0, 0.0, 2.0, 2.0]])
    feeds = {"x": numbers(1, 1, 4, 4), "r": boxes, "b": np.array([0])}
    with pytest.raises(Missing, match="Could not find an implementation for RoiAlign"):
        onnx_run("RoiAlign", feeds, runtime=True, opset=22)
    assert onnx_run("RoiAlign", feeds, runtime=True, opset=16).shape == (1, 1, 1, 1)
