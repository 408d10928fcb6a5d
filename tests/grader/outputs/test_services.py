"""Each format against what the service that reads it documents."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest

from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Feedback
from symcnn.grader.marks import Graded, Grading, Total
from symcnn.grader.outputs import rendered
from symcnn.grader.outputs.github import summary
from tests.grader.outputs.samples import (
    ENGLISH,
    HOSTILE,
    a_class,
    all_right,
    every_outcome,
    graded,
    hostile,
    nothing_marked,
    one,
)

F = Fraction
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
TOP = {
    "score": (int, float),
    "output": str,
    "output_format": FORMATS,
    "test_output_format": FORMATS,
    "test_name_format": FORMATS,
    "visibility": VISIBILITIES,
    "stdout_visibility": VISIBILITIES,
    "extra_data": dict,
    "tests": list,
}
TEST = {
    "score": (int, float),
    "max_score": (int, float),
    "status": {"passed", "failed"},
    "name": str,
    "name_format": FORMATS,
    "number": str,
    "output": str,
    "output_format": FORMATS,
    "visibility": VISIBILITIES,
}


def conforms(value: dict[str, Any], fields: dict[str, Any]) -> None:
    """Every field is documented and holds what is documented for it."""
    for name, each in value.items():
        allowed = fields[name]
        assert each in allowed if isinstance(allowed, set) else isinstance(each, allowed), name
        assert not isinstance(each, bool), name


def gradescope(grading: Grading) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendered(grading, ["gradescope"])["gradescope/results.json"])
    return found


@pytest.mark.parametrize("marks", [every_outcome(), all_right(), hostile(), nothing_marked()])
@pytest.mark.parametrize("phase", ["before", "after"])
def test_gradescope_has_its_documented_fields(marks: Any, phase: str) -> None:
    result = gradescope(one(marks, phase))
    conforms(result, TOP)
    assert result["visibility"] == ("visible" if phase == "before" else "after_due_date")
    assert result["stdout_visibility"] == "hidden"
    assert "score" in result
    for test in result["tests"]:
        conforms(test, TEST)
        assert ("score" in test) == ("max_score" in test)


def test_gradescope_gives_an_open_test_no_number_and_hides_the_total() -> None:
    result = gradescope(one())
    tests = {each["name"]: each for each in result["tests"]}
    for name in ("q4 (open)", "q8 (open)"):
        assert not {"score", "max_score", "status"} & set(tests[name])
    assert result["output"] == "25/3 of 13 marked, 2 open"
    assert result["score"] == pytest.approx(25 / 3)
    assert [each["name"] for each in result["tests"] if each.get("visibility") == "hidden"] == [
        "Total"
    ]
    assert result["extra_data"]["points"] == "25/3"


def test_gradescope_shows_the_total_when_nothing_is_open() -> None:
    result = gradescope(one(all_right()))
    assert result["score"] == 20
    assert all("visibility" not in each for each in result["tests"])
    assert {each["status"] for each in result["tests"] if "status" in each} == {"passed"}


def test_gradescope_keeps_marks_that_are_not_told_from_students() -> None:
    grading = one()
    quiet = replace(grading.assignment, feedback=Feedback("readable"))
    result = gradescope(replace(grading, assignment=quiet))
    scored = [each for each in result["tests"] if "score" in each]
    assert len(scored) == 9
    assert {each["visibility"] for each in scored} == {"hidden"}
    told = [each for each in result["tests"] if each.get("visibility") != "hidden"]
    assert len(told) == 12
    assert result["output"] == "the marks are told later, 2 open"


def test_gradescope_writes_a_file_for_each_student() -> None:
    files = rendered(a_class(), ["gradescope"])
    assert len(files) == 8
    assert "gradescope/results.json" not in files


REQUIRED = ("schema", "classroom", "assignment", "submission", "commit", "release", "review")
RUNNER = {
    "CLASSROOM": "dl",
    "ASSIGNMENT": "hw2",
    "SUBMISSION_TAG": "submit/2026-11-22T07-00-00Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/1",
    "REVIEW_URL": "https://example.org/compare/1",
    "OWNER": "ali",
    "ASSIGNMENT_TYPE": "individual",
    "PATH": "/usr/bin",
}
TOP_CLASSROOM = {*REQUIRED, "assignment_type", "owner", "score", "max-score", "tests"}


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


@pytest.mark.parametrize("marks", [every_outcome(), all_right(), hostile(), nothing_marked()])
def test_classroom_takes_the_result(marks: Any) -> None:
    """The rules of ``classroom50/result/v1``: closed, whole numbers, scores within maxima."""
    result = json.loads(rendered(one(marks), ["classroom"], RUNNER)["classroom/result.json"])
    assert set(result) == TOP_CLASSROOM
    assert result["schema"] == "classroom50/result/v1"
    assert all(isinstance(result[each], str) and result[each] for each in REQUIRED)
    assert is_whole(result["score"]) and is_whole(result["max-score"])
    assert result["score"] <= result["max-score"]
    for each in result["tests"]:
        assert isinstance(each["test-name"], str) and each["test-name"]
        assert isinstance(each["passed"], bool)
        assert is_whole(each["score"]) and is_whole(each["max-score"])
        assert each["score"] <= each["max-score"]


def test_classroom_counts_only_what_is_marked_and_says_so() -> None:
    files = rendered(one(), ["classroom"], RUNNER)
    result = json.loads(files["classroom/result.json"])
    assert "q4" not in {each["test-name"] for each in result["tests"]}
    assert F(result["score"], result["max-score"]) == F(25, 3) / 14
    assert sum(each["score"] for each in result["tests"]) == result["score"]
    assert sum(each["max-score"] for each in result["tests"]) == result["max-score"]
    assert "25/3 of 13 marked, 2 open" in files["classroom/release-body.md"]
    assert files["classroom/github-output.txt"] == (
        "status=failure\nsummary=symcnn: 25/3 of 13 marked, 2 open\n"
    )


def test_classroom_parts_are_those_of_the_assignment() -> None:
    """Students who are graded one by one are counted in the same parts."""
    maxima = {
        json.loads(rendered(one(marks), ["classroom"])["classroom/result.json"])["max-score"]
        for marks in (all_right(), every_outcome()[:3] + all_right()[3:])
    }
    assert len(maxima) == 1


def test_classroom_takes_a_total_above_the_sum() -> None:
    marks = all_right()
    total = Total(F(25), F(20), F(20), F(19), 0)
    grading = Grading(ENGLISH, (Graded("1", marks, total, factor=F(5, 4)),))
    result = json.loads(rendered(grading, ["classroom"])["classroom/result.json"])
    assert result["score"] == result["max-score"]


def test_junit_reads_back() -> None:
    root = ElementTree.fromstring(rendered(a_class(), ["junit"])["junit.xml"])
    suites = root.findall("testsuite")
    assert root.tag == "testsuites" and len(suites) == 8
    for suite in [root, *suites]:
        for attribute, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("skipped", "skipped"),
        ):
            assert int(suite.attrib[attribute]) == len(suite.findall(f".//{tag}"))
    first = {each.attrib["name"]: each for each in suites[0].findall("testcase")}
    skipped = {name for name, each in first.items() if each.find("skipped") is not None}
    assert skipped == {"q4", "q8", "with"}
    failed = {name for name, each in first.items() if each.find("failure") is not None}
    assert failed == {"q1a", "q1b", "q2", "q3", "q5", "q6", "q7"}
    points = {
        name: each.find("properties/property[@name='points']") for name, each in first.items()
    }
    assert points["q3"] is not None and points["q3"].attrib["value"] == "7/3"
    assert points["q4"] is None and points["q8"] is None
    typed = suites[2].findall("testcase")[0].findtext("system-out") or ""
    assert "</script><script>" in typed and "]]>" in typed and "⟨U+0000⟩" in typed


def test_check50_is_null_for_what_is_open() -> None:
    report = json.loads(rendered(one(), ["check50"])["check50/results.json"])
    assert {"slug", "results", "version"} <= set(report)
    results = {each["name"]: each for each in report["results"]}
    keys = {"name", "description", "passed", "log", "cause", "data", "dependency"}
    for each in results.values():
        assert set(each) == keys
        assert each["passed"] in (True, False, None)
        assert all(isinstance(line, str) for line in each["log"])
        assert (each["cause"] is None) == (each["passed"] is True or each["name"] == "with")
    assert {name for name, each in results.items() if each["passed"] is None} == {
        "q4",
        "q8",
        "with",
    }
    assert results["q4"]["data"] == {"of": "3"}
    assert results["q2b"]["dependency"] == "q2"
    assert "bias" in results["q1a"]["cause"]["help"]


def test_the_gradebook_opens_as_it_is_meant() -> None:
    text = rendered(a_class(), ["csv"])["gradebook.csv"]
    assert text.encode()[:3] == b"\xef\xbb\xbf"
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    head, *students = rows
    assert head[:3] == ["student", "name", "q1a"]
    assert head[-4:] == ["total", "marked", "full", "open"]
    assert "with" not in head
    assert {len(row) for row in rows} == {len(head)}
    first = dict(zip(head, students[0], strict=True))
    assert first["student"] == '="0098"'
    assert first["q4"] == first["q8"] == ""
    assert (first["q2"], first["q3"], first["open"]) == ("0", "2.333333", "2")
    for row in students:
        for each in row[1:] if row[0] == '="0098"' else row:
            assert not each.startswith(("=", "+", "-", "@", "\t", "\r"))
    nothing = dict(zip(head, students[3], strict=True))
    assert {nothing[each] for each in head[2:13]} == {""} and nothing["total"] == ""


@pytest.mark.parametrize(
    "student", ["007", "123456789012", "1e5", "3-4", "3/4", "1.50", "2026-11-22"]
)
def test_ids_that_a_spreadsheet_would_change_stay(student: str) -> None:
    text = rendered(Grading(ENGLISH, (graded(student, all_right()),)), ["csv"])["gradebook.csv"]
    assert list(csv.reader(io.StringIO(text)))[1][0] == f'="{student}"'


@pytest.mark.parametrize("student", ["40012345", "ali", "a007", "0a", "ali@example.org"])
def test_other_ids_stand_as_they_are(student: str) -> None:
    text = rendered(Grading(ENGLISH, (graded(student, all_right()),)), ["csv"])["gradebook.csv"]
    assert list(csv.reader(io.StringIO(text)))[1][0] == student


COMMAND = re.compile(r"::(error|warning|notice)(?: ((?:\w+=[^,:\n]*,?)+))?::([^\n]*)")


def test_annotations_are_one_command_a_line() -> None:
    lines = rendered(a_class(), ["github"])["github/annotations.txt"].splitlines()
    for line in lines:
        assert COMMAND.fullmatch(line), line
        assert re.sub("%(?:25|0A|0D|3A|2C)", "", line).count("%") == 0
    for sort in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{sort}") for line in lines) <= 10
    assert any("more are not shown here" in line for line in lines)


def test_annotations_stand_at_their_lines() -> None:
    lines = rendered(one(), ["github"])["github/annotations.txt"].splitlines()
    assert lines[0] == "::error file=ali.md,line=18,title=q2::wrong, 0 of 1"
    assert all("q9" not in line for line in lines)
    [file] = {m[1] for m in (re.search(r"file=([^,:]*)", line) for line in lines) if m}
    assert file == "ali.md"
    source = graded("9812", every_outcome(), source="submissions/ali.md")
    lines = rendered(Grading(ENGLISH, (source,)), ["github"])["github/annotations.txt"].splitlines()
    assert lines[0].startswith("::error file=submissions/ali.md,line=18,")


def test_the_summary_is_cut_and_says_so() -> None:
    students = tuple(graded(f"{n:05}", hostile()) for n in range(40))
    whole = Grading(ENGLISH, students)
    text = summary(whole, 60_000)
    assert len(text.encode()) < 60_000
    left = re.search(r"\*\*(\d+) students are left out here: the summary may hold 60 kB", text)
    assert left is not None
    assert text.count("<details>") + int(left[1]) == 40
    assert "00039" in text
    alone = summary(Grading(ENGLISH, students[:1]), 4_000)
    assert len(alone.encode()) < 4_000 and "The rest is left out here" in alone


def test_markdown_escapes_what_is_quoted() -> None:
    text = rendered(one(hostile()), ["markdown"])["markdown/9812.md"]
    outside = re.sub(r"(?s)^(`{3,})text\n.*?\n\1$", "", text, flags=re.MULTILINE)
    assert "<script" not in outside and "<b>" not in outside
    assert not re.search(r"(?<!\\)\|", re.sub(r"(?m)^\|.*\|$", "", outside))
    fences = re.findall(r"(?m)^(`{3,})text$", text)
    assert max(map(len, fences)) > 5  # longer than the longest run of the answer
    assert max(len(run) for run in re.findall("`+", HOSTILE)) == 5
    prose = [line for line in outside.splitlines() if not line.startswith(("|", "Read as:"))]
    assert max(len(line) for line in prose) <= 100


def test_markdown_tables_keep_their_columns() -> None:
    text = rendered(a_class(), ["markdown"])["markdown/class.md"]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4, 7}
    assert "4 × q1a: The bias of each filter seems to be forgotten." in text
