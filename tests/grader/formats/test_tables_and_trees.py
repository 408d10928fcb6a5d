"""YAML, JSON, TOML and CSV: texts stay as they were typed."""

from __future__ import annotations

import pytest

from symcnn.grader.formats import csv_file, json_file, toml_file, yaml_file
from symcnn.grader.formats.found import Found, Unusable
from symcnn.grader.formats.texts import text_of


def _yaml(value: str) -> str:
    return yaml_file.read(f"answers:\n  q: {value}\n").sheets[0].entries[0].text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2.50", "2.50"), ("007", "007"), ("yes", "yes"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("12:30", "12:30"), ("2026-11-22", "2026-11-22"), ("~", ""), ("null", ""), ("", ""),
        ("'null'", "null"), ("true", "true"), ("K # note", "K"), ("'K # note'", "K # note"),
        ("C_in*K^2", "C_in*K^2"), (r"\frac{1}{K}", r"\frac{1}{K}"), ("[a, c]", "a, c"),
        ("[1, 2]", "1, 2"), ("[[1, 2], [3, K]]", "Matrix([[1, 2], [3, K]])"),
        ("['a + b', '= c']", "a + b\n= c"), ("{answer: true, reason: why}", "true\nwhy"),
        ("|\n    a\n\n    = b", "a\n\n= b\n"), (">\n    a\n    b", "a b\n"),
    ],
)  # fmt: skip
def test_scalars_of_yaml(typed: str, text: str) -> None:
    assert _yaml(typed) == text


@pytest.mark.parametrize("typed", ["{x: 1}", "[[1, [2]]]", "[a, {b: c}]", "{answer: [a]}", "{}"])
def test_values_that_are_no_text(typed: str) -> None:
    [sheet] = yaml_file.read(f"answers:\n  p: K\n  q: {typed}\n").sheets
    assert [(each.text, each.broken) for each in sheet.entries] == [
        ("K", False), ("", typed != "{}"),
    ]  # fmt: skip
    assert [each.code for each in sheet.troubles] == ["no-text"] * (typed != "{}")


def test_a_question_that_stands_twice_is_kept_twice() -> None:
    for found in (
        yaml_file.read("answers: {q: K, q: N}"),
        json_file.read('{"answers": {"q": "K", "q": "N"}}'),
    ):
        assert [each.text for each in found.sheets[0].entries] == ["K", "N"]


def test_numbers_of_json_stay_as_they_are() -> None:
    text = '{"answers": {"a": 2.50, "b": 1e400, "c": %s, "d": true, "e": null, "f": NaN}}'
    entries = json_file.read(text % ("7" * 9_000)).sheets[0].entries
    assert [each.text for each in entries] == ["2.50", "1e400", "7" * 9_000, "true", "", "NaN"]


def test_several_students_in_one_file() -> None:
    found = json_file.read(
        '[{"student": "7", "answers": {"q": "K"}}, {"student": "8", "answers": []}, 9,'
        ' {"student": "9", "answers": null}]'
    )
    assert [(each.student, each.place) for each in found.sheets] == [("7", "[0]"), ("9", "[3]")]
    assert [(each.code, each.place) for each in found.troubles] == [
        ("answers-no-mapping", "[1].answers"), ("no-mapping", "[2]"),
    ]  # fmt: skip


def test_what_stands_beside_the_answers_is_told() -> None:
    [sheet] = yaml_file.read("student: 7\nq1: K\nanswers: {q2: N}\n").sheets
    assert [(each.code, each.place) for each in sheet.troubles] == [("stray", "line 2")]


def test_persian_words_for_the_fields() -> None:
    [sheet] = yaml_file.read("شماره دانشجویی: ۷\nنام: علی\nپاسخ\u200cها: {q: K}\n").sheets
    assert (sheet.student, sheet.name, sheet.entries[0].text) == ("۷", "علی", "K")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("answers: |K", "yaml-bar"), ("a:\n  q: |\n  K\n", "yaml-left"), ("? [a]\n: b", "yaml-key"),
        ("student: 7\nstudent: 8\nanswers: {}", "two-students"), ("just words", "no-mapping"),
        ("answers: {}\nanswers: {}", "fields-twice"), ("# nothing", "empty"), ("[]", "no-mapping"),
        ("%TAG ! tag:x,1:\n---\nanswers: !a {}", "yaml-tag"), ("student: 7", "no-answers"),
        ("a: " + "{a: " * 31 + "}" * 31, "deep"), ("answers: 'K", "yaml"), ("- - -\n -", "yaml"),
    ],
)  # fmt: skip
def test_yaml_that_cannot_be_used(text: str, code: str) -> None:
    with pytest.raises(Unusable) as caught:
        yaml_file.read(text)
    assert caught.value.trouble.code == code


def test_toml() -> None:
    found = toml_file.read(
        "student = 7\n[answers]\na = 2.50\nb = true\nc = ['a', 'c']\nd = '''\nx\n= y'''\n"
        "e = 2026-11-22\n"
    )
    texts = [each.text for each in found.sheets[0].entries]
    assert texts == ["2.50", "true", "a, c", "x\n= y", "2026-11-22"]
    assert found.sheets[0].entries[2].place == "answers.c"
    with pytest.raises(Unusable) as caught:
        toml_file.read("[answers]\nq = 1\nq = 2\n")
    assert caught.value.trouble[:2] == ("toml", "line 3")


def _rows(found: Found) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(s.student, [(e.question, e.text) for e in s.entries]) for s in found.sheets]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_separators(sign: str) -> None:
    text = sign.join(["Student", "q1", "q2"]) + "\n" + sign.join(["7", '"a,b;c\td"', "K"]) + "\n"
    assert _rows(csv_file.read(text)) == [("7", [("q1", "a,b;c\td"), ("q2", "K")])]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    text = 'sep=;\n\nstudent;q1\n7;"a\n= b"\n\n8;"say ""K"""\n9\n'
    found = csv_file.read(text)
    assert [(each.student, each.place) for each in found.sheets] == [
        ("7", "row 4"), ("8", "row 6"), ("9", "row 7"),
    ]  # fmt: skip
    assert [each.entries[0].text for each in found.sheets] == ["a\n= b", 'say "K"', ""]


def test_cells_beyond_the_header_count_when_they_are_filled() -> None:
    found = csv_file.read("student,q1\n7,K,,\n8,max(a,b)\n9,K\n")
    assert [each.student for each in found.sheets] == ["7", "9"]
    assert [(each.code, each.place) for each in found.troubles] == [("csv-cells", "row 3")]


@pytest.mark.parametrize(
    "text", ["q1\nK\n", "student,id,q1\n7,7,K\n", "name,q\nAli,K\n", "student,name,name\n7,a,b\n"]
)
def test_headers_that_name_nobody(text: str) -> None:
    with pytest.raises(Unusable) as caught:
        csv_file.read(text)
    assert caught.value.trouble.code == "csv-header"


def test_line_ends_and_marks_of_order() -> None:
    assert text_of(b"\xef\xbb\xbfa\r\nb\rc\n") == "a\nb\nc\n"
    for raw, place in (
        (b"a\r\nb\r\n\xff", "line 3"),
        (b"a\rb\r\xff", "line 3"),
        (b"\xff", "line 1"),
    ):
        with pytest.raises(Unusable) as caught:
            text_of(raw)
        assert caught.value.trouble[:2] == ("encoding", place)
