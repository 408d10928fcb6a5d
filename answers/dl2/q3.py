"""dl2 Q3: interpolation between pixels, and where a point of the image lies on a feature map."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Derivation,
    Edge,
    Equation,
    Figure,
    Graph,
    HoldsUnder,
    Link,
    Node,
    Part,
    Problem,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Call, Compare, Formula, Index, Symbol, formula, table
from symcnn.layers.interpolation import bilinear, nearest, source_position
from symcnn.layers.sizes import Pair

IMAGE, MAP = 32, 10
CELL = "x, y, x_1, x_2, y_1, y_2, f_11, f_12, f_21, f_22: real; x_1 < x_2; y_1 < y_2"
HALF = "h: integer in [0, 1]; v: indexed by 2 real"
AT_SCALED = "0.5*(0.75*v[1, 2] + 0.25*v[2, 2]) + 0.5*(0.75*v[1, 3] + 0.25*v[2, 3])"


def symbols(*names: str) -> tuple[Formula, ...]:
    """Names as formulas."""
    return tuple(Symbol(name) for name in names)


def in_cell(y_first: bool = False) -> Formula:
    """The interpolated value at (x, y), by the corner values f_11 to f_22."""
    xs, ys = symbols("x_1", "x_2"), symbols("y_1", "y_2")

    def corner(x: Formula, y: Formula) -> Formula:
        return Symbol(f"f_{1 + xs.index(x)}{1 + ys.index(y)}")

    return bilinear(symbols("x", "y"), xs, ys, corner, y_first)


def position(convention: str) -> tuple[Formula, Formula]:
    """Where the image point (4, 8) lies on the map."""
    return (source_position(4, MAP, IMAGE, convention), source_position(8, MAP, IMAGE, convention))


def shifted_position() -> tuple[Formula, Formula]:
    """The same with samples at integers (h = 0) or at the middle of their pixels (h = 1)."""
    half = Symbol("h") / 2
    x, y = ((formula(at) + half) * MAP / IMAGE - half for at in (4, 8))
    return x, y


def value_at(at: Pair, corner: Pair) -> Formula:
    """The interpolated value of the map v at a position in the cell that begins at ``corner``."""
    x, y = corner
    return bilinear(at, (x, x + 1), (y, y + 1), lambda i, j: Index("v", (i, j)))


def floors(at: tuple[Formula, Formula]) -> tuple[Formula, Formula]:
    """The corner of the cell that holds a position."""
    return Call("floor", (at[0],)), Call("floor", (at[1],))


def closer(at: Formula, chosen: Formula, other: Formula) -> Formula:
    """``at`` is closer to ``chosen`` than to ``other``."""
    return Compare("<", Call("abs", (at - chosen,)), Call("abs", (at - other,)))


@claim(expect=Proved, given=CELL, role="source", source=("dl2.q3.bilinear.x",))
def first_in_x() -> Statement:
    """First step, on each of the two rows: the straight line between the two corners."""
    return Equation(
        "(x_2 - x)/(x_2 - x_1)*f_11 + (x - x_1)/(x_2 - x_1)*f_21",
        "f_11 + (x - x_1)*(f_21 - f_11)/(x_2 - x_1)",
    )


@claim(expect=Proved, given=CELL + "; g_1, g_2: real", role="source", source=("dl2.q3.bilinear.y",))
def then_in_y() -> Statement:
    r"""Second step: the same in y between the two results $g_1$ and $g_2$ of the first."""
    return Equation(
        "(y_2 - y)/(y_2 - y_1)*g_1 + (y - y_1)/(y_2 - y_1)*g_2",
        "g_1 + (y - y_1)*(g_2 - g_1)/(y_2 - y_1)",
    )


@claim(expect=Proved, given=CELL, role="source", source=("dl2.q3.question.bilinear",))
def four_weights() -> Statement:
    """Both steps together weigh the four corners by the areas of the opposite rectangles."""
    return Equation(
        "((x_2 - x)*(y_2 - y)*f_11 + (x - x_1)*(y_2 - y)*f_21 + (x_2 - x)*(y - y_1)*f_12"
        " + (x - x_1)*(y - y_1)*f_22)/((x_2 - x_1)*(y_2 - y_1))",
        in_cell(),
    )


@claim(expect=Refuted, given=CELL, corrected_by="four_weights")
def weights_exchanged() -> Statement:
    """A near miss: each corner weighed by the rectangle next to it."""
    return Equation(
        "((x - x_1)*(y - y_1)*f_11 + (x_2 - x)*(y - y_1)*f_21 + (x - x_1)*(y_2 - y)*f_12"
        " + (x_2 - x)*(y_2 - y)*f_22)/((x_2 - x_1)*(y_2 - y_1))",
        in_cell(),
    )


@claim(expect=Proved, given=CELL, role="source", source=("dl2.q3.order",))
def order_is_free() -> Statement:
    """First in one direction and then in the other: both orders give one value."""
    return Equation(in_cell(y_first=True), in_cell())


@claim(expect=Proved, given="a, b, c, d, x, y, x_1, x_2, y_1, y_2: real; x_1 < x_2; y_1 < y_2")
def exact_on_bilinear_functions() -> Statement:
    """Interpolation is exact for a + b x + c y + d x y."""
    a, b, c, d = symbols("a", "b", "c", "d")

    def surface(x: Formula, y: Formula) -> Formula:
        return a + b * x + c * y + d * x * y

    cell = bilinear(symbols("x", "y"), symbols("x_1", "x_2"), symbols("y_1", "y_2"), surface)
    return Equation(cell, "a + b*x + c*y + d*x*y")


@claim(
    expect=HoldsUnder, given="t: real in [0, 1)", needs="t != 1/2", role="source",
    source=("dl2.q3.nearest",),
)  # fmt: skip
def nearest_is_closest() -> Statement:
    """Nearest neighbour takes the closest pixel: at t between the pixels 0 and 1, the rounded
    position is closer than the other one. In the middle neither is."""
    chosen = nearest(Symbol("t"))
    return Relation(closer(Symbol("t"), chosen, 1 - chosen))


@claim(expect=Proved, given="x, b: real")
def error_of_the_nearest() -> Statement:
    """On a straight line of slope b the nearest pixel errs by at most b/2, half a pixel's rise."""
    return Relation("abs(b*x - b*floor(x + 1/2)) <= abs(b)/2")


