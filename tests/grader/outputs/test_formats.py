"""Promises of every format: levels, open marks, hostile text, the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Feedback, Question
from symcnn.grader.marks import Grading, Mark, Remark
from symcnn.grader.outputs import FORMATS, USUAL, rendered
from symcnn.grader.outputs.seen import seen, standing, standing_seen, state_of
from tests.grader.outputs.samples import (
    EMPTY,
    ENGLISH,
    HOSTILE,
    KEYS,
    PERSIAN,
    a_class,
    all_right,
    every_outcome,
    graded,
    nothing_marked,
    one,
)


@cache
def whole_class(language: str = "en", phase: str = "before") -> dict[str, str]:
    """Every file of the class."""
    return rendered(a_class(PERSIAN if language == "fa" else ENGLISH, phase), ["all"])


STAFF = re.compile(r"gradebook\.csv|markdown/class\.md|html/index\.html")
ROOT = Path(__file__).resolve().parents[3]


def for_students(files: dict[str, str]) -> dict[str, str]:
    """What a student may come to see."""
    return {name: text for name, text in files.items() if not STAFF.fullmatch(name)}


def at(level: str) -> Grading:
    """The class with this level for every question before the due date."""
    grading = a_class()
    return replace(grading, assignment=replace(grading.assignment, feedback=Feedback(level)))


def test_unknown_formats_are_refused_by_name() -> None:
    with pytest.raises(AuthorError, match=r"'pdf'.*gradescope, github, classroom"):
        rendered(EMPTY, ["csv", "pdf"])


def test_the_usual_formats_are_written_unless_others_are_asked_for() -> None:
    assert rendered(EMPTY) == rendered(EMPTY, USUAL)
    assert rendered(EMPTY, ["all"]) == rendered(EMPTY, FORMATS)
    assert list(rendered(EMPTY, ["csv"])) == ["gradebook.csv"]


@pytest.mark.parametrize(
    ("level", "formats"),
    [("readable", ["all"]), ("where", ["gradescope", "markdown"]), ("witness", ["all"])],
)
def test_the_key_is_in_no_students_output_below_solution(level: str, formats: list[str]) -> None:
    files = for_students(rendered(at(level), formats))
    assert len(files) >= 16
    for name, text in files.items():
        plain = re.sub(r"\\(?=[*_\[\]])", "", text)
        for key in KEYS:
            assert key not in plain, (name, key)
        assert "bias-forgotten" not in plain, name


def test_at_solution_the_remark_with_the_key_is_told() -> None:
    files = rendered(at("solution"), ["html", "gradescope", "markdown"])
    for name in ("html/0098.html", "gradescope/0098.json"):
        assert KEYS[0] in files[name]
    assert KEYS[0].replace("*", r"\*").replace("_", r"\_") in files["markdown/0098.md"]


@pytest.mark.parametrize(
    ("level", "told"),
    [("verdict", 1), ("where", 2), ("hint", 3), ("witness", 4), ("solution", 5)],
)
def test_each_level_tells_its_remarks(level: str, told: int) -> None:
    sentences = [each.text for each in every_outcome()[0].remarks]
    page = rendered(at(level), ["gradescope"])["gradescope/0098.json"]
    assert [sentence in page for sentence in sentences] == [True] * told + [False] * (5 - told)


def test_below_verdict_no_mark_and_no_total_is_told() -> None:
    grading = at("readable")
    before = rendered(grading, ["html", "markdown", "check50"])
    student = grading.students[1]
    answers = seen(student, grading.assignment, "before")
    assert {each.state for each in answers} == {"later", "recorded"}
    assert {each.points for each in answers if each.state == "later"} == {None}
    assert standing_seen(student, answers, "en") == "the marks are told later"
    for name in ("html/98123456.html", "markdown/98123456.md", "check50/98123456.json"):
        assert "20" not in re.sub(r"(?s)<style>.*?</style>", "", before[name]).replace("2026", "")
        assert "right" not in re.sub(r"(?s)<style>.*?</style>", "", before[name])
    after = rendered(replace(grading, phase="after"), ["markdown"])
    assert "20 of 19 points" in after["markdown/98123456.md"]


def test_remarks_are_cut_question_by_question() -> None:
    quiet = replace(ENGLISH.questions[0], feedback=Feedback("verdict"))
    assignment = replace(ENGLISH, questions=(quiet, *ENGLISH.questions[1:]))
    text = rendered(Grading(assignment, (graded("1", every_outcome()),)), ["markdown"])
    assert "Not equal" in text["markdown/1.md"]
    assert "bias of each" not in text["markdown/1.md"]
    assert "Row 2, column 3" in text["markdown/1.md"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_open_mark_is_no_number_in_any_format(name: str) -> None:
    """Only the number of open marks and their maxima differ between few and many points."""
    marks = (Mark("q8", "manual", None, Fraction(3), "see page 2"),)
    files = rendered(Grading(ENGLISH, (graded("1", marks),)), [name])
    for path, text in files.items():
        shown = re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", text)
        assert not re.search(r"\b0(?:\.0)? (?:of|/) 3", shown), path
        assert not re.search(r'"(?:score|points|max_score|max-score)": "?[1-9]', shown), path


def test_what_is_open_is_said_with_the_total() -> None:
    grading = one()
    said = standing(grading.students[0].total, "en")
    assert said == "25/3 of 13 marked, 2 open"
    for name, text in rendered(grading, ["all"]).items():
        if not re.fullmatch(r".*\.csv|.*annotations\.txt|classroom/.*\.json", name):
            assert said in text, name


def test_a_student_with_nothing_but_a_bonus_marked() -> None:
    marks = (*nothing_marked()[:-1], all_right()[-2])
    text = rendered(one(marks), ["markdown", "csv"])
    assert "bonus points 1, 10 open" in text["markdown/9812.md"]
    assert text["gradebook.csv"].endswith(',"1","0","19","10"\r\n')


def test_a_student_with_nothing_marked_has_no_total() -> None:
    text = rendered(one(nothing_marked()), ["markdown"])["markdown/9812.md"]
    assert "nothing is marked yet, 11 open" in text
    assert "0 of" not in text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_hidden_or_turning_character_comes_through(language: str) -> None:
    for path, text in whole_class(language).items():
        text.encode("utf-8")
        body = text.removeprefix("\ufeff").replace("\r\n", "\n")
        found = re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\ufeff\ud800-\udfff]", body
        )
        assert found is None, (path, found)
        depth = 0
        for letter in body:
            depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
            assert depth >= 0, path
        assert depth == 0, path


def test_long_answers_are_cut_with_a_note() -> None:
    for path, text in whole_class().items():
        assert "K" * 4001 not in text, path
        if path.endswith("etc-passwd-3754d6.html"):
            assert "[cut: 96000 more characters]" in text


VOID = {"meta", "rect", "line", "br"}


class Balanced(HTMLParser):
    """Fails where a tag is closed that is not the open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_pages_are_well_formed_and_stand_alone(language: str) -> None:
    pages = {n: t for n, t in whole_class(language).items() if n.startswith("html/")}
    assert len(pages) == 8 + 1
    for name, text in pages.items():
        parser = Balanced()
        parser.feed(text)
        parser.close()
        assert not parser.open, name
        tags = {tag for tag, _ in parser.seen}
        assert not tags & {"script", "link", "img", "iframe", "object", "base", "form"}
        assert parser.seen[0] == (
            "html",
            {"lang": language, "dir": "rtl" if language == "fa" else "ltr"},
        )
        for tag, attributes in parser.seen:
            assert not any(key.startswith("on") for key in attributes), (name, tag)
            link = attributes.get("href")
            assert link is None or link.startswith("#") or link in {n[5:] for n in pages}
            identifier = attributes.get("id")
            assert identifier is None or text.count(f'id="{identifier}"') == 1
        assert "{{7*7}}" in text or "7*7" not in text
        assert "url(" not in text and "@import" not in text
        assert "http" not in text.replace("http://www.w3.org/1998/Math/MathML", "")


