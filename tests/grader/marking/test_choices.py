"""Choices and true or false, in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Criterion
from symcnn.grader.marking.choices import verdict_of
from tests.grader.marking.asking import asked, mark, marker, told, worth

OPTIONS = (("a", "convolution"), ("b", "pooling"), ("c", "ReLU"), ("d", "flattening"))
TWO = marker(asked("choice", "a, c", options=OPTIONS))
NUMBERED = marker(asked("choice", "2", options=(("1", "x"), ("2", "y"), ("12", "z"))))


@pytest.mark.parametrize(
    "text",
    ["a, c", "c,a", "A, C", "a c", "ac", "CA", "(a), (c)", "a) c)", "a and c", "الف و ج", "ج، الف",
     "الف، پ", "a;c", "a, a, c", "a؛ c", "**a**, **c**", "a\nc"],
)  # fmt: skip
def test_a_set_of_options_in_any_order(text: str) -> None:
    assert worth(TWO, text) == ("right", 2)


@pytest.mark.parametrize("text", ["a", "c", "a, b, c", "abcd", "b, d", "ب", "convolution"])
def test_another_set_is_wrong(text: str) -> None:
    found = mark(TWO, text)
    assert (found.outcome, found.points) == ("wrong", 0) and found.group


@pytest.mark.parametrize("text", ["e", "a, e", "both", "aa", "a because it is linear", "?", "1"])
def test_what_names_no_option_is_open(text: str) -> None:
    assert worth(TWO, text) == ("unreadable", None)


def test_digits_of_any_script_and_options_that_begin_alike() -> None:
    assert (
        worth(NUMBERED, "۲")[0] == worth(NUMBERED, "٢")[0] == worth(NUMBERED, "(2)")[0] == "right"
    )
    assert worth(NUMBERED, "12") == ("wrong", 0)
    assert worth(NUMBERED, "21") == ("unreadable", None)
    assert worth(NUMBERED, "y") == ("right", 2)
    cases = marker(asked("choice", "a", options=(("a", ""), ("A", ""))))
    assert worth(cases, "a")[0] == "right" and worth(cases, "A")[0] == "wrong"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("true", "true"), ("T", "true"), ("Yes.", "true"), ("درست", "true"), ("صحیح است", "true"),
        ("بله", "true"), ("False", "false"), ("no", "false"), ("نادرست", "false"),
        ("غلط", "false"), ("not true", "false"), ("درست نیست", "false"), ("صحيح نيست", "false"),
        ("true, because K > 1", "true"), ("False: the stride", "false"), ("**True**", "true"),
        ("درست، زیرا هر دو خطی‌اند", "true"), ("it is false.", "false"), ("خیر", "false"),
    ],
)  # fmt: skip
def test_the_first_words_choose(text: str, verdict: str) -> None:
    found = verdict_of(text)
    assert found is not None and found[0] == verdict


@pytest.mark.parametrize(
    "text",
    ["true or false", "true/false", "truely", "not false", "maybe", "", "درست یا نادرست", "1",
     "true, false", "it depends", "Yes, no", "nothing", "K"],
)  # fmt: skip
def test_what_chooses_neither_or_both_is_unclear(text: str) -> None:
    assert verdict_of(text) is None


def test_true_and_false_without_a_reason() -> None:
    question = marker(asked("truth", "true"))
    assert worth(question, "true") == ("right", 2)
    assert worth(question, "نادرست") == ("wrong", 0)
    assert worth(question, "perhaps") == ("unreadable", None)


def test_a_reason_is_for_a_person_and_a_wrong_choice_earns_nothing_at_all() -> None:
    rubric = (Criterion("linearity is named", Fraction(1)),)
    question = marker(asked("truth", "false", reason=Fraction(1, 2), rubric=rubric))
    found = mark(question, "False, for ReLU is not linear")
    assert (found.outcome, found.points) == ("manual", None)
    assert told(found, "verdict") == ["The choice is right."]
    assert "The choice earns 1 of 2 points; a person gives up to 1 for the reason." in told(
        found, "person"
    )
    assert [each.level for each in found.remarks if "linearity" in each.text] == ["solution"]
    assert worth(question, "True, for ReLU is not linear") == ("wrong", 0)
    assert told(mark(marker(*question.assignment.questions, language="fa"), "غلط"), "verdict")


def test_keys_of_choices_are_checked() -> None:
    for key in ("e", "", "a, e"):
        with pytest.raises(AuthorError):
            marker(asked("choice", key, options=OPTIONS))
    with pytest.raises(AuthorError):
        marker(asked("truth", "perhaps"))


def test_work_for_a_person_and_statements() -> None:
    manual = asked("manual", "", rubric=(Criterion("graph", Fraction(2)),))
    found = mark(manual, "a drawing")
    assert (found.outcome, found.points) == ("manual", None)
    assert [each.level for each in found.remarks] == ["readable", "solution"]
    assert worth(manual, "") == ("missing", 0)
    assert worth(asked("statement", "", 0), "with Ali") == ("statement", 0)