@claim(
    expect=HoldsUnder, given="c: integer in [0, 1]", needs="c = 0", role="source",
    source=("dl2.q3.scale",),
)  # fmt: skip
def scale_factor() -> Statement:
    """Both scale factors are 10/32. This is so when areas are compared (c = 0); where the corners
    are aligned (c = 1), the distances between samples are."""
    return Equation("10/32", "(10 - c)/(32 - c)")


@claim(expect=Proved, role="source", source=("dl2.q3.coords",))
def coordinates_scaled() -> Statement:
    """The image point (4, 8) lies at (1.25, 2.5) of the map, by scaling alone."""
    return Equation("Vector([1.25, 2.5])", table(position("asymmetric")))


@claim(
    expect=Refuted, role="source", source=("dl2.q3.coords",), corrected_by="coordinates_half_pixel"
)
def coordinates_as_half_pixels() -> Statement:
    """The same, when samples lie in the middle of their pixels."""
    return Equation("Vector([1.25, 2.5])", table(position("half_pixel")))


@claim(
    expect=Refuted, role="source", source=("dl2.q3.coords",), corrected_by="coordinates_roi_align"
)
def coordinates_as_roi_align() -> Statement:
    """The same in RoIAlign with aligned coordinates, which subtracts half a pixel of the map."""
    return Equation("Vector([1.25, 2.5])", table(position("roi_align")))


@claim(expect=Refuted, role="source", source=("dl2.q3.coords",), corrected_by="coordinates_corners")
def coordinates_as_corners() -> Statement:
    """The same, when the corner samples of image and map coincide."""
    return Equation("Vector([1.25, 2.5])", table(position("align_corners")))


