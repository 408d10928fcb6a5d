"""The author's prose: what is mathematics, what is text, and where it is malformed."""

from __future__ import annotations

import pytest

from symcnn.errors import AuthorError
from symcnn.sheet.in_html import HtmlMedium
from symcnn.sheet.in_tex import TexMedium
from symcnn.sheet.prose import read_prose


def tex(text: str, language: str = "en") -> str:
    return TexMedium(language).prose(read_prose(text, {"K": 3}, "q: say"))


def html(text: str, language: str = "en") -> str:
    return HtmlMedium(language).prose(read_prose(text, {"K": 3}, "q: say"))


def test_text_is_escaped_and_mathematics_is_not() -> None:
    assert tex(r"5 % of $a_b$ & `x_1`") == r"5 \% of $a_b$ \& \texttt{x\_1}"
    assert "<msub>" in html("1 < 2 and $a_b$")
    assert html("1 < 2") == "1 &lt; 2"


def test_numbers_of_the_question_stand_in_text_and_in_mathematics() -> None:
    assert tex(r"\given{K} taps, $K = \given{K}$") == "3 taps, $K = 3$"


def test_blank_lines_part_paragraphs() -> None:
    assert tex("one\ntwo\n\nthree") == "one two\n\nthree"
    assert html("one\n\ntwo") == "<p>one</p><p>two</p>"


def test_a_dollar_can_be_written() -> None:
    assert tex(r"costs \$5") == r"costs \$5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("an $x without end", "not closed"),
        (r"\given{L} taps", r"\given{L}"),
        ("$$x$$", "no formula"),
    ],
)
def test_malformed_prose_names_its_place(text: str, said: str) -> None:
    with pytest.raises(AuthorError) as caught:
        tex(text)
    assert str(caught.value).startswith("q: say: ")
    assert said in str(caught.value)


def test_persian_text_has_persian_digits_and_latin_set_apart() -> None:
    assert tex("لایه‌ی Conv1d با 3 ضریب و $x_3$", "fa") == r"لایه‌ی \lr{Conv1d} با ۳ ضریب و $x_3$"
    assert '<bdi lang="en">Conv1d</bdi> با ۳' in html("لایه‌ی Conv1d با 3 ضریب", "fa")


def test_words_inside_formulas_run_from_right_to_left() -> None:
    assert TexMedium("fa").math(r"\text{در غیر این صورت}") == r"\text{\rl{در غیر این صورت}}"
    assert TexMedium("fa").math(r"\text{if}") == r"\text{if}"


def test_a_command_that_html_lacks_is_refused() -> None:
    with pytest.raises(AuthorError, match="unknown"):
        html(r"$\undefinedthing{x}$")
    with pytest.raises(AuthorError, match="cannot be shown"):
        html(r"$\frac{a}$")