def test_pictures_have_words_beside_them() -> None:
    index = whole_class()["html/index.html"]
    pictures = re.findall(r"(?s)<svg.*?</svg>", index)
    assert len(pictures) == 1 + 11 + 1
    for each in pictures:
        assert 'role="img"' in each and "<title" in each
    assert "60 to 70 %: 4" in pictures[0]
    assert "right 2, partly right 4, open 2" in pictures[1]
    assert "bias forgotten" in pictures[-1] or "bias-forgotten" in pictures[-1]


def test_readings_are_set_and_hostile_ones_are_not() -> None:
    pages = whole_class()
    assert "<mtable>" in pages["html/0098.html"]
    assert pages["html/0098.html"].count("<math ") == 7
    assert "<math " not in pages["html/etc-passwd-3754d6.html"]


def test_the_empty_class_is_said_to_be_empty() -> None:
    files = rendered(EMPTY, ["all"])
    assert "There are no submissions." in files["html/index.html"]
    assert "There are no submissions." in files["github/summary.md"]
    assert files["github/annotations.txt"] == ""
    assert files["gradebook.csv"].count("\n") == 1


def test_the_files_of_a_run_lie_inside_it() -> None:
    for name in whole_class():
        assert re.fullmatch(r"(?:[a-z0-9]+/)?[\w.-]+\.(?:json|md|txt|xml|csv|html)", name, re.ASCII)
        assert ".." not in name


