"""Answers marked in LaTeX: taken as text, never expanded."""

from __future__ import annotations

import pytest

from symcnn.grader.formats.found import Sheet, Unusable
from symcnn.grader.formats.latex import read


def _sheet(text: str) -> Sheet:
    [sheet] = read(text).sheets
    return sheet


def _answers(text: str) -> list[tuple[str, str, str]]:
    return [(each.question, each.text, each.place) for each in _sheet(text).entries]


BLOCK = "\\begin{answer}{q1}\nK\n\\end{answer}\n"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (BLOCK, [("q1", "K", "line 2")]),
        (r"\begin{answer}{q1} $K^2$ \end{answer}", [("q1", "$K^2$", "line 1")]),
        ("\\begin {answer}\n{q\\_1}\n\\[K\\]\n\\end{answer}", [("q_1", r"\[K\]", "line 3")]),
        ("\\begin{answer}{q1}\n% mine\nK % taps\n= 7\\%\n\\end{answer}",
         [("q1", "K\n= 7\\%", "line 3")]),
        ("\\begin{answer}{q1}\na \\\\% end\n= b\n\\end{answer}", [("q1", "a \\\\\n= b", "line 2")]),
        ("\\begin{answer}{q1}% none\n%\\end{answer}\nK\n\\end{answer}", [("q1", "K", "line 3")]),
        ("\\begin{answer}{q1}\n\\end{answer}", [("q1", "", "line 2")]),
        ("%" + BLOCK + BLOCK, [("q1", "K", "line 5")]),
        ("\\begin{verbatim}\n" + BLOCK + "\\end{verbatim}\n" + BLOCK, [("q1", "K", "line 7")]),
        ("\\begin{comment}" + BLOCK + "\\end{comment}" + BLOCK, [("q1", "K", "line 5")]),
        (BLOCK + "\\end{document}\n" + BLOCK.replace("q1", "q2"), [("q1", "K", "line 2")]),
        ("\\newenvironment{answer}[1]{\\par}{\\par}\n" + BLOCK, [("q1", "K", "line 3")]),
        ("\\begin{answers}{q9}no\\end{answers}" + BLOCK, [("q1", "K", "line 2")]),
        ("\\\\begin{answer}{q9}" + BLOCK, [("q1", "K", "line 2")]),
        (r"\begin{answer}{q1}\input{/etc/passwd}\end{answer}",
         [("q1", r"\input{/etc/passwd}", "line 1")]),
        ("\\begin{answer}{q1}\n\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}\n\\end{answer}",
         [("q1", "\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}", "line 2")]),
    ],
)  # fmt: skip
def test_what_is_marked(text: str, answers: list[tuple[str, str, str]]) -> None:
    assert _answers(text) == answers


@pytest.mark.parametrize(
    ("line", "student", "name"),
    [
        (r"\student{7}\name{Ali~Karimi}", "7", "Ali Karimi"), (r"\student {۴۰۰}", "۴۰۰", ""),
        (r"\newcommand\student[1]{#1} \student{7}", "7", ""), (r"\student{}\student{7}", "7", ""),
        (r"\def\student#1{#1}", "", ""), (r"%\student{7}", "", ""), (r"\students{7}", "", ""),
        (r"\newcommand{\student}[1]{\textbf{#1}}\name{\textbf{A}}", "", ""),
    ],
)  # fmt: skip
def test_who_it_is(line: str, student: str, name: str) -> None:
    sheet = _sheet(line + "\n" + BLOCK)
    assert (sheet.student, sheet.name) == (student, name)


def test_an_id_in_an_answer_says_nobody() -> None:
    assert _sheet(BLOCK.replace("K", r"\student{8}")).student == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"\student{7}\student{8}" + BLOCK, "two-students"),
        (r"\student{\textbf{7}}" + BLOCK, "student-commands"),
        ("\\student{7\n" + BLOCK, "student-commands"),
        ("K", "no-marks-tex"),
        (r"\end{answer}", "no-marks-tex"),
    ],
)
def test_what_cannot_be_used(text: str, code: str) -> None:
    with pytest.raises(Unusable) as caught:
        read(text)
    assert caught.value.trouble.code == code


def test_answers_without_an_end_and_without_a_question() -> None:
    sheet = _sheet("\\begin{answer}{q1}\nK\n" + BLOCK.replace("q1", "q2") + "\\begin{answer}{q3}")
    assert [(each.question, each.text, each.broken) for each in sheet.entries] == [
        ("q1", "", True),
        ("q2", "K", False),
        ("q3", "", True),
    ]
    assert [(each.code, each.place) for each in sheet.troubles] == [
        ("open", "line 1"),
        ("open", "line 6"),
    ]
    nameless = _sheet("\\begin{answer}\nK\n\\end{answer}\n" + BLOCK)
    assert [each.code for each in nameless.troubles] == ["no-question"]
    assert [each.question for each in nameless.entries] == ["q1"]


@pytest.mark.parametrize(
    "text",
    ["\\begin{answer}{q}" * 5_000, "\\begin" + " " * 500_000, "\\student" * 50_000,
     "%\n" * 50_000, "\\begin{verbatim}" * 20_000, "\\" * 100_001, "\\begin{answer}{" * 20_000],
)  # fmt: skip
def test_long_texts_cost_little(text: str) -> None:
    sheet = _sheet(BLOCK + text)
    assert sheet.entries[0].text == "K"
