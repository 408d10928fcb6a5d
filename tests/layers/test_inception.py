"""The Inception module, branch by branch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symcnn.errors import AuthorError
from symcnn.formula.plain import plain
from symcnn.layers.counts import conv_macs
from symcnn.layers.inception import Inception
from tests.layers.values import whole

MODULE = Inception(
    in_channels=192, ch1x1=64, ch3x3red=96, ch3x3=128, ch5x5red=16, ch5x5=32, pool_proj=32,
    input_size=28,
)  # fmt: skip


def test_inception_branch_by_branch() -> None:
    assert whole(MODULE.out_channels()) == 256
    assert whole(MODULE.macs()) == 128_049_152
    assert whole(MODULE.macs_without_reduction()) == 308_281_344
    assert plain(MODULE.macs()).split(" + ") == [
        "28*28*64*192", "28*28*96*192", "28*28*128*96*3*3", "28*28*16*192", "28*28*32*16*5*5",
        "28*28*32*192",
    ]  # fmt: skip
    direct, reduced = conv_macs(28, 192, 32, 5), 2_408_448 + 10_035_200
    assert (whole(direct), reduced) == (120_422_400, 12_443_648)
    assert [whole(size) for size in MODULE.receptive_fields()] == [1, 3, 5, 3]


def test_when_a_reduction_pays() -> None:
    assert whole(MODULE.reduction_saves(5, 16, 32)) * 784 == 120_422_400 - 12_443_648
    assert whole(MODULE.reduction_saves(3, 190, 128)) < 0


BAD: list[tuple[Callable[[], object], str]] = [
    (
        lambda: Inception(
            in_channels=1,
            ch1x1=0,
            ch3x3red=1,
            ch3x3=1,
            ch5x5red=1,
            ch5x5=1,
            pool_proj=1,
            input_size=3,
        ),
        "ch1x1 is 0",
    ),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
