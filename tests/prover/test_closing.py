"""Counting by brackets: how many integers a range with a step holds, and near misses."""

from __future__ import annotations

import pytest

from symcnn.claims import Proved, Refuted
from tests.prover.ask import equation

SIZES = "N, K, S, D: positive integer; P: nonnegative integer"
FITS = f"{SIZES}; D*(K - 1) < N + 2*P"
COUNT = "Sum(Bracket(0 <= o and S*o + D*(K - 1) - P <= N - 1 + P), o)"


@pytest.mark.parametrize(
    ("given", "lhs", "rhs"),
    [
        (FITS, COUNT, "floor((N + 2*P - D*(K - 1) - 1)/S) + 1"),
        (SIZES, "Sum(Bracket(P <= S*o and S*o <= N + P), o)", "floor((N+P)/S) - ceil(P/S) + 1"),
        (SIZES, "Sum(o*Bracket(0 <= o and S*o <= N), o)", "floor(N/S)*(floor(N/S) + 1)/2"),
        ("a: real in (0, 10); N: nonnegative integer", "Sum(Bracket(0 <= o and a*o <= N), o)",
         "floor(N/a) + 1"),
    ],
)  # fmt: skip
def test_counts(given: str, lhs: str, rhs: str) -> None:
    assert isinstance(equation(lhs, rhs, given), Proved)


@pytest.mark.parametrize(
    ("given", "lhs", "rhs"),
    [
        (SIZES, COUNT, "floor((N + 2*P - D*(K - 1) - 1)/S) + 1"),
        (FITS, COUNT, "floor((N + 2*P - D*(K - 1))/S) + 1"),
        (SIZES, "Sum(o*Bracket(0 <= o and S*o < N), o)", "floor(N/S)*(floor(N/S) + 1)/2"),
        ("a: real in (-9, 10); N: nonnegative integer", "Sum(Bracket(a*o <= N), (o, 0, 9))",
         "floor(N/a) + 1"),
    ],
)  # fmt: skip
def test_near_misses(given: str, lhs: str, rhs: str) -> None:
    assert isinstance(equation(lhs, rhs, given), Refuted)
