"""What a drawing is made of: squares, boxes, lines and labels, in units of one cell.

x grows to the right, y downwards. TikZ and SVG are two ways to write one drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Anchor: TypeAlias = Literal["middle", "left", "right"]
# Fill colours for taps, told apart by the colour blind and, by lightness, in grey print. The labels
# in the cells say the same without any colour.
PALETTE = (
    "9CC3E6", "F6D08B", "D98F7A", "A9D8B8", "C9B3DB", "F3E79B", "8E9FC7", "EDB7CF", "B8B08D",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Square:
    """A square with its upper left corner at (x, y); no colour is blank."""

    x: float
    y: float
    side: float
    colour: str | None


@dataclass(frozen=True, slots=True)
class Box:
    """A box around its middle (x, y); a round one is a circle of that width."""

    x: float
    y: float
    width: float
    height: float
    colour: str | None
    round: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through some points, with a head at its end where it is an arrow."""

    points: tuple[tuple[float, float], ...]
    dashed: bool = False
    arrow: bool = True


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
    """All that is drawn inside the frame from (left, top) to (right, bottom).

    ``outline`` is the far corner of a grid that begins at (0, 0), None where there is none.
    """

    labels: tuple[Label, ...]
    left: float
    top: float
    right: float
    bottom: float
    squares: tuple[Square, ...] = ()
    outline: tuple[float, float] | None = None
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()

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
