"""Where everything in a picture stands: one geometry for TikZ and SVG, in units of one cell."""

from __future__ import annotations

from symcnn.claims.picture import Graph, Grid, Picture
from symcnn.errors import AuthorError
from symcnn.sheet.drawing import Drawing, Label, Square, colour
from symcnn.sheet.graph_layout import lay_out_graph

HEADER = 0.55  # from the grid to the middle of a row or column label
LEGEND_STEP = 1.9


def lay_out(picture: Picture) -> Drawing:
    """The drawing of a picture. Raises AuthorError when its parts do not fit together."""
    return lay_out_graph(picture) if isinstance(picture, Graph) else _grid(picture)


def _grid(grid: Grid) -> Drawing:
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
        tuple(labels_),
        left=min(-1.15 if grid.rows else -0.1, min(used, default=0.0) - 0.8),
        top=-1.0 if grid.columns else -0.1,
        right=max(columns + 0.1, max(used, default=0.0) + 1.1),
        bottom=bottom + 0.1,
        squares=tuple(squares),
        outline=(float(columns), float(rows)),
    )
