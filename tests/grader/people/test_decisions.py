"""``decisions.yaml``: read strictly, with file, line and field in every complaint."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.people.decisions import Decision, Decisions, load_decisions, read_decisions
from tests.grader.people.sample import ASSIGNMENT


def read(text: str) -> Decisions:
    return read_decisions(text, "decisions.yaml", ASSIGNMENT)


def test_a_file_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    text = (
        "# what we agreed on\n"
        "- question: q3\n"
        "  group: gt2k6c2cf\n"
        "  points: 7/3\n"
        "  words: |\n"
        "    The identity is there: no need to say more.\n"
        "  by: Sara\n"
        "- {question: q1a, student: ۰۴۰۱, points: 0.1, by: on}\n"
    )
    path.write_text(text, encoding="utf-8")
    assert load_decisions(path, ASSIGNMENT).items == (
        Decision(
            "q3", Fraction(7, 3), "gt2k6c2cf", "",
            "The identity is there: no need to say more.", "Sara", 2,
        ),
        Decision("q1a", Fraction(1, 10), "", "0401", "", "on", 8),
    )  # fmt: skip
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", "# nothing yet\n\n", "[]", "---\n"])
def test_nothing_decided(text: str) -> None:
    assert read(text).items == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("question: q3", "line 1: decisions are a list"),
        ("- {question: q3, group: g, points: 1}", "the field 'by' is missing"),
        ("- {question: q3, group: g, by: S}", "the field 'points' is missing"),
        ("- {group: g, points: 1, by: S}", "the field 'question' is missing"),
        ("- {question: q3, points: 1, by: S}", "about a group or about a student"),
        ("- {question: q3, group: g, student: '1', points: 1, by: S}", "about a group or"),
        ("-\n - {question: q3, group: g}", "line 2"),
        ("\n- {question: q3, group: g, pionts: 1, by: S}", "line 2, [0].pionts: there is no field"),
        ("- {question: q3, group: g, points: , by: S}", "line 1, [0].points: it is empty"),
        ("- {question: q3, group: g, points: full, by: S}", "'full' is no number"),
        ("- {question: q3, group: g, points: -1, by: S}", "out of range"),
        ("- {question: q3, group: g, points: 1e0, by: S}", "no number"),
        ("- {question: q3, group: g, points: 3.0000001, by: S}", "too many; q3 is worth 3 at most"),
        ("- {question: q3, group: g, points: 50%, by: S}", "'50%' is a share; write points"),
        ("- {question: q3, group: g, points: 1/0, by: S}", "divides by zero"),
        ("- {question: q3, group: g, points: 1, by: ''}", "[0].by: it is empty"),
        ("- {question: q3, group: g, points: 1, by: [S]}", "a list stands where a text"),
        ("- !!python/object:os.system {question: q3}", "is a tag"),
        ("- &a {question: q3, group: g, points: 1, by: S}\n- *a", "is an anchor"),
        ("- {question: q3", "this is no YAML"),
        ("- {question: q3, question: q1a, group: g, points: 1, by: S}", "stands twice"),
    ],
)
def test_what_is_malformed_is_refused(text: str, told: str) -> None:
    with pytest.raises(AuthorError) as caught:
        read(text)
    assert told in str(caught.value)
    assert str(caught.value).startswith("decisions.yaml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="No such file"):
        load_decisions(tmp_path / "decisions.yaml", ASSIGNMENT)
    path = tmp_path / "d.yaml"
    path.write_bytes("- question: پرسش".encode("cp1256"))
    with pytest.raises(AuthorError, match="byte 13 is not UTF-8"):
        load_decisions(path, ASSIGNMENT)


def test_a_question_that_is_gone_is_told_and_the_rest_holds() -> None:
    found = read(
        "- {question: q1b, group: g, points: 1, by: S}\n"
        "- {question: q3, group: g, points: 1, by: S}"
    )
    assert [each.question for each in found.items] == ["q3"]
    [problem] = found.problems
    assert problem.where == "decisions.yaml, line 1"
    assert problem.message == "there is no question q1b; the decision is not applied"
    assert problem.hint == "the questions are q1a, q2, q3, q4"


def test_decisions_that_agree_count_once_and_those_that_differ_not_at_all() -> None:
    found = read(
        "- {question: q3, group: g, points: 1, by: S}\n"
        "- {question: q3, group: h, points: 1, by: S}\n"
        "- {question: q3, group: g, points: 1.0, by: T}\n"
        "- {question: q3, student: '7', points: 1, by: S}\n"
        "- {question: q3, student: ۷, points: 2, by: S}\n"
    )
    assert [(each.group, each.student, each.line) for each in found.items] == [
        ("g", "", 1),
        ("h", "", 2),
    ]
    told = [str(each) for each in found.problems]
    assert "line 3: q3 is decided for the same answers on lines 1, 3: they agree" in told[0]
    assert "line 5: q3 is decided for the same answers on lines 4, 5: they differ" in told[1]
