"""Marks inside notebooks: test cells run as nbgrader and otter-grader run them."""

from __future__ import annotations

import ast
import doctest
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import symcnn
from symcnn.errors import AuthorError
from symcnn.grader.assignments.assignment_file import read_assignment
from symcnn.grader.ready.compiled import compiled
from symcnn.grader.ready.notebook import check, earned, opened, text_of
from symcnn.grader.ready.notebook_cells import nbgrader_notebook, otter_tests, shares, variable

TEXT = """
schema: 1
title: Layers
given: "K, C_in, n: positive integer"
questions:
  - id: q1
    type: formula
    points: 2
    prompt: How many weights?
    key: "K^2*C_in"
    mistakes: {kernel-not-squared: 1/4}
    conventions: [{name: doubled, key: "2*K^2*C_in", credit: 1/2}]
  - {id: q2, type: number, points: 1, key: "112"}
  - {id: q3, type: number, points: 1, key: "64*n^2", uses: {n: q2}, carried: 1/2}
  - {id: q4, type: manual, points: 3, rubric: [{text: A drawing, points: 3}]}
  - {id: who, type: statement}
"""
ASSIGNMENT = read_assignment(TEXT, "a.yaml")


def _graded(cell: dict[str, Any], before: str, folder: Path) -> tuple[float, str]:
    """The points of a test cell by nbgrader's rules, run in a process of its own, and its words.

    An error or anything on stderr is 0; a last value is the points; no value is full points.
    """
    tree = ast.parse(before + "\n" + "".join(cell["source"]))
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    program = (
        f"import ast, json\nspace = {{}}\nexec({ast.unparse(tree)!r}, space)\n"
        f"found = eval({ast.unparse(last.value)!r}, space)\n"
        "print('RESULT', 'none' if found is None else repr(found))\n"
    )
    package = str(Path(symcnn.__file__).resolve().parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    full = cell["metadata"]["nbgrader"]["points"]
    if done.returncode or done.stderr:
        return 0.0, done.stderr
    told, _, result = done.stdout.rpartition("RESULT ")
    return (full if result.strip() == "none" else min(float(result), full)), told


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a compiled assignment and nothing else."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "keys.bin").write_bytes(compiled(ASSIGNMENT))
    return folder


def _tests() -> dict[str, dict[str, Any]]:
    cells = json.loads(nbgrader_notebook(ASSIGNMENT, "keys.bin"))["cells"]
    return {each["id"]: each for each in cells}


def test_a_test_cell_gives_points_and_says_why(beside: Path) -> None:
    points, told = _graded(_tests()["t-q1"], 'answer_q1 = "C_in 2 K"[:4] + " K"', beside)
    assert points == 0.5 and "K" in told and "K^2" not in told
    points, told = _graded(_tests()["t-q1"], 'answer_q1 = "C_in K +"', beside)
    assert points == 0.0 and "not readable" in told


def test_a_cell_knows_the_earlier_answer(beside: Path) -> None:
    before = "answer_q2 = 56\nanswer_q3 = 64*56**2"
    points, told = _graded(_tests()["t-q3"], before, beside)
    assert points == 0.5 and "q2" in told


def test_the_notebook_is_one_that_nbgrader_takes() -> None:
    whole = json.loads(nbgrader_notebook(ASSIGNMENT, "keys.bin"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    marked = [each["metadata"].get("nbgrader") for each in whole["cells"]]
    ids = [each["grade_id"] for each in marked if each]
    assert len(ids) == len(set(ids)) == 8
    assert sum(each.get("points", 0) for each in marked if each) == 7
    by_hand = [each for each in whole["cells"] if each["id"] in ("a-q4", "a-who")]
    assert all(each["metadata"]["nbgrader"]["grade"] for each in by_hand)
    assert all(each["metadata"]["nbgrader"]["solution"] for each in by_hand)
    for each in whole["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        assert set(each) == keys | ({"execution_count", "outputs"} & set(each))
        if each["cell_type"] == "code":
            ast.parse("".join(each["source"]))
    assert "K^2*C_in" not in json.dumps(whole)


def test_an_open_answer_is_nothing_unless_a_number_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check("q4", "see my drawing", ASSIGNMENT) is None
    assert check("q4", "see my drawing", ASSIGNMENT, when_open=0.0) == 0.0
    assert capsys.readouterr().err == ""
    assert check("q1", "2*K^2*C_in", ASSIGNMENT) == 1.0
    assert "doubled" in capsys.readouterr().out


def test_nothing_is_told_above_the_level_of_the_phase(capsys: pytest.CaptureFixture[str]) -> None:
    check("q1", "K", ASSIGNMENT)
    assert "K^2*C_in" not in capsys.readouterr().out
    check("q1", "K", ASSIGNMENT, phase="after")
    assert "K^2*C_in" in capsys.readouterr().out


def test_an_assignment_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.bin").write_bytes(compiled(ASSIGNMENT))
    for name in ("a.yaml", "a.bin"):
        assert earned("q2", "112", tmp_path / name) == 1.0
    assert opened(tmp_path / "a.yaml") == ASSIGNMENT
    for name, text in (("none.yaml", None), ("bad.yaml", "schema: 9")):
        if text is not None:
            (tmp_path / name).write_text(text)
        with pytest.raises(AuthorError, match=name):
            opened(tmp_path / name)
    with pytest.raises(AuthorError, match="q99"):
        check("q99", "1", ASSIGNMENT)


@pytest.mark.parametrize(
    ("value", "text"),
    [("K", "K"), (3, "3"), (Fraction(1, 3), "1/3"), ({"c", "a"}, "a, c"), (False, "false")],
)
def test_answers_of_python(value: object, text: str) -> None:
    assert text_of(value) == text


def _otter(test: str, space: dict[str, object]) -> float:
    """The points of a test file of otter-grader: the sum over its cases that pass."""
    found: dict[str, Any] = {}
    exec(test, found)
    assert found["OK_FORMAT"] is True
    total = 0.0
    for suite in found["test"]["suites"]:
        for number, case in enumerate(suite["cases"]):
            parsed = doctest.DocTestParser().get_doctest(
                case["code"], dict(space), f"case {number}", None, 0
            )
            result = doctest.DocTestRunner(verbose=False).run(parsed, out=lambda said: None)
            total += 0.0 if result.failed else case["points"]
    return total


def test_otter_gives_the_same_points(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(beside)
    tests = otter_tests(ASSIGNMENT, "keys.bin")
    assert sorted(tests) == ["q1.py", "q2.py", "q3.py"]
    for text, points in (("C_in K^2", 2), ("2 K^2 C_in", 1), ("K C_in", 0.5), ("K", 0), ("K +", 0)):
        assert _otter(tests["q1.py"], {"answer_q1": text}) == points
        assert earned("q1", text, ASSIGNMENT) == points
    carried = {"answer_q2": "56", "answer_q3": "64*56^2"}
    assert _otter(tests["q3.py"], carried) == 0.5


def test_shares_and_names() -> None:
    assert shares(ASSIGNMENT.question("q1")) == (Fraction(1, 4), Fraction(1, 2), Fraction(1))
    assert variable(ASSIGNMENT.question("who")) == "answer_who"
