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
