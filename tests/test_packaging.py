"""The wheel: what lies in it, and that it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import symcnn

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the build backend itself, so that no package index is asked."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def test_the_wheel_holds_package_answers_and_templates(wheel: Path) -> None:
    held = names(wheel)
    for name in (
        "symcnn/py.typed",
        "symcnn/cli.py",
        "symcnn/_data/answers/dl2/q4.py",
        "symcnn/_data/answers/dl2/q4.fa.toml",
        "symcnn/_data/templates/sheet.tex.j2",
        "symcnn/_data/templates/sheet.html.j2",
    ):
        assert name in held
    sources = {str(path.relative_to(ROOT)) for path in ROOT.glob("symcnn/**/*.py")}
    assert sources <= held
    data = {
        f"symcnn/_data/{path.relative_to(ROOT)}"
        for folder in ("answers", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data == {name for name in held if name.startswith("symcnn/_data/")}


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert tops == {"symcnn", f"symcnn-{symcnn.__version__}.dist-info"}
    fonts = (".ttf", ".otf", ".woff", ".woff2", ".pyc")
    assert not [name for name in names(wheel) if name.endswith(fonts)]


def test_licence_and_notice_go_along(wheel: Path) -> None:
    held = {Path(name).name for name in names(wheel) if "dist-info" in name}
    assert {"LICENSE", "NOTICE", "entry_points.txt"} <= held


def test_the_wheel_works_from_an_empty_directory(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as file:
        file.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    environment.pop("SYMCNN_ANSWERS", None)

    def run(*words: str) -> str:
        code = "import sys, symcnn.cli; sys.exit(symcnn.cli.main())"
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=empty,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert str(site / "symcnn" / "_data" / "answers" / "dl2") in run("list", "--json")
    run("sheet", "dl2", "--format", "html", "--lang", "en,fa")
    assert sorted(path.name for path in empty.iterdir()) == ["dl2.en.html", "dl2.fa.html"]


def test_the_version_is_said_once_and_kept_equal() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == symcnn.__version__


def test_the_notice_names_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    for each in project["dependencies"]:
        assert each.split(">")[0].split("=")[0].lower() in notice
