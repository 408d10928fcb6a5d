"""Matrices in LaTeX and as pictures: whole where small, cut where large, and what they show."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest
import sympy

from symcnn.claims import Cell, Grid
from symcnn.errors import AuthorError
from symcnn.formula import Symbol
from symcnn.layers import LinearMap
from symcnn.layers.axis import Axis
from symcnn.layers.index_table import Channels, Factor
from symcnn.layers.matrix_latex import BYTES, full_latex
from symcnn.layers.matrix_picture import picture_cells, picture_legend
from symcnn.layers.members import Members, Written
from symcnn.sheet.pdf import compile_pdf
from symcnn.sheet.svg import svg
from symcnn.sheet.tikz import tikz


def axis(size: int, taps: int, padding: int = 0, stride: int = 1) -> Axis:
    outputs = (size + 2 * padding - taps) // stride + 1
    return Axis(outputs=outputs, inputs=size, taps=taps, padding=padding, stride=stride)


def separable(*factors: Factor, shape: tuple[int, ...], name: str = "w") -> LinearMap:
    return LinearMap.separable(factors, weights=Members(name, shape))


ONE = separable(axis(100, 3), shape=(3,))
TWO = separable(axis(64, 3, 1), axis(64, 3, 1), shape=(3, 3))
LARGE = {
    "1d": ONE,
    "1d turned": ONE.T,
    "2d": TWO,
    "2d turned": TWO.T,
    "stride": separable(axis(224, 7, 3, 2), axis(224, 7, 3, 2), shape=(7, 7)),
    "3d": separable(*[axis(20, 3)] * 3, shape=(3, 3, 3)),
    "channels": separable(
        Channels(512, 256), axis(14, 3, 1), axis(14, 3, 1), shape=(512, 256, 3, 3), name="W"
    ),
    "one channel": separable(Channels(1, 1), axis(50, 3), shape=(1, 1, 3)),
    "depthwise": separable(Channels(8, 8, 8), *[axis(30, 3)] * 2, shape=(8, 1, 3, 3)),
    "pointwise": separable(Channels(8, 4), *[axis(30, 1)] * 2, shape=(8, 4, 1, 1)),
    "dense": separable(Channels(1000, 512), shape=(1000, 512), name="A"),
    "long name": separable(axis(64, 3), axis(64, 3), shape=(3, 3), name="weight_of_layer_one"),
}


@pytest.mark.parametrize("matrix", LARGE.values(), ids=LARGE)
def test_any_size_fits_into_three_kilobytes(matrix: LinearMap) -> None:
    text = matrix.latex()
    assert len(text.encode()) <= BYTES == 3000
    assert text.count("{") == text.count("}")
    for spec, body in re.findall(r"\\begin\{array\}\{(c+)\}(.*?)\\end\{array\}", text):
        assert {line.count("&") + 1 for line in body.split(r"\\")} == {len(spec)}


def test_corners_of_a_band() -> None:
    assert ONE.latex() == (
        r"\left[\begin{array}{ccccccccccc}"
        r"w_{0} & w_{1} & w_{2} & 0 & 0 & 0 & 0 & \cdots & 0 & 0 & 0\\"
        r"0 & w_{0} & w_{1} & w_{2} & 0 & 0 & 0 & \cdots & 0 & 0 & 0\\"
        r"0 & 0 & w_{0} & w_{1} & w_{2} & 0 & 0 & \cdots & 0 & 0 & 0\\"
        r"\vdots & \vdots & \vdots & \vdots & \vdots & \vdots & \vdots & \ddots"
        r" & \vdots & \vdots & \vdots\\"
        r"0 & 0 & 0 & 0 & 0 & 0 & 0 & \cdots & w_{1} & w_{2} & 0\\"
        r"0 & 0 & 0 & 0 & 0 & 0 & 0 & \cdots & w_{0} & w_{1} & w_{2}\end{array}\right]"
    )


def test_blocks_are_named_and_one_is_shown() -> None:
    text = TWO.latex()
    assert text.startswith(r"\begin{gathered}\left[\begin{array}{ccccccccccc}A_{1} & A_{2} & 0 & ")
    assert r"\\[1ex] A_{p} = \left[\begin{array}{ccccccccccc}w_{p, 1} & w_{p, 2} & 0 & " in text
    assert r"A_{0} & A_{1}\end{array}\right] \\[1ex]" in text
    turned = TWO.T.latex()
    assert r"{ccccccccccc}A_{1} & A_{0} & 0 & " in turned
    assert r"{ccccccccccc}w_{p, 1} & w_{p, 0} & 0 & " in turned


def test_axes_of_one_position_are_no_level() -> None:
    text = LARGE["one channel"].latex()
    assert "gathered" not in text
    assert r"w_{0, 0, 0} & w_{0, 0, 1} & w_{0, 0, 2} & 0" in text


def test_blocks_have_another_letter_than_the_kernel() -> None:
    text = separable(axis(30, 3), axis(30, 3), shape=(3, 3), name="A").latex()
    assert "B_{p} = " in text
    assert "A_{p, 0}" in text


def test_small_matrices_are_written_out_as_sympy_writes_them() -> None:
    matrix = separable(axis(6, 3), axis(4, 2, 1), shape=(3, 2))
    names = [sympy.Symbol(f"w_{{{a}, {b}}}") for a in range(3) for b in range(2)]
    entries = [[0 if tap is None else names[tap] for tap in row] for row in matrix.grid()]
    assert full_latex(matrix) == sympy.latex(sympy.Matrix(entries))
    assert max(matrix.shape) > 12
    assert matrix.latex() != full_latex(matrix)


def test_an_empty_row_is_a_row_of_zeros() -> None:
    matrix = separable(Axis(outputs=3, inputs=2, taps=1, padding=1), shape=(1,))
    assert full_latex(matrix) == (
        r"\left[\begin{array}{cc}0 & 0\\w_{0} & 0\\0 & w_{0}\end{array}\right]"
    )


def test_names_without_end_are_refused() -> None:
    matrix = LinearMap.separable([Channels(20, 20)], weights=Members("x" * 2000, (20, 20)))
    with pytest.raises(AuthorError, match="3000 bytes"):
        matrix.latex()


def test_weights_that_are_written_out() -> None:
    matrix = LinearMap.separable([axis(30, 2)], weights=Written((Symbol("a"), Symbol("b"))))
    assert r"{ccccccccccc}a & b & 0" in matrix.latex()


@pytest.mark.tex
def test_every_cut_compiles() -> None:
    shown = "\n".join(f"\\[{matrix.latex()}\\]" for matrix in LARGE.values())
    small = separable(axis(12, 3), shape=(3,)).latex()
    assert "cdots" not in small
    document = (
        "\\documentclass{article}\n\\usepackage{amsmath}\n\\usepackage[landscape]{geometry}\n"
        f"\\begin{{document}}\n{shown}\n\\[{small}\\]\n\\end{{document}}\n"
    )
    assert compile_pdf(document).startswith(b"%PDF")


def test_a_picture_has_one_colour_for_each_tap() -> None:
    matrix = separable(axis(5, 3), shape=(3,))
    cells = picture_cells(matrix)
    assert [[tap for _, tap in row] for row in cells] == [list(row) for row in matrix.grid()]
    assert cells[0][1] == ("w_{1}", 1)
    grid = Grid(tuple(tuple(Cell(*cell) for cell in row) for row in cells), legend=())
    assert tikz(grid).count(r"\node") == matrix.nnz
    assert len(list(fromstring(svg(grid, "W")).iter("text"))) == matrix.nnz
    assert picture_legend(matrix) == ("w_{0}", "w_{1}", "w_{2}")


def test_a_large_picture_is_cut() -> None:
    cells = picture_cells(TWO, most=10)
    assert len(cells) == len(cells[0]) == 10
    assert cells[6][0] == (r"\vdots", None)
    assert cells[0][6] == (r"\cdots", None)
    assert cells[6][6] == (r"\ddots", None)
    assert cells[9][9] == ("w_{1, 1}", 4)
    assert picture_legend(TWO) == picture_legend(TWO.T)
    assert len(picture_legend(TWO)) == 9
    assert picture_legend(LARGE["stride"]) == ()
