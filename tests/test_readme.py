"""The README's table of readings says what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symcnn import read
from symcnn.formula.plain import plain

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## What can be written")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `(.+)` \| `(.+)` \|$", SECTION, flags=re.MULTILINE)


def test_there_are_forty() -> None:
    assert len(ROWS) == 40


@pytest.mark.parametrize(("typed", "expected"), ROWS)
def test_reading(typed: str, expected: str) -> None:
    assert plain(read(typed).formula) == expected
