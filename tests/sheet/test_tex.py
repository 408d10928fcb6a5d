"""Escaping: what is text stays text, in LaTeX and in HTML."""

from __future__ import annotations

import pytest

from symcnn.sheet.html import Html, escape_html
from symcnn.sheet.tex import Tex, clean, escape, pdf_string

SPECIAL = {
    "100%": r"100\%",
    "a_b^2": r"a\_b\textasciicircum{}2",
    "{x} & #1 $5": r"\{x\} \& \#1 \$5",
    "~\\": r"\textasciitilde{}\textbackslash{}",
    "plain": "plain",
}


@pytest.mark.parametrize(("text", "tex"), SPECIAL.items())
def test_every_special_character_is_escaped_once(text: str, tex: str) -> None:
    assert escape(text) == tex
    assert escape(escape(text)) == tex  # what is LaTeX already stays


def test_markup_passes_and_equal_text_does_not() -> None:
    assert escape(Tex(r"\x")) == r"\x"
    assert escape(r"\x") == r"\textbackslash{}x"
    assert escape_html(Html("<b>")) == "<b>"
    assert escape_html("<b a='1'>") == "&lt;b a=&#x27;1&#x27;&gt;"


def test_direction_marks_and_controls_go_and_the_joiner_stays() -> None:
    assert clean("20\u202e/18\u2066\x00") == "20/18"
    assert clean("می\u200cشود") == "می\u200cشود"
    assert "\u202e" not in escape("a\u202eb")
    assert "\u202e" not in escape_html("a\u202eb")


def test_pdf_strings_hold_persian() -> None:
    assert pdf_string("پ") == "<FEFF067E>"
