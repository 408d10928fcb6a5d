"""Whole numbers, and layers by ONNX's reference evaluator that are chained exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.layers.values import onnx_run


def whole_numbers(*shape: int, seed: int = 1) -> Any:
    """An array of the integers from -3 to 3, as Python's own."""
    return np.random.default_rng(seed).integers(-3, 4, shape).astype(object)


def conv(x: Any, w: Any, **attributes: Any) -> Any:
    """``Conv`` of [C][H][W] or [C][N] in float64, exact as long as whole numbers are below 2^53."""
    return onnx_run("Conv", {"x": x[None], "w": w}, **attributes)[0]


def relu(x: Any) -> Any:
    """``Relu``."""
    return onnx_run("Relu", {"x": x})


def join(*parts: Any) -> Any:
    """``Concat`` along the channels."""
    return onnx_run("Concat", {f"x{k}": np.asarray(p) for k, p in enumerate(parts)}, axis=0)
