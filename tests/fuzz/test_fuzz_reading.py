"""A few thousand random texts in every test run, a million in the long one."""

from __future__ import annotations

import pytest

from .fuzz_reading import Fuzzer, run


def test_random_text_is_read_or_refused() -> None:
    assert run(4_000, seed=1) == 0


@pytest.mark.slow
def test_a_million_texts() -> None:
    assert run(1_000_000, seed=21) == 0


def test_the_seed_decides_the_inputs() -> None:
    first, second, other = Fuzzer(5), Fuzzer(5), Fuzzer(6)
    texts = [first.text() for _ in range(50)]
    assert texts == [second.text() for _ in range(50)]
    assert texts != [other.text() for _ in range(50)]
