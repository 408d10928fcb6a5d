"""Limits computed again from their text, each beside one that is not the limit."""

from __future__ import annotations

import pytest

from symcnn.claims.certificate import Obligation
from symcnn.formula.nodes import Call, Rational, Symbol, Unknown
from symcnn.prover.replay import replayed
from symcnn.prover.written import written

RIGHT = [
    "n/(n + 1) -> 1 as n -> infinity",
    "n/(n + 1) -> 1 as n -> -infinity",
    "(K^2 + C)/(K^2*C) -> 1/K^2 as C -> infinity with positive K; C",
    "(a*n + 1)/(b*n + 2) -> a/b as n -> infinity with positive a; b",
    "n^2/(n + 1) -> infinity as n -> infinity",
    "-n^2/(a*n + 1) -> -infinity as n -> infinity with positive a",
    "0.9^n*n^3 -> 0 as n -> infinity",
    "1.1^n -> infinity as n -> infinity",
    "(1 - c^(n + 1))/(1 - c) -> 1/(1 - c) as n -> infinity with positive c; 1 - c",
    "exp(-a*n) -> 0 as n -> infinity with positive a",
    "exp(a*n) -> infinity as n -> infinity with positive a",
    "sqrt(n)/n -> 0 as n -> infinity",
    "2^n/(2^n + n) -> 1 as n -> infinity",
    "(x^2 - 1)/(x - 1) -> 2 as x -> 1",
    "a/(v + e) -> a/v as e -> 0 with positive a; v",
]
WRONG = [
    "n/(n + 1) -> 0 as n -> infinity",
    "n/(n + 1) -> infinity as n -> infinity",
    "(K^2 + C)/(K^2*C) -> 1/K as C -> infinity with positive K; C",
    "(a*n + 1)/(b*n + 2) -> a/b as n -> infinity with positive a",
    "n^2/(n + 1) -> -infinity as n -> infinity",
    "-n^2/(a*n + 1) -> -infinity as n -> infinity",
    "0.9^n*n^3 -> 1 as n -> infinity",
    "1.1^n -> 0 as n -> infinity",
    "1.1^n -> -infinity as n -> infinity",
    "(1 - c^(n + 1))/(1 - c) -> 1/(1 - c) as n -> infinity with positive c",
    "(1 - c^(n + 1))/(1 - c) -> 1 as n -> infinity with positive c; 1 - c",
    "exp(-a*n) -> 0 as n -> infinity",
    "exp(a*n) -> 0 as n -> infinity with positive a",
    "(-1)^n -> 0 as n -> infinity",
    "sin(n)/1 -> 0 as n -> infinity",
    "2^n/(2^n + 3^n) -> 1 as n -> infinity",
    "(x^2 - 1)/(x - 1) -> 0 as x -> 1",
    "abs(x)/x -> 1 as x -> 0",
    "floor(x) -> 0 as x -> 0",
    "a/(v + e) -> a/v as e -> 0 with positive a",
    "x/0 -> 0 as x -> 1",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_limit_is_found_again(text: str) -> None:
    assert replayed(Obligation("limit", text))


@pytest.mark.parametrize("text", WRONG)
def test_another_limit_is_not(text: str) -> None:
    assert not replayed(Obligation("limit", text))


def test_names_are_read_as_they_were_meant() -> None:
    assert written("e") == Symbol("e")
    assert written("f(x)") == Unknown("f", (Symbol("x"),), (0,))
    assert written("f'(e)") == Unknown("f", (Symbol("e"),), (1,))
    assert written("f*(x)") == Symbol("f") * Symbol("x")
    assert written("exp(1)") == Call("exp", (Rational(1),))
