"""The record of a run: what is written is read back equal, and what is no record is refused."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.assignment import (
    Assignment,
    Convention,
    Criterion,
    Feedback,
    Milestone,
    Question,
    Totals,
)
from symcnn.grader.atomic import write_files, write_text
from symcnn.grader.marks import Graded, Grading, Mark, Remark, Total
from symcnn.grader.records import as_record, from_record, read_results, results_text
from symcnn.grader.submission import Problem, Response, Submission

QUESTION = Question(
    "q1", "formula", Fraction(1, 3), "How many?", "K^2*C", "K, C: positive integer",
    (("F", "K"),), (Convention("MACs", "K^2", Fraction(1, 2), "one for two"),), "expanded",
    Fraction(1, 2), "1%", 1024, (("a", "one"), ("b", "two")), "K", (Milestone("K", Fraction(1)),),
    (("n", "q0"),), Fraction(1, 2), (("bias", Fraction(3, 4)),), Fraction(1, 5), True, Fraction(1),
    (Criterion("clear", Fraction(2)),), ("K K C",), ("K C",), Feedback("verdict", "witness"), True,
)  # fmt: skip
MARK = Mark(
    "q1", "wrong", Fraction(1, 6), Fraction(1, 3), "K\n^2 \u202e۳", "ali.md, line 3", "K^2",
    (Remark("where", "line", "line 2"), Remark("witness", "witness", "K = 2")), "bias", "g7", "Li",
)  # fmt: skip
OPEN = Mark("q1", "undecided", None, Fraction(1, 3))
GRADING = Grading(
    Assignment(
        "کانولوشن", (QUESTION, Question("q2", "manual", Fraction(2))), "fa", "K: positive integer",
        "2026-12-01", Feedback("readable", "solution"), Totals(Fraction(9), Fraction(1, 4), "late"),
    ),
    (
        Graded(
            "7", (MARK, OPEN), Total(Fraction(1), Fraction(1, 6), Fraction(1, 3), Fraction(2), 1),
            "علی", "ali.md", Fraction(9, 10), (Problem("ali.md, line 9", "twice", "keep one"),),
        ),
    ),
    (Problem("x.zip", "damaged"),),
    "after",
)  # fmt: skip


def test_a_record_reads_back_equal() -> None:
    assert from_record(json.loads(json.dumps(as_record(GRADING)))) == GRADING


def test_every_field_of_the_example_differs_from_its_default() -> None:
    """So that the test above would see a field that is lost."""
    for value, bare in ((QUESTION, Question("", "")), (MARK, OPEN), (GRADING.students[0], None)):
        for name in type(value).__match_args__:
            assert getattr(value, name) not in ("", (), 0, None)
            assert bare is None or name == "question" or getattr(value, name) is not None


def test_the_file_is_json_with_a_student_a_line(tmp_path: Path) -> None:
    text = results_text(GRADING)
    record = json.loads(text)
    assert record["schema"] == 1
    assert sum(line.startswith('{"student": ') for line in text.splitlines()) == 1
    write_text(tmp_path / "results.json", text)
    assert read_results(tmp_path) == read_results(tmp_path / "results.json") == GRADING


def test_submissions_have_records_too() -> None:
    sent = Submission("7", (("q1", Response("K^2", "line 3")),), "ali.md", "Ali")
    assert from_record(as_record(sent), Submission) == sent


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": 2}, "schema 1"),
        ({"phase": 3}, r"\.phase: this is not a text"),
        ({"students": {}}, r"\.students: this is not a list"),
        ({"students": [{"student": "7"}]}, r"\.students\[0\].*lacks a value for marks"),
        ({"surplus": 1}, "no field 'surplus'"),
        ({"problems": [[]]}, r"\.problems\[0\]: this is not an object"),
    ],
)
def test_what_is_no_record_is_refused_with_its_field(change: dict[str, object], told: str) -> None:
    with pytest.raises(AuthorError, match=told):
        from_record({**as_record(GRADING), **change})


@pytest.mark.parametrize("number", ["1/0", "half", 0.5, None, ["1"]])
def test_what_is_no_fraction_is_refused(number: object) -> None:
    record = as_record(MARK)
    with pytest.raises(AuthorError, match=r"\.of: this is not a fraction"):
        from_record({**record, "of": number}, Mark)


@pytest.mark.parametrize("data", [b"", b"[1, 2", b"\xff\xfe", b"[" * 100_000, b"[]", b"3"], ids=len)
def test_a_file_that_is_no_record_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "results.json").write_bytes(data)
    with pytest.raises(AuthorError, match=r"results\.json"):
        read_results(tmp_path)


def test_a_run_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="symcnn grade -o"):
        read_results(tmp_path / "none")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "page.html"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".page.html.part").write_text("half of a page that a killed run has left")
    write_files(tmp_path, {"a/page.html": "one"})
    first = path.stat()
    write_text(path, "one")
    assert path.stat().st_ino == first.st_ino  # nothing to do
    write_text(path, "two\r\n\ud800")
    assert path.read_bytes() == b"two\r\n\\ud800"
    assert [each.name for each in path.parent.iterdir()] == ["page.html"]
