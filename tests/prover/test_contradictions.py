"""Assumptions without a common point are an error; those with one never are."""

from __future__ import annotations

import pytest

from symcnn.claims import Implies, Undecided
from symcnn.errors import AuthorError
from symcnn.prover import decide
from symcnn.reading import read
from tests.prover.ask import equation, given, relation
from tests.prover.identities import lines

IMPOSSIBLE = """
x, y: real; x > 3; x < y; y < 2
a, b: real; a + b > 2; a < 1; b < 1
n: integer; n > 0; n < 1
n: integer; 2*n = 1
n: integer; n^2 = 2
n, k: integer; n = 2*k + 1; 2 divides n
n: positive integer; m: integer >= n; m < n
x: real; x^2 < 0
x: real; abs(x) < 0
x: real; exp(x) < 0
x: real; x^2 + 1 <= 2*x; x != 1
x: real; floor(x) = 1/2
x: real; 1/x = 0
x: real; x/x = 2
x: real; x > 0; x < 0
"""
POSSIBLE = """
x, y: real; x > 3; x < y; y < 5
n: integer; 2*n = 4
n: integer; n > 1000; n < 1002
n, k: integer; n = 2*k + 1; 3 divides n
n: positive integer; m: integer >= n; m <= n
x: real; x^2 <= 0
x: real; x > 1000; x < 1000.001
x: real; x^2 + 1 <= 2*x
x: real; x = 17/1234567
x: real; x^3 = 2
x: real; x^2 = 2; x > 0
"""


@pytest.mark.parametrize("assumed", lines(IMPOSSIBLE))
def test_a_contradiction_is_an_error(assumed: str) -> None:
    name = assumed[0]
    with pytest.raises(AuthorError, match="contradict each other"):
        equation(name, name, assumed)
    with pytest.raises(AuthorError, match="contradict each other"):
        relation(f"{name} <= {name}", assumed)


@pytest.mark.parametrize("assumed", lines(POSSIBLE))
def test_what_has_a_point_is_decided_or_open(assumed: str) -> None:
    name = assumed[0]
    assert equation(name, name, assumed).kind in ("proved", "undecided")


def test_needs_that_contradict_what_is_given_are_an_error() -> None:
    with pytest.raises(AuthorError, match="contradict each other"):
        equation("sqrt(x^2)", "x", "x, y: real; x < y; y < 0", "x > 0")


def test_a_premise_that_holds_nowhere_is_no_error() -> None:
    """The assumptions are in order; the implication says nothing, and nothing is proved."""
    for premise in ("x < 0 and x > 1", "x^2 < 0", "x < y and y < x"):
        sides = (read(text).formula for text in (premise, "x = x + 1"))
        assert isinstance(decide(Implies(*sides), given("x, y: real")), Undecided)
