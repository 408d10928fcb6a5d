"""Where everything in a picture stands: one geometry for TikZ and SVG, in units of one cell.

x grows to the right, y downwards; the grid begins at (0, 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from symcnn.claims.picture import Grid
from symcnn.errors import AuthorError

Anchor: TypeAlias = Literal["middle", "left", "right"]
# Fill colours for taps, told apart by the colour blind and, by lightness, in grey print. The labels
# in the cells say the same without any colour.
PALETTE = (
    "9CC3E6", "F6D08B", "D98F7A", "A9D8B8", "C9B3DB", "F3E79B", "8E9FC7", "EDB7CF", "B8B08D",
)  # fmt: skip
HEADER = 0.55  # from the grid to the middle of a row or column label
LEGEND_STEP = 1.9


@dataclass(frozen=True, slots=True)
class Square:
    """A square with its upper left corner at (x, y); no colour is blank."""

    x: float
    y: float
    side: float
    colour: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """LaTeX mathematics at (x, y). ``quiet`` labels are set in grey."""

    x: float
    y: float
    latex: str
    anchor: Anchor = "middle"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Squares and labels inside the box from (left, top) to (right, bottom)."""

    squares: tuple[Square, ...]
    labels: tuple[Label, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Of the whole box."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Of the whole box."""
        return self.bottom - self.top


def colour(number: int) -> str:
    """The colour of a tap, as six hexadecimal digits; after the last one it begins again."""
    return PALETTE[number % len(PALETTE)]


def lay_out(grid: Grid) -> Drawing:
    """The drawing of a grid. Raises AuthorError when its labels do not fit its cells."""
    rows, columns = len(grid.cells), len(grid.cells[0]) if grid.cells else 0
    if not columns or any(len(row) != columns for row in grid.cells):
        raise AuthorError("a picture needs rows of cells, all equally long")
    for labels, count, which in ((grid.rows, rows, "rows"), (grid.columns, columns, "columns")):
        if labels and len(labels) != count:
            raise AuthorError(f"a picture of {count} {which} has {len(labels)} labels for them")
    squares, labels_ = [], []
    for y, row in enumerate(grid.cells):
        for x, cell in enumerate(row):
            fill = None if cell.colour is None else colour(cell.colour)
            squares.append(Square(float(x), float(y), 1.0, fill))
            if cell.label:
                quiet = cell.colour is None
                labels_.append(Label(x + 0.5, y + 0.5, cell.label, quiet=quiet))
    labels_ += [Label(-HEADER, y + 0.5, text) for y, text in enumerate(grid.rows)]
    labels_ += [Label(x + 0.5, -HEADER, text) for x, text in enumerate(grid.columns)]
    bottom = float(rows)
    if grid.legend:
        start = (columns - LEGEND_STEP * len(grid.legend)) / 2 + 0.2
        for k, text in enumerate(grid.legend):
            at = start + k * LEGEND_STEP
            squares.append(Square(at, rows + 0.65, 0.5, colour(k)))
            labels_.append(Label(at + 0.7, rows + 0.9, text, "left"))
        bottom = rows + 1.3
    used = [label.x for label in labels_ if label.y > rows]
    return Drawing(
        tuple(squares),
        tuple(labels_),
        left=min(-1.15 if grid.rows else -0.1, min(used, default=0.0) - 0.8),
        top=-1.0 if grid.columns else -0.1,
        right=max(columns + 0.1, max(used, default=0.0) + 1.1),
        bottom=bottom + 0.1,
    )
