"""Displayed formulas as rows that fit a line: where the left side hangs, where terms are broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symcnn.sheet.prose import Paragraph
from symcnn.sheet.width import broken, width

LINE = 38.0
"""The width of a line in em that formulas are laid out for."""


@dataclass(frozen=True, slots=True)
class Line:
    """``left relation right`` in LaTeX, and why (prose). A line may go on from the one before."""

    left: str
    relation: str = ""
    right: str = ""
    reason: Paragraph = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is set. ``step`` is how far the right column is pushed in: 0, 1 or 2."""

    left: str
    right: str
    reason: Paragraph = ()
    step: int = 0


def rows(lines: Sequence[Line], most: float = LINE) -> tuple[Row, ...]:
    """The rows of a display, aligned at their relations.

    >>> rows([Line("y", "=", "W x"), Line("", "=", "z")])
    (Row(left='y', right='= W x', reason=(), step=0), \
Row(left='', right='= z', reason=(), step=0))
    """
    column = max((width(line.left) for line in lines if line.relation), default=0.0)
    widest = max((width(line.right) for line in lines), default=0.0)
    hanging = column > 0 and column + min(widest, most * 0.6) + 1.5 > most
    out: list[Row] = []
    for line in lines:
        if not line.relation:
            parts = broken(line.left, most)
            out += [Row("", part, step=2 * bool(k)) for k, part in enumerate(parts)]
            out[-1] = Row("", out[-1].right, line.reason, out[-1].step)
            continue
        left, step = line.left, 0
        if hanging:
            lefts = broken(left, most) if left else ()
            out += [Row("", part, step=2 * bool(k)) for k, part in enumerate(lefts)]
            left, step = "", 1
        room = most - 3.0 if hanging else most - column - 1.5
        first, *others = broken(line.right, room)
        out.append(Row(left, f"{line.relation} {first}", step=step))
        out += [Row("", part, step=2) for part in others]
        out[-1] = Row(out[-1].left, out[-1].right, line.reason, out[-1].step)
    return tuple(out)


def reasons_beside(shown: Sequence[Row]) -> bool:
    """The reasons have room in a column of their own."""
    left = max(width(row.left) for row in shown)
    right = max(width(row.right) + row.step for row in shown)
    return left + right <= 0.62 * LINE


def chunks(shown: Sequence[Row], most: int = 11) -> tuple[tuple[Row, ...], ...]:
    """Runs of rows, each about ``most`` lines of text high, for page breaks between them."""
    runs: list[list[Row]] = [[]]
    used = 0
    for row in shown:
        high = max(height(row.left), height(row.right)) + bool(row.reason)
        if runs[-1] and used + high > most:
            runs.append([])
            used = 0
        runs[-1].append(row)
        used += high
    return tuple(tuple(run) for run in runs)


def height(latex: str) -> int:
    r"""The height in lines, by the rows of its tallest matrix.

    >>> height(r"\begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix}"), height("x")
    (3, 1)
    """
    tallest = max(1, 1 + (r"\frac" in latex or r"\sum" in latex))
    for part in latex.split(r"\begin{")[1:]:
        tallest = max(tallest, part.split(r"\end{")[0].count(r"\\") + 1)
    return tallest
