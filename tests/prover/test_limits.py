"""Limits by leading terms and by putting in: proved, refuted with the exact limit, or undecided."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims.statements import Limit
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict
from symcnn.prover import decide
from symcnn.reading import read
from tests.prover.ask import given
from tests.prover.identities import lines


def verdict(line: str) -> Verdict:
    """The verdict on "given | expression | variable | to | value"."""
    text, *rest = (part.strip() for part in line.split("|"))
    granted = given(text)
    name = rest.pop(1)
    expression, to, value = (read(side, granted).formula for side in rest)
    return decide(Limit(expression, name, to, value), granted)


TRUE = """
K, C_out: positive integer | (K^2+C_out)/(K^2*C_out) | C_out | infinity | 1/K^2
L: positive integer | 0.9^L | L | infinity | 0
L: positive integer | L^3*0.9^L | L | infinity | 0
L: positive integer | (-0.9)^L | L | infinity | 0
L: positive integer | 1.1^L | L | infinity | infinity
c: real in [0,1); L: positive integer | c^L | L | infinity | 0
c: real in (0,1); L: positive integer | (1-c^(L+1))/(1-c) | L | infinity | 1/(1-c)
n: positive integer | n/(n+1) | n | infinity | 1
n: real | n/(n+1) | n | -infinity | 1
n: positive integer | 2^n/3^n | n | infinity | 0
n: positive integer | (2^n+3^n)/(3^n+n^5) | n | infinity | 1
n: positive integer | Sum(i,(i,1,n))/n^2 | n | infinity | 1/2
n: positive real | sqrt(n)/n | n | infinity | 0
n: real | exp(-n) | n | infinity | 0
lam: positive real; n: positive integer | exp(-lam*n) | n | infinity | 0
x: real | sigmoid(x) | x | infinity | 1
x: real | sigmoid(x) | x | -infinity | 0
x: real | (x^2-1)/(x-1) | x | 1 | 2
e, a, v: positive real | a/(v+e) | e | 0 | a/v
"""
FALSE = """
K, C_out: positive integer | (K^2+C_out)/(K^2*C_out) | C_out | infinity | 1/K
L: positive integer | 0.9^L | L | infinity | 1
L: positive integer | 1.1^L | L | infinity | 0
n: positive integer | n/(n+1) | n | infinity | 0
n: positive integer | n/(n+1) | n | infinity | infinity
n: positive real | -n | n | infinity | infinity
n: positive integer | Sum(i,(i,1,n))/n^2 | n | infinity | 1
x: real | tanh(x) | x | infinity | 0
x: real | (x^2-1)/(x-1) | x | 1 | 0
c: real in (0,1); L: positive integer | (1-c^(L+1))/(1-c) | L | infinity | 1
"""
OPEN = """
c: real in [0,1]; L: positive integer | c^L | L | infinity | 0
L: positive integer | (-1)^L | L | infinity | 0
c: real in (-1,0]; n: positive integer | 1/c^n | n | infinity | infinity
c: real in (-1,0); n: positive integer | 1/c^n | n | infinity | infinity
n: integer; n <= 5 | 1/n | n | infinity | 0
n: integer; m: integer; n <= m | 1/n | n | infinity | 0
n: positive integer; n divides 12 | 1/n | n | infinity | 0
x: real; x >= 1 | 1/(x+1) | x | 0 | 1
n: integer | n/(n+1) | n | 0 | 0
x: real | 1/x | x | 0 | 0
x: real | abs(x)/x | x | 0 | 1
x: real | floor(x) | x | 0 | 0
e, a: positive real; v: real | a/(v+e) | e | 0 | a/v
a: real; x: real | a*x/(a*x+1) | x | infinity | 1
a: real; x: real | a*x | x | infinity | infinity
n: positive integer | (1+1/n)^n | n | infinity | 1
x: real | 1/(x*(x-x)) | x | infinity | 0
"""


@pytest.mark.parametrize("line", lines(TRUE))
def test_true_limits_are_proved(line: str) -> None:
    found = verdict(line)
    assert isinstance(found, Proved)
    assert found.certificate.rule in ("leading terms", "putting in")


@pytest.mark.parametrize("line", lines(FALSE))
def test_other_limits_are_refuted(line: str) -> None:
    found = verdict(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs
    assert found.message.startswith("the limit is ")


@pytest.mark.parametrize("line", lines(OPEN))
def test_what_is_not_shown_stays_undecided(line: str) -> None:
    assert isinstance(verdict(line), Undecided)


def test_the_witness_of_a_limit_holds_its_parameters() -> None:
    found = verdict("K, C: positive integer | (K^2+C)/(K^2*C) | C | infinity | 1/K")
    assert isinstance(found, Refuted)
    assert found.witness.values == (("K", Fraction(2)),)
    assert (found.witness.lhs, found.witness.rhs) == (Fraction(1, 4), Fraction(1, 2))
