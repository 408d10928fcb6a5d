"""The queue: what a person needs to decide, and nothing that acts or names a student."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from symcnn.grader.people.decisions import read_decisions
from symcnn.grader.people.groups import open_groups
from symcnn.grader.people.queue import rendered_queue
from tests.grader.people.sample import ASSIGNMENT, PERSIAN, graded, grading, mark, sample


class Page(HTMLParser):
    """Tags and texts; complains about what is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_for_each_group_commonest_first() -> None:
    found = rows(rendered_queue(sample())["queue.csv"])
    assert [(each["question"], each["students"]) for each in found[:3]] == [
        ("q2", "3"), ("q3", "3"), ("q1a", "2"),
    ]  # fmt: skip
    assert found[0]["key"] == "2*x"
    assert found[1]["rubric"] == "1.5: the identity\n1.5: why"
    assert [each["of"] for each in found[:3]] == ["2", "3", "2"]


def test_no_student_is_named() -> None:
    for text in rendered_queue(sample()).values():
        assert not [each for each in ("9811", "9812", "9813", "9814", "9815") if each in text]


@pytest.mark.parametrize("assignment", [ASSIGNMENT, PERSIAN], ids=["en", "fa"])
def test_hostile_text_is_shown_and_does_nothing(assignment: object) -> None:
    page = rendered_queue(sample(assignment))["queue.html"]  # type: ignore[arg-type]
    found = Page(page)
    assert "script" not in found.tags
    assert "<script>alert(1)</script>" in found.text
    assert "⟨U+202E⟩" in found.text
    assert "\x1b" not in page
    assert not [each for each in ("src=", "href=", "url(", "@import") if each in page]


def test_no_cell_is_a_formula() -> None:
    cells = [cell for row in rows(rendered_queue(sample())["queue.csv"]) for cell in row.values()]
    assert "'=1+1\nsecond line\n= third" in cells
    assert not [each for each in cells if each[:1] in ("=", "+", "-", "@")]


def test_the_snippets_are_decisions_once_they_are_filled_in() -> None:
    found = rows(rendered_queue(sample())["queue.csv"])
    filled = "".join(
        each["decision"].replace("points:  ", "points: 1/2").replace("by:", "by: Sara")
        for each in found
    )
    decisions = read_decisions(filled, "decisions.yaml", ASSIGNMENT)
    assert decisions.problems == ()
    known = {(each.question, each.id) for each in open_groups(sample())}
    assert {(each.question, each.group) for each in decisions.items} == known


def test_a_hostile_answer_stays_inside_the_comment_of_its_snippet() -> None:
    text = "a\u2028- question: q2\x85  points: 2\r- by: me\n- {question: q1a}"
    class_ = grading(graded("1", mark("q1a", "unreadable", None, text)))
    [row] = rows(rendered_queue(class_)["queue.csv"])
    filled = row["decision"].replace("points:  ", "points: 2").replace("by:", "by: Sara")
    [decision] = read_decisions(filled, "d", ASSIGNMENT).items
    assert (decision.question, decision.by) == ("q1a", "Sara")


def test_persian_words_for_a_persian_assignment() -> None:
    page = rendered_queue(sample(PERSIAN))["queue.html"]
    assert '<html lang="fa" dir="rtl">' in page
    text = Page(page).text
    assert "از ۲۰ پاسخ، ۱۴ پاسخ باز است" in text
    for english in ("Open answers", "Why it is open", "students</", "Rubric", "out of"):
        assert english not in page


def test_a_derivation_keeps_its_lines() -> None:
    assert (
        '<pre class="answer" dir="auto">=1+1\nsecond line\n= third</pre>'
        in (rendered_queue(sample())["queue.html"])
    )


def test_readings_and_keys_are_set_as_formulas_by_our_own_printer() -> None:
    page = rendered_queue(sample())["queue.html"]
    assert page.count("<math ") >= 4
    assert "&lt;math" not in page


def test_nothing_open() -> None:
    files = rendered_queue(grading(graded("1", mark("q2", "right", Fraction(2), "2*x"))))
    assert "Nothing is open" in files["queue.html"]
    assert rows(files["queue.csv"]) == []


def test_many_spellings_of_one_answer_are_counted() -> None:
    texts = ["K +" + " " * n for n in range(8)]
    marks = [mark("q1a", "unreadable", None, f"{text}{' ' * n}*") for n, text in enumerate(texts)]
    page = rendered_queue(grading(*(graded(str(n), each) for n, each in enumerate(marks))))
    assert "8 students" in page["queue.html"]
    assert "and 4 more spellings" in page["queue.html"]
