"""Formula questions: right in any spelling, wrong for a reason, and what is not gradable."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.assignment import Convention
from symcnn.grader.marking import Marker
from tests.grader.marking.asking import CNN, asked, mark, marker, told, worth

HALF = Fraction(1, 2)
PARAMS = marker(asked("formula", "K^2*C_in*C_out + C_out", given=CNN))


@pytest.mark.parametrize(
    "text",
    [
        "K^2*C_in*C_out + C_out",
        "C_out(K² C_in + 1)",
        r"C_{out}\left(K^2 C_{in} + 1\right)",
        "params = C_out + K^2 C_in C_out",
        "= C_out + K^2 C_in C_out",
        "`C_out + K^2 C_in C_out`",
        "  C_out + K^۲ C_in C_out\n",
        "<!-- here --> C_out + K^2*C_in*C_out",
        "floor(C_out + K^2*C_in*C_out)",
    ],
)
def test_right_is_right_however_it_is_typed(text: str) -> None:
    found = mark(PARAMS, text)
    assert (found.outcome, found.points, found.group) == ("right", 2, "right")


def test_a_wrong_answer_is_told_from_the_verdict_to_the_key() -> None:
    found = mark(PARAMS, "K^2*C_in*C_out + 1")
    assert (found.outcome, found.points, found.mistake) == ("wrong", 0, "bias-once")
    assert [(each.level, each.kind) for each in found.remarks] == [
        ("readable", "read"),
        ("verdict", "verdict"),
        ("hint", "mistake"),
        ("witness", "condition"),
        ("witness", "witness"),
        ("solution", "key"),
    ]
    assert told(found, "witness") == [
        "At K = 1, C_in = 1 and C_out = 2 yours is 3, the right one 4."
    ]
    assert told(found, "condition") == ["It would be right only if C_out = 1."]
    assert [each.kind for each in found.told("where")] == ["read", "verdict"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("k^2*C_in*C_out + C_out", "Did you mean K?"),
        ("K^2*Cin*C_out + C_out", "Did you mean C_in?"),
        ("K^2*zz", "The names of the question are"),
    ],
)
def test_a_name_that_nobody_declared_is_not_gradable(text: str, hint: str) -> None:
    found = mark(PARAMS, text)
    assert (found.outcome, found.points) == ("unreadable", None)
    assert told(found, "name")[1].startswith(hint)


@pytest.mark.parametrize(
    "text", ["K^2 +", "((K", "see my notebook", "y", "0/0", "K/(K - K)", "K > 1"]
)
def test_what_says_nothing_is_open(text: str) -> None:
    found = mark(PARAMS, text)
    assert (found.outcome, found.points, found.open) == ("unreadable", None, True)


@pytest.mark.parametrize("text", ["", "   ", "<!-- your answer -->", "% here", "<!-- a -->\n\n"])
def test_no_answer_is_missing_and_not_open(text: str) -> None:
    found = mark(PARAMS, text)
    assert (found.outcome, found.points, found.open) == ("missing", 0, False)


def test_a_question_that_nothing_decides_is_open_and_never_a_zero() -> None:
    hard = asked(
        "formula", "Sum(floor(n/d)*Bracket(d divides n), (d, 1, n))", given="n: positive integer"
    )
    found = mark(hard, "Sum(floor(n/(n + 1 - d))*Bracket(n + 1 - d divides n), (d, 1, n))")
    assert found.points in (None, 2)


def test_an_alias_is_read_as_its_name() -> None:
    question = asked("formula", "K^2*C_in", given=CNN, aliases=(("F", "K"), ("M", "C_in")))
    found = mark(question, "F^2 M")
    assert found.outcome == "right" and found.read == "K^2*C_in"
    assert told(found, "note") == ["F was read as K.", "M was read as C_in."]
    assert worth(question, "F M") == ("wrong", 0)
    assert worth(asked("formula", "K^2*C_in", given=CNN), "F^2 C_in") == ("unreadable", None)


FLOPS = marker(
    asked(
        "formula",
        "2*H*W*K^2*C_in*C_out",
        given=CNN,
        conventions=(
            Convention("MACs", "H*W*K^2*C_in*C_out", HALF, "MACs were counted."),
            Convention("exact", "H*W*C_out*(2*K^2*C_in - 1)", Fraction(1), "Additions exactly."),
        ),
        mistakes=(("kernel-not-squared", Fraction(1, 4)),),
    )
)


def test_a_convention_gives_its_credit_and_its_note() -> None:
    found = mark(FLOPS, "H W C_out C_in K K")
    assert (found.outcome, found.points, found.mistake) == ("partial", 1, "")
    assert told(found, "note") == ["MACs were counted."]
    assert worth(FLOPS, "H W C_out (2 K^2 C_in - 1)") == ("right", 2)
    assert worth(FLOPS, "H W C_out (2 K^2 C_in + 1)") == ("wrong", 0)


def test_a_named_mistake_leaves_its_credit() -> None:
    found = mark(FLOPS, "2 H W K C_in C_out")
    assert (found.outcome, found.points) == ("partial", HALF)
    assert found.mistake == "kernel-not-squared" and told(found, "mistake")
    assert worth(FLOPS, "3 H W K C_in C_out") == ("wrong", 0)


def test_what_is_divided_by_is_told_where_it_may_be_0() -> None:
    question = asked("formula", "K + C", given="K: positive integer; C: real")
    assert told(mark(question, "K + C^2/C"), "condition") == ["It says nothing unless C != 0."]
    assert told(mark(question, "(K^2 + K*C)/K"), "condition") == []


def test_a_text_with_two_readings_is_open_unless_they_are_worth_the_same() -> None:
    question = asked("formula", "K/2", given=CNN)
    assert worth(question, "K*۱/۲") == ("unreadable", None)
    assert worth(question, "K*(۱)/(۲)") == ("right", 2)
    assert worth(question, "K*۳/۷") == ("wrong", 0)


def test_keys_that_cannot_be_used_name_the_question() -> None:
    from symcnn.errors import AuthorError

    with pytest.raises(AuthorError, match="'q'"):
        marker(asked("formula", "K^2 +"))
    with pytest.raises(AuthorError, match="'q'"):
        marker(asked("formula", "K", given="K < 0; K > 1"))
    with pytest.raises(AuthorError, match="type"):
        marker(asked("essay", "K"))
    assert isinstance(PARAMS, Marker)
