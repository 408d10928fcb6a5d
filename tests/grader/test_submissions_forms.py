"""What `assignment blank` writes is read back: empty as it is, and filled in."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from symcnn.grader.assignment import Assignment
from symcnn.grader.assignments.assignment_file import load_assignment
from symcnn.grader.handouts.blank import FORMATS, blank
from symcnn.grader.submissions import read_submissions

DATA = Path(__file__).parent / "data"
MODELS = ("dl-homework", "dl-homework-fa")
ANSWERS = (
    "C_out*(K^2*C_in + 1)", r"\frac{1}{K} \% \{ x_1 \}", "a\n= b\n\n= c", "درست\nچون K = ۳ است",
    "a, c", "# no heading, no comment\n- K: [1, *2]", "'K' \"N\" `S`", "2.50",
)  # fmt: skip


@lru_cache(maxsize=2)
def _assignment(name: str) -> Assignment:
    return load_assignment(DATA / f"{name}.yaml")


def _ids(name: str) -> tuple[str, ...]:
    return tuple(each.id for each in _assignment(name).questions)


def _filled(form: str, kind: str, student: str, answers: dict[str, str]) -> str:
    """The form with answers typed where it says."""
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerow([student, "", *answers.values()])
        return form + out.getvalue()
    if kind == "ipynb":
        whole = json.loads(form)
        for cell in whole["cells"]:
            question = cell["metadata"].get("symcnn", {}).get("question")
            if question:
                cell["source"] = answers[question].splitlines(keepends=True)
            cell["source"] = [
                re.sub(r"^(Student id|شماره دانشجویی): $", rf"\g<1>: {student}", line.rstrip("\n"))
                + "\n" * line.endswith("\n")
                for line in cell["source"]
            ]
        return json.dumps(whole)
    for question, text in answers.items():
        if kind == "md":
            mark = f"```answer {question}\n"
        elif kind == "tex":
            mark = f"\\begin{{answer}}{{{question}}}\n"
        else:
            mark = f"  {question}: |\n"
            text = "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
        assert form.count(mark) == 1
        form = form.replace(mark, mark + text + "\n")
    who = {
        "md": (r"(?m)^(Student id|شماره دانشجویی): $", rf"\g<1>: {student}"),
        "tex": (r"\\student\{\}", rf"\\student{{{student}}}"),
        "yaml": (r'student: ""', f'student: "{student}"'),
    }
    form, count = re.subn(*who[kind], form)
    assert count == 1
    return form


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_form_has_no_answers(tmp_path: Path, model: str, kind: str) -> None:
    path = tmp_path / f"40012345.{kind}"
    path.write_text(blank(_assignment(model), kind), encoding="utf-8")
    found, problems = read_submissions([path], _ids(model))
    if kind == "csv":
        assert (found, [each.message for each in problems]) == ((), ["the file is empty"])
        return
    [submission] = found
    assert (problems, submission.student, submission.name) == ((), "40012345", "")
    assert submission.responses == ()
    assert [each.message for each in submission.problems] == [
        f"no answer to {', '.join(_ids(model))}"
    ]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_filled_form_is_read_back(tmp_path: Path, model: str, kind: str) -> None:
    ids = _ids(model)
    answers = {name: ANSWERS[at % len(ANSWERS)] for at, name in enumerate(ids)}
    form = _filled(blank(_assignment(model), kind), kind, "40012345", answers)
    (tmp_path / f"form.{kind}").write_text(form, encoding="utf-8")
    [submission], problems = read_submissions([tmp_path], ids)
    assert (problems, submission.problems, submission.student) == ((), (), "40012345")
    read = {question: response.text.strip() for question, response in submission.responses}
    assert read == answers
