"""A few thousand random texts in every test run, a million in the long one."""

from __future__ import annotations

import pytest

from .fuzz_reading import block_of, run
from .inputs import Fuzzer, draw


def test_random_text_is_read_or_refused() -> None:
    assert run(4_000, seed=1) == 0


@pytest.mark.slow
def test_a_million_texts() -> None:
    assert run(1_000_000, seed=21, jobs=2) == 0


def test_the_seed_decides_the_inputs() -> None:
    first, second, other = Fuzzer(5), Fuzzer(5), Fuzzer(6)
    texts = [first.text() for _ in range(50)]
    assert texts == [second.text() for _ in range(50)]
    assert texts != [other.text() for _ in range(50)]
    drawn: list[list[str]] = [[], []]
    for found in drawn:
        draw(3, 10, found.append)
    assert drawn[0] == drawn[1]
    assert block_of(7, 200).seen == block_of(7, 200).seen
