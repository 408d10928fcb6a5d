"""What is typed to gain points without an answer, or to hurt: nothing is gained, nothing raises."""

from __future__ import annotations

from fractions import Fraction
from time import process_time

import pytest

from symcnn.grader.assignment import Convention, Milestone, Question
from symcnn.grader.marking import Marker
from symcnn.grader.marks import OPEN, OUTCOMES
from tests.grader.marking.asking import CNN, asked, mark, marker

HALF = Fraction(1, 2)
QUESTIONS = (
    asked("formula", "K^2*C_in*C_out + C_out", id="params", given=CNN, conditional=HALF,
          mistakes=(("bias-forgotten", HALF),),
          conventions=(Convention("no bias", "K^2*C_in*C_out", HALF),)),
    asked("formula", "floor((N + 2*P - K)/S) + 1", id="size", given=CNN, conditional=HALF),
    asked("formula", "n*K*C_in", id="cost", given=CNN, uses=(("n", "size"),)),
    asked("number", "28*28*192*32*25", id="count", unit=1000),
    asked("number", "0.72", id="share", tolerance="1%"),
    asked("matrix", "Matrix([[K, S, 0], [0, K, S]])", id="band", given=CNN, entries=True),
    asked("chain", "K^2 + 2*K + 1", id="square", given=CNN, start="(K + 1)^2",
          milestones=(Milestone("(K + 1)*(K + 1)", HALF), Milestone("K*(K + 1) + K + 1", HALF))),
    asked("truth", "true", id="truth"),
    asked("choice", "a,c", id="choice", options=(("a", ""), ("b", ""), ("c", ""))),
    asked("formula", "C_in = groups*C_out", id="condition", given=CNN, conditional=HALF),
    Question("words", "manual", Fraction(1)),
)  # fmt: skip
MARKER = marker(*QUESTIONS)
NAMES = [each.id for each in QUESTIONS]
NOTHING = [
    "0", "1", "0 = 0", "0/0", "params", "z", "answer = answer", "K = K",
    "the right answer", "key", "?", "# comment", "% comment", "<!-- comment -->", "\\", "$$", "{}",
    "K^2 where K = 1", "K: positive integer; K^2", "let K = 1\nK",
    "given K < 0: anything", "K*0/0", "9^9^9^9", "((9^9)^9999)^9999",
    "((9^9)^9999 K)^9999", "((9^9)^9999 zz)^9999", "2^(10^9)",
    "factorial(factorial(factorial(99)))", "Sum(1, (i, 1, 10^12))", "\x00", "\ud800", "\u202eK",
    "=HYPERLINK(1)", "__import__('os')", "[[]]", "[[0]]", "Matrix([[0, 0, 0], [0, 0, 0]])",
    "[[1, 1, 1], [1, 1, 1]]", "true false", "a, b, c, d", "none", "NaN", "inf", "1e-999",
    "K" * 800, "(" * 500 + "1" + ")" * 500, "-" * 300 + "1", "1+" * 900 + "1", "[" * 400,
    "\n" * 500 + "=", "= \n= \n= ", "~", "≈", "10 = 10 = 10", "Cases((1, K > 0))", "n = n + 1",
    "\\frac{1}{" * 200, "d/dK", "x[i]", "max()", "A^T", "sqrt(-1)", "log(0)",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: repr(text)[:24])
def test_nothing_is_gained_and_nothing_raises(text: str) -> None:
    for name in NAMES:
        found = MARKER.mark(name, text)
        less = MARKER.mark(name, text, detail=False)
        assert found.outcome in OUTCOMES and not found.points, (name, found.outcome)
        assert (found.outcome in OPEN) == found.open
        assert (less.outcome, less.points) == (found.outcome, found.points)


@pytest.mark.parametrize("name", NAMES)
def test_a_megabyte_is_refused_at_once(name: str) -> None:
    before = process_time()
    for text in ("1+" * 500_000 + "1", "K" * 1_000_000, "true " * 200_000, "[" * 1_000_000):
        found = MARKER.mark(name, text)
        assert not found.points and len(found.group) < 400
    assert process_time() - before < 8


def test_the_question_restated_earns_nothing_that_was_not_found() -> None:
    assert not mark(marker(QUESTIONS[6]), "(K + 1)^2").points
    assert not mark(marker(QUESTIONS[6]), "(K + 1)^2\n= (K + 1)^2").points
    assert not mark(marker(QUESTIONS[6]), "(K + 1)^2\n= (K + 1)*(K + 1)").points


def test_a_marker_does_not_change() -> None:
    with pytest.raises(AttributeError):
        MARKER.assignment = None  # type: ignore[misc, assignment]
    with pytest.raises(AttributeError):
        del MARKER.assignment
    assert isinstance(MARKER, Marker)
