"""The index table of a map that is a product of axes: each axis once, combined by broadcasting.

Row ``(o1, o2, ...)`` and column ``(i1, i2, ...)`` hold tap ``(j1, j2, ...)`` where every axis on
its own has its tap ``jk`` at ``(ok, ik)``. Channels and groups are an axis too: dense blocks. A
long stretch of rows that look alike is written in one go, so large tables cost what memory costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.integer[Any]]

MOST_ENTRIES = 10**9


@dataclass(frozen=True, slots=True)
class Run:
    """``rows`` rows that look alike: the first one's columns and taps, and what each next adds."""

    rows: int
    columns: IntArray
    taps: IntArray
    column_step: int
    tap_step: int


@dataclass(frozen=True, slots=True)
class IndexTable:
    """Rows of columns, ascending in each row, and the numbers of the taps there, end to end.

    Every row has ``width`` entries, or, where that is None, row ``r`` has ``lengths[r]``.
    """

    shape: tuple[int, int]
    members: int
    columns: IntArray
    taps: IntArray
    width: int | None = None
    lengths: IntArray | None = None

    def pointers(self) -> IntArray:
        """Where each row begins, and at last where the last one ends."""
        import numpy as np

        rows, kind = self.shape[0], signed(len(self.columns) + 1)
        if self.lengths is None:
            even: IntArray = np.arange(rows + 1, dtype=kind) * kind(self.width or 0)
            return even
        pointers = np.zeros(rows + 1, kind)
        np.cumsum(self.lengths, dtype=kind, out=pointers[1:])
        return pointers


