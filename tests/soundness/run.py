"""The soundness run: ``python -m tests.soundness.run --count 100000 --seed 1``.

Counts verdicts on pairs and statements of each class, then asks the adversaries. The tables go to
stdout, progress and wrong verdicts to stderr; exit code 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.soundness.adversaries import adversaries
from tests.soundness.cases import KINDS, case
from tests.soundness.keys import KEYS
from tests.soundness.verdicts import DECIDE, answered, decided, found, is_wrong

_CHUNK = 250
LEAST = ("proved", "refuted", "undecided", "wrong")
OUTCOMES = ("proved", "holds_under", "refuted", "undecided", "invalid", "wrong", "crashed")
Tally = tuple[Counter[tuple[str, str]], list[str]]


def judge_pairs(seed: int, decide_name: str, start: int, stop: int) -> Tally:
    """Verdicts about the cases number start to stop - 1, and what was wrong."""
    decide = found(decide_name)
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for number in range(start, stop):
        one = case(seed, number)
        try:
            kind = decided(one, decide)
        except Exception:  # noqa: BLE001 - a crash is a finding, and the run goes on
            kind = "crashed"
            wrong.append(f"CRASHED\n{one}\n{traceback.format_exc(limit=-3)}")
        if is_wrong(one, kind):
            wrong.append(f"WRONG: {kind}\n{one}")
            kind = "wrong"
        counts[one.kind, kind] += 1
    return counts, wrong


def judge_adversaries(start: int, stop: int) -> Tally:
    """Verdicts about the adversaries number start to stop - 1."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for one in list(adversaries())[start:stop]:
        try:
            kind = answered(one)
        except Exception:  # noqa: BLE001 - a crash is a finding, and the run goes on
            kind = "crashed"
            wrong.append(f"CRASHED\n{one}\n{traceback.format_exc(limit=-3)}")
        if kind == "proved":
            wrong.append(f"WRONG: proved\n{one}")
            kind = "wrong"
        counts[one.how, kind] += 1
    return counts, wrong


def _gathered(judge: partial[Tally], first: int, count: int, jobs: int, name: str) -> Tally:
    starts = range(first, count, _CHUNK)
    stops = [min(start + _CHUNK, count) for start in starts]
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    with ProcessPoolExecutor(jobs) as pool:
        for stop, (some, bad) in zip(stops, pool.map(judge, starts, stops), strict=True):
            counts.update(some)
            wrong += bad
            for text in bad:
                print(text, file=sys.stderr)
            print(f"{name}: {stop} of {count}, {len(wrong)} wrong", file=sys.stderr)
    return counts, wrong


def table(counts: Counter[tuple[str, str]]) -> str:
    """One row for each class, with its number of pairs and one column for each outcome."""
    rows = [name for name in KINDS if any(name == row for row, _ in counts)]
    rows += sorted({row for row, _ in counts} - set(rows))
    columns = [each for each in OUTCOMES if each in LEAST or any(each == c for _, c in counts)]
    lines = [("class", "pairs", *columns)]
    for row in rows:
        cells = [counts[row, column] for column in columns]
        lines.append((row, str(sum(cells)), *map(str, cells)))
    sums = [sum(counts[row, column] for row in rows) for column in columns]
    lines.append(("all", str(sum(sums)), *map(str, sums)))
    width = max(len(line[0]) for line in lines)
    return "\n".join(
        f"{first:<{width}}" + "".join(f"{cell:>12}" for cell in rest) for first, *rest in lines
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Count wrong verdicts; the bar is none.")
    parser.add_argument("--count", type=int, default=100_000, help="pairs")
    parser.add_argument("--first", type=int, default=0, help="go on from this pair")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--adversaries", type=int, default=50 * len(KEYS), help="how many of them")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--decide", default=DECIDE, help="module:function of (statement, given)")
    options = parser.parse_args(arguments)
    pairs = partial(judge_pairs, options.seed, options.decide)
    wrong: list[str] = []
    for judge, first, count, name in (
        (pairs, options.first, options.count, "pairs"),
        (partial(judge_adversaries), 0, options.adversaries, "adversaries"),
    ):
        if count:
            counts, bad = _gathered(judge, first, count, options.jobs, name)
            wrong += bad
            print(f"{count - first} {name}\n{table(counts)}\n")
    print(f"{len(wrong)} wrong or crashed")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
