"""A picture as TikZ. Coordinates have two decimals at most; the same grid gives the same bytes."""

from __future__ import annotations

from symcnn.claims.picture import Grid
from symcnn.sheet.picture_layout import Drawing, Label, Square, lay_out

_ANCHORS = {"middle": "", "left": ", anchor=west", "right": ", anchor=east"}
_CELL_MM, _LINE_MM = 7.5, 150.0


def tikz(grid: Grid) -> str:
    """A ``tikzpicture`` that is at most as wide as the text."""
    drawing = lay_out(grid)
    cell = min(_CELL_MM, _LINE_MM / drawing.width)
    unit = _short(cell)
    colours = dict.fromkeys(each.colour for each in drawing.squares if each.colour)
    lines = [rf"\definecolor{{cell{each}}}{{HTML}}{{{each}}}" for each in colours]
    font = r"\small" if cell > 6 else r"\scriptsize" if cell > 4 else r"\tiny"
    lines.append(
        rf"\begin{{tikzpicture}}[x={unit}mm, y=-{unit}mm, line width=0.3pt, draw=black!45, "
        rf"every node/.style={{inner sep=0pt, font={font}, text=black}}]"
    )
    lines += [_square(each) for each in drawing.squares]
    lines += [_label(each) for each in drawing.labels]
    return "\n".join([*lines, _frame(drawing), r"\end{tikzpicture}"])


def _square(square: Square) -> str:
    fill = f"[fill=cell{square.colour}]" if square.colour else ""
    far = f"({_short(square.x + square.side)}, {_short(square.y + square.side)})"
    return rf"\draw{fill} ({_short(square.x)}, {_short(square.y)}) rectangle {far};"


def _label(label: Label) -> str:
    quiet = ", text=black!45" if label.quiet else ""
    at = f"({_short(label.x)}, {_short(label.y)})"
    options = f"[{(quiet + _ANCHORS[label.anchor]).removeprefix(', ')}]"
    return rf"\node{options if options != '[]' else ''} at {at} {{${label.latex}$}};"


def _frame(drawing: Drawing) -> str:
    """The outline of the grid itself, a little stronger than the lines inside."""
    cells = [each for each in drawing.squares if each.side == 1.0]
    right = max(each.x for each in cells) + 1
    bottom = max(each.y for each in cells) + 1
    far = f"({_short(right)}, {_short(bottom)})"
    return rf"\draw[draw=black, line width=0.6pt] (0, 0) rectangle {far};"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
