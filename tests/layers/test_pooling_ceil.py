"""Ceil mode against ONNX Runtime over all small geometries; where the reference evaluator errs."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.layers.pooling import AvgPool1d, MaxPool1d
from tests.layers.values import at, numbers, onnx_run

GRID = [
    (n, k, s, p)
    for n, k, s, p in product(range(3, 8), (2, 3), (1, 2, 3), (0, 1))
    if 2 * p <= k
]  # fmt: skip
KINDS = {
    "max": ("MaxPool", {}),
    "average": ("AveragePool", {"count_include_pad": 0}),
    "average with padding": ("AveragePool", {"count_include_pad": 1}),
}


def ours(op: str, numbers_of: tuple[int, int, int, int], x: Any, **kind: int) -> list[float]:
    n, k, s, p = numbers_of
    sizes: dict[str, Any] = {"input_size": n, "kernel_size": k, "stride": s, "padding": p}
    included = bool(kind.get("count_include_pad"))
    layer = (
        MaxPool1d(**sizes, ceil_mode=True) if op == "MaxPool"
        else AvgPool1d(**sizes, ceil_mode=True, count_include_pad=included)
    )  # fmt: skip
    count = int(at(layer.output_size()[0]))
    return [float(at(layer.forward(o), x=x)) for o in range(count)]


def runtime(op: str, numbers_of: tuple[int, int, int, int], x: Any, **kind: Any) -> Any:
    """ONNX Runtime, which pools in single precision only."""
    import onnxruntime  # type: ignore[import-untyped]
    from onnx import TensorProto, helper

    _, k, s, p = numbers_of
    node = helper.make_node(
        op, ["x"], ["y"], kernel_shape=[k], strides=[s], pads=[p, p], ceil_mode=1, **kind
    )
    entry = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, len(x)])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    model = helper.make_model(
        helper.make_graph([node], "layer", [entry], [result]),
        opset_imports=[helper.make_opsetid("", 22)], ir_version=10,
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"x": np.array(x, np.float32)[None, None]})[0][0, 0]


@pytest.mark.parametrize(("op", "kind"), KINDS.values(), ids=KINDS)
def test_all_small_geometries(op: str, kind: dict[str, int]) -> None:
    for case in GRID:
        x = numbers(case[0])
        theirs = runtime(op, case, x, **kind)
        found = ours(op, case, x, **kind)
        assert len(found) == len(theirs), case
        assert np.allclose(found, theirs, rtol=1e-5), case


@pytest.mark.parametrize(
    ("op", "case"), [("MaxPool", (3, 2, 1, 1)), ("AveragePool", (4, 3, 3, 0))]
)  # fmt: skip
def test_the_reference_evaluator_errs(op: str, case: tuple[int, int, int, int]) -> None:
    """A gap of the oracle: in ceil mode it loses a window at stride 1, or moves all of them."""
    n, k, s, p = case
    x = numbers(n)
    theirs = onnx_run(
        op, {"x": x[None, None]}, kernel_shape=[k], strides=[s], pads=[p, p], ceil_mode=1
    )[0, 0]
    found = ours(op, case, x)
    assert len(found) != len(theirs) or not np.allclose(found, theirs)
    assert np.allclose(found, runtime(op, case, x), rtol=1e-5)
