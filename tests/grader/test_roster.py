"""The roster, and the map from students to pseudonyms."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.anonymous import (
    anonymised,
    pseudonyms,
    read_roster_map,
    roster_map_csv,
    salt_of,
)
from symcnn.grader.roster import read_roster, roster_of
from symcnn.grader.submission import Problem, Response, Submission


def test_factors_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text(
        "\ufeffStudent ID;Name;late;group\n۷;Ali;0.9;\n08;Sara;1/3; 90 %\n9;;۰٫۵;1\n\n",
        encoding="utf-8",
    )
    roster = read_roster(path)
    assert roster.columns == ("late", "group")
    assert [each.student for each in roster.students] == ["7", "08", "9"]
    assert [roster.factor(each, "late") for each in ("۷", "08", "9", "unknown")] == [
        Fraction(9, 10), Fraction(1, 3), Fraction(1, 2), Fraction(1),
    ]  # fmt: skip
    assert [roster.factor(each, "group") for each in ("7", "08")] == [1, Fraction(9, 10)]
    assert (roster.name("٧"), roster.name("9"), roster.name("8")) == ("Ali", "", "")
    with pytest.raises(AuthorError, match=r"no column 'Late'; did you mean late\?"):
        roster.factor("7", "Late")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "class.csv: it is empty"),
        ("name,late\nAli,1\n", "class.csv, row 1: begin the header with student,name"),
        ("student,late\n7,0.9x\n", "class.csv, row 2, column late: '0.9x' is no factor"),
        ("student,late\n7,-1\n", "'-1' is no factor"),
        ("student,late\n7,1/0\n", "'1/0' is no factor"),
        ("student,late\n7,nan\n", "'nan' is no factor"),
        ("student,late\n7,1e5\n", "'1e5' is no factor"),
        ("student,late\n7,1\n۷,1\n", "row 3: 7 stands in row 2 already"),
        ("student,late\n,1\n", "row 2: '' is no student's id"),
        ("student,late\n4.01E+08,1\n", "is no student's id; write it as text"),
        ("student,late,late\n7,1,2\n", "a column stands twice"),
        ("student,late\n7,1,2\n", "more cells than the header has"),
        ('student,late\n"7,1\n', "class.csv, row 2: this is no CSV"),
    ],
)
def test_a_roster_that_cannot_be_used(text: str, message: str) -> None:
    with pytest.raises(AuthorError) as caught:
        roster_of(text, "class.csv")
    assert message in str(caught.value)


def test_a_roster_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_bytes("student,name\n7,علي\n".encode("cp1256"))
    with pytest.raises(AuthorError, match=r"class\.csv, line 2: the byte 0x\w\w is not UTF-8"):
        read_roster(path)


CLASS = tuple(
    Submission(
        str(number), (("q1", Response(f"K^{number % 7}")),), f"{number}.md", f"Name {number}"
    )
    for number in range(400)
)


def test_pseudonyms_are_one_to_one_and_the_same_again() -> None:
    names = pseudonyms(CLASS)
    assert len(set(names.values())) == len(CLASS)
    assert names == pseudonyms(tuple(reversed(CLASS)))
    assert list(names.values()) == sorted(names.values())
    assert list(names) != sorted(names)
    assert not any(each.student in names[each.student][2:] for each in CLASS[100:])


def test_the_salt_of_the_map_keeps_the_pseudonyms() -> None:
    salt = salt_of(CLASS)
    names = pseudonyms(CLASS, salt)
    read = read_roster_map(roster_map_csv(CLASS, names, salt))
    assert read.salt == salt
    assert dict(read.pairs) == names
    later = (*CLASS[1:], Submission("new"))
    assert salt_of(later) != salt
    again = pseudonyms(later, read.salt)
    assert all(again[each.student] == names[each.student] for each in CLASS[1:])
    assert pseudonyms(CLASS, "another")["7"] != names["7"]


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", "pseudonym,student,name,salt\n", "pseudonym,student,name,salt\na,b,c\n",
     "pseudonym,student,name,salt\na,b,,1\nc,d,,2\n", 'pseudonym,student,name,salt\n"a'],
)  # fmt: skip
def test_a_map_that_is_none(text: str) -> None:
    with pytest.raises(AuthorError, match=r"roster-map\.csv.*restore it, or delete it"):
        read_roster_map(text)


def test_ids_that_a_spreadsheet_would_change(tmp_path: Path) -> None:
    ids = ("0012", "123456789012", "1/2a", "-7", "Ali", "'x", "4-5")
    class_ = tuple(Submission(each) for each in ids)
    read = read_roster_map(roster_map_csv(class_, {each: f"S-{each}" for each in ids}, "s"))
    assert sorted(student for student, _ in read.pairs) == sorted(ids)
    roster = roster_of('student,name\n"=""0012""",Ali\n\'-7,Sara\n', "class.csv")
    assert [each.student for each in roster.students] == ["0012", "-7"]


def test_nothing_of_a_student_is_left() -> None:
    own = Submission(
        "40012345",
        (("q1", Response("K", "Ali.csv, row 3, column q1")), ("q2", Response("N", "Ali.csv"))),
        "Ali.csv",
        "Ali",
        (Problem("Ali.csv, line 4", "two different answers"),),
        ("q3",),
    )
    hidden = anonymised(own, {"40012345": "S-AB2345"})
    assert "Ali" not in repr(hidden)
    assert "40012345" not in repr(hidden)
    assert hidden.responses[0][1] == Response("K", "S-AB2345, column q1")
    assert hidden.problems[0].where == "S-AB2345, line 4"
    assert hidden.unclear == ("q3",)
