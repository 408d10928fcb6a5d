"""Real installations by pip into fresh environments; they need a package index.

`make test-install` runs them, and so does `.ci/run`; `make test` alone leaves them out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.install


def install(directory: Path, *words: str) -> Path:
    """A new environment with symcnn in it; its bin directory."""
    subprocess.run([sys.executable, "-m", "venv", str(directory)], check=True)
    programs = directory / "bin"
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", *words], cwd=ROOT, check=True)
    return programs


def run(programs: Path, where: Path, *words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if "PYTHON" not in name}
    done = subprocess.run(
        [str(programs / "symcnn"), *words],
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("words", [["."], ["-e", "."]], ids=["wheel", "editable"])
def test_pip_install_then_sheets_from_an_empty_directory(words: list[str], tmp_path: Path) -> None:
    empty = tmp_path / "an empty place"
    empty.mkdir()
    programs = install(tmp_path / "environment", *words)
    shown = run(programs, empty, "list", "--json")
    shipped = str(tmp_path / "environment") in shown
    assert shipped == (words == ["."])
    run(programs, empty, "sheet", "dl2", "--format", "html")
    assert [path.name for path in empty.iterdir()] == ["dl2.en.html"]
    run(programs, empty, "new", "question", "mine/q1")
    run(programs, empty, "check", "mine/q1", "--answers", "answers")
    run(programs, empty, "verify", "(K + 1)^2 = K^2 + 2*K + 1")
