"""Outputs of answers that were really marked: the key stays inside, readings and keys are set."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

import pytest

from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Convention, Feedback, Milestone, Question
from symcnn.grader.marking import Marker
from symcnn.grader.marking.student import graded
from symcnn.grader.marks import Grading
from symcnn.grader.outputs import rendered
from symcnn.grader.outputs.mathematics import Typesetter
from symcnn.grader.outputs.texts import directed
from symcnn.grader.submission import Response, Submission
from tests.grader.outputs.test_formats import for_students

F = Fraction
KEY = "K^2*C_in*C_out + C_out"
OTHER = "K^2*C_in*C_out*7"
GIVEN = "K, C_in, C_out: positive integer"
ASSIGNMENT = Assignment(
    "Costs",
    (
        Question("p", "formula", F(2), "Parameters?", KEY, mistakes=(("bias-forgotten", F(1, 2)),)),
        Question("f", "formula", F(2), "FLOPs?", "2*" + KEY, conventions=(
            Convention("sevenfold", OTHER, F(1, 2), "This counts seven of each."),
        )),
        Question("c", "chain", F(2), "Derive.", start="(K + 1)^2 - 1", key="K^2 + 2*K",
                 milestones=(Milestone("K*(K + 2)", F(1, 2)),)),
        Question("n", "number", F(1), "How many?", "1234567"),
    ),
    given=GIVEN,
)  # fmt: skip
ANSWERS = {
    "p": "K^2*C_in*C_out",
    "f": "K*C_in",
    "c": "(K + 1)^2 - 1\n= K*(K + 2)\n= K^2 + 3*K",
    "n": "12",
}


@cache
def marked() -> Grading:
    """One student, wrong everywhere."""
    answers = tuple((name, Response(text)) for name, text in ANSWERS.items())
    return Grading(ASSIGNMENT, (graded(Marker(ASSIGNMENT), Submission("7", answers)),))


def files(level: str, *formats: str) -> dict[str, str]:
    """The outputs when this much is told."""
    grading = marked()
    told = replace(grading.assignment, feedback=Feedback(level))
    return rendered(replace(grading, assignment=told), formats or ["all"])


@pytest.mark.parametrize("level", ["readable", "hint"])
def test_no_key_of_a_real_run_is_told_below_witness(level: str) -> None:
    for name, text in for_students(files(level)).items():
        plain = re.sub(r"\\(?=[*_\[\]])", "", text)
        for key in (KEY, OTHER, "1234567", "sevenfold", "seven of each"):
            assert key not in plain, (name, key)


def test_at_witness_formulas_of_keys_stay_untold() -> None:
    for name, text in for_students(files("witness")).items():
        plain = re.sub(r"\\(?=[*_\[\]])", "", text)
        assert KEY not in plain and OTHER not in plain, name


def test_the_solution_is_set_as_a_formula() -> None:
    page = files("solution", "html")["html/7.html"]
    solutions = re.findall(r'<dd class="solution">(.*?)</dd>', page)
    assert len(solutions) == 4
    assert all("<math " in each for each in solutions)
    assert "K^2*C_in*C_out + C_out" not in page


def test_a_derivation_stands_line_by_line() -> None:
    page = files("where", "html")["html/7.html"]
    read = re.search(r'(?s)id="answer-3".*?<div class="read" dir="ltr">(.*?)</section>', page)
    assert read is not None
    assert read[1].count("<math ") == 3
    assert read[1].count("><mo>=</mo>") >= 2
    assert "∧" not in read[1]


def test_a_reading_is_told_once() -> None:
    text = files("where", "markdown")["markdown/7.md"]
    assert "Read as K^2" not in text.replace("\\", "")
    assert "12" in text


def test_what_cannot_be_set_stays_text() -> None:
    setter = Typesetter(ASSIGNMENT)
    question = ASSIGNMENT.questions[0]
    for text in ("", "((", "\\input{/etc/passwd}", "K" * 3000, "<b>x</b>", "\x00", "K^^2"):
        assert setter.math(question, text) == ""
    assert setter.math(ASSIGNMENT.questions[2], "<= K^2").count("<mo>&lt;=</mo>") == 0
    assert "<mo>≤</mo>" in setter.math(ASSIGNMENT.questions[2], "<= K^2")


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("برابر 1/C_out + 1/K^2 است.", ["1/C_out + 1/K^2"]),
        ("برای N = 224، K = 7 و P = 3 چند است؟", ["N = 224", "K = 7", "P = 3"]),
        ("خانه‌ی H در W با C_out فیلتر", ["C_out"]),
        ("تا (نویسه 3) و (stride)", ["(stride)"]),
        ("دو پیچش 3 در 3", []),
        ("ماتریس A با y = A x.", ["y = A x"]),
        ("از \u2066K^2\u2069 تا a + b", ["K^2"]),
    ],
)
def test_formulas_in_persian_prompts_keep_their_direction(text: str, isolated: list[str]) -> None:
    shown = directed(text, "fa")
    assert re.findall("\u2066(.*?)\u2069", shown) == isolated
    assert re.sub("[\u2066\u2069]", "", shown) == re.sub("[\u2066\u2069]", "", text)
    assert directed(text, "en") == text
