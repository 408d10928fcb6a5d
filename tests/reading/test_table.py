"""The specification: every line of the table, one thread or sixteen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from symcnn.formula.plain import plain
from symcnn.reading import ParseError, read

from .specification import Row, outcome, rows

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.number}" for row in ROWS])
def test_row(row: Row) -> None:
    assert outcome(row.text, row.given) == row.expected, row.stress


def test_the_table_is_the_specification() -> None:
    assert len(ROWS) >= 300
    assert len({(row.text, id(row.given)) for row in ROWS}) == len(ROWS)


def test_readings_are_read_back() -> None:
    for row in ROWS:
        if row.expected.startswith("!"):
            continue
        reading = read(row.text, row.given)
        assert read(plain(reading.formula), row.given).formula == reading.formula, row.text


def test_sixteen_threads_read_what_one_does() -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda row: outcome(row.text, row.given), ROWS * 3))
    assert found == [row.expected for row in ROWS] * 3


def test_form_is_by_backslash_or_brace() -> None:
    assert read("C_in").form == "plain"
    assert read("C_{in}").form == "latex"
    assert read(r"C \cdot K").form == "latex"


def test_new_names_are_those_nobody_declared() -> None:
    given = next(row.given for row in ROWS if row.given is not None)
    assert read("K + Q", given).new_names == ("Q",)
    assert read("Sum(x_i + q, (i, 1, N))", given).new_names == ("q",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("K", "k"), ("x_1", "x_2"), ("x'", "x"), (r"\hat{x}", "x"), (r"\mathbf{x}", "x"),
        ("a/(b*c)", "a/b*c"), ("-x^2", "(-x)^2"), ("a - (b - c)", "a - b - c"),
        (r"\sum_i x_i + 1", r"\sum_i (x_i + 1)"), ("0.72", "0.720"), ("2^3^2", "(2^3)^2"),
    ],
)  # fmt: skip
def test_near_misses_differ(one: str, other: str) -> None:
    assert read(one).formula != read(other).formula


def test_notes_say_what_was_decided() -> None:
    assert "product" in read("d(k-1)").notes[0]
    assert "from left to right" in read("a/2b").notes[0]
    assert "taken off" in read("$x$").notes[0]
    assert read("x + 1").notes == ()
    assert "not equal" in read("n!=6").notes[0]
    assert read("n! = 6").notes == read("n != 6").notes == read(r"n \ne 6").notes == ()
    assert "one name" in read("Sum(C_in*x_i, (i, 1, n))").notes[0]


def test_error_shows_text_caret_and_hint() -> None:
    with pytest.raises(ParseError) as caught:
        read("2*(K + 1")
    lines = str(caught.value).splitlines()
    assert lines == ["2*(K + 1", "        ^ a bracket is not closed (character 9)", "add )"]