class Factor(Protocol):
    """One axis: its numbers of rows, columns and taps, and which tap stands where."""

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows, columns and taps."""
        ...

    def table(self) -> IndexTable:
        """The axis on its own."""
        ...

    def runs(self) -> list[Run]:
        """The rows of the axis in order, gathered where they look alike."""
        ...


@frozen
class Channels:
    """Every output channel reads every input channel of its group, each pair with its own tap.

    Tap ``(o, c)`` belongs to output channel ``o`` and the ``c``-th input channel of its group.
    Raises AuthorError where the groups do not divide both numbers of channels.
    """

    outputs: int
    inputs: int
    groups: int = 1

    def __post_init__(self) -> None:
        if min(self.outputs, self.inputs, self.groups) < 1:
            raise AuthorError(
                f"channels and groups are at least 1: outputs {self.outputs}, inputs "
                f"{self.inputs}, groups {self.groups}"
            )
        for name, count in (("output", self.outputs), ("input", self.inputs)):
            if count % self.groups:
                raise AuthorError(f"{self.groups} groups do not divide {count} {name} channels")

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows, columns and taps."""
        return self.outputs, self.inputs, self.outputs * (self.inputs // self.groups)

    def runs(self) -> list[Run]:
        """One run for each group."""
        import numpy as np

        rows, width = self.outputs // self.groups, self.inputs // self.groups
        inner = np.arange(width)
        return [
            Run(rows, inner + group * width, inner + group * rows * width, 0, width)
            for group in range(self.groups)
        ]

    def table(self) -> IndexTable:
        """The channels alone, as of a 1 x 1 convolution on one position."""
        return combined(self, one())


def one() -> IndexTable:
    """The table of the 1 x 1 map with one tap."""
    import numpy as np

    zero = np.zeros(1, np.int32)
    return IndexTable((1, 1), 1, zero, zero.astype(np.uint8), 1)


def product(factors: Sequence[Factor]) -> IndexTable:
    """The product of the axes, the first one being the slowest in rows, columns and taps."""
    if not factors:
        return one()
    made = factors[-1].table()
    for outer in reversed(factors[:-1]):
        made = combined(outer, made)
    return made


def combined(outer: Factor, inner: IndexTable) -> IndexTable:
    """Every entry of ``outer`` replaced by a copy of ``inner``.

    Raises AuthorError for a table of more than `MOST_ENTRIES`.
    """
    import numpy as np

    rows, columns, taps = outer.sizes
    height, breadth = inner.shape
    members = taps * inner.members
    wide, narrow = signed(columns * breadth), tap_type(members)
    runs, spread = outer.runs(), _Spread(inner)
    ends = [0]
    for run in runs:
        ends.append(ends[-1] + run.rows * len(run.columns) * len(inner.columns))
    require_size(ends[-1])
    out_columns, out_taps = np.empty(ends[-1], wide), np.empty(ends[-1], narrow)
    for run, begin, end in zip(runs, ends, ends[1:], strict=False):
        block = spread(inner.columns, run.columns, breadth, wide)
        _repeated(out_columns[begin:end], block, run.rows, run.column_step * breadth)
        block = spread(inner.taps, run.taps, inner.members, narrow)
        _repeated(out_taps[begin:end], block, run.rows, run.tap_step * inner.members)
    shape = (rows * height, columns * breadth)
    counts = [len(run.columns) for run in runs]
    if inner.width is not None and counts.count(counts[0]) == len(counts):
        return IndexTable(shape, members, out_columns, out_taps, inner.width * counts[0])
    base = inner.lengths
    if base is None:
        base = np.full(height, inner.width, np.int32)
    per_row = np.repeat(counts, [run.rows for run in runs]).astype(base.dtype)
    return IndexTable(
        shape, members, out_columns, out_taps, lengths=np.multiply.outer(per_row, base).ravel()
    )


def require_size(entries: int) -> None:
    """Raises AuthorError where a table would hold more than `MOST_ENTRIES`.

    >>> require_size(10**12)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: a table of 1000000000000 entries is too large: at most 1000000000
    """
    if entries > MOST_ENTRIES:
        raise AuthorError(f"a table of {entries} entries is too large: at most {MOST_ENTRIES}")


class _Spread:
    """The values of one outer row: for each of its entries a copy of ``inner``, row by row."""

    __slots__ = ("ahead", "inner", "numbers", "places", "steps")

    def __init__(self, inner: IndexTable) -> None:
        import numpy as np

        self.inner = inner
        self.places: dict[int, IntArray] = {}
        lengths = inner.lengths
        if lengths is not None:
            self.numbers = np.arange(len(inner.columns))
            self.steps = lengths.repeat(lengths)
            self.ahead = (lengths.cumsum() - lengths).repeat(lengths)

    def __call__(self, values: IntArray, offsets: IntArray, unit: int, kind: Any) -> IntArray:
        import numpy as np

        if len(offsets) == 1:
            moved: IntArray = values + kind(int(offsets[0]) * unit)
            return moved
        added = np.multiply(offsets, unit, dtype=kind, casting="unsafe")[:, None]
        if self.inner.lengths is None:
            rows = (self.inner.shape[0], 1, self.inner.width or 0)
            return (values.reshape(rows) + added).reshape(-1)
        block = np.empty(len(offsets) * len(values), kind)
        block[self._places(len(offsets))] = values + added
        return block

    def _places(self, count: int) -> IntArray:
        """Where entry ``e`` of ``inner`` goes in copy ``a``: ``[a, e]``."""
        import numpy as np

        if count not in self.places:
            first = self.numbers + (count - 1) * self.ahead
            self.places[count] = first + self.steps * np.arange(count)[:, None]
        return self.places[count]


def _repeated(out: IntArray, block: IntArray, rows: int, step: int) -> None:
    """Writes ``block``, ``block + step``, ``block + 2*step``, ..."""
    import numpy as np

    view = out.reshape(rows, len(block))
    if step == 0 or rows == 1:
        view[...] = block
    else:
        np.add(block, np.arange(0, rows * step, step, dtype=out.dtype)[:, None], out=view)


def signed(count: int) -> Any:
    """The signed type for the numbers ``0 .. count - 1``: 32 bits where they are enough."""
    import numpy as np

    return np.int32 if count <= 2**31 else np.int64


def tap_type(count: int) -> Any:
    """The smallest unsigned type for the numbers ``0 .. count - 1``."""
    import numpy as np

    return np.uint8 if count <= 2**8 else np.uint16 if count <= 2**16 else np.uint32
