"""Answers that hold under more than the question grants, and conditions as answers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.grader.marking.asking import CNN, asked, mark, marker, told, worth

HALF = Fraction(1, 2)
SIZE = marker(
    asked("formula", "floor((N + 2*P - K)/S) + 1", given=f"{CNN}; K <= N + 2*P", conditional=HALF)
)
ABS = marker(asked("formula", "abs(x)*K", given="x: real; K: positive integer", conditional=HALF))


def test_an_answer_that_needs_divisibility_earns_its_share() -> None:
    found = mark(SIZE, "(N + 2P - K)/S + 1")
    assert (found.outcome, found.points) == ("conditional", 1)
    assert told(found, "condition") == [
        "It is right only if S divides N + 2*P - K; the question does not grant that."
    ]
    assert "condition" in [each.kind for each in found.told("where")]
    assert worth(ABS, "x*K") == ("conditional", 1)


@pytest.mark.parametrize(
    "text",
    [
        "floor((N - K)/S) + 1",  # P = 0
        "floor((N + 2P - 1)/S) + 1",  # K = 1
        "floor(N + 2P - K) + 1",  # S = 1
    ],
)
def test_a_condition_that_pins_a_value_earns_nothing(text: str) -> None:
    found = mark(SIZE, text)
    assert (found.outcome, found.points) == ("wrong", 0)
    assert all("grant" not in each for each in told(found, "condition"))
    assert "condition" not in [each.kind for each in found.told("hint")]


def test_without_a_share_it_is_wrong_and_the_condition_is_told_all_the_same() -> None:
    found = mark(asked("formula", "abs(x)", given="x: real"), "x")
    assert (found.outcome, found.points) == ("wrong", 0)
    assert told(found, "condition") == [
        "It is right only if x >= 0; the question does not grant that."
    ]


def test_conditions_as_answers() -> None:
    fits = marker(asked("formula", "K <= N + 2*P", given=CNN, conditional=HALF))
    assert worth(fits, "N + 2P >= K") == ("right", 2)
    assert worth(fits, "K < N + 2P") == ("wrong", 0)
    assert worth(fits, "0 = 0") == ("wrong", 0)  # it is right wherever the key holds
    assert worth(fits, "K") == ("unreadable", None)


def test_an_identity_is_not_earned_by_another_one() -> None:
    square = marker(asked("formula", "(a + b)^2 = a^2 + 2*a*b + b^2", given="a, b: real"))
    assert worth(square, "a^2 + b^2 + 2*b*a = (b + a)^2") == ("right", 2)
    for text in ("0 = 0", "a = a", "(a + b)^2 = (b + a)^2", "(a - b)^2 = a^2 - 2*a*b + b^2"):
        assert worth(square, text) == ("undecided", None)
    assert worth(square, "(a + b)^2 = a^2 + b^2") == ("wrong", 0)
