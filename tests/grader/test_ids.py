"""Ids folded, refused and compared."""

from __future__ import annotations

import pytest

from symcnn.grader.ids import MAX_ID, fault_of_id, folded_id, near, shown

SAME = [
    ("40012345", " 40012345 "),
    ("40012345", "۴۰۰۱۲۳۴۵"),
    ("40012345", "٤٠٠١٢٣٤٥"),
    ("40012345", "\ufeff400\u200c12\u200f345\u2069"),
    ("علی کریمی", "علي  كريمي"),
    ("علی کریمی", "عل\u200cی\u00a0کریمی"),
    ("محمد", "محـــمد"),
    ("é", "e\u0301"),
]
OTHER = [("Ali", "ali"), ("7", "07"), ("علی", "علا"), ("o", "0"), ("7", "7a"), ("x²", "x2")]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_spellings_of_one_id(one: str, two: str) -> None:
    assert folded_id(one) == folded_id(two)
    assert folded_id(folded_id(two)) == folded_id(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_ids_that_differ(one: str, two: str) -> None:
    assert folded_id(one) != folded_id(two)


@pytest.mark.parametrize("student", ["7", "ali.karimi@example.org", "Ali Karimi", "1e", "e12", "-"])
def test_ids_that_can_be(student: str) -> None:
    assert fault_of_id(student) == ""


@pytest.mark.parametrize(
    ("student", "code"),
    [
        ("x" * (MAX_ID + 1), "id-long"), ("a\nb", "id-control"), ("a\x1bb", "id-control"),
        ("a\ud800", "id-control"), ("a/b", "id-path"), ("a\\b", "id-path"), ("..", "id-path"),
        ("4.01E+08", "id-shortened"), ("4,01E+08", "id-shortened"), ("4E8", "id-shortened"),
    ],
)  # fmt: skip
def test_ids_that_cannot_be(student: str, code: str) -> None:
    assert fault_of_id(folded_id(student)) == code


KNOWN = ("q1a", "q1b", "q2", "q10")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Q1A", "q1a"), ("q1-b", "q1b"), ("q 2", "q2"), ("Question q2", "q2"), ("پرسش q10", "q10"),
        ("q۲", "q2"), ("q100", "q10"), ("", ""), ("Timestamp", ""), ("email", ""), ("q" * 100, ""),
    ],
)  # fmt: skip
def test_names_that_are_near(name: str, meant: str) -> None:
    assert near(name, KNOWN) == meant


def test_names_are_shown_on_one_line() -> None:
    assert shown("پرسش\u200cها.md") == "پرسش\u200cها.md"
    assert shown("a\tb\x00\u2028\u202e\udcff") == "a\\tb\\x00\\u2028\\u202e\\udcff"
