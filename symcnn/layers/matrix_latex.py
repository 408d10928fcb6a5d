r"""A matrix of taps in LaTeX: written out, or cut to its corners and blocks with ellipses.

``array`` is used throughout, since ``bmatrix`` ends at ten columns. A map that is a product of
axes is shown as a matrix of blocks, and one such block below it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.latex import latex
from symcnn.formula.nodes import Formula, Index, Symbol, formula
from symcnn.layers.index_table import Factor, IndexTable
from symcnn.layers.members import Members

if TYPE_CHECKING:
    from symcnn.layers.linear_map import LinearMap

BYTES = 3000
_WHOLE = 12  # rows and columns of a matrix that is shown whole
_Cut: TypeAlias = tuple[int, int, int, int]
_CUTS: tuple[_Cut, ...] = (
    (3, 2, 7, 3),
    (2, 1, 5, 2),
    (1, 1, 2, 1),
)  # rows, then columns, kept at both ends


def full_latex(matrix: LinearMap) -> str:
    r"""Every entry, whatever the size, in one ``array``; rows are joined by two backslashes."""
    labels = [latex(member) for member in matrix.members()]
    columns, taps = matrix.columns.tolist(), matrix.taps.tolist()
    pointers, width = matrix.pointers.tolist(), matrix.shape[1]
    gaps = ["0 & " * count for count in range(width + 1)]
    lines, begin = [], 0
    for end in pointers[1:]:
        pieces: list[str] = []
        at = 0
        for column, tap in zip(columns[begin:end], taps[begin:end], strict=True):
            pieces += (gaps[column - at], labels[tap], " & ")
            at = column + 1
        pieces.append(gaps[width - at])
        lines.append("".join(pieces)[:-3])
        begin = end
    return _framed("c" * width, lines)


def bounded_latex(matrix: LinearMap) -> str:
    """At most 3000 bytes: whole up to 12 rows and columns, else blocks or corners.

    Raises AuthorError where names are so long that not even the corners fit.
    """
    if max(matrix.shape) <= _WHOLE:
        text = full_latex(matrix)
        if len(text.encode()) <= BYTES:
            return text
    for cut in _CUTS:
        text = _levels(matrix, cut)
        if len(text.encode()) <= BYTES:
            return text
    raise AuthorError(f"names this long leave no room for a matrix in {BYTES} bytes")


def _levels(matrix: LinearMap, cut: _Cut) -> str:
    """The outermost matrix of blocks, then one block of each level, down to the taps."""
    plan = _plan(matrix)
    if plan is None:
        return _corners(matrix.index_table(), matrix.weights.member, cut)
    lines = []
    for k, (factor, label) in enumerate(plan):
        head = latex(Index(plan[k - 1][1].name, label.before)) + " = " if k else ""
        lines.append(head + _corners(factor.table(), label, cut))
    if len(lines) == 1:
        return lines[0]
    return r"\begin{gathered}" + r" \\[1ex] ".join(lines) + r"\end{gathered}"


@frozen
class _Label:
    """How the entries of a level are called: a letter, and indices before, of, and after them."""

    name: str
    before: tuple[Formula, ...]
    numbers: Members
    after: tuple[Formula, ...]

    def __call__(self, tap: int) -> Formula:
        return Index(self.name, (*self.before, *map(formula, self.numbers.place(tap)), *self.after))


def _plan(matrix: LinearMap) -> list[tuple[Factor, _Label]] | None:
    """The levels, slowest axis first, without those that are 1 x 1; None for one that has none."""
    weights, factors = matrix.weights, matrix.factors
    split = _split(weights.shape, factors) if isinstance(weights, Members) else None
    if not isinstance(weights, Members) or not split:
        return None
    kept = [k for k, factor in enumerate(factors) if factor.sizes != (1, 1, 1)]
    kept = kept or [len(factors) - 1]
    names = iter(each for each in "ABCDEFG" if each != weights.name)
    letters = iter(each for each in "pqrstuvabcd" if each != weights.name)
    first = formula(weights.first)
    plan: list[tuple[Factor, _Label]] = []
    before: tuple[Formula, ...] = ()
    for k, dimensions in enumerate(split):
        if k in kept:
            last = k == kept[-1]
            after = (first,) * sum(map(len, split[k + 1 :])) if last else ()
            name = weights.name if last else next(names)
            numbers = Members(weights.name, dimensions, weights.first)
            plan.append((factors[k], _Label(name, before, numbers, after)))
            if last:
                return plan
        before += tuple(Symbol(next(letters)) if k in kept else first for _ in dimensions)
    return plan


def _split(shape: tuple[int, ...], factors: tuple[Factor, ...]) -> list[tuple[int, ...]] | None:
    """The dimensions of the weights that number the taps of each axis; None where they do not."""
    split, at = [], 0
    for factor in factors:
        begin, count = at, 1
        while at < len(shape) and (count < factor.sizes[2] or (shape[at] == 1 and at == begin)):
            count *= shape[at]
            at += 1
        if count != factor.sizes[2]:
            return None
        split.append(shape[begin:at])
    if split and all(length == 1 for length in shape[at:]):
        split[-1] += shape[at:]
        return split
    return None


def _corners(table: IndexTable, label: Callable[[int], Formula], cut: _Cut) -> str:
    """The first and last rows and columns, dots between them."""
    rows = kept(table.shape[0], *cut[:2])
    columns = kept(table.shape[1], *cut[2:])
    pointers = table.pointers()
    lines = []
    for row in rows:
        if row is None:
            lines.append([r"\ddots" if column is None else r"\vdots" for column in columns])
            continue
        here = slice(int(pointers[row]), int(pointers[row + 1]))
        held = dict(zip(table.columns[here].tolist(), table.taps[here].tolist(), strict=True))
        cells = {column: latex(label(held[column])) for column in columns if column in held}
        lines.append([r"\cdots" if c is None else cells.get(c, "0") for c in columns])
    return _framed("c" * len(columns), [" & ".join(line) for line in lines])


def kept(count: int, head: int, tail: int) -> list[int | None]:
    """The positions that are shown; None where others are left out."""
    if count <= head + tail + 1:
        return list(range(count))
    return [*range(head), None, *range(count - tail, count)]


def _framed(columns: str, lines: list[str]) -> str:
    body = "\\\\".join(lines)
    return rf"\left[\begin{{array}}{{{columns}}}{body}\end{{array}}\right]"
