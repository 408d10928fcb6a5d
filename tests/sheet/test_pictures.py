"""One picture, two drawings: the same squares and labels in TikZ and in SVG."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest

from symcnn.claims import Cell, Edge, Graph, Grid, Node
from symcnn.errors import AuthorError
from symcnn.sheet.drawing import PALETTE, colour
from symcnn.sheet.in_tex import TexMedium
from symcnn.sheet.picture_layout import lay_out
from symcnn.sheet.svg import simple_label, svg
from symcnn.sheet.tikz import tikz
from tests.sheet.sample import PICTURE


def test_both_drawings_hold_every_cell_and_label() -> None:
    drawing = lay_out(PICTURE)
    tex, root = tikz(PICTURE), fromstring(svg(PICTURE, "title"))
    assert len(drawing.squares) == 2 * 4 + 3  # cells and legend
    assert len(drawing.labels) == 6 + 2 + 4 + 3  # taps, rows, columns, legend
    assert tex.count(r"\node") == len(drawing.labels) == len(list(root.iter("text")))
    assert tex.count("rectangle") == len(drawing.squares) + 1 == len(list(root.iter("rect")))


def test_a_tap_has_one_colour_everywhere() -> None:
    tex, page = tikz(PICTURE), svg(PICTURE, "title")
    for tap in range(3):
        assert tex.count(f"[fill=cell{PALETTE[tap]}]") == 3  # two rows and the legend
        assert page.count(f'fill="#{PALETTE[tap]}"') == 3


def test_another_tap_is_another_picture() -> None:
    cells = (tuple(reversed(PICTURE.cells[0])), PICTURE.cells[1])
    other = Grid(cells, PICTURE.rows, PICTURE.columns, PICTURE.legend)
    assert tikz(other) != tikz(PICTURE)
    assert svg(other, "t") != svg(PICTURE, "t")


def test_everything_lies_inside_the_box() -> None:
    drawing = lay_out(PICTURE)
    assert all(drawing.left <= each.x <= drawing.right for each in drawing.labels)
    assert all(drawing.top <= each.y <= drawing.bottom for each in drawing.labels)


def lightness(hexadecimal: str) -> float:
    red, green, blue = (int(hexadecimal[k : k + 2], 16) for k in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_first_colours_differ_in_grey_and_carry_black_text() -> None:
    first = sorted(lightness(each) for each in PALETTE[:3])
    assert first[1] - first[0] > 15 and first[2] - first[1] > 15
    assert all(lightness(each) > 120 for each in PALETTE)
    assert colour(len(PALETTE)) == PALETTE[0]


@pytest.mark.parametrize(
    "grid",
    [
        Grid(()),
        Grid(((Cell(),), (Cell(), Cell()))),
        Grid(((Cell(),),), rows=("a", "b")),
        Grid(((Cell(),),), columns=("a", "b")),
    ],
    ids=["empty", "ragged", "rows", "columns"],
)
def test_a_grid_that_cannot_be_drawn_is_the_authors_error(grid: Grid) -> None:
    with pytest.raises(AuthorError, match="a picture"):
        lay_out(grid)


def test_a_title_for_those_who_cannot_see() -> None:
    root = fromstring(svg(PICTURE, "a < b"))
    assert root.get("role") == "img"
    assert root.findtext("title") == "a < b"


def test_labels_that_are_more_than_a_letter_become_mathml() -> None:
    assert simple_label(r"\frac{1}{2}") is None
    assert simple_label(r"x_{12}") is not None
    page = svg(Grid(((Cell(r"\frac{1}{2}", 0),),)), "t")
    assert "<mfrac>" in page
    fromstring(page)


def test_wide_pictures_are_scaled_to_the_line() -> None:
    wide = Grid((tuple(Cell() for _ in range(60)),))
    found = re.search(r"x=([\d.]+)mm", tikz(wide))
    assert found is not None
    assert float(found[1]) * 60 <= 150


def test_pictures_run_from_left_to_right_in_persian() -> None:
    assert TexMedium("fa").picture(PICTURE, "t").startswith("\\begin{latin}")
    assert not TexMedium("en").picture(PICTURE, "t").startswith("\\begin{latin}")


BLOCK = Graph(
    (
        Node("x", "x", 0, 0, width=0.9, round=True),
        Node("conv", "W_1", 0, 1.6, colour=0),
        Node("sum", "+", 0, 3.2, width=0.6, round=True),
    ),
    (
        Edge("x", "conv"),
        Edge("conv", "sum", label="F(x)"),
        Edge("x", "sum", bend=1.8, dashed=True),
        Edge("x", "conv", bend=-1.5, arrow=False),
    ),
)


def test_boxes_and_arrows_stand_in_both_drawings() -> None:
    drawing = lay_out(BLOCK)
    tex, root = tikz(BLOCK), fromstring(svg(BLOCK, "title"))
    assert tex.count("circle[") == len(list(root.iter("circle"))) == 2
    assert tex.count("rectangle") == len(list(root.iter("rect"))) == 1
    assert tex.count(" -- ") == sum(len(line.points) - 1 for line in drawing.lines) == 1 + 1 + 3 + 3
    assert tex.count("-latex") == len(list(root.iter("polygon"))) == 3
    assert tex.count("dashed") == svg(BLOCK, "t").count("dasharray") == 1
    assert tex.count(r"\node") == 4  # three boxes, one arrow


def test_lines_end_at_the_borders_of_their_boxes_and_stay_in_the_frame() -> None:
    drawing = lay_out(BLOCK)
    straight, _, round_right, round_left = (line.points for line in drawing.lines)
    assert [y for _, y in straight] == pytest.approx([0.45, 1.2])
    assert [x for x, _ in round_right] == pytest.approx([0.45, 1.8, 1.8, 0.3])
    assert [x for x, _ in round_left] == pytest.approx([-0.45, -1.5, -1.5, -1.0])
    for line in drawing.lines:
        assert all(drawing.left < x < drawing.right for x, _ in line.points)
        assert all(drawing.top < y < drawing.bottom for _, y in line.points)


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (Graph(()), "needs a box"),
        (Graph((Node("a", "A", 0, 0), Node("a", "B", 3, 0))), "one key"),
        (Graph((Node("a", "A", 0, 0),), (Edge("a", "b"),)), "'b', which is no box"),
    ],
)
def test_a_graph_that_does_not_hang_together(graph: Graph, said: str) -> None:
    with pytest.raises(AuthorError, match=said):
        lay_out(graph)
