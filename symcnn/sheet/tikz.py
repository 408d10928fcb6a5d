"""A picture as TikZ. Coordinates have two decimals at most; the same value gives the same bytes."""

from __future__ import annotations

from symcnn.claims.picture import Picture
from symcnn.sheet.drawing import Box, Drawing, Label, Line, Square
from symcnn.sheet.picture_layout import lay_out

_ANCHORS = {"middle": "", "left": ", anchor=west", "right": ", anchor=east"}
_CELL_MM, _LINE_MM = 7.5, 150.0


def tikz(picture: Picture) -> str:
    """A ``tikzpicture`` that is at most as wide as the text."""
    drawing = lay_out(picture)
    cell = min(_CELL_MM, _LINE_MM / drawing.width)
    unit = _short(cell)
    fills = [*(each.colour for each in drawing.squares), *(each.colour for each in drawing.boxes)]
    colours = dict.fromkeys(each for each in fills if each)
    lines = [rf"\definecolor{{cell{each}}}{{HTML}}{{{each}}}" for each in colours]
    font = r"\small" if cell > 6 else r"\scriptsize" if cell > 4 else r"\tiny"
    lines.append(
        rf"\begin{{tikzpicture}}[x={unit}mm, y=-{unit}mm, line width=0.3pt, draw=black!45, "
        rf"every node/.style={{inner sep=0pt, font={font}, text=black}}]"
    )
    lines += [_square(each) for each in drawing.squares]
    lines += [_line(each) for each in drawing.lines]
    lines += [_box(each) for each in drawing.boxes]
    lines += [_label(each) for each in drawing.labels]
    return "\n".join([*lines, *_outline(drawing), r"\end{tikzpicture}"])


def _square(square: Square) -> str:
    fill = f"[fill=cell{square.colour}]" if square.colour else ""
    far = f"({_short(square.x + square.side)}, {_short(square.y + square.side)})"
    return rf"\draw{fill} ({_short(square.x)}, {_short(square.y)}) rectangle {far};"


def _label(label: Label) -> str:
    quiet = ", text=black!45" if label.quiet else ""
    at = f"({_short(label.x)}, {_short(label.y)})"
    options = f"[{(quiet + _ANCHORS[label.anchor]).removeprefix(', ')}]"
    return rf"\node{options if options != '[]' else ''} at {at} {{${label.latex}$}};"


def _line(line: Line) -> str:
    options = ", ".join(
        ["draw=black!70", "line width=0.5pt"]
        + (["-latex"] if line.arrow else [])
        + (["densely dashed"] if line.dashed else [])
    )
    places = " -- ".join(f"({_short(x)}, {_short(y)})" for x, y in line.points)
    return rf"\draw[{options}] {places};"


def _box(box: Box) -> str:
    fill = f"fill=cell{box.colour}" if box.colour else "fill=white"
    if box.round:
        radius = _short(box.width / 2)
        return rf"\draw[{fill}] ({_short(box.x)}, {_short(box.y)}) circle[radius={radius}];"
    left, top = box.x - box.width / 2, box.y - box.height / 2
    far = f"({_short(left + box.width)}, {_short(top + box.height)})"
    near = f"({_short(left)}, {_short(top)})"
    return rf"\draw[{fill}, rounded corners=1.2pt] {near} rectangle {far};"


def _outline(drawing: Drawing) -> list[str]:
    """The edge of a grid, a little stronger than the lines inside."""
    if drawing.outline is None:
        return []
    far = ", ".join(map(_short, drawing.outline))
    return [rf"\draw[draw=black, line width=0.6pt] (0, 0) rectangle ({far});"]


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
