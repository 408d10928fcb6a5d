"""Transposed convolutions by scattering and by gathering are equal for all weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.layers import ConvTranspose2d, LinearMap
from symcnn.layers.axis import Axis
from symcnn.layers.gather_axis import GatherAxis
from symcnn.layers.index_table import Channels, Factor
from symcnn.layers.members import Members
from symcnn.layers.same_entries import DifferentEntries, SameEntries, same_entries
from symcnn.layers.turned import Turned

SIZES = st.integers(1, 6)


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    return Axis(
        outputs=draw(SIZES), inputs=draw(SIZES), taps=draw(st.integers(1, 4)),
        stride=draw(st.integers(1, 3)), padding=draw(st.integers(-2, 4)),
        dilation=draw(st.sampled_from([1, 1, 2, 3, -1])),
    )  # fmt: skip


def gathered(axis: Axis) -> GatherAxis:
    return GatherAxis(
        outputs=axis.inputs, inputs=axis.outputs, taps=axis.taps, stride=axis.stride,
        padding=axis.padding, dilation=axis.dilation,
    )  # fmt: skip


def separable(factors: list[Factor]) -> LinearMap:
    shape = tuple(factor.sizes[2] for factor in factors)
    return LinearMap.separable(factors, weights=Members("w", shape))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(axes(), min_size=1, max_size=2), st.integers(1, 2), st.integers(1, 2))
def test_gathering_is_the_transpose(listed: list[Axis], groups: int, each: int) -> None:
    channels = Channels(groups * each, groups, groups)
    scattered = separable([channels, *listed]).T
    gather = separable([Turned(channels), *map(gathered, listed)])
    found = same_entries(gather, scattered)
    assert isinstance(found, SameEntries)
    assert found.monomials == scattered.nnz


@pytest.mark.parametrize("changed", ["stride", "padding", "dilation"])
def test_another_number_is_another_map(changed: str) -> None:
    axis = Axis(outputs=4, inputs=9, taps=3, stride=2, padding=1)
    wrong = replace(gathered(axis), **{changed: getattr(axis, changed) + 1})
    found = same_entries(separable([wrong] * 2), separable([axis] * 2).T)
    assert isinstance(found, DifferentEntries)
    assert {found.left, found.right} == {0, 1}


def test_a_layer_with_groups_stride_and_output_padding() -> None:
    layer = ConvTranspose2d(
        in_channels=4, out_channels=6, kernel_size=3, input_size=4, stride=2, padding=1,
        output_padding=1, groups=2,
    )  # fmt: skip
    matrix = layer.linear_map()
    axis = GatherAxis(outputs=8, inputs=4, taps=3, stride=2, padding=1)
    gather = LinearMap.separable([Turned(Channels(4, 6, 2)), axis, axis], weights=matrix.weights)
    y = Members("y", (4 * 4 * 4,))
    assert same_entries(gather @ y, matrix @ y).equal
    short = LinearMap.separable(
        [Turned(Channels(4, 6, 2)), axis, replace(axis, padding=0)], weights=matrix.weights
    )
    assert not same_entries(short @ y, matrix @ y).equal


def test_impossible_numbers() -> None:
    with pytest.raises(AuthorError, match="taps"):
        GatherAxis(outputs=1, inputs=1, taps=0)
