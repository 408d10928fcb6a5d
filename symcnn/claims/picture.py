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


@frozen
class Node:
    """A box with a LaTeX label, its middle at (x, y): units of one cell, y downwards.

    ``round`` boxes are circles, such as the sum of two paths.
    """

    key: str
    label: str
    x: float
    y: float
    width: float = 2.0
    colour: int | None = None
    round: bool = False


@frozen
class Edge:
    """A line from one node to another, an arrow unless ``arrow`` is False.

    ``bend`` leads it round: that far to the right of (negative: to the left of) a column of nodes,
    or below (above) a row of nodes. 0 is the straight line.
    """

    start: str
    end: str
    label: str = ""
    bend: float = 0.0
    dashed: bool = False
    arrow: bool = True


@frozen
class Graph:
    """Boxes and arrows: the paths of a block, a search space, the corners of a cell."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()


Picture: TypeAlias = Grid | Graph
