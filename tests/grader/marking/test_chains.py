"""Derivations: complete, broken, and those that go nowhere."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.assignment import Milestone
from symcnn.grader.marking.shapes import shape
from symcnn.reading import read
from tests.grader.marking.asking import CNN, asked, mark, marker, told, worth

START = "H*W*C_in*(K^2 + C_out)/(H*W*C_in*C_out*K^2)"
MIDDLE = "(K^2 + C_out)/(C_out*K^2)"
LATER = "K^2/(C_out*K^2) + C_out/(C_out*K^2)"
END = "1/C_out + 1/K^2"
THIRD = Fraction(1, 3)
RATIO = marker(
    asked(
        "chain",
        END,
        3,
        given=CNN,
        start=START,
        milestones=(Milestone(MIDDLE, THIRD), Milestone(LATER, THIRD)),
    )
)


def lines(*each: str) -> str:
    return "\n= ".join(each)


@pytest.mark.parametrize(
    "text",
    [
        lines(START, MIDDLE, LATER, END),
        lines(START, MIDDLE, END),
        lines(START, "1/K^2 + 1/C_out"),
        f"ratio = {lines(START, MIDDLE, END)}",
        f"= {MIDDLE}\n= {END}",
        f"We cancel H W and C_in:\n{lines(START, MIDDLE)}\nand part the fraction:\n= {END}",
        f"let u = C_out*K^2\n{lines(START, '(K^2 + C_out)/u', END)}",
    ],
)
def test_a_chain_that_starts_holds_and_arrives_earns_everything(text: str) -> None:
    assert worth(RATIO, text) == ("right", 3)


def test_milestones_count_until_the_first_broken_step() -> None:
    found = mark(RATIO, lines(START, MIDDLE, "1/C_out + 1", END))
    assert (found.outcome, found.points) == ("partial", 1)
    assert told(found, "line") == [
        f"Proved steps lead to {MIDDLE}.",
        "Line 3 does not follow from the line before.",
    ]
    assert worth(RATIO, lines(START, MIDDLE, LATER, "2/C_out")) == ("partial", 2)
    assert worth(RATIO, lines(START, "C_out*K", MIDDLE, LATER, END)) == ("wrong", 0)


def test_milestones_count_once_and_in_their_order() -> None:
    assert worth(RATIO, lines(START, MIDDLE, MIDDLE, "0")) == ("partial", 1)
    assert worth(RATIO, lines(START, LATER, MIDDLE, "0")) == ("partial", 1)
    assert worth(RATIO, lines(START, MIDDLE, LATER, MIDDLE, LATER, "0")) == ("partial", 2)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([START] * 100),
        lines(*[START] * 100),
        lines(START, "H*C_in*W*(C_out + K^2)/(H*W*C_in*C_out*K^2)"),
        START,
        END,
        lines(END, END),
        lines(END, "1/K^2 + 1/C_out", END),
        "0 = 0",
        "1 = 1\n= 1",
        f"{START} <= 5 + {END}\n>= {END}",
        lines("K", END),
        lines(START, "2", END),
        lines("2", END),
        f"K = 1\n{START}\n= {END}",
    ],
)
def test_going_nowhere_earns_nothing(text: str) -> None:
    found = mark(RATIO, text)
    assert (found.outcome, found.points) == ("wrong", 0)


@pytest.mark.parametrize(
    "text",
    [
        "we cannot do this",
        "K ** ** 2",
        lines(START, "(K^2 +", END),
        lines(START, "0/0", END),
        lines(START, "(Kk^2 + C_out)/(C_out*Kk^2)", END),
        f"let K = 1\n{START}\n= {END}",
        lines(START, f"{END} + K - K"),
        lines(START, f"{START} + K - K"),
    ],
)
def test_what_cannot_be_followed_is_open(text: str) -> None:
    found = mark(RATIO, text)
    assert found.points is None and found.outcome in ("unreadable", "undecided")


def test_a_shadowed_name_of_the_key_gains_nothing() -> None:
    square = marker(asked("chain", "K^2 + 2*K + 1", 3, given=CNN, start="(K + 1)^2"))
    for text in ("let K = 0\n(K + 1)^2\n= 1\n= K^2 + 2*K + 1", "K = 0\n(K + 1)^2\n= K^2 + 2*K + 1"):
        assert mark(square, text).points in (None, 0)
    assert worth(square, "let u = K + 1\nu^2\n= K*u + u\n= K^2 + 2*K + 1") == ("right", 3)


def test_an_alias_in_a_derivation_and_its_lines_are_counted_from_the_first_of_the_student() -> None:
    square = asked("chain", "K^2 + 2*K + 1", given=CNN, start="(K + 1)^2", aliases=(("F", "K"),))
    assert worth(square, "(F + 1)^2\n= F^2 + 2 F + 1") == ("right", 2)
    found = mark(square, "(F + 1)^2\n= F^2 + 1")
    assert told(found, "line")[0] == "Line 2 does not follow from the line before."


def test_inequalities_have_one_direction() -> None:
    bound = marker(asked("chain", "K^2 + K", given=CNN, start="K^2"))
    assert worth(bound, "K^2\n<= K^2 + 1\n<= K^2 + K") == ("right", 2)
    assert worth(bound, "K^2\n<= K^2 + 2*K\n>= K^2 + K") == ("wrong", 0)
    assert worth(bound, "K^2\n= K^2 + K") == ("wrong", 0)


def test_a_number_may_be_the_end() -> None:
    count = marker(asked("chain", "784", given=CNN, start="28*28"))
    assert worth(count, "28*28\n= 28*20 + 28*8\n= 784") == ("right", 2)
    assert worth(count, "28*28\n= 784.0") == ("right", 2)
    assert worth(count, "28*28\n= 28*28") == ("wrong", 0)
    assert worth(count, "28*28\n= 28*2*14") == ("undecided", None)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("K*C + 1", "1 + C*K"), ("K*K", "K^2"), ("(K*C)^2", "C^2*K^2"), ("K/C/H", "K/(H*C)"),
        ("-(K*C)", "C*(-K)"), ("K - C", "-C + K"), ("1*K + 0", "K"), ("a + (b + c)", "(a + b) + c"),
        ("Sum(x[i], (i, 1, n))", "Sum(x[j], (j, 1, n))"), ("1/2*K", "K/2"), ("0.5*K", "K/2"),
        ("floor(K + 1)", "floor(1 + K)"), ("-1*-1*K", "K"),
    ],
)  # fmt: skip
def test_one_shape(a: str, b: str) -> None:
    assert shape(read(a).formula) == shape(read(b).formula)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("K*(C + 1)", "K*C + K"), ("28*28", "784"), ("K + K", "2*K"), ("K - K", "0"), ("2*3", "6"),
        ("K + C", "K*C"), ("K^2", "2*K"), ("(K + C)^2", "K^2 + C^2"), ("x[i]", "x[j]"),
        ("Sum(x[i], (i, 1, n))", "Sum(x[i], (i, 0, n))"), ("max(a, b)", "min(a, b)"), ("-K", "K"),
        ("K^n", "n^K"), ("K^2/K", "K"), ("2*K/2", "K"), ("a - b", "b - a"), ("1/K", "K"),
    ],
)  # fmt: skip
def test_different_shapes(a: str, b: str) -> None:
    assert shape(read(a).formula) != shape(read(b).formula)


def test_persian_words_for_the_lines() -> None:
    question = RATIO.assignment.questions[0]
    found = mark(marker(question, language="fa"), lines(START, "(K^2 +", END))
    assert any("سطر" in each or "نویسه" in each for each in told(found, "line"))
    found = mark(marker(question, language="fa"), lines(START, "K"))
    assert told(found, "line")[0].startswith("خط")
