"""What a picture of a matrix shows: a label and the number of a colour for each square.

One colour for each tap, so that a Toeplitz matrix has coloured diagonals. Large matrices are cut
to their corners. The squares are plain values; drawing them is for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from symcnn.formula.latex import latex
from symcnn.layers.matrix_latex import kept

if TYPE_CHECKING:
    from symcnn.layers.linear_map import LinearMap

Square: TypeAlias = tuple[str, int | None]


def picture_cells(matrix: LinearMap, most: int = 16) -> tuple[tuple[Square, ...], ...]:
    r"""Rows of (label in LaTeX, number of the tap); zeros are blank.

    Beyond ``most`` rows or columns the first and the last ones are shown, dots between them.

    >>> from symcnn.layers import Conv1d
    >>> picture_cells(Conv1d(input_size=3, kernel_size=2).linear_map())
    ((('w_{0}', 0), ('w_{1}', 1), ('', None)), (('', None), ('w_{0}', 0), ('w_{1}', 1)))
    """
    tail = max(1, most // 3)
    rows, columns = (kept(count, most - 1 - tail, tail) for count in matrix.shape)
    shown: list[tuple[Square, ...]] = []
    for row in rows:
        if row is None:
            shown.append(tuple((r"\vdots" if c is not None else r"\ddots", None) for c in columns))
        else:
            held = matrix.row(row)
            shown.append(tuple(_square(matrix, held, column) for column in columns))
    return tuple(shown)


def _square(matrix: LinearMap, held: dict[int, int], column: int | None) -> Square:
    if column is None:
        return r"\cdots", None
    tap = held.get(column)
    return ("", None) if tap is None else (latex(matrix.weights.member(tap)), tap)


def picture_legend(matrix: LinearMap, most: int = 9) -> tuple[str, ...]:
    """The label of each tap, in the order of the colours; none where there are more than ``most``.

    >>> from symcnn.layers import Conv1d
    >>> picture_legend(Conv1d(input_size=3, kernel_size=2).linear_map())
    ('w_{0}', 'w_{1}')
    """
    if matrix.weights.size > most:
        return ()
    return tuple(latex(member) for member in matrix.members())
