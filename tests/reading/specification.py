"""The table of readings: ``table.txt`` as values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from symcnn.formula.domains import Given
from symcnn.formula.plain import plain
from symcnn.reading import ParseError, read, read_given


class Row(NamedTuple):
    """One line of the table."""

    number: int
    stress: str
    text: str
    given: Given | None
    expected: str


def rows() -> list[Row]:
    """Every line of the table, in order."""
    found: list[Row] = []
    given: Given | None = None
    stress = ""
    lines = (Path(__file__).parent / "table.txt").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("# given:"):
            said = line.removeprefix("# given:").strip()
            given = read_given(said) if said else None
        elif line.startswith("## "):
            stress = line.removeprefix("## ")
        elif line.strip() and not line.startswith("% "):
            text, _, expected = line.rpartition("  =>  ")
            found.append(
                Row(number, stress, json.loads(text) if text[0] == '"' else text, given, expected)
            )
    return found


def outcome(text: str, given: Given | None) -> str:
    """What the table says about a text: its readings, or the refusal."""
    try:
        reading = read(text, given)
    except ParseError as error:
        return f"! {error.code} @{error.offset}"
    return "  |or|  ".join(map(plain, (reading.formula, *reading.alternatives)))
