"""Widths, broken lines, tall chains, letters for what repeats."""

from __future__ import annotations

import pytest

from symcnn.claims import Equation
from symcnn.formula import Bracket, Call, Compare, Formula, Index, Rational, Sum, Symbol
from symcnn.formula.latex import latex
from symcnn.formula.latex_words import ENGLISH
from symcnn.formula.traverse import substitute
from symcnn.sheet.abbreviate import abbreviated
from symcnn.sheet.display import Line, Row, chunks, height, rows
from symcnn.sheet.statement_lines import shown_lines
from symcnn.sheet.width import broken, width

MATRIX = r"\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}"


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("a", "a + b"),
        (r"\frac{a}{b}", "a b c d"),
        ("x_{i}", "x i"),
        (MATRIX, MATRIX + MATRIX),
        (r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}", MATRIX),
        ("x_{a}^{b}", "x_{a b}"),  # scripts stand above each other
    ],
)
def test_wider_formulas_measure_wider(narrow: str, wide: str) -> None:
    assert width(narrow) < width(wide)


def test_breaking_loses_nothing_and_spares_brackets() -> None:
    text = "aaaa + (bbbb + cccc) - [dddd + eeee] + \\left(ffff + gggg\\right)"
    lines = broken(text, 9)
    assert "".join(lines).replace("{} ", "").replace(" ", "") == text.replace(" ", "")
    assert all(line.count("(") == line.count(")") for line in lines)
    assert all(line.count("[") == line.count("]") for line in lines)
    assert len(lines) == 4


def test_a_short_formula_stays_whole() -> None:
    assert broken("a + b", 20) == ("a + b",)
    assert rows([Line("y", "=", "a + b")]) == (Row("y", "= a + b"),)


def test_a_long_left_side_hangs_over_its_right_side() -> None:
    left = " + ".join(["aaaa"] * 6)
    shown = rows([Line(left, "=", left)])
    assert [row.left for row in shown] == ["", ""]
    assert shown[1].right.startswith("= ")
    assert shown[1].step == 1


def test_a_long_entry_of_an_array_is_stacked() -> None:
    entry = " + ".join(["bbbbbbbb"] * 12)
    (line,) = broken(rf"\left[ {entry} \right]_{{0 \le i < 4}}", 30)
    assert r"\begin{array}{l}" in line
    assert line.count("bbbbbbbb") == 12
    assert broken(r"\left[ a \right] \left[ b \right]", 1)[0].startswith(r"\left[ a \right]")


def test_tall_chains_are_parted_between_rows() -> None:
    tall = r"\begin{bmatrix} 1 \\ 2 \\ 3 \\ 4 \\ 5 \\ 6 \end{bmatrix}"
    assert height(tall) == 6
    shown = tuple(Row("", f"= {tall}") for _ in range(5))
    parts = chunks(shown)
    assert len(parts) > 1
    assert tuple(row for part in parts for row in part) == shown


def wide(each: Formula) -> float:
    return width(latex(each))


def test_letters_put_back_give_the_formula_that_was_decided() -> None:
    K, N, S = Symbol("K"), Symbol("N"), Symbol("S")
    size = Call("floor", ((N - K + 1) / S,))
    j = Symbol("j")
    total = Sum(Index("w", (j,)) * Bracket(Compare("<", j, size)), "j", Rational(0), size)
    short, letters = abbreviated((total, size + 1), wide, lambda formulas: False, 3.0)
    assert letters
    back = short
    for letter, meant in reversed(letters):
        back = tuple(substitute(each, {letter: meant}) for each in back)
    assert back == (total, size + 1)


def test_what_a_binder_reaches_into_gets_no_letter() -> None:
    j = Symbol("j")
    inner = Call("floor", ((j + Symbol("aaaaaa") + 1) / Symbol("S"),))
    total = Sum(inner * inner, "j", Rational(0), Symbol("n"))
    assert abbreviated((total,), wide, lambda formulas: False, 1.0)[1] == ()
    free = Sum(inner, "i", Rational(0), Symbol("n"))  # here the same formula is whole
    assert abbreviated((free, free), wide, lambda formulas: False, 1.0)[1] != ()


def test_letters_are_not_names_of_the_formula() -> None:
    A, B = Symbol("A"), Symbol("bbbbbbbbbb")
    _, letters = abbreviated(((A + B) * (A + B),), wide, lambda formulas: False, 1.0)
    assert [letter for letter, _ in letters] == ["B"]


def test_a_long_product_in_an_array_is_broken_before_brackets() -> None:
    factor = r"\, [\,aaaaaaaaaa = bbbbbbbbbb\,]"
    (line,) = broken(rf"\left[ w {factor} {factor} {factor} \right]_{{0 \le i < N}}", 20)
    assert line.count(r"\cdot [") == 3
    assert line.count(r"\\ \quad") == 3
    short = r"\left[ w \, [\,a = b\,] \right]_{0 \le i < N}"
    assert broken(short, 20) == (short,)


def test_letters_stand_for_fractions_inside_fractions_and_say_what_is_subtracted() -> None:
    x, n = Symbol("x"), Symbol("n")
    mean = Sum(Index("x", (Symbol("i"),)), "i", Rational(0), n - 1) / n
    spread = Sum((Index("x", (Symbol("j"),)) - mean) ** 2, "j", Rational(0), n - 1) / n
    shown, letters = shown_lines(Equation((x - mean) / spread, x), ENGLISH)
    assert [line.left for line in letters] == ["A"]
    assert letters[0].right == latex(mean, ENGLISH)
    assert "x - A" in shown[0].left
    assert "j} - A" in shown[0].left
    flat, none = shown_lines(Equation((x - mean) / n, x), ENGLISH)
    assert none == ()
    assert flat[0].left == latex((x - mean) / n, ENGLISH)
