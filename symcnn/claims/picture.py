"""Pictures as values: what is drawn, not how. ``sheet`` turns one model into TikZ and into SVG."""

from __future__ import annotations

from typing import TypeAlias

from symcnn.formula.frozen import frozen


@frozen
class Cell:
    """A square of a grid: LaTeX inside, and the number of its colour (None: blank)."""

    label: str = ""
    colour: int | None = None


@frozen
class Grid:
    """A matrix as coloured squares with LaTeX labels for rows and columns.

    ``legend`` names the colours by number. Shapes: ``cells[row][column]``.
    """

    cells: tuple[tuple[Cell, ...], ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()


Picture: TypeAlias = Grid
