"""The GitHub action: its steps run with bash in a clean directory, as a runner would run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from symcnn.grader.assignments.assignment_file import read_assignment
from symcnn.grader.ready.compiled import compiled

ROOT = Path(__file__).resolve().parents[3]
ACTION = ROOT / ".github" / "actions" / "grade" / "action.yml"
ABOUT: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
ASSIGNMENT = """
schema: 1
title: Layers
questions:
  - {id: q1, type: formula, points: 2, key: "K^2*C_in", given: "K, C_in: positive integer"}
  - {id: q2, type: number, points: 1, key: "784"}
"""
RIGHT = "```answer q1\nC_in K K\n```\n```answer q2\n28*28\n```\n"


class Ran(NamedTuple):
    """What a runner sees after a step."""

    code: int
    stdout: str
    stderr: str
    summary: str
    outputs: dict[str, str]


def _step(name: str) -> dict[str, Any]:
    [found] = [each for each in ABOUT["runs"]["steps"] if each.get("name") == name]
    assert isinstance(found, dict)
    return found


def _run(name: str, folder: Path, inputs: dict[str, str], **more: str) -> Ran:
    """One step with its inputs, in the shell that GitHub uses for ``shell: bash``."""
    step = _step(name)
    values = {key: about.get("default", "") for key, about in ABOUT["inputs"].items()}
    values.update(inputs)
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    if not (programs / "symcnn").exists():
        (programs / "symcnn").write_text(f'#!/bin/sh\nexec {sys.executable} -m symcnn "$@"\n')
        (programs / "symcnn").chmod(0o755)
    temporary, summary, outputs = folder / "tmp", folder / "summary.md", folder / "outputs"
    temporary.mkdir(exist_ok=True)
    summary.touch()
    outputs.write_text("")
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_ACTION_PATH": str(ACTION.parent),
        **more,
    }
    for key, text in step["env"].items():
        environment[key] = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], text)
    script = folder / "step.sh"
    script.write_text(step["run"])
    work = folder / "work"
    work.mkdir(exist_ok=True)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    return Ran(done.returncode, done.stdout, done.stderr, summary.read_text(), said)


def _grade(folder: Path, answers: str, name: str = "answers.md", **inputs: str) -> Ran:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    (work / name).write_text("student: 7\n\n" + answers, encoding="utf-8")
    (folder / "keys.yaml").write_text(ASSIGNMENT)
    asked = {"assignment": str(folder / "keys.yaml"), "submissions": name, **inputs}
    return _run("Grade", folder, asked)


def test_right_answers_pass_with_a_summary(tmp_path: Path) -> None:
    keys = tmp_path / "keys.bin"
    keys.write_bytes(compiled(read_assignment(ASSIGNMENT)))
    ran = _grade(tmp_path, RIGHT, format="junit, csv", assignment=str(keys))
    assert ran.code == 0, ran.stderr
    assert "# Layers" in ran.summary and "3 of 3" in ran.summary
    directory = Path(ran.outputs["directory"])
    assert ran.outputs["exit-code"] == "0" and directory == tmp_path / "tmp" / "graded"
    assert (directory / "junit.xml").is_file() and (directory / "gradebook.csv").is_file()
    assert [each.name for each in (tmp_path / "work").iterdir()] == ["answers.md"]


def test_what_is_not_right_is_annotated_at_its_line(tmp_path: Path) -> None:
    answers = RIGHT.replace("C_in K K", "C_in K").replace("28*28", "28*")
    ran = _grade(tmp_path, answers)
    assert (ran.code, ran.outputs["exit-code"]) == (0, "1")
    assert "::error file=answers.md,line=4" in ran.stdout
    assert "::notice file=answers.md,line=7" in ran.stdout
    assert "::notice::symcnn leaves something" in ran.stdout
    assert "K^2*C_in" not in ran.stdout + ran.summary


@pytest.mark.parametrize(
    ("said", "full", "on_open", "code"),
    [
        (0, "false", "false", 0), (1, "false", "false", 0), (1, "true", "false", 1),
        (1, "false", "true", 1), (2, "false", "false", 2), (70, "true", "true", 70),
    ],
)  # fmt: skip
def test_the_exit_code(tmp_path: Path, said: int, full: str, on_open: str, code: int) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "symcnn").write_text(f'#!/bin/sh\necho "$@" > words\nexit {said}\n')
    (programs / "symcnn").chmod(0o755)
    asked = {"require-full-marks": full, "fail-on-open": on_open, "phase": "after"}
    ran = _grade(tmp_path, RIGHT, submissions="a.md\n\nb c.zip\n", **asked)
    assert (ran.code, ran.outputs["exit-code"]) == (code, str(said))
    words = (tmp_path / "work" / "words").read_text()
    assert "--phase after" in words and words.endswith("keys.yaml a.md b c.zip\n")
    assert ("--require-full-marks" in words) == (full == "true")


def test_inputs_are_data(tmp_path: Path) -> None:
    name = "a $(touch pwned); `touch pwned`.md"
    ran = _grade(tmp_path, RIGHT.replace("C_in K K", "C_in\n::error::x"), name=name)
    assert ran.code == 0 and not (tmp_path / "work" / "pwned").exists()
    assert "\n::error::x" not in ran.stdout
    for step in ABOUT["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_an_unusable_assignment_fails_with_its_reason(tmp_path: Path) -> None:
    ran = _grade(tmp_path, RIGHT, assignment="nowhere.yaml")
    assert ran.code == 2 and "nowhere.yaml" in ran.stderr and ran.summary == ""


@pytest.mark.parametrize(("package", "expected"), [("", str(ROOT)), ("symcnn==0.1.0", "")])
def test_what_is_installed(tmp_path: Path, package: str, expected: str) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python").write_text('#!/bin/sh\necho "$@"\n')
    (programs / "python").chmod(0o755)
    ran = _run("Install symcnn", tmp_path, {"package": package})
    words = ran.stdout.split()
    assert ran.code == 0 and words[:3] == ["-m", "pip", "install"]
    if expected:
        assert str(Path(words[-1]).resolve()) == expected
    else:
        assert words[-1] == package


def test_what_the_action_says_of_itself() -> None:
    assert ABOUT["runs"]["using"] == "composite"
    assert all(each["description"] for each in ABOUT["inputs"].values())
    required = {key for key, each in ABOUT["inputs"].items() if each.get("required")}
    assert required == {"assignment", "submissions"}
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8")))
    assert used == set(ABOUT["inputs"])
    assert all(each.get("shell") == "bash" for each in ABOUT["runs"]["steps"] if "run" in each)
