"""Numbers for families, and formulas at them, for the tests of layers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from symcnn.claims import Equation
from symcnn.formula import Formula
from symcnn.formula.evaluation import Budget
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import ArrayValue, Family
from symcnn.prover.statements import settle
from symcnn.reading import read_given

WIDE = Budget(steps=3_000_000)


def numbers(*shape: int, seed: int = 1) -> Any:
    """An array of distinct fractions of both signs."""
    flat = [
        Fraction((-1) ** k * (7 * k + 3 * seed) % 23 - 11, (5 * k + seed) % 4 + 1)
        for k in range(int(np.prod(shape)))
    ]
    return np.array(flat, dtype=object).reshape(shape)


def family(values: Any) -> Family:
    """An array as a family, 0 outside."""
    array = np.asarray(values, dtype=object)
    return Family({at: Fraction(array[at]) for at in np.ndindex(array.shape)})


def at(formula: Formula, **families: Any) -> Any:
    """The exact value of a formula, an array as a NumPy array of Fractions."""
    point = {
        name: value if isinstance(value, Fraction | Family) else family(value)
        for name, value in families.items()
    }
    value = evaluate(formula, point, budget=WIDE)
    if isinstance(value, ArrayValue):
        return np.array(value.entries, dtype=object).reshape(value.shape)
    assert isinstance(value, Fraction), value
    return value


def whole(formula: Formula, **symbols: int) -> int:
    """The integer that a formula is worth."""
    value = at(formula, **{name: Fraction(number) for name, number in symbols.items()})
    assert value.denominator == 1
    return int(value)


def kind(lhs: Any, rhs: Any, given: str = "") -> str:
    """The kind of the prover's verdict on ``lhs = rhs``."""
    return settle(Equation(lhs, rhs), read_given(given)).kind


def proved(lhs: Any, rhs: Any, given: str = "") -> bool:
    """Does the prover prove ``lhs = rhs``?"""
    return kind(lhs, rhs, given) == "proved"


def refuted(lhs: Any, rhs: Any, given: str = "") -> bool:
    """Does the prover refute ``lhs = rhs``?"""
    return kind(lhs, rhs, given) == "refuted"


def onnx_run(
    op: str, feeds: Mapping[str, Any], runtime: bool = False, opset: int = 22, **attributes: Any
) -> Any:
    """What ONNX's reference evaluator, or ONNX Runtime, answers in float64 for one operator."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    kinds = {"f": TensorProto.DOUBLE, "i": TensorProto.INT64}
    arrays = {
        name: np.asarray(value, float) if np.asarray(value).dtype != np.int64 else np.asarray(value)
        for name, value in feeds.items()
    }
    inputs = [
        helper.make_tensor_value_info(name, kinds[array.dtype.kind], list(array.shape))
        for name, array in arrays.items()
        if name
    ]
    output = helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)
    node = helper.make_node(op, list(arrays), ["y"], **attributes)
    graph = helper.make_graph([node], "layer", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    given = {name: array for name, array in arrays.items() if name}
    if not runtime:
        return np.asarray(ReferenceEvaluator(model).run(None, given)[0])
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return np.asarray(session.run(None, given)[0])