@claim(expect=Proved)
def coordinates_half_pixel() -> Statement:
    """With samples in the middle of their pixels the point lies at (29/32, 69/32)."""
    return Equation("Vector([29/32, 69/32])", table(position("half_pixel")))


@claim(expect=Proved)
def coordinates_roi_align() -> Statement:
    """In RoIAlign with aligned coordinates it lies at (0.75, 2)."""
    return Equation("Vector([0.75, 2])", table(position("roi_align")))


@claim(expect=Proved)
def coordinates_corners() -> Statement:
    """With coinciding corners it lies at (36/31, 72/31)."""
    return Equation("Vector([36/31, 72/31])", table(position("align_corners")))


@claim(expect=HoldsUnder, given=HALF, needs="h = 0", role="source", source=("dl2.q3.neighbours",))
def neighbours() -> Statement:
    """The neighbouring pixels are (1, 2) and (2, 3), by scaling alone (h = 0); with samples in the
    middle of their pixels (h = 1) they are others."""
    x, y = floors(shifted_position())
    return Equation("Matrix([[1, 2], [2, 3]])", table(((x, y), (x + 1, y + 1))))


@claim(expect=HoldsUnder, given=HALF, needs="h = 0", role="source", source=("dl2.q3.value",))
def value() -> Statement:
    """The value has the weights 0.75 and 0.25 in x and 0.5 and 0.5 in y. The sentence stays the
    same once its convention, scaling alone (h = 0), is spoken."""
    return Equation(AT_SCALED, value_at(shifted_position(), floors(shifted_position())))


@claim(
    expect=Proved, given="v: indexed by 2 real", role="source", source=("dl2.q3.question.point",)
)
def point_scaled() -> Statement:
    """The value at (4, 8), by scaling alone."""
    return Equation(AT_SCALED, value_at(position("asymmetric"), (1, 2)))


@claim(
    expect=Proved, given="v: indexed by 2 real", role="source", source=("dl2.q3.question.point",)
)
def point_half_pixel() -> Statement:
    """The value at (4, 8), with samples in the middle of their pixels."""
    return Equation(
        "27/32*(3/32*v[0, 2] + 29/32*v[1, 2]) + 5/32*(3/32*v[0, 3] + 29/32*v[1, 3])",
        value_at(position("half_pixel"), (0, 2)),
    )


@claim(
    expect=Proved, given="v: indexed by 2 real", role="source", source=("dl2.q3.question.point",)
)
def point_roi_align() -> Statement:
    """The value at (4, 8) in RoIAlign with aligned coordinates: a point of a row of pixels."""
    return Equation("0.25*v[0, 2] + 0.75*v[1, 2]", value_at(position("roi_align"), (0, 2)))


@claim(
    expect=Proved, given="v: indexed by 2 real", role="source", source=("dl2.q3.question.point",)
)
def point_corners() -> Statement:
    """The value at (4, 8), with coinciding corners."""
    return Equation(
        "21/31*(26/31*v[1, 2] + 5/31*v[2, 2]) + 10/31*(26/31*v[1, 3] + 5/31*v[2, 3])",
        value_at(position("align_corners"), (1, 2)),
    )


@claim(expect=Proved, given="v: indexed by 2 real")
def point_derivation() -> Statement:
    """The value at (4, 8) by scaling alone, step by step."""
    return Derivation(
        value_at(position("asymmetric"), (1, 2)),
        (
            Link(AT_SCALED, "the neighbours are the columns 1, 2 and the rows 2, 3"),
            Link(
                "3/8*v[1, 2] + 1/8*v[2, 2] + 3/8*v[1, 3] + 1/8*v[2, 3]",
                "multiply out: the weights add up to 1",
            ),
        ),
    )


