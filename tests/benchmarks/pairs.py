"""Paired measurement: two ways alternate in one process, and only their ratio is reported.

CPU time, medians over rounds, the order of the two swapped from round to round: what else the
machine does meets both alike. Objects that one way has left behind are not walked over while the
other is timed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from time import process_time
from typing import Any

ROUNDS = 7
ENOUGH_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways to one result. ``agree`` says, before anything is timed, that results are equal.

    With one round, for a way that takes long, the other way is timed while it makes its result.
    """

    name: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    against: str
    agree: Callable[[Any, Any], bool]
    rounds: int = ROUNDS


@dataclass(frozen=True, slots=True)
class Ratio:
    """``ratio`` is how many times as long the other way takes; the rest is per call."""

    name: str
    against: str
    ours_seconds: float
    theirs_seconds: float
    ratio: float
    lowest: float
    highest: float
    rounds: int


def measure(
    pair: Pair, rounds: int | None = None, clock: Callable[[], float] = process_time
) -> Ratio:
    """Measures one pair. Raises AssertionError when the two ways disagree."""
    rounds = rounds or pair.rounds
    if rounds == 1:
        return _measure_once(pair, clock)
    assert pair.agree(pair.ours(), pair.theirs()), f"{pair.name}: the results differ"
    ways = (pair.ours, pair.theirs)
    loops = [_loops(way, clock) for way in ways]
    seconds: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for which in (0, 1) if turn % 2 == 0 else (1, 0):
            seconds[which].append(_apart(ways[which], loops[which], clock) / loops[which])
    return _ratio(pair, *seconds)


def _measure_once(pair: Pair, clock: Callable[[], float]) -> Ratio:
    start = clock()
    theirs = pair.theirs()
    seconds = clock() - start
    assert pair.agree(pair.ours(), theirs), f"{pair.name}: the results differ"
    loops = _loops(pair.ours, clock)
    return _ratio(pair, [_apart(pair.ours, loops, clock) / loops], [seconds])


def _ratio(pair: Pair, *seconds: list[float]) -> Ratio:
    ratios = [theirs / ours for ours, theirs in zip(*seconds, strict=True)]
    return Ratio(
        name=pair.name,
        against=pair.against,
        ours_seconds=median(seconds[0]),
        theirs_seconds=median(seconds[1]),
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        rounds=len(ratios),
    )


def _apart(way: Callable[[], Any], loops: int, clock: Callable[[], float]) -> float:
    """The time, without walks over what was there before."""
    gc.collect()
    gc.freeze()
    try:
        return _time(way, loops, clock)
    finally:
        gc.unfreeze()


def _time(way: Callable[[], Any], loops: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(loops):
        way()
    return clock() - start


def _loops(way: Callable[[], Any], clock: Callable[[], float]) -> int:
    """How many calls the clock can measure well."""
    loops = 1
    while _time(way, loops, clock) < ENOUGH_SECONDS:
        loops *= 2
    return loops


def as_lines(ratios: list[Ratio]) -> list[str]:
    """The table that `make bench` prints."""
    lines = [f"{'':36} {'ours':>10} {'theirs':>10} {'ratio':>8}   {'range':<15} against"]
    for each in ratios:
        span = f"{_times(each.lowest)} .. {_times(each.highest)}"
        lines.append(
            f"{each.name:36} {_shown(each.ours_seconds):>10} {_shown(each.theirs_seconds):>10} "
            f"{_times(each.ratio):>7}x   {span:<15} {each.against}"
        )
    return lines


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.3f}"


def _shown(seconds: float) -> str:
    return f"{seconds * 1e3:.3f} ms"


def as_json(ratios: list[Ratio]) -> list[dict[str, Any]]:
    """What stands in build/bench.json."""
    return [asdict(each) for each in ratios]
