"""Calculations with their steps: marked as their last side where all sides are worth the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking import Marker
from symcnn.grader.submission import Response, Submission

GIVEN = "K, C, n: positive integer"
MARKER = Marker(
    Assignment(
        "Steps",
        (
            Question("size", "number", Fraction(1), key="10"),
            Question("count", "number", Fraction(1), key="5*5*3"),
            Question("near", "number", Fraction(1), key="sqrt(2/192)", tolerance="1%"),
            Question("kilo", "number", Fraction(1), key="12000", unit=1000),
            Question(
                "work", "number", Fraction(2), key="n^2*75", given=GIVEN, uses=(("n", "size"),)
            ),
            Question("cost", "formula", Fraction(2), key="K^2*C + K^2", given=GIVEN),
            Question("law", "formula", Fraction(1), key="K^2 = C", given=GIVEN),
            Question("mat", "matrix", Fraction(1), key="Matrix([[C, 0], [0, C]])", given=GIVEN),
        ),
    )
)


@pytest.mark.parametrize(
    ("question", "text", "outcome"),
    [
        ("count", "5*5*3 = 75", "right"),
        ("count", r"(5 \times 5) \times 3 = 25 \times 3 = 75", "right"),
        ("count", "parameters = 5*5*3 = 75", "right"),
        ("count", "p = 5*5*3 = 75", "right"),
        ("count", "۵×۵×۳ = ۷۵", "right"),
        ("count", "5*5*3 = 15", "undecided"),
        ("count", "15 = 75", "undecided"),
        ("count", "5*3 = 15", "wrong"),
        ("count", "5*3 = 16", "wrong"),
        ("count", "5*5*3 < 75", "unreadable"),
        ("near", r"\sqrt{\frac{2}{192}} = 0.102", "right"),
        ("near", r"\sqrt{\frac{2}{192}} \approx 0.1", "undecided"),
        ("kilo", "12*10^3 = 12 K", "right"),
        ("kilo", "12*10^3 = 13 K", "undecided"),
        ("cost", "K^2 C + K^2 = K^2 (C + 1)", "right"),
        ("cost", "A = K^2 C + K^2 = K^2 (C + 1)", "right"),
        ("cost", "K^2 C + K^2 = K^2 C + K", "undecided"),
        ("cost", "K^2 C = C K^2", "wrong"),
        ("cost", "K^2 C + zz = K^2 (C + 1)", "unreadable"),
        ("law", "C = K^2", "right"),
        ("law", "C = K^2 = K^2", "right"),
        ("mat", "C*Matrix([[1, 0], [0, 1]]) = Matrix([[C, 0], [0, C]])", "right"),
    ],
)
def test_every_side_counts(question: str, text: str, outcome: str) -> None:
    mark = MARKER.mark(question, text)
    assert mark.outcome == outcome
    assert mark.open == (outcome in ("undecided", "unreadable"))
    quick = MARKER.mark(question, text, detail=False)
    assert (quick.outcome, quick.points) == (mark.outcome, mark.points)


def _told(question: str, text: str) -> list[str]:
    return [each.text for each in MARKER.mark(question, text).remarks if each.kind == "line"]


def test_an_equality_that_does_not_hold_is_told() -> None:
    assert _told("count", "5*3 = 16") == ["5*3 = 16 does not hold."]
    assert _told("count", "5*5*3 = 25*3 = 15") == ["25*3 = 15 does not hold."]
    assert _told("count", "5*5*3 = 75") == []
    assert _told("near", "sqrt(2/192) = 0.1021 = 0.10") == []
    assert _told("cost", "K^2*C = C*K^2") == []


def test_a_broken_calculation_is_grouped_by_its_text_alone() -> None:
    groups = {MARKER.mark("count", text).group for text in ("5*5*3 = 15", "5*5*3 = 16")}
    assert len(groups) == 2 and not MARKER.mark("count", "5*5*3 = 15").read


def test_only_the_last_side_has_to_be_in_the_form() -> None:
    asked = Question("q", "formula", Fraction(1), key="K^2 + K", given=GIVEN, form="expanded")
    marker = Marker(Assignment("Form", (asked,)))
    outcomes = [marker.mark("q", text).outcome for text in ("K(K+1) = K^2 + K", "K^2+K = K(K+1)")]
    assert outcomes == ["right", "form"]


def test_the_last_side_is_carried_on() -> None:
    texts = (("size", "(14 - 5) + 1 + 1 = 12"), ("work", "12*12*75 = 10800"))
    sent = Submission("7", tuple((name, Response(text)) for name, text in texts))
    marks = {each.question: each for each in MARKER.marks(sent)}
    assert marks["size"].outcome == "wrong"
    assert marks["work"].outcome == "carried" and marks["work"].points == 2
