"""A picture as SVG, from the same layout as TikZ. Simple labels are text, others MathML."""

from __future__ import annotations

import re
from html import escape

from symcnn.claims.picture import Picture
from symcnn.sheet.drawing import Box, Drawing, Label, Line, Square
from symcnn.sheet.math_html import math_html
from symcnn.sheet.picture_layout import lay_out

_CELL = 40
_SIMPLE = re.compile(r"([A-Za-z]|\\[a-z]+|-?\d+)('*)(?:_(?:\{([A-Za-z0-9,+-]+)\}|([A-Za-z0-9])))?")
_SIGNS = {
    "\\alpha": "α", "\\beta": "β", "\\gamma": "γ", "\\delta": "δ", "\\varepsilon": "ε",
    "\\lambda": "λ", "\\mu": "μ", "\\sigma": "σ", "\\varphi": "φ", "\\cdots": "⋯", "\\vdots": "⋮",
    "\\ddots": "⋱", "\\dots": "…", "\\cdot": "·",
}  # fmt: skip
_ANCHORS = {"middle": "middle", "left": "start", "right": "end"}


def svg(picture: Picture, title: str) -> str:
    """An ``<svg>`` element that scales with its column and says its title to screen readers."""
    drawing = lay_out(picture)
    wide, high = drawing.width * _CELL, drawing.height * _CELL
    box = f"{_number(drawing.left)} {_number(drawing.top)} {_px(wide)} {_px(high)}"
    parts = [
        f'<svg class="picture" role="img" viewBox="{box}" width="{_px(wide)}" '
        f'height="{_px(high)}" direction="ltr">',
        f"<title>{escape(title)}</title>",
    ]
    parts += [_square(each) for each in drawing.squares]
    parts += _outline(drawing)
    parts += [_line(each) for each in drawing.lines]
    parts += [_box(each) for each in drawing.boxes]
    parts += [_label(each) for each in drawing.labels]
    return "\n".join([*parts, "</svg>"])


def _square(square: Square) -> str:
    fill = f"#{square.colour}" if square.colour else "none"
    side = _number(square.side)
    return (
        f'<rect x="{_number(square.x)}" y="{_number(square.y)}" width="{side}" height="{side}" '
        f'fill="{fill}" stroke="#8a8a8a"/>'
    )


def _outline(drawing: Drawing) -> list[str]:
    if drawing.outline is None:
        return []
    right, bottom = map(_number, drawing.outline)
    return [
        f'<rect x="0" y="0" width="{right}" height="{bottom}" fill="none" stroke="#222" '
        'stroke-width="1.6"/>'
    ]


def _line(line: Line) -> str:
    places = " ".join(f"{_number(x)},{_number(y)}" for x, y in line.points)
    dashes = ' stroke-dasharray="5 4"' if line.dashed else ""
    drawn = f'<polyline points="{places}" fill="none" stroke="#444" stroke-width="1.4"{dashes}/>'
    return drawn + (_head(*line.points[-2:]) if line.arrow else "")


def _head(before: tuple[float, float], tip: tuple[float, float]) -> str:
    """An arrow head at the tip, in the direction of the last piece."""
    across, down = tip[0] - before[0], tip[1] - before[1]
    length = (across * across + down * down) ** 0.5 or 1.0
    across, down = 0.22 * across / length, 0.22 * down / length
    back = (tip[0] - across, tip[1] - down)
    corners = [
        tip,
        (back[0] - 0.4 * down, back[1] + 0.4 * across),
        (back[0] + 0.4 * down, back[1] - 0.4 * across),
    ]
    places = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    return f'<polygon points="{places}" fill="#444"/>'


def _box(box: Box) -> str:
    fill = f"#{box.colour}" if box.colour else "#fff"
    style = f'fill="{fill}" stroke="#8a8a8a"'
    if box.round:
        return (
            f'<circle cx="{_number(box.x)}" cy="{_number(box.y)}" r="{_number(box.width / 2)}" '
            f"{style}/>"
        )
    left, top = box.x - box.width / 2, box.y - box.height / 2
    return (
        f'<rect x="{_number(left)}" y="{_number(top)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" rx="4" {style}/>'
    )


def _label(label: Label) -> str:
    x, y = _number(label.x), _number(label.y)
    colour = "#8a8a8a" if label.quiet else "#111"
    simple = simple_label(label.latex)
    if simple is None:
        return _formula(label)
    return (
        f'<text x="{x}" y="{y}" text-anchor="{_ANCHORS[label.anchor]}" dy="0.33em" '
        f'fill="{colour}">{simple}</text>'
    )


def simple_label(latex: str) -> str | None:
    r"""A letter or a number with a subscript as SVG text; None when it is more than that.

    >>> simple_label("w_{1}")
    '<tspan font-style="italic">w</tspan><tspan font-size="70%" dy="0.35em">1</tspan>'
    """
    found = _SIMPLE.fullmatch(latex)
    if not found or (found[1].startswith("\\") and found[1] not in _SIGNS):
        return None
    base = _SIGNS.get(found[1], found[1].replace("-", "−")) + "′" * len(found[2])
    if found[1].isalpha() or base.isalpha():
        base = f'<tspan font-style="italic">{base}</tspan>'
    below = found[3] or found[4]
    return base + (f'<tspan font-size="70%" dy="0.35em">{below}</tspan>' if below else "")


def _formula(label: Label) -> str:
    wide = 6.0 if label.anchor != "middle" else 2.4
    left = label.x - {"middle": wide / 2, "left": 0.0, "right": wide}[label.anchor]
    align = {"middle": "center", "left": "start", "right": "end"}[label.anchor]
    return (
        f'<foreignObject x="{_number(left)}" y="{_number(label.y - 0.5)}" '
        f'width="{_number(wide)}" height="{_CELL}"><div class="label" '
        f'style="justify-content:{align}">{math_html(label.latex)}</div></foreignObject>'
    )


def _number(cells: float) -> str:
    return _px(cells * _CELL)


def _px(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"
