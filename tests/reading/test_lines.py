"""Derivations: lines that go on, definitions, words, LaTeX among prose."""

from __future__ import annotations

import pytest

from symcnn.formula.plain import plain
from symcnn.reading import ParseError, read_lines


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (line.kind, line.relation, plain(line.reading.formula) if line.reading else line.text)
        for line in read_lines(text)
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a + a\n= 2*a\n<= b", [("formula", "", "a + a"), ("continued", "=", "2*a"),
                                 ("continued", "<=", "b")]),
        ("R = a\n\nR <= b", [("formula", "", "R = a"), ("formula", "", "R <= b")]),
        ("let u = x + 1\nu^2", [("let", "=", "u = x + 1"), ("formula", "", "u^2")]),
        ("the output size is\nN - F + 1", [("words", "", "the output size is"),
                                            ("formula", "", "N - F + 1")]),
        ("H W C_in\n= 3", [("formula", "", "H*W*C_in"), ("continued", "=", "3")]),
        ("=> a = b\nso c = d", [("formula", "", "a = b"), ("formula", "", "c = d")]),
        ("floor(x +\n y)\n= 2", [("formula", "", "floor(x + y)"), ("continued", "=", "2")]),
        ("خروجی برابر است با\nN + 1", [("words", "", "خروجی برابر است با"),
                                        ("formula", "", "N + 1")]),
        (r"\begin{align*} a &= b \\ &= c \\ &\le d \end{align*}",
         [("formula", "", "a = b"), ("continued", "=", "c"), ("continued", "<=", "d")]),
        (r"We take $a+b$ and let $u = a$. Then \[ a = b. \]",
         [("words", "", "We take"), ("formula", "", "a + b"), ("words", "", "and let"),
          ("let", "=", "u = a"), ("words", "", ". Then"), ("formula", "", "a = b")]),
        (r"y = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases} \\ = z",
         [("formula", "", "y = Cases((x, x > 0), 0)"), ("continued", "=", "z")]),
    ],
)  # fmt: skip
def test_lines(text: str, lines: list[tuple[str, str, str]]) -> None:
    assert told(text) == lines


def test_definitions_carry_their_name() -> None:
    assert [line.name for line in read_lines("let u = x\nu + 1")] == ["u", ""]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "a + a\n= 2*a"
    assert [line.offset for line in read_lines(text)] == [0, 6]
    with pytest.raises(ParseError) as caught:
        read_lines("a + a\n= 2*(a")
    assert caught.value.text == "a + a\n= 2*(a"
    assert caught.value.offset == 12


def test_sentences_between_formulas_are_words_and_mixed_lines_are_refused() -> None:
    text = "we get\n(K + 1)^2\nand so it is\n= K^2 + 2*K + 1"
    assert [line.kind for line in read_lines(text)] == ["words", "formula", "words", "continued"]
    mixed = "K^2\n= K times K"
    with pytest.raises(ParseError) as caught:
        read_lines(mixed)
    assert (caught.value.code, caught.value.offset) == ("prose", 8)
    kept = read_lines(mixed, unreadable=True)
    assert [line.kind for line in kept] == ["formula", "unreadable"]


def test_a_bracket_left_open_takes_no_other_line_along() -> None:
    kept = read_lines("floor(x\n= 2*(a +\n b)\n= c", unreadable=True)
    assert [line.kind for line in kept] == ["unreadable", "continued", "continued"]
    assert kept[0].error is not None
    assert (kept[0].error.offset, kept[1].offset) == (7, 8)
    many = read_lines("(\n" * 200 + "a", unreadable=True)
    assert [line.kind for line in many] == ["unreadable"] * 200 + ["formula"]
