"""Forms: every place reads back, an empty one as no answer, and nothing of a key is shown."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Criterion, Question
from symcnn.grader.assignments.assignment_file import load_assignment
from symcnn.grader.handouts.blank import FORMATS, blank
from symcnn.grader.handouts.prose import latin_runs, markdown, plain, tex
from symcnn.grader.marking import Marker
from symcnn.grader.submission import Submission
from symcnn.grader.submissions import read_submissions

DATA = Path(__file__).parent.parent / "data"
ENGLISH = load_assignment(DATA / "dl-homework.yaml")
PERSIAN = load_assignment(DATA / "dl-homework-fa.yaml")
ANSWERS = {
    "q1a": "K^2*C_in*C_out + C_out",
    "q2b": "۱۱۲",
    "q3": "\\begin{bmatrix} w_1 & 0 \\\\ 0 & w_1 \\end{bmatrix}",
    "q4": "a + b\n= b + a\n= # c",
    "q5": "true\n because: 'both' see \"5\" - and {more}",
    "q8": "In a few words: yes.\n\n- a list\n- of two",
}


def _typed_md(form: str, name: str, answer: str) -> str:
    return form.replace(f"```answer {name}\n\n", f"```answer {name}\n{answer}\n")


def _typed_tex(form: str, name: str, answer: str) -> str:
    return form.replace(f"{{answer}}{{{name}}}\n\n", f"{{answer}}{{{name}}}\n{answer}\n")


def _typed_yaml(form: str, name: str, answer: str) -> str:
    lines = "\n".join(f"    {line}" if line else "" for line in answer.split("\n"))
    return form.replace(f"  {name}: |\n\n", f"  {name}: |\n{lines}\n\n")


def _typed_ipynb(form: str, name: str, answer: str) -> str:
    whole = json.loads(form)
    for cell in whole["cells"]:
        if cell["metadata"].get("symcnn", {}).get("question") == name:
            cell["source"] = answer.splitlines(keepends=True)
    return json.dumps(whole)


TYPED: dict[str, Callable[[str, str, str], str]] = {
    "md": _typed_md,
    "tex": _typed_tex,
    "yaml": _typed_yaml,
    "ipynb": _typed_ipynb,
}
IDS = {
    "md": ("Student id: ", "Student id: 40123"),
    "tex": ("\\student{}", "\\student{40123}"),
    "yaml": ('student: ""', 'student: "40123"'),
    "ipynb": ("Student id: ", "Student id: 40123"),
}


def _read(tmp_path: Path, format: str, text: str, assignment: Assignment) -> Submission:
    path = tmp_path / f"form.{format}"
    path.write_text(text, encoding="utf-8")
    questions = [each.id for each in assignment.questions]
    [found], problems = read_submissions([path], questions)
    assert not problems
    return found


@pytest.mark.parametrize("format", TYPED)
def test_a_filled_form_reads_back(format: str, tmp_path: Path) -> None:
    form = blank(ENGLISH, format)
    old, new = IDS[format]
    assert form.count(old) == 1
    form = form.replace(old, new)
    for name, answer in ANSWERS.items():
        changed = TYPED[format](form, name, answer)
        assert changed != form
        form = changed
    found = _read(tmp_path, format, form, ENGLISH)
    assert found.student == "40123"
    assert {
        name: response.text.strip() for name, response in found.responses if response.text.strip()
    } == ANSWERS


@pytest.mark.parametrize("assignment", [ENGLISH, PERSIAN], ids=["en", "fa"])
@pytest.mark.parametrize("format", TYPED)
def test_a_form_that_nobody_filled_holds_no_answer(
    format: str, assignment: Assignment, tmp_path: Path
) -> None:
    found = _read(tmp_path, format, blank(assignment, format), assignment)
    assert [response for _, response in found.responses if response.text.strip()] == []
    assert not found.name
    assert {mark.outcome for mark in Marker(assignment).marks(found, detail=False)} == {"missing"}


def test_a_class_in_csv(tmp_path: Path) -> None:
    form = blank(PERSIAN, "csv")
    cells = {"q1a": '"K^2*C_in"', "q2b": "112"}
    names = [each.id for each in PERSIAN.questions]
    row = ",".join(["40123", "علی", *(cells.get(name, "") for name in names)])
    found = _read(tmp_path, "csv", f"{form}{row}\n", PERSIAN)
    answers = {name: each.text for name, each in found.responses if each.text.strip()}
    assert (found.student, found.name, answers) == (
        "40123", "علی", {"q1a": "K^2*C_in", "q2b": "112"},
    )  # fmt: skip


SECRET = Question(
    "q",
    "formula",
    Fraction(2),
    "What?",
    key="SECRET + 1",
    given="SECRET: real",
    mistakes=(("bias-once", Fraction(1, 7)),),
    accept=("1 + SECRET",),
    reject=("SECRET",),
)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_a_key_is_shown(format: str) -> None:
    choice = Question("c", "choice", Fraction(1), options=(("x", "one"), ("y", "two")), key="y")
    number = Question(
        "n", "number", Fraction(1), key="7*SECRET", given="SECRET: integer", uses=(("SECRET", "q"),)
    )
    used = Question("u", "formula", Fraction(1), key="SECRET*K", given="SECRET, K: real; K > 0",
                    uses=(("SECRET", "q"),))  # fmt: skip
    manual = Question("m", "manual", Fraction(1), rubric=(Criterion("SECRET", Fraction(1)),))
    hidden = replace(SECRET, given="")
    form = blank(Assignment("A", (hidden, number, used, choice, manual)), format)
    for secret in ("SECRET", "bias-once", "1/7"):
        assert secret not in form
    assert form.count("y") == blank(Assignment("A", (hidden, number, used, replace(
        choice, key="x"), manual)), format).count("y")  # fmt: skip


@pytest.mark.parametrize("format", ["md", "yaml", "tex", "ipynb"])
def test_prompts_cannot_be_taken_for_answers(format: str, tmp_path: Path) -> None:
    trap = (
        "```answer q\nK^2\n```\nstudent: 7\n## q\n\\begin{answer}{q} K \\end{answer}\n"
        "\\student{7}\n# *a* <b> [c](d)\nq: |\n  K\n$\\input{x}$ $a$"
    )
    prompt = trap if format != "tex" else trap.replace("$\\input{x}$", "$\\input{x}$ 50%")
    assignment = Assignment("A: `b`", (Question("q", "formula", Fraction(1), prompt, key="K"),))
    form = blank(assignment, format)
    found = _read(tmp_path, format, form, assignment)
    assert [each.text for _, each in found.responses if each.text] == []
    assert found.student != "7"


def test_forms_show_prompt_points_and_how_to_type() -> None:
    form = blank(ENGLISH, "md")
    assert "*1/3 points, bonus*" in form
    assert "You may write `F` for `K`, `M` for `C_out`." in form
    assert "A number; 1 % off is near enough." in form
    assert "K, M and G stand for powers of 1000" in form
    assert "- **b**: its running mean" in form
    assert "Given: `K <= N + 2*P`" in form
    persian = blank(PERSIAN, "md")
    assert "نمره، امتیازی*" in persian
    assert "*۲ نمره*" in persian
    assert "این طول برای N = 224" in persian
    assert "points" not in persian


def test_a_notebook_is_of_version_4_5() -> None:
    whole = json.loads(blank(PERSIAN, "ipynb"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in whole["cells"]]
    assert len(names) == len(set(names)) == 1 + 2 * len(PERSIAN.questions)
    assert all(set(cell) == {"cell_type", "id", "metadata", "source"} for cell in whole["cells"])


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(AuthorError, match="no form in 'docx'; choose md, tex"):
        blank(ENGLISH, "docx")


def test_prose_in_each_medium() -> None:
    text = "1. a_b _c_ *d* $x_1 < 2$ `y*z`\n- e: <f> 50%"
    assert markdown(text) == "1\\. a_b \\_c\\_ \\*d\\* $x_1 < 2$ `y*z`\n\\- e: \\<f\\> 50%"
    assert plain(text) == "1. a_b _c_ *d* x_1 < 2 y*z\n- e: <f> 50%"
    shown = r"1. a\_b \_c\_ *d* $x_1 < 2$ \texttt{y*z}" + "\n" + r"- e: <f> 50\%"
    assert tex(text) == shown
    assert tex("a $\\def\\x{}$ $}{$ $a % b$") == (
        r"a \$\textbackslash{}def\textbackslash{}x\{\}\$ \$\}\{\$ \$a \% b\$"
    )
    assert [run for latin, run in latin_runs("نسبت 1/C_out + 1/K^2 است (K).") if latin] == [
        "1/C_out + 1/K^2", "(K)",
    ]  # fmt: skip


@pytest.mark.tex
@pytest.mark.parametrize("assignment", [ENGLISH, PERSIAN], ids=["en", "fa"])
def test_the_latex_form_compiles(assignment: Assignment, tmp_path: Path) -> None:
    form = blank(assignment, "tex")
    for name, answer in (("q1a", "$K^2 C_{in}$"), ("q3", "\\[" + ANSWERS["q3"] + "\\]")):
        form = _typed_tex(form, name, answer)
    (tmp_path / "form.tex").write_text(form, encoding="utf-8")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "form.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Missing character" not in (tmp_path / "form.log").read_text(errors="replace")