def cell_picture() -> Graph:
    """The four neighbours of the point (1.25, 2.5); y runs downwards, as in images."""
    corners = {"a": (1, 2), "b": (2, 2), "c": (1, 3), "d": (2, 3)}
    places = {key: (4.0 * (x - 1), 2.6 * (y - 2)) for key, (x, y) in corners.items()}
    nodes = [
        Node(key, f"v_{{{x},{y}}}", *places[key], width=1.2, colour=0)
        for key, (x, y) in corners.items()
    ]
    top, bottom = (1.0, 0.0), (1.0, 2.6)
    return Graph(
        (
            *nodes,
            Node("g1", "g_1", *top, width=0.6, colour=1, round=True),
            Node("g2", "g_2", *bottom, width=0.6, colour=1, round=True),
            Node("p", "p", 1.0, 1.3, width=0.6, colour=2, round=True),
        ),
        (
            Edge("a", "g1", arrow=False),
            Edge("b", "g1", label=r"\tfrac34", arrow=False),
            Edge("c", "g2", arrow=False),
            Edge("d", "g2", label=r"\tfrac34", arrow=False),
            Edge("g1", "p", label=r"\tfrac12", arrow=False),
            Edge("g2", "p", label=r"\tfrac12", arrow=False),
        ),
    )


FORMULAS = Part(
    "1",
    "Explain bilinear and nearest-neighbour interpolation, as RoIAlign uses them, with formulas.",
    (
        Say(
            "between",
            r"A box of the image, scaled to the feature map, rarely ends on pixels. Its values are "
            r"therefore taken between pixels. With $f_{ij}$ for the value at the corner "
            r"$(x_i, y_j)$ of the cell around $(x, y)$, interpolate along both rows first:",
        ),
        Show(first_in_x),
        Say("second", r"and then between the rows, whose results are $g_1$ and $g_2$:"),
        Show(then_in_y),
        Box("weights", "Both steps in one formula:", four_weights),
        Say(
            "nearest",
            r"Nearest neighbour takes the value of one pixel, $f(\lfloor x + \tfrac12 \rfloor, "
            r"\lfloor y + \tfrac12 \rfloor)$. That is cheaper, but it jumps: where an edge is "
            r"sharp, detail moves by up to half a pixel, while bilinear interpolation is exact for "
            r"every straight slope.",
        ),
    ),
)
POINT = Part(
    "2",
    r"An image of $32 \times 32$ pixels has become a feature map of $10 \times 10$. Express the "
    r"value at the image point $(x, y) = (4, 8)$ by pixels of the map.",
    (
        Say(
            "where",
            r"By scaling alone the point lies at $(4 \cdot \tfrac{10}{32}, 8 \cdot \tfrac{10}{32}) "
            r"= (1.25, 2.5)$: between the columns 1 and 2, in the middle between the rows 2 and 3.",
        ),
        Figure(
            "cell",
            r"The cell around $p = (1.25, 2.5)$: a quarter of the way from column 1 to column 2, "
            r"half of the way from row 2 to row 3.",
            cell_picture(),
        ),
        Show(point_derivation),
        Box("value", r"With $v_{x,y}$ for the pixels of the map:", point_scaled),
        Say(
            "conventions",
            r"Scaling alone is one of four conventions in use, and they do not agree. Samples in "
            r"the middle of pixels (most libraries when they resize) give $(29/32, 69/32)$, "
            r"RoIAlign with aligned coordinates $(0.75, 2)$, coinciding corners $(36/31, 72/31)$. "
            r"An answer has to say which one it takes.",
        ),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="Interpolation and RoIAlign",
        points=10,
        statement=(
            r"RoIAlign cuts boxes of any position and size out of a feature map. It reads the map "
            r"between its pixels."
        ),
        notation=(
            r"x counts columns and y counts rows, from 0. $v_{x,y}$ is the pixel of the map in "
            r"column x and row y."
        ),
        parts=(FORMULAS, POINT),
    ),
    claims=(
        first_in_x, then_in_y, four_weights, weights_exchanged, order_is_free,
        exact_on_bilinear_functions, nearest_is_closest, error_of_the_nearest, scale_factor,
        coordinates_scaled, coordinates_as_half_pixels, coordinates_as_roi_align,
        coordinates_as_corners, coordinates_half_pixel, coordinates_roi_align,
        coordinates_corners, neighbours, value, point_scaled, point_half_pixel, point_roi_align,
        point_corners, point_derivation,
    ),
)  # fmt: skip
