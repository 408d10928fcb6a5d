"""The index relation, padding rules and receptive fields, against counting and stepping."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.claims import Equation
from symcnn.errors import AuthorError
from symcnn.formula import Formula, Symbol, formula
from symcnn.formula.meaning import evaluate
from symcnn.layers import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d, IndexRelation, Padding
from symcnn.layers.im2col import im2col_index
from symcnn.layers.padding import (
    by_name,
    same,
    tensorflow_same,
    tensorflow_same_size,
    tensorflow_valid_size,
)
from symcnn.layers.receptive_field import ReceptiveField, receptive_field_size
from symcnn.prover import decide
from symcnn.reading import read_given
from tests import oracles


def number(size: Formula) -> Any:
    return evaluate(size, {})


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "d"),
    [case for case in product((1, 4, 7), (1, 2, 3), (1, 2, 3), (0, 1, 4), (1, 2))
     if case[4] * (case[1] - 1) < case[0] + 2 * case[3]],
)  # fmt: skip
def test_sizes_are_counted(n: int, k: int, s: int, p: int, d: int) -> None:
    relation = IndexRelation.gather(n, k, stride=s, padding=p, dilation=d)
    assert number(relation.outputs) == oracles.conv_size(n, k, s, p, d)
    assert number(relation.positions()) == oracles.conv_size(n, k, s, p, d)
    table = relation.table()
    assert number(relation.real_taps()) == (table >= 0).sum()
    back = IndexRelation.scatter(
        relation.outputs, k, stride=s, padding=p, dilation=d, output_padding=relation.left_over()
    ) if number(relation.left_over()) < max(s, d) else None  # fmt: skip
    assert back is not None and number(back.inputs) == n
    assert back.table().tolist() == table.tolist()


@pytest.mark.parametrize("n", range(1, 9))
@pytest.mark.parametrize("k", range(1, 5))
@pytest.mark.parametrize(("s", "d"), [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)])
def test_same_of_tensorflow(n: int, k: int, s: int, d: int) -> None:
    """ceil(n/s) outputs, at most one zero more at the end, and as few zeros as that takes."""
    padding = tensorflow_same(n, k, s, d)
    before, after = number(padding.before), number(padding.after)
    relation = IndexRelation.gather(n, k, stride=s, padding=padding, dilation=d)
    assert number(relation.outputs) == -(-n // s) == number(tensorflow_same_size(n, s))
    assert after - before in (0, 1)
    if before + after:
        assert (n + before + after - 1 - d * (k - 1) - 1) // s + 1 < -(-n // s)
    reach = d * (k - 1) + 1
    if reach <= n:
        bare = IndexRelation.gather(n, k, stride=s, dilation=d)
        assert number(bare.outputs) == number(tensorflow_valid_size(n, k, s, d))


def test_rules_of_padding_are_theorems() -> None:
    N, K, S, D = map(Symbol, "NKSD")
    given = read_given("N, K, S, D: positive integer; D*(K - 1) < N")
    valid = IndexRelation.gather(N, K, stride=S, dilation=D)
    claim = Equation(tensorflow_valid_size(N, K, S, D), valid.outputs)
    assert decide(claim, given).kind == "proved"
    one_off = Equation(tensorflow_valid_size(N, K + 1, S, D), valid.outputs)
    assert decide(one_off, given).kind == "refuted"
    kept = IndexRelation.gather(N, K, padding=same(K, D), dilation=D)
    assert decide(Equation(kept.outputs, N), given).kind == "proved"


def test_same_and_valid_by_name() -> None:
    assert Conv1d(input_size=6, kernel_size=4, padding="same").output_size() == formula(6)
    assert Conv1d(input_size=6, kernel_size=4, padding="same").ends() == Padding.of((1, 2))
    assert Conv2d(input_size=6, kernel_size=(3, 5), padding="same").padding == (
        formula(1), formula(2),
    )  # fmt: skip
    assert Conv1d(input_size=6, kernel_size=4, padding="valid").output_size() == formula(3)
    with pytest.raises(AuthorError, match='"same" or "valid", not \'reflect\''):
        by_name("reflect", "Conv1d", 3, 1, 1)


@pytest.mark.parametrize(
    ("layer", "wrong", "message"),
    [
        (Conv2d, {"input_size": (5, 2), "kernel_size": 3}, "Conv2d, axis 1: the kernel covers 3"),
        (Conv2d, {"input_size": 5, "kernel_size": 3, "padding": (0, -1)}, "padding is -1"),
        (Conv2d, {"input_size": 5, "kernel_size": (3, 3, 3)}, "kernel_size has 3 numbers"),
        (Conv2d, {"input_size": 5, "kernel_size": 3, "in_channels": 3}, "given together"),
        (Conv2d, {"input_size": 5, "kernel_size": 3, "in_channels": 3, "out_channels": 4,
                  "groups": 2}, "groups divides in_channels, but 2 does not divide 3"),
        (Conv2d, {"input_size": 5, "kernel_size": 3, "in_channels": 4, "out_channels": 3,
                  "groups": 2}, "groups divides out_channels, but 2 does not divide 3"),
        (Conv1d, {"input_size": 5, "kernel_size": 3, "stride": 2, "padding": "same"},
         "needs stride 1, but the stride is 2"),
        (Conv1d, {"input_size": 5, "kernel_size": 3, "stride": Symbol("S"), "padding": "same"},
         "the stride is symbolic"),
        (ConvTranspose1d, {"input_size": 5, "kernel_size": 3, "stride": 2, "output_padding": 2},
         r"output_padding is 2, but it is smaller than the stride \(2\) or the dilation \(1\)"),
        (ConvTranspose1d, {"input_size": 5, "kernel_size": 3, "output_padding": -1},
         "output_padding is -1"),
        (ConvTranspose2d, {"input_size": 2, "kernel_size": 2, "padding": (0, 2)},
         "axis 1: the output would have -1 entries"),
    ],
)  # fmt: skip
def test_impossible_numbers(layer: Any, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        layer(**wrong)


def test_what_is_symbolic_is_named() -> None:
    layer = Conv2d(input_size=(4, Symbol("W")), kernel_size=3, stride=Symbol("S"))
    with pytest.raises(AuthorError, match="Conv2d: input_size, stride are symbolic"):
        layer.linear_map()
    with pytest.raises(AuthorError, match="stride"):
        im2col_index(layer)
    layer = Conv2d(input_size=4, kernel_size=3, in_channels=Symbol("C"), out_channels=2)
    with pytest.raises(AuthorError, match="Conv2d: channels is symbolic"):
        layer.linear_map()


STACKS = {
    "equal layers": [(3, 1, 1, 1)] * 3,
    "strides": [(3, 2, 1, 1), (2, 2, 0, 1), (3, 1, 1, 1)],
    "dilations": [(3, 1, 1, 1), (3, 1, 2, 2), (3, 1, 4, 4)],
    "stride and dilation": [(2, 3, 0, 1), (3, 2, 1, 2)],
    "a 1 x 1 layer with stride": [(1, 2, 0, 1), (3, 1, 0, 1)],
}


@pytest.mark.parametrize("stack", list(STACKS.values()), ids=list(STACKS))
def test_receptive_field_is_what_an_output_sees(stack: list[tuple[int, int, int, int]]) -> None:
    """Found by following one output in the middle down to the input, on an input large enough."""
    relations, size = [], 60
    for k, s, p, d in stack:
        relations.append(IndexRelation.gather(size, k, stride=s, padding=p, dilation=d))
        size = number(relations[-1].outputs)
    middle = size // 2
    seen = {middle}
    for relation in reversed(relations):
        table = relation.table()
        seen = {int(place) for o in seen for place in table[o]}
    field = ReceptiveField.of(relations)
    assert number(field.first(middle)) == min(seen)
    assert number(field.last(middle)) == max(seen)
    assert number(field.size) == max(seen) - min(seen) + 1
    names = ("k", "s", "d")
    members = {
        name: {l + 1: layer[at] for l, layer in enumerate(stack)}  # noqa: E741
        for name, at in zip(names, (0, 1, 3), strict=True)
    }
    from symcnn.formula.values import Family

    point = {
        name: Family({(l,): Fraction(each) for l, each in given.items()})  # noqa: E741
        for name, given in members.items()
    }
    closed = receptive_field_size(len(stack), dilation="d")
    assert evaluate(closed, point) == number(field.size)


def test_a_single_output_sees_itself() -> None:
    assert ReceptiveField.of([]) == ReceptiveField(formula(1), formula(1), formula(0))
    assert np.array_equal(IndexRelation.gather(3, 1).table(), [[0], [1], [2]])
