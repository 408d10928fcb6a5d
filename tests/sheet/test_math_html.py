"""MathML: matrices keep their scripts and brackets, limits stand above, sets have their letters."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from symcnn.sheet.math_html import math_html


def test_a_transposed_matrix_is_one_base_with_one_script() -> None:
    root = fromstring(math_html(r"A \begin{bmatrix} 1 & 2 \end{bmatrix}^{\top}"))
    scripts = list(root.iter("msup"))
    assert len(scripts) == 1
    assert len(scripts[0]) == 2  # the converter alone makes four children here
    assert scripts[0].find(".//mtable") is not None


def test_two_matrices_do_not_share_their_brackets() -> None:
    matrix = r"\begin{bmatrix} 1 \end{bmatrix}"
    root = fromstring(math_html(f"{matrix} {matrix}"))
    holders = [node for node in root.iter("mrow") if node.find("mtable") is not None]
    assert [len(node.findall("mtable")) for node in holders] == [1, 1]


def test_limits_stand_above_and_below_in_displays_only() -> None:
    text = r"\left[\sum_{j=0}^{2} w_j\right]"
    assert "munderover" in math_html(text, display=True)
    assert "munderover" not in math_html(text)


def test_sets_have_their_letters_and_quotients_no_gaps() -> None:
    assert "\u211d" in math_html(r"\mathbb R^6")
    assert "\u2124" in math_html(r"\mathbb{Z}")
    assert '<mo lspace="0" rspace="0">/</mo>' in math_html(r"\partial L/\partial x")