def test_json_holds_no_markup() -> None:
    for name, text in whole_class().items():
        if name.endswith(".json"):
            assert "<" not in text, name
            assert HOSTILE[:9] in json.dumps(json.loads(text)) or "etc-passwd" not in name


def digest(files: dict[str, str]) -> str:
    return hashlib.sha256(repr(files).encode("utf-8", "surrogatepass")).hexdigest()


def test_the_same_grading_makes_the_same_bytes() -> None:
    """In another process, with another seed of hashes and in another zone of time."""
    code = (
        "from tests.grader.outputs.test_formats import digest, whole_class;"
        "print(digest(whole_class('fa')))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tehran"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert elsewhere.strip() == digest(whole_class("fa"))


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        (Mark("a", "right", Fraction(2), Fraction(2)), "right"),
        (Mark("a", "carried", Fraction(2), Fraction(2)), "right"),
        (Mark("a", "conditional", Fraction(1), Fraction(2)), "partial"),
        (Mark("a", "conditional", Fraction(0), Fraction(2)), "wrong"),
        (Mark("a", "missing", Fraction(0), Fraction(2)), "missing"),
        (Mark("a", "missing", Fraction(0), Fraction(0)), "missing"),
        (Mark("a", "wrong", Fraction(0), Fraction(0)), "wrong"),
        (Mark("a", "unreadable", None, Fraction(2)), "open"),
        (Mark("a", "unreadable", Fraction(0), Fraction(2), by="Sara"), "wrong"),
        (Mark("a", "statement", Fraction(0), Fraction(0)), "recorded"),
        (Mark("a", "manual", Fraction(3), Fraction(2), by="Sara"), "right"),
    ],
)
def test_the_part_of_the_class_that_a_mark_belongs_to(mark: Mark, state: str) -> None:
    assert state_of(mark) == state


def test_remarks_stand_by_level() -> None:
    remarks = (Remark("hint", "mistake", "b"), Remark("verdict", "verdict", "a"))
    mark = Mark("q", "wrong", Fraction(0), Fraction(1), remarks=remarks)
    assignment = replace(ENGLISH, questions=(Question("q", "formula", Fraction(1)),))
    [answer] = seen(graded("1", (mark,)), assignment, "before")
    assert [each.text for each in answer.remarks] == ["a", "b"]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_hostile_assignment_is_shown_as_text(language: str) -> None:
    """Titles, prompts and ids are an author's, and no less text for that."""
    odd = Question(HOSTILE, "formula", Fraction(1), HOSTILE, given=HOSTILE, uses=(("n", HOSTILE),))
    assignment = replace(ENGLISH, title=HOSTILE, questions=(odd,), language=language, given="((")
    mark = Mark(HOSTILE, "wrong", Fraction(0), Fraction(1), "K", "", "K", mistake=HOSTILE)
    students = (graded("", (mark,), HOSTILE), graded("2", (), HOSTILE, source=HOSTILE))
    files = rendered(Grading(assignment, students), ["all"])
    assert "html/student-e3b0c4.html" in files
    ElementTree.fromstring(files["junit.xml"])
    for name, text in files.items():
        text.encode("utf-8")
        if name.endswith(".html"):
            Balanced().feed(text)
            assert "<script" not in text
