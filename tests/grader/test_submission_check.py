"""`symcnn submission check`: what is there and how it was read, never right or wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symcnn.cli import main
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.submission import Response, Submission
from symcnn.grader.submission_check import Seen, seen, without_keys

ASSIGNMENT = """
schema: 1
title: Costs
given: "K, C_in, C_out: positive integer"
questions:
  - {id: q1, type: formula, points: 2, key: "K^2*C_in*C_out + SECRET", aliases: {F: K}}
  - {id: q2, type: number, points: 1, key: "4242", unit: 1024}
  - {id: q3, type: matrix, points: 1, key: "Matrix([[4243, 0], [0, 1]])"}
  - {id: q4, type: chain, points: 3, start: "(K + 1)^2", key: "K^2 + 2*K + 1"}
  - {id: q5, type: truth, points: 1, key: true, reason: 1/2}
  - {id: q6, type: choice, points: 1, options: {a: one, b: two, c: three}, key: "a, c"}
  - {id: q7, type: manual, points: 1, rubric: [{text: says it, points: 1}]}
"""
RIGHT = {
    "q1": "K^2*C_in*C_out + SECRET", "q2": "4242", "q3": "[[4243, 0], [0, 1]]",
    "q4": "(K + 1)^2\n= K^2 + 2*K + 1", "q5": "true\nbecause", "q6": "c, a", "q7": "words",
}  # fmt: skip
WRONG = {
    "q1": "F*C_in", "q2": "3M", "q3": "1, 2\n3, 4",
    "q4": "let u = K + 1\n= u^2\nso we get\n= K + 7",
    "q5": "False", "q6": "b", "q7": "K^2",
}  # fmt: skip


def _form(**answers: str) -> str:
    return "student: 7\n" + "".join(f"```answer {q}\n{a}\n```\n" for q, a in answers.items())


def _checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *more: str
) -> tuple[int, str]:
    (tmp_path / "costs.yaml").write_text(ASSIGNMENT, encoding="utf-8")
    (tmp_path / "ali.md").write_text(text, encoding="utf-8")
    words = ["submission", "check", str(tmp_path / "ali.md"), *more]
    code = main([*words, "--assignment", str(tmp_path / "costs.yaml")])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out


def test_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = _checked(tmp_path, capsys, _form(**WRONG))
    assert code == 0
    assert out.split("\n") == [
        "ali.md: student 7; 7 of 7 answers",
        "  q1 (line 3): read: K*C_in",
        "  q2 (line 6): read: 3*1048576",
        "  q3 (line 9): read: Matrix([[1, 2], [3, 4]])",
        "  q4 (line 13): read:",
        "      u = K + 1",
        "      = u^2",
        "      so we get",
        "      = K + 7",
        "  q5 (line 19): read: false",
        "  q6 (line 22): read: b",
        "  q7 (line 25): kept as it is, for a person",
        "every answer that is there can be read",
        "",
    ]


def test_right_and_wrong_are_told_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = []
    for answers in (RIGHT, WRONG):
        code, out = _checked(tmp_path, capsys, _form(**answers), "--json")
        assert code == 0
        found = json.loads(out)["submissions"][0]
        states.append(
            [(each["question"], each["state"], each["told"]) for each in found["answers"]]
        )
        words = out.replace("SECRET", "")
        assert not any(word in words for word in ("right", "wrong", "points", "proved", "refuted"))
    assert states[0] == states[1]


def test_nothing_of_a_key_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = {"q1": "K + secret", "q2": "K", "q3": "[1, 2", "q4": "K +", "q5": "perhaps", "q6": "x"}
    code, out = _checked(tmp_path, capsys, _form(**odd))
    assert code == 2
    assert not any(each in out for each in ("4242", "4243", "C_in*C_out", "2*K", "a, c"))
    assert out.count("cannot be read") == 6


def test_a_caret_and_names_that_were_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _form(q1="K*Cin", q2="2*(7", q4="K + 1\n= Q + 2*(\n= y") + _form(Q6="a", q7="x")[11:]
    code, out = _checked(tmp_path, capsys, text)
    assert code == 2
    lines = out.split("\n")
    at = lines.index("  q1 (line 3): cannot be read")
    assert "Cin" in lines[at + 1]
    assert "Did you mean C_in?" in lines[at + 2]
    at = lines.index("  q2 (line 6): cannot be read")
    assert lines[at + 1 : at + 3] == [
        "      2*(7",
        "          ^ a bracket is not closed (character 5)",
    ]
    at = lines.index("  q4 (line 9): cannot be read")
    assert lines[at + 1] == "      K + 1"
    assert "      = Q + 2*(" in lines[at:]
    assert any("declare" in line and "y" in line for line in lines[at:])
    assert "  q3: no answer" in lines
    assert "  q6: there is more than one answer that could be meant: see the problems" in lines
    assert any("there is no question Q6" in line for line in lines)


def test_without_an_assignment_every_name_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "7.yaml"
    path.write_text("answers: {any: K K C, deriv: ['a + a', '= 2a'], odd: '2*('}", encoding="utf-8")
    assert main(["submission", "check", str(path)]) == 2
    lines = capsys.readouterr().out.split("\n")
    assert lines[:2] == ["7.yaml: student 7; 3 of 3 answers", "  any (line 1): read: K*K*C"]
    assert lines[2:5] == ["  deriv (line 1): read:", "      a + a", "      = 2*a"]
    path.write_text("answers: {any: K K C}", encoding="utf-8")
    assert main(["submission", "check", str(path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["usable"], found["problems"]) == (1, True, [])
    assert found["submissions"][0]["answers"] == [
        {"question": "any", "state": "read", "place": "7.yaml, line 1", "text": "K K C",
         "read": ["K*K*C"], "told": []},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"), (b"\xff\xfea\x00", "the file is UTF-16"),
        (b"no marks", "there is no marked answer in it"), (None, "there is no such file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes | None, message: str
) -> None:
    path = tmp_path / "8.md"
    if raw is not None:
        path.write_bytes(raw)
    assert main(["submission", "check", str(path)]) == 2
    assert message in capsys.readouterr().out
    assert main(["submission", "check", str(path), "--json"]) == 2
    assert message in json.loads(capsys.readouterr().out)["problems"][0]["message"]


def test_an_assignment_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "7.md").write_text(_form(q1="K"), encoding="utf-8")
    (tmp_path / "a.yaml").write_text("schema: 1\n", encoding="utf-8")
    words = ["submission", "check", str(tmp_path / "7.md"), "--assignment"]
    assert main([*words, str(tmp_path / "a.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "a.yaml" in err


def test_odd_characters_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _form(q1="K\x1b[31m", q5="true, because \u202e\x07", q7="\x1b[2J")
    code, out = _checked(tmp_path, capsys, text)
    assert code == 2
    assert all(line.isprintable() for line in out.split("\n"))


def test_persian() -> None:
    asked = (
        Question("q", "formula", key="K", given="K: integer"),
        Question("t", "truth", key="true"),
    )
    whole = Assignment("A", asked, language="fa")
    own = Submission("7", (("q", Response("K + y")), ("t", Response("نادرست، چون K = ۳"))))
    formula, truth = seen(own, whole)
    assert formula.state == "unreadable"
    assert formula.told[0].startswith("\u2066y\u2069 در پرسش تعریف نشده است")
    assert truth == Seen("t", "read", "", "نادرست، چون K = ۳", ("نادرست: چون k = 3",))


def test_names_of_a_key_are_known_and_its_kind() -> None:
    asked = (
        Question("q1", "formula", key="K*Z"),
        Question("q2", "formula", key="S divides N", given="S, N: integer"),
        Question("q3", "formula", key="2*(", given="K: integer"),
    )
    whole = Assignment("A", asked)
    assert [each.key for each in without_keys(whole).questions] == ["0", "0 = 0", "0"]
    own = Submission(
        "7", tuple((q.id, Response(t)) for q, t in zip(asked, ("Z", "N = S", "K"), strict=True))
    )
    assert [each.state for each in seen(own, whole)] == ["read"] * 3
    swapped = Submission("7", (("q1", Response("Q")), ("q2", Response("N"))))
    assert [each.state for each in seen(swapped, whole)] == ["unreadable", "unreadable", "missing"]
