"""Conditions as keys and answers: equal where they hold at the same points."""

from __future__ import annotations

import pytest

from symcnn import Checker, verify
from symcnn.verifying.result import Invalid


@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        ("a < b", "b > a", None),
        ("a = b", "b = a", None),
        ("y = x", "y - x = 0", None),
        ("not a < b", "a >= b", None),
        ("M - D*(F - 1) <= N", "M <= N + D*F - D", None),
        ("a < b", "a + 1 <= b", "a, b: integer"),
        ("a/b < 1", "a < b", "a, b: positive integer"),
        (r"S \mid N - K", "mod(N - K, S) = 0", "N, K, S: positive integer"),
    ],
)
def test_the_same_condition(one: str, other: str, given: str | None) -> None:
    assert verify(one, against=other, given=given).kind == "proved"
    assert verify(other, against=one, given=given).kind == "proved"


@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        ("a < b", "a <= b", None),
        ("a = b", "a != b", None),
        ("M - D*(F - 1) <= N", "M <= N + D*F", None),
        ("a < b", "a + 1 <= b", None),
        ("a/b < 1", "a < b", "a, b: real; b != 0"),
        ("x^2 = 1", "x = 1", None),
    ],
)
def test_another_condition(one: str, other: str, given: str | None) -> None:
    result = verify(one, against=other, given=given)
    assert result.kind == "refuted"
    assert "holds, and the other" in repr(result) or "does not hold, and the" in repr(result)


def test_a_checker_of_a_condition() -> None:
    checker = Checker("M - D*(F - 1) <= N", given="cnn", feedback="where")
    assert checker.check("N >= M - D*F + D").kind == "proved"
    wrong = checker.check("N > M - D*F + D")
    assert wrong.kind == "refuted"
    assert "and the other" not in repr(wrong)
    assert r"\iff" in verify("a < b", against="b > a")._repr_latex_()


def test_more_relations_than_can_be_compared_are_left_open() -> None:
    def long(sign: str, count: int) -> str:
        return " and ".join(f"x{k} {sign} y{k}" for k in range(count))

    assert verify(long("<", 10), against=f"not ({long('>=', 10)})").kind == "refuted"
    result = verify(long("<", 300), against=long("<", 300) + " and z > 0")
    assert result.kind == "undecided"
    assert "601 relations" in repr(result)


def test_a_condition_is_no_formula() -> None:
    for answer, key, what in [
        ("K < 1", "K", "an equation or a condition stands where a formula should"),
        ("K", "K < 1", "a formula stands where an equation or a condition should"),
    ]:
        result = Checker(key).check(answer)
        assert result.verdict == Invalid("equation", what)


def test_the_name_of_an_answer_is_taken_off_for_formulas_only() -> None:
    assert verify("y = K + 1", against="1 + K").kind == "proved"
    assert verify("y = K + 1", against="K + 1 = y").kind == "proved"
    assert verify("y = K + 1", against="y = K + 2").kind == "refuted"
