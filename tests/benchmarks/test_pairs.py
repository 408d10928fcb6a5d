"""The measurement itself, with a clock that counts work instead of seconds."""

from __future__ import annotations

import pytest

from tests.benchmarks import conv_matrix
from tests.benchmarks.pairs import Pair, as_json, as_lines, measure


class Work:
    """A clock that goes on by what each call costs."""

    def __init__(self) -> None:
        self.now = 0.0
        self.order: list[str] = []

    def clock(self) -> float:
        return self.now

    def call(self, name: str, cost: float) -> str:
        self.order.append(name)
        self.now += cost
        return "result"


def test_the_ratio_of_known_work() -> None:
    work = Work()
    pair = Pair(
        "known",
        lambda: work.call("ours", 0.03),
        lambda: work.call("theirs", 0.12),
        "four times the work",
        lambda one, other: one == other,
    )
    found = measure(pair, rounds=4, clock=work.clock)
    assert found.ratio == pytest.approx(4)
    assert found.ours_seconds == pytest.approx(0.03)
    # after the agreement and one trial of each, the two alternate and swap places
    assert work.order[4:] == ["ours", "theirs", "theirs", "ours"] * 2
    assert as_json([found])[0]["rounds"] == 4
    assert "4.0x" in as_lines([found])[1]


def test_short_work_is_repeated_until_the_clock_sees_it() -> None:
    work = Work()
    pair = Pair(
        "short",
        lambda: work.call("ours", 0.001),
        lambda: work.call("theirs", 0.002),
        "twice the work",
        lambda one, other: True,
    )
    assert measure(pair, rounds=2, clock=work.clock).ratio == pytest.approx(2)


def test_ways_that_disagree_are_not_timed() -> None:
    pair = Pair("wrong", lambda: 1, lambda: 2, "another", lambda one, other: one == other)
    with pytest.raises(AssertionError, match="the results differ"):
        measure(pair)


def test_one_round_calls_the_other_way_once() -> None:
    work = Work()
    pair = Pair(
        "once",
        lambda: work.call("ours", 0.03),
        lambda: work.call("theirs", 60.0),
        "a slow one",
        lambda one, other: one == other,
        rounds=1,
    )
    found = measure(pair, clock=work.clock)
    assert work.order.count("theirs") == 1
    assert found.ratio == pytest.approx(2000)
    assert found.rounds == 1


def test_ratios_below_one_keep_their_digits() -> None:
    work = Work()
    pair = Pair(
        "copy",
        lambda: work.call("ours", 0.4),
        lambda: work.call("theirs", 0.05),
        "-",
        lambda *_: True,
    )
    assert "0.125x" in as_lines([measure(pair, clock=work.clock)])[1]


@pytest.mark.parametrize("pair", list(conv_matrix.pairs())[:4], ids=lambda pair: pair.name)
def test_both_ways_build_the_same_matrix(pair: Pair) -> None:
    assert pair.agree(pair.ours(), pair.theirs())
