"""Error carried forward, and own values that make a question trivial."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Convention, Question
from symcnn.grader.marking import Marker
from symcnn.grader.marking.carried import earns
from symcnn.grader.marks import Mark
from symcnn.grader.submission import Response, Submission
from symcnn.reading import read, read_given
from tests.grader.marking.asking import CNN, asked, mark, marker, told

SIZE = asked("formula", "floor((N - K)/S) + 1", given=CNN, id="size")
COST = asked(
    "formula", "n*K*C_in", given=f"{CNN}; n: positive integer", id="cost",
    uses=(("n", "size"),), carried=Fraction(3, 4),
)  # fmt: skip
BOTH = marker(SIZE, COST)


def second(found: Marker, first: str, text: str) -> Mark:
    """The mark of the last question after an answer to the first."""
    name = found.assignment.questions[0].id
    return mark(found, text, {name: found.mark(name, first)})


def test_right_for_ones_own_value_earns_the_carried_share() -> None:
    found = second(BOTH, "(N - K)/S + 1", "((N - K)/S + 1)*K*C_in")
    assert (found.outcome, found.points) == ("carried", Fraction(3, 2))
    assert told(found, "verdict") == ["It is right for your own answer to size: (N - K)/S + 1."]


def test_the_right_value_and_the_name_of_it_are_right_in_any_case() -> None:
    for first in ("(N - K)/S + 1", "floor((N - K)/S) + 1", "", "K +"):
        assert second(BOTH, first, "(floor((N - K)/S) + 1)*K*C_in").outcome == "right"
        assert second(BOTH, first, "n*C_in*K").outcome == "right"


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("0", "0"),  # nothing is left to ask
        ("N - N", "0"),
        ("1", "K*C_in"),  # the key without its factor
        ("1/K", "C_in"),  # a name is gone
        ("1/(K*C_in)", "1"),
        ("K +", "K"),  # cannot be read
        ("zz", "zz*K*C_in"),  # not declared
        ("0/0", "0/0*K*C_in"),
        ("", "K*C_in"),
        ("N > K", "K*C_in"),
        ("(N - K)/S + 1", "(N - K)/S + 1"),  # the first answer once more
        ("(N - K)/S + 1", "((N - K)/S + 1)*K"),
        ("floor((N - K)/S) + 1", "((N - K)/S + 1)*K*C_in"),  # the first one was right
    ],
)
def test_a_value_that_makes_it_trivial_carries_nothing(first: str, text: str) -> None:
    found = second(BOTH, first, text)
    assert found.outcome != "carried" and not found.points


@pytest.mark.parametrize(
    ("raw", "own", "worth"),
    [
        ("floor((H + 2*n - K)/S) + 1", "1", True),
        ("floor((H + 2*n - K)/S) + 1", "0", False),
        ("64*n^2", "111", True),
        ("64*n^2", "1", False),
        ("n^2", "1", False),
        ("n", "7", False),
        ("n + K", "-K", False),
        ("n*K + C", "1/K", False),
        ("n*K", "C", True),
        ("n/7", "7*K", True),
        ("K - n", "K + 3", False),
    ],
)
def test_what_an_own_value_has_to_leave(raw: str, own: str, worth: bool) -> None:
    given = read_given("K, H, S, C: positive integer")
    assert earns(read(raw).formula, {"n": read(own).formula}, given) is worth


def test_numbers_with_a_tolerance_carry_too() -> None:
    first = asked("number", "112", id="side")
    then = asked("number", "64*n^2", given="n: positive integer", uses=(("n", "side"),),
                 tolerance="1%", id="all")  # fmt: skip
    found = marker(first, then)
    assert second(found, "111", "788544").outcome == "carried"
    assert second(found, "111", "788000").outcome == "carried"
    assert second(found, "111", "802816").outcome == "right"
    assert second(found, "111", "600000").outcome == "wrong"


def test_an_accepted_convention_is_carried_as_well() -> None:
    macs = Convention("MACs", "K^2*C_in", Fraction(1))
    first = asked("formula", "2*K^2*C_in", given=CNN, id="ops", conventions=(macs,))
    then = asked("formula", "n*H*W", given=CNN, uses=(("n", "ops"),), id="all")
    assert second(marker(first, then), "K^2 C_in", "K^2 C_in H W").outcome == "carried"


def test_a_whole_submission_carries_over_in_the_order_of_the_questions() -> None:
    answers = {"cost": "((N - K)/S + 1)*K*C_in", "size": "(N - K)/S + 1"}
    responses = tuple((name, Response(text)) for name, text in answers.items())
    for detail in (True, False):
        marks = BOTH.marks(Submission("7", responses), detail=detail)
        assert [(each.question, each.outcome) for each in marks] == [
            ("size", "wrong"),
            ("cost", "carried"),
        ]


def test_only_earlier_questions_with_a_formula_are_used() -> None:
    with pytest.raises(AuthorError, match="earlier"):
        marker(COST, SIZE)
    with pytest.raises(AuthorError, match="earlier"):
        marker(Question("size", "manual", Fraction(1)), COST)
