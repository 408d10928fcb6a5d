"""Marking guides: every key, what else counts and for how much, in both languages."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.diagnosis import sentence
from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Convention, Question, Totals
from symcnn.grader.assignments.assignment_file import load_assignment
from symcnn.grader.handouts.guide import guide

DATA = Path(__file__).parent.parent / "data"
ENGLISH = load_assignment(DATA / "dl-homework.yaml")
PERSIAN = load_assignment(DATA / "dl-homework-fa.yaml")


def _section(text: str, name: str) -> str:
    _, _, rest = text.partition(f"\n## {name}: ")
    return rest.partition("\n## ")[0]


def test_a_guide_says_what_each_answer_is_worth() -> None:
    text = guide(ENGLISH)
    first = _section(text, "q1a")
    assert "**Key**: `K^2*C_in*C_out + C_out`, that is $K^{2} C_{\\mathrm{in}}" in first
    assert f"| `bias-once` | {sentence('bias-once')} | 1 |" in first.replace("`C_out`", "C_out")
    assert "| `kernel-not-squared` |" in first and "| 0.5 |" in first
    assert "| multiply-accumulates | `H*W*K^2*C_in*C_out` | 1 | This counts" in _section(
        text, "q1b"
    )
    assert "`n` is the answer to `q2b`; right for one's own wrong answer: 0.75." in text
    assert "| `(K^2 + C_out)/(K^2*C_out)` | 1.5 |" in _section(text, "q4")
    assert "**Key**: true" in _section(text, "q5")
    assert "Of these, 0.5 are for the reason" in _section(text, "q5")
    assert "in this form: a product. Right in another form: 1.5." in _section(text, "q7")
    assert "- [ ] 1.5: The derivative of the sum" in _section(text, "q8")
    assert "up to `verdict` before the due date" in _section(text, "q7")
    assert "| q9 | formula, bonus | 1/3 |" in text


def test_the_totals_are_told() -> None:
    text = guide(ENGLISH)
    assert (
        "- 21 points; 1/3 more as a bonus; no more than 20 in all; multiplied by the column `late` "
        "of the roster; the total is rounded to 0.25, half upwards." in text
    )
    assert "| Total | | 21 |" in text
    plain = guide(Assignment("A", ENGLISH.questions[:1], totals=Totals()))
    assert "- 2 points.\n" in plain


def test_every_question_has_its_place_in_both_languages() -> None:
    for assignment in (ENGLISH, PERSIAN):
        for language in ("en", "fa", None):
            text = guide(assignment, language)
            places = [text.find(f"\n## {each.id}") for each in assignment.questions]
            assert -1 not in places and places == sorted(places)
            assert ("کلید" in text) == ((language or assignment.language) == "fa")
            assert "{" not in text.replace("\\", "").partition("##")[0]


def test_names_and_formulas_keep_their_direction_in_persian() -> None:
    section = _section(guide(PERSIAN), "q1a")
    assert "\u2066`K^2*C_in*C_out + C_out`\u2069" in section
    assert section.count("\u2066") == section.count("\u2069") > 4


def test_texts_of_the_author_cannot_break_the_page() -> None:
    question = Question(
        "q",
        "formula",
        Fraction(1),
        "# no *heading* <b>",
        key="abs(x)",
        conventions=(Convention("a|b\nc", "abs(x) + 0", note="| --- |"),),
        accept=("x\n= `x`",),
    )
    text = guide(Assignment("A *b*\n# c", (question,)))
    assert "# Marking guide: A \\*b\\* # c\n" in text
    assert "\\# no \\*heading\\* \\<b\\>" in text
    assert "| a\\|b c | `abs(x) + 0` | 1 | \\| --- \\| |" in text
    assert "- `x`<br>`` = `x` ``" in text


def test_another_language_is_refused() -> None:
    with pytest.raises(AuthorError, match="no guide in 'de'; write en or fa"):
        guide(ENGLISH, "de")
