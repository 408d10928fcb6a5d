"""The autograder zip, run in a clean directory as Gradescope runs it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import symcnn
from symcnn.cli import main
from symcnn.errors import AuthorError
from symcnn.grader.assignments.assignment_file import read_assignment
from symcnn.grader.ready.compiled import MAGIC
from symcnn.grader.ready.gradescope_zip import ASSIGNMENT, autograder_zip
from symcnn.grader.ready.wheel import NEEDED, wheel

TEXT = """
schema: 1
title: Layers
given: "K, C_in, C_out, Q7: positive integer"
questions:
  - id: q1
    type: formula
    points: 2
    prompt: "Count the parameters; K^2*C_in*C_out + 7*Q7 is not to be shown."
    key: "K^2*C_in*C_out + 7*Q7"
    conventions:
      - {name: halves, key: "3*K^2*C_in*C_out + Q7", credit: 1/2, note: "the 3*K^2*C_in*C_out + Q7"}
    accept: ["7*Q7 + C_out*K^2*C_in"]
    reject: ["K^2*C_in*C_out + 6*Q7"]
  - {id: q2, type: number, points: 1, key: "918273645"}
  - {id: q3, type: truth, points: 1, key: false}
  - {id: q4, type: manual, points: 3, rubric: [{text: "tallies 918273645", points: 3}]}
"""
SECRETS = (
    "K^2*C_in*C_out + 7*Q7", "3*K^2*C_in*C_out + Q7", "7*Q7 + C_out*K^2*C_in", "6*Q7", "918273645",
    "not to be shown", "tallies",
)  # fmt: skip
METADATA = {"id": 5, "users": [{"id": 77, "email": "ada@example.org", "name": "Ada"}]}


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every member of a zip, members of zips inside it, and what lies compressed in them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            yield name, inner
            if name.endswith(".whl"):
                yield from _unpacked(inner)
            if inner.startswith(MAGIC):
                yield name, zlib.decompress(inner[len(MAGIC) :])


@pytest.fixture(scope="module")
def made() -> bytes:
    return autograder_zip(read_assignment(TEXT, "a.yaml"))


@pytest.fixture(scope="module")
def program(made: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that sees the wheel of the zip and nothing of the checkout."""
    package = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".whl")]
        with zipfile.ZipFile(io.BytesIO(archive.read(name))) as inner:
            inner.extractall(package)
    return f'#!/bin/sh\nPYTHONPATH={package} exec {sys.executable} "$@"\n'


@pytest.fixture
def gradescope(made: bytes, program: str, tmp_path: Path) -> Path:
    """The directory as setup.sh leaves it."""
    autograder = tmp_path / "autograder"
    source = autograder / "source"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(source)
        for each in archive.infolist():
            (source / each.filename).chmod(each.external_attr >> 16)
    python = autograder / "symcnn" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(program)
    python.chmod(0o755)
    (autograder / "submission").mkdir()
    (autograder / "results").mkdir()
    (autograder / "submission_metadata.json").write_text(json.dumps(METADATA))
    (source / "run_autograder").replace(autograder / "run_autograder")
    return autograder


