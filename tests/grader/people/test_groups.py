"""Which answers share one decision, and by which id."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction

import pytest

from symcnn.grader.people.groups import group_id, ids_of, normal_text, open_groups
from tests.grader.people.sample import graded, grading, mark, sample, undecided


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("K^2 + 1", "K^2+1"),
        ("  K ^ 2\t+ 1\n", "K^2 + 1"),
        ("K^۲", "K^2"),
        ("كتاب", "کتاب"),
        ("می\u200cشود", "می شود"),
        ("a\r\n\r\nb", "a\nb"),
        ("K × 2", "K * 2"),
        ("\ufeffK", "K"),
    ],
)
def test_texts_that_differ_in_nothing(first: str, second: str) -> None:
    assert normal_text(first) == normal_text(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1 2", "12"),
        ("K", "k"),
        ("a b", "ab"),
        ("a\nb", "a b"),
        ("K^2", "K2"),
        ("-x", "x"),
        ("\\alpha x", "\\alphax"),
    ],
)
def test_texts_that_differ(first: str, second: str) -> None:
    assert normal_text(first) != normal_text(second)


def test_answers_that_are_proved_equal_are_one_group() -> None:
    class_ = grading(
        graded("1", undecided("x + x")),
        graded("2", undecided("3*x - x")),
        graded("3", undecided("x + x + 0*x")),
        graded("4", undecided("2*abs(x)")),  # equal for x >= 0 alone
        graded("5", undecided("x + x")),
    )
    found = open_groups(class_)
    assert [(each.mark.answer, len(each.members)) for each in found] == [
        ("x + x", 4),
        ("2*abs(x)", 1),
    ]
    assert len(found[0].ids) >= 3


def test_the_domains_of_the_question_are_those_of_the_comparison() -> None:
    """K is positive in q1a: there abs(K) is K."""
    own = [undecided(text, "q1a") for text in ("K", "abs(K)")]
    found = open_groups(grading(graded("1", own[0]), graded("2", own[1])))
    assert [len(each.members) for each in found] == [2]


def test_unreadable_answers_are_never_compared_by_proof() -> None:
    marks = (mark("q2", "unreadable", None, text) for text in ("x + x +", "2*x +"))
    found = open_groups(grading(*(graded(str(n), each) for n, each in enumerate(marks))))
    assert [len(each.members) for each in found] == [1, 1]


def test_what_marking_calls_equal_is_one_group_and_other_questions_are_not() -> None:
    one, other = (undecided(text, read="", group="g") for text in ("x", "y"))
    elsewhere = undecided("x", "q1a", read="", group="g")
    found = open_groups(grading(graded("1", one, elsewhere), graded("2", other)))
    assert sorted(len(each.members) for each in found) == [1, 2]


def test_reasons_are_told_apart_where_only_the_choice_was_read() -> None:
    marks = [mark("q4", "manual", None, f"true, {why}", read="true") for why in ("a", "b", "a")]
    found = open_groups(grading(*(graded(str(n), each) for n, each in enumerate(marks))))
    assert [len(each.members) for each in found] == [2, 1]


def test_only_open_marks_are_in_groups() -> None:
    class_ = grading(graded("1", mark("q2", "wrong", Fraction(0), "x")))
    assert open_groups(class_) == ()


def test_commonest_first_then_the_order_of_the_questions_then_text() -> None:
    found = open_groups(sample())
    told = [(each.question, len(each.members)) for each in found]
    assert told == [
        ("q2", 3), ("q3", 3), ("q1a", 2), ("q4", 2), ("q1a", 1), ("q2", 1), ("q3", 1), ("q4", 1),
    ]  # fmt: skip


def test_an_id_does_not_depend_on_who_else_handed_in() -> None:
    alone = open_groups(grading(graded("1", undecided("3*x - x"))))[0]
    together = open_groups(
        grading(*(graded(str(n), undecided("x + x")) for n in range(3)), *sample().students)
    )
    home = next(each for each in together if alone.id in each.ids)
    assert home.id != alone.id
    assert len(home.members) == 6


def test_ids_are_no_numbers_for_a_reader_of_yaml() -> None:
    import yaml

    for n in range(500):
        name = group_id("q", str(n))
        assert re.fullmatch(r"g[a-z2-9]{8}", name)
        assert yaml.safe_load(name) == name


def test_an_answer_has_an_id_by_its_text_whatever_marking_calls_it() -> None:
    before, after = undecided("x", group="u:x"), mark("q2", "wrong", Fraction(0), "x", group="w")
    assert set(ids_of(before)) & set(ids_of(after))
    again = (
        undecided("x*1", group="x*1", read="x*1"),
        mark("q2", "right", Fraction(2), "1 x", group="right", read="x*1"),
    )
    assert ids_of(again[0])[0] in ids_of(again[1])


def test_a_large_class_is_grouped_quickly() -> None:
    marks = [mark("q1a", "unreadable", None, f"K +{' ' * (n % 7)}*") for n in range(3000)]
    found = open_groups(grading(*(graded(str(n), each) for n, each in enumerate(marks))))
    assert [len(each.members) for each in found] == [3000]


def test_a_long_or_hostile_answer_is_not_proved_about() -> None:
    long = "x" + " + x" * 200
    found = open_groups(grading(graded("1", undecided(long)), graded("2", undecided("201*x"))))
    assert len(found) == 2


@pytest.mark.parametrize(
    "text", ["K" + " " * 9_990 + "K", "+ " * 5_000, "+ " * 100_000, "\ud800 + \udfff", "\n" * 9_999]
)
def test_hostile_texts_have_ids_at_once(text: str) -> None:
    own = mark("q1a", "unreadable", None, text)
    [group] = open_groups(grading(graded("1", own), graded("2", own)))
    assert len(group.members) == 2


def test_the_same_in_every_process() -> None:
    code = (
        "from tests.grader.people.sample import sample\n"
        "from symcnn.grader.people.groups import open_groups\n"
        "print([(each.ids, len(each.members)) for each in open_groups(sample())])"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1
