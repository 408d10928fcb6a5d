"""Totals: exact sums, bonus, cap, factor, and one rounding at the end."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.assignment import Assignment, Question, Totals
from symcnn.grader.marks import Mark
from symcnn.grader.totals import rounded, total

F = Fraction


def sheet(*points: object, cap: str = "", step: str = "0", bonus: int = -1) -> Assignment:
    """Questions worth these points; number ``bonus`` is one."""
    questions = tuple(
        Question(f"q{n}", "formula", F(str(each)), bonus=n == bonus)
        for n, each in enumerate(points)
    )
    return Assignment("A", questions, totals=Totals(F(cap) if cap else None, F(step)))


def earned(assignment: Assignment, *points: object) -> tuple[Mark, ...]:
    """A mark for each question; None is open."""
    return tuple(
        Mark(each.id, "wrong", None if p is None else F(str(p)), each.points)
        for each, p in zip(assignment.questions, points, strict=True)
    )


def test_thirds_add_up_exactly() -> None:
    found = sheet(1, 1, 1)
    assert total(earned(found, "1/3", "1/3", "1/3"), found).points == 1


def test_open_marks_are_in_no_number() -> None:
    found = sheet(10, 8, 2)
    got = total(earned(found, 9, "5.5", None), found)
    assert (got.points, got.marked, got.full, got.open) == (F("14.5"), 18, 20, 1)
    nothing = total(earned(found, None, None, None), found)
    assert (nothing.points, nothing.exact, nothing.marked, nothing.open) == (0, 0, 0, 3)


def test_a_bonus_counts_for_the_points_and_not_for_the_full_ones() -> None:
    found = sheet(4, 2, bonus=1)
    got = total(earned(found, 4, 2), found)
    assert (got.points, got.marked, got.full) == (6, 4, 4)


def test_the_cap_stands_before_the_factor_and_bounds_what_comes_out() -> None:
    found = sheet(20, 5, cap="20", bonus=1)
    marks = earned(found, 20, 4)
    assert total(marks, found).points == 20 and total(marks, found).exact == 24
    assert total(marks, found, F(9, 10)).points == 18
    assert total(marks, found, F(11, 10)).points == 20
    assert total(earned(found, 10, 0), found, F(11, 10)).points == 11
    assert total(earned(found, 10, 0), found, 0).points == 0


def test_there_is_one_rounding_half_upwards_and_it_is_the_last() -> None:
    found = sheet(1, 1, 1, step="1/2")
    assert total(earned(found, "1/4", "1/4", "1/4"), found).points == 1
    assert total(earned(found, "1/4", "0", "0"), found).points == F(1, 2)
    assert total(earned(found, "0.24", "0", "0"), found).points == 0
    assert total(earned(found, "1/3", "1/3", "0"), found, F(3, 4)).points == F(1, 2)
    assert total(earned(sheet(1, 1, 1), "1/3", "1/3", "0"), sheet(1, 1, 1)).points == F(2, 3)


def test_rounding_never_exceeds_the_cap() -> None:
    found = sheet(20, cap="10.3", step="1/2")
    assert total(earned(found, 20), found).points == F("10.3")


@pytest.mark.parametrize(
    ("points", "step", "expected"),
    [("2.25", "0.5", "2.5"), ("2.2499", "0.5", "2"), ("7/3", "0.01", "2.33"), ("0.005", "0.01",
     "0.01"), ("7/3", "0", "7/3"), ("17.5", "1", "18"), ("0", "1", "0")],
)  # fmt: skip
def test_steps(points: str, step: str, expected: str) -> None:
    assert rounded(F(points), F(step)) == F(expected)


def test_factors_are_exact_and_not_negative() -> None:
    found = sheet(1)
    with pytest.raises(TypeError):
        total(earned(found, 1), found, 0.9)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="below 0"):
        total(earned(found, 1), found, F(-1))
