"""Matrices: every notation, entry by entry, and nothing for a constant."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.marking.matrix_text import as_matrix
from tests.grader.marking.asking import asked, mark, marker, told, worth

GIVEN = "a, b, c: real"
KEY = "Matrix([[a, b, c, 0], [0, a, b, c]])"
BAND = marker(asked("matrix", KEY, 3, given=GIVEN, entries=True))
TOEPLITZ = marker(
    asked(
        "matrix",
        "Matrix([[a, b, 0, 0], [0, a, b, 0], [0, 0, a, b]])",
        6,
        given=GIVEN,
        entries=True,
    )
)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        "[[a, b, c, 0], [0, a, b, c]]",
        "[[a,b,c,0],[0,a,b,c + 0]]",
        "[a b c 0; 0 a b c]",
        "[a, b, c, 0; 0, a, b, c]",
        "a b c 0\n0 a b c",
        "a, b, c, 0\n0, a, b, c",
        "a & b & c & 0\n0 & a & b & c",
        r"\begin{pmatrix} a & b & c & 0 \\ 0 & a & b & c \end{pmatrix}",
        "A = Matrix([[a, b, c, 0], [0, a, b, c]])",
        "Matrix([[a, b, c, 0], [0, 0, 0, 0]]) + Matrix([[0, 0, 0, 0], [0, a, b, c]])",
    ],
)
def test_one_matrix_in_many_notations(text: str) -> None:
    assert worth(BAND, text) == ("right", 3)


@pytest.mark.parametrize("entry", ["0", "1", "a", "b", "c", "a + b", "7/2"])
def test_a_constant_matrix_earns_nothing(entry: str) -> None:
    rows = ", ".join(["[" + ", ".join([entry] * 4) + "]"] * 2)
    assert worth(BAND, f"[{rows}]") == ("wrong", 0)
    rows = ", ".join(["[" + ", ".join([entry] * 4) + "]"] * 3)
    assert worth(TOEPLITZ, f"[{rows}]") == ("wrong", 0)


def test_all_ones_earn_nothing_where_half_of_the_key_is_1() -> None:
    checker = marker(asked("matrix", "Matrix([[1, 0], [0, 1]])", entries=True))
    for text in ("[[1, 1], [1, 1]]", "[[0, 0], [0, 0]]"):
        assert worth(checker, text) == ("wrong", 0)
    assert worth(checker, "[[1, 0], [0, 0]]")[1] == 1
    same = marker(asked("matrix", "Matrix([[a, a], [a, a]])", given=GIVEN, entries=True))
    assert worth(same, "[[a, a], [a, 0]]") == ("wrong", 0)
    assert worth(same, "[[a, a], [a, a]]") == ("right", 2)


def test_entries_earn_what_was_found_beyond_the_common_value() -> None:
    found = mark(TOEPLITZ, "[[a, b, 0, 0], [0, a, b, 0], [0, 0, 0, 0]]")
    assert (found.outcome, found.points) == ("partial", 4)
    assert "4 of the 6 entries that tell something are right, 0 of the others wrong." in told(
        found, "entry"
    )
    scattered = mark(TOEPLITZ, "[[a, b, a, a], [0, a, b, a], [0, 0, a, b]]")
    assert scattered.points == 3
    whole = asked("matrix", KEY, 3, given=GIVEN)
    assert worth(whole, "[[a, b, c, 0], [0, a, b, 0]]") == ("wrong", 0)


def test_rows_are_named_and_how_they_are_wrong_where_that_is_so() -> None:
    found = mark(BAND, "[[a, b, c, 0], [a, b, c, 0]]")
    assert told(found, "entry")[:2] == ["Row 2 is wrong.", "Row 2 is shifted."]
    found = mark(BAND, "[[a, b, c, 0], [c, b, a, 0]]")
    assert told(found, "entry")[:2] == ["Row 2 is wrong.", "Row 2 is flipped."]
    found = mark(BAND, "[[a, b, c, 0], [0, a, c, b]]")
    assert told(found, "entry")[0] == "Row 2 is wrong."
    assert not any("flipped" in each or "shifted" in each for each in told(found, "entry"))
    found = mark(BAND, "[[a, b, c, 1], [0, a, b, 1]]")
    assert told(found, "entry")[0] == "Column 4 is wrong."
    where = [each.text for each in found.told("where")]
    assert "Column 4 is wrong." in where and not any("flipped" in each for each in where)


def test_another_shape_is_told_as_such() -> None:
    found = mark(BAND, "[[a, 0], [b, a], [c, b], [0, c]]")
    assert (found.outcome, found.points, found.mistake) == ("wrong", 0, "transposed")
    assert "The shape is wrong: this is 4 × 2." in told(found, "where")
    assert "Yours is 4 × 2, a matrix of 2 × 4 is asked for." in told(found, "where")
    assert worth(BAND, "a") == ("wrong", 0)
    assert worth(BAND, "[[a, b, c, 0], [0, a, b]]") == ("unreadable", None)
    assert worth(BAND, "[[a, b, c, 0/0], [0, a, b, c]]") == ("unreadable", None)
    assert worth(BAND, "[[a, b, c, d], [0, a, b, c]]") == ("unreadable", None)


def test_a_list_has_the_direction_that_is_asked_for() -> None:
    column = marker(asked("matrix", "Matrix([[a], [b]])", given=GIVEN))
    assert worth(column, "[a, b]")[0] == worth(column, "(a, b)")[0] == "right"
    assert worth(column, "Matrix([[a, b]])") == ("wrong", 0)
    assert worth(marker(asked("matrix", "Matrix([[a, b]])", given=GIVEN)), "[a, b]")[0] == "right"


@pytest.mark.parametrize(
    "text", ["K + 1", "(a + b)*c", "[a]", "[]", "[[]]", "a - b c", "x = [1, 2]"]
)
def test_what_is_no_list_of_rows_is_left_alone(text: str) -> None:
    assert as_matrix(text) == text


def test_a_matrix_of_symbolic_size_is_decided_as_a_whole() -> None:
    given = "n: positive integer; A, B: matrix n x n"
    question = marker(asked("matrix", "A*B + B", given=given, entries=True))
    assert worth(question, "(A + 1)*B")[1] in (None, 0)
    assert worth(question, "B + A*B") == ("right", 2)
    assert worth(question, "B*A + B") == ("wrong", 0)


def test_the_credit_is_exact() -> None:
    thirds = marker(asked("matrix", "Matrix([[a, b, c]])", 1, given=GIVEN, entries=True))
    assert worth(thirds, "[[a, b, 5]]")[1] in (Fraction(1, 2), Fraction(0), Fraction(1))
