"""Numbers of pictures, for the templates that draw them: bars in the coordinates of an SVG."""

from __future__ import annotations

from symcnn.formula.frozen import frozen
from symcnn.grader.outputs.summary import Bar

WIDTH, HEIGHT = 640, 220  # of the field of the histogram
_GAP = 8


@frozen
class Column:
    """A bar of the histogram in two parts, the lower of students with everything marked."""

    x: int
    width: int
    whole_y: int
    whole_height: int
    open_y: int
    open_height: int
    count: int
    top: int
    middle: int
    low: int


@frozen
class Histogram:
    """The columns and the lines behind them, each with its number."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT


@frozen
class Piece:
    """A part of a bar, in thousandths of its length."""

    state: str
    x: int
    width: int
    count: int


def histogram(bars: tuple[Bar, ...]) -> Histogram:
    """The columns of a distribution, scaled to a round number of students.

    >>> [each.whole_height for each in histogram((Bar(0, 50, 1, 0), Bar(50, 100, 2, 2))).columns]
    [55, 110]
    """
    step = _step(max((each.count for each in bars), default=0))
    most = max(step, -(-max((each.count for each in bars), default=0) // step) * step)
    width = WIDTH // max(1, len(bars))
    columns = []
    for place, each in enumerate(bars):
        whole = each.whole * HEIGHT // most
        both = each.count * HEIGHT // most
        columns.append(
            Column(
                x=place * width + _GAP // 2,
                width=width - _GAP,
                whole_y=HEIGHT - whole,
                whole_height=whole,
                open_y=HEIGHT - both,
                open_height=both - whole,
                count=each.count,
                top=HEIGHT - both,
                middle=place * width + width // 2,
                low=each.low,
            )
        )
    lines = tuple((HEIGHT - count * HEIGHT // most, count) for count in range(0, most + 1, step))
    return Histogram(tuple(columns), lines)


def _step(most: int) -> int:
    """A round distance of at most five lines: 1, 2 or 5 times a power of ten.

    >>> [_step(each) for each in (0, 3, 7, 30, 1000)]
    [1, 1, 2, 10, 200]
    """
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most <= 5 * factor * power:
                return factor * power
        power *= 10


def stacked(counts: dict[str, int]) -> tuple[Piece, ...]:
    """The parts of a bar that is as long as all of them, those of nothing left out.

    >>> [(each.x, each.width) for each in stacked({"right": 1, "wrong": 0, "open": 2})]
    [(0, 333), (333, 667)]
    """
    total = sum(counts.values())
    pieces, before = [], 0
    for state, count in counts.items():
        if count:
            begin, end = before * 1000 // total, (before + count) * 1000 // total
            pieces.append(Piece(state, begin, end - begin, count))
            before += count
    return tuple(pieces)
