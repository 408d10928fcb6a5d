"""Learned group convolution against its masked matrix, and channel shuffles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from symcnn.errors import AuthorError
from symcnn.layers.condense import LearnedGroupConv, shuffled_channel
from tests.layers.values import at, numbers, whole


def test_learned_group_convolution() -> None:
    layer = LearnedGroupConv(in_channels=6, out_channels=4, groups=2, condensation=3)
    x, w = numbers(6), numbers(4, 2, seed=2) + 50
    chosen = np.array([[4, 1], [0, 5]])
    families = {"x": x, "W": w, "chosen": chosen}
    expected = [sum(w[o, m] * x[chosen[o // 2, m]] for m in range(2)) for o in range(4)]
    assert [at(layer.forward(o), **families) for o in range(4)] == expected
    matrix = at(layer.masked_matrix(), W=w, chosen=chosen)
    assert (matrix @ x).tolist() == expected
    assert (matrix != 0).sum() == whole(layer.parameters()) == 8
    assert [whole(layer.parameters_after(stage)) for stage in range(3)] == [24, 16, 8]
    assert whole(layer.macs(7)) == 49 * 8


def test_a_channel_shuffle_is_the_transpose_of_groups_by_members() -> None:
    places = [whole(shuffled_channel(c, 12, 3)) for c in range(12)]
    order = np.arange(12).reshape(3, 4).T.reshape(-1)
    assert [places[c] for c in order] == list(range(12))
    back = [whole(shuffled_channel(place, 12, 4)) for place in places]
    assert back == list(range(12))


def condensed(**numbers_: int) -> Callable[[], LearnedGroupConv]:
    sizes = {"in_channels": 8, "out_channels": 8, "groups": 2, "condensation": 4, **numbers_}
    return lambda: LearnedGroupConv(**sizes)


BAD: list[tuple[Callable[[], object], str]] = [
    (condensed(groups=3), "groups divides out_channels, but 3 does not divide 8"),
    (condensed(condensation=3), "condensation divides in_channels, but 3 does not divide 8"),
    (lambda: condensed()().parameters_after(4), "condensing stage 4 is outside 0 .. 3"),
    (lambda: shuffled_channel(0, 6, 4), "groups divides channels, but 4 does not divide 6"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