def _run(autograder: Path, files: Mapping[str, str]) -> dict[str, Any]:
    for name, text in files.items():
        (autograder / "submission" / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(autograder / "run_autograder")],
        cwd=autograder,
        env={"PATH": os.environ["PATH"], "SYMCNN_ROOT": str(autograder.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    results = autograder / "results" / "results.json"
    assert [each.name for each in results.parent.iterdir()] == ["results.json"]
    text = results.read_text(encoding="utf-8")
    for each in (*SECRETS, str(autograder)):
        assert each not in text
    found: dict[str, Any] = json.loads(text)
    return found


def _answers(**texts: str) -> str:
    return "".join(f"```answer {name}\n{text}\n```\n" for name, text in texts.items())


def test_a_submission_is_marked_by_what_lies_in_the_zip(gradescope: Path) -> None:
    files = {
        "mine.md": "student: somebody else\n"
        + _answers(q1="C_in K^2 C_out + 7 Q7", q2="918273644"),
        "rest.json": json.dumps({"answers": {"q3": "false", "q4": "a drawing"}}),
    }
    found = _run(gradescope, files)
    assert found["score"] == 3
    scores = {each["name"].split()[0]: each.get("score") for each in found["tests"]}
    assert scores["q1"] == 2 and scores["q2"] == 0 and scores["q3"] == 1 and scores["q4"] is None
    assert "somebody" not in json.dumps(found)


def test_damaged_files_are_told_and_nothing_is_zero_for_them(gradescope: Path) -> None:
    found = _run(gradescope, {"mine.ipynb": "{", "photo.heic": "x"})
    assert "mine.ipynb" in found["output"] and "photo.heic" in found["output"]
    assert all(each.get("score") is None for each in found["tests"])


def test_nothing_handed_in_is_missing_and_half_an_answer_follows_a_convention(
    gradescope: Path,
) -> None:
    assert _run(gradescope, {})["score"] == 0
    found = _run(gradescope, {"a.yaml": 'answers: {q1: "Q7 + 3 K^2 C_in C_out"}'})
    assert found["score"] == 1


def test_a_damaged_assignment_writes_no_result(gradescope: Path) -> None:
    (gradescope / "source" / ASSIGNMENT).write_bytes(b"")
    done = subprocess.run(
        [str(gradescope / "run_autograder")],
        env={"PATH": os.environ["PATH"], "SYMCNN_ROOT": str(gradescope.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "compile it again" in done.stderr
    assert list((gradescope / "results").iterdir()) == []


def test_the_zip_holds_no_text_of_a_key(made: bytes) -> None:
    for name, inner in _unpacked(made):
        for each in SECRETS:
            assert each.encode() not in inner, name
            assert each.replace(" ", "").encode() not in inner.replace(b" ", b""), name


def test_the_zip_is_made_the_same_again_and_its_programs_may_be_run(made: bytes) -> None:
    assert autograder_zip(read_assignment(TEXT, "a.yaml")) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        about = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
    assert about["setup.sh"] == about["run_autograder"] == 0o755
    assert about[ASSIGNMENT] == 0o644
    for name in ("setup.sh", "run_autograder"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            script = archive.read(name)
        subprocess.run(["bash", "-n"], input=script, check=True)


def test_the_wheel_holds_the_package_and_what_it_needs() -> None:
    name, data = wheel()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = set(archive.namelist())
        [about] = [each for each in held if each.endswith("METADATA")]
        stated = archive.read(about).decode()
    assert name == f"symcnn-{symcnn.__version__}-py3-none-any.whl"
    assert {"symcnn/py.typed", "symcnn/cli.py", "symcnn/grader/ready/autograder.py"} <= held
    assert not [each for each in held if "answers/" in each or "_data/" in each or "pyc" in each]
    required = [line.split(": ")[1] for line in stated.splitlines() if "Requires-Dist" in line]
    assert len(required) == len(NEEDED)
    assert all(each.startswith(NEEDED) for each in required)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked, out = tmp_path / "a.yaml", tmp_path / "out.zip"
    asked.write_text(TEXT, encoding="utf-8")
    assert main(["gradescope", str(asked), "-o", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert zipfile.is_zipfile(out)
    asked.write_text(TEXT.replace('"918273645"', '"9 +"'), encoding="utf-8")
    assert main(["gradescope", str(asked), "-o", str(tmp_path / "other.zip")]) == 2
    assert "questions[1].key" in capsys.readouterr().err and not (tmp_path / "other.zip").exists()


def test_an_unusable_key_is_told_before_anything_is_written() -> None:
    asked = read_assignment(TEXT, "a.yaml")
    wrong = asked.question("q2").__class__("q9", "number", key="1 +")
    with pytest.raises(AuthorError, match="q9"):
        autograder_zip(asked.__class__("A", (wrong,)))


@pytest.mark.install
def test_setup_installs_it_with_pip(made: bytes, tmp_path: Path) -> None:
    source = tmp_path / "autograder" / "source"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(source)
    environment = {**os.environ, "SYMCNN_ROOT": str(tmp_path)}
    subprocess.run(["bash", str(source / "setup.sh")], env=environment, check=True)
    (tmp_path / "autograder" / "submission").mkdir()
    (tmp_path / "autograder" / "submission" / "a.yaml").write_text("answers: {q2: 918273645}")
    run = ["bash", str(source / "run_autograder")]
    subprocess.run(run, env=environment, check=True)
    results = tmp_path / "autograder" / "results" / "results.json"
    assert json.loads(results.read_text(encoding="utf-8"))["score"] == 1
