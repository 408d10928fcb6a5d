"""The README's example of a class is graded as it says there, and its figures are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symcnn.cli import main
from symcnn.diagnosis import MISTAKES
from symcnn.grader.outputs.texts import amount
from symcnn.grader.records import read_results

ROOT = Path(__file__).parent.parent.parent
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Grade a class")[2]
SECTION = SECTION.partition("\n## ")[0]


def block(language: str) -> str:
    """What stands between the fences of a language, of three or four ticks."""
    found = re.search(rf"^(```+){language}\n(.*?)^\1$", SECTION, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(2)


def test_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("homework.yaml").write_text(block("yaml"), encoding="utf-8")
    Path("submissions").mkdir()
    Path("submissions/4012.md").write_text(block("markdown"), encoding="utf-8")
    assert main(["assignment", "check", "homework.yaml"]) == 0
    words = block("sh").split()
    assert words[0] == "symcnn"
    assert main(words[1:]) == 1
    [student] = read_results(Path("run")).students
    rows = re.findall(r"^\| (q\d) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", SECTION, re.MULTILINE)
    assert [name for name, *_ in rows] == [mark.question for mark in student.marks]
    page = Path("run/markdown/4012.md").read_text(encoding="utf-8")
    for name, outcome, points, told in rows:
        mark = student.mark(name)
        assert mark is not None
        assert f"| {name} | " in page
        open_of = f"open, of {amount(mark.of)}"
        assert points == (
            open_of if mark.points is None else f"{amount(mark.points)} of {amount(mark.of)}"
        )
        assert told.strip() in page
        assert outcome in page
    assert (
        f"{amount(student.total.points)} of {amount(student.total.marked)} marked, 1 open" in page
    )
    assert "3 of 4 marked, 1 open" in SECTION


def test_the_number_of_mistakes() -> None:
    assert f"{len(MISTAKES)} named mistakes" in SECTION
