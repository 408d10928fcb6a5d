"""Marked blocks in Markdown: what is an answer, and what only looks like one."""

from __future__ import annotations

import pytest

from symcnn.grader.formats.found import Sheet, Unusable
from symcnn.grader.formats.markdown import read


def _sheet(text: str) -> Sheet:
    [sheet] = read(text).sheets
    return sheet


def _answers(text: str) -> list[tuple[str, str, str]]:
    return [(each.question, each.text, each.place) for each in _sheet(text).entries]


BLOCK = "```answer q1\nK\n```\n"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (BLOCK, [("q1", "K", "line 2")]),
        ("~~~ answer q1\nK\n~~~", [("q1", "K", "line 2")]),
        ("````answer q1\n```\nK\n```\n````", [("q1", "```\nK\n```", "line 2")]),
        ("  ```answer q1\n  a\n    = b\n  ```", [("q1", "a\n  = b", "line 2")]),
        ("```answer q1\n\n\nK  \n\n```", [("q1", "K", "line 4")]),
        ("```ANSWER q 1a\nK\n```   ", [("q 1a", "K", "line 2")]),
        ("```{answer q1}\nK\n```", [("q1", "K", "line 2")]),
        ("``` {.answer q1}\nK\n```", [("q1", "K", "line 2")]),
        ("```answer q1\n```\n", [("q1", "", "line 2")]),
        ("```python\n```answer q9\n```\n" + BLOCK, [("q1", "K", "line 5")]),
        ("````text\n```answer q9\nno\n```\n````\n" + BLOCK, [("q1", "K", "line 7")]),
        ("<!--\n```answer q9\nno\n```\n-->\n" + BLOCK, [("q1", "K", "line 7")]),
        ("<!-- one line -->\n" + BLOCK, [("q1", "K", "line 3")]),
        ("use ```answer q9``` so\n```answers q8\nno\n```\n" + BLOCK, [("q1", "K", "line 6")]),
        ("    ```answer q9\n" + BLOCK, [("q1", "K", "line 3")]),
        ("```answer q1\n<!-- mine -->\nK\n```", [("q1", "<!-- mine -->\nK", "line 2")]),
    ],
)
def test_what_is_marked(text: str, answers: list[tuple[str, str, str]]) -> None:
    assert _answers(text) == answers


@pytest.mark.parametrize(
    ("line", "student"),
    [
        ("student: 7", "7"), ("**Student id:** 7", "7"), ("- Student:  007 ", "007"),
        ("شماره دانشجویی: ۴۰۰", "۴۰۰"), ("شماره دانشجويي：۴۰۰", "۴۰۰"), ("## Student: 7", "7"),
        ("> student: '7'", "7"), ("student:", ""), ("the student: 7", ""), ("students: 7", ""),
        ("<!-- student: 7 -->", ""), ("```\nstudent: 7\n```", ""), ("Student_ID: 7", "7"),
    ],
)  # fmt: skip
def test_who_it_is(line: str, student: str) -> None:
    assert _sheet(f"# Homework\n\n{line}\n\n{BLOCK}").student == student


def test_what_stands_below_the_first_answer_says_nobody() -> None:
    sheet = _sheet("student: 7\nname: Ali\n" + BLOCK + "student: 8\nname: x\n")
    assert (sheet.student, sheet.name) == ("7", "Ali")


def test_two_ids_and_a_sentence_that_begins_like_one() -> None:
    with pytest.raises(Unusable) as caught:
        read("student: 7\nid: 8\n" + BLOCK)
    assert caught.value.trouble[:2] == ("two-students", "line 2")
    assert _sheet("student: 7\nStudent: somebody who learns\n" + BLOCK).student == "7"


def test_an_answer_without_an_end() -> None:
    sheet = _sheet("```answer q1\nK\n\n## q2\n```answer q2\nN\n```\n")
    assert [(each.question, each.text, each.broken) for each in sheet.entries] == [
        ("q1", "", True),
        ("q2", "N", False),
    ]
    assert [(each.code, each.place) for each in sheet.troubles] == [("open", "line 1")]
    last = _sheet("```answer q1\nK\n")
    assert last.entries[0].broken
    assert last.troubles[0].code == "open"


def test_a_block_without_a_question() -> None:
    sheet = _sheet("```answer\nK\n```\n")
    assert sheet.entries == ()
    assert [(each.code, each.place) for each in sheet.troubles] == [("no-question", "line 1")]


@pytest.mark.parametrize("text", ["K", "```\nK\n```", "# q1\nK^2", "answer q1\nK"])
def test_nothing_marked(text: str) -> None:
    with pytest.raises(Unusable) as caught:
        read(text)
    assert caught.value.trouble.code == "no-marks-md"


@pytest.mark.parametrize(
    "text",
    ["```" + " " * 300_000 + "x", "student" + " " * 300_000 + ":", "<!--" * 50_000,
     "```answer q\n" * 5_000, "`" * 500_000, "*_" * 300_000 + "student: 7"],
)  # fmt: skip
def test_long_lines_cost_little(text: str) -> None:
    [sheet] = read(BLOCK + text + "\n" + BLOCK).sheets
    assert sheet.entries[0].text == "K"
