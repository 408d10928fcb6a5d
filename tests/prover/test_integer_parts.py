"""Floors, ceilings and remainders: one form for equal ones, and near-misses refuted."""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved, Refuted
from tests.prover.identities import lines, verdict_on

EQUAL = """
N,P: nonnegative integer; F,S: positive integer | floor((N+2*P-F)/S)+1 | floor((N+2*P-F+S)/S)
N,P: nonnegative integer; F,S: positive integer | ceil((N+2*P-F+1)/S) | floor((N+2*P-F)/S)+1
N: integer; S: positive integer | ceil(N/S) | floor((N+S-1)/S)
n: integer | floor((2*n+1)/2) | n
H: integer | floor((H-1)/2)+1 | ceil(H/2)
H: integer | floor((H+1)/2)+floor(H/2) | H
n: integer | floor(n/3)+floor((n+1)/3)+floor((n+2)/3) | n
n: integer; a,b: positive integer | floor(floor(n/a)/b) | floor(n/(a*b))
n: integer; a,b,c: positive integer | floor(floor(floor(n/a)/b)/c) | floor(n/(a*b*c))
n: integer; a,b: positive integer | ceil(ceil(n/a)/b) | ceil(n/(a*b))
x: real; a: positive integer | floor(floor(x)/a) | floor(x/a)
n: integer; S: positive integer | mod(n,S) | n-S*floor(n/S)
n: integer; S: positive integer | mod(n+S,S) | mod(n,S)
n: integer; S: positive integer | mod(mod(n,S),S) | mod(n,S)
n: integer; S: positive integer | floor(mod(n,S)/S) | 0
n: integer | mod(n,2)^2 | mod(n,2)
n: integer | mod(n^2,4) | mod(n,2)
n: integer | mod(n^3-n,3) | 0
n: integer | mod(n*(n+1),2) | 0
n: integer | floor(n/2)*2+mod(n,2) | n
S: positive integer; u: integer; S divides u | floor(u/S) | u/S
S: positive integer; N,P,F: integer; S divides N+2*P-F | floor((N+2*P-F)/S)+1 | (N+2*P-F)/S+1
S: positive integer; N,P,F: integer; S divides N+2*P-F | floor((N+2*P-F+S-1)/S) | (N+2*P-F)/S
S: integer >= 2; N,P,F: integer; S divides N+2*P-F | floor((N+2*P-F+1)/S) | (N+2*P-F)/S
S: positive integer; u: integer; S divides u | mod(u,S) | 0
S: positive integer; u: integer; S divides u | ceil(u/S) | floor(u/S)
M,D,F: integer | M-D*(F-1) | M-D*F+D
M,D,F: integer; S: positive integer | floor((M-D*(F-1)-1)/S)+1 | floor((M-D*F+D-1)/S)+1
x: real | ceil(x) | -floor(-x)
x: real; n: integer | floor(x+n) | floor(x)+n
x: real | floor(floor(x)) | floor(x)
n: integer | ceil(n/2) | floor((n+1)/2)
n: integer | ceil(n/7) | floor((n+6)/7)
n: integer | ceil((n+1)/2)-floor(n/2) | 1
n: integer | (-1)^n*(-1)^n | 1
n: integer; a: integer | floor(floor(n)/a) | floor(n/a)
x: real | floor(abs(x)^2) | floor(x^2)
x: nonnegative real | floor(abs(x)) | floor(x)
n: integer; S: positive integer | floor(-n/S) | -ceil(n/S)
n: integer | floor((2*n+1)/4) | floor(n/2)
n: integer | floor(-n/7) | -floor((n+6)/7)
n: integer | floor(floor(2*n/3)/2) | floor(n/3)
n: integer | floor(ceil(n/2)/3) | floor((n+1)/6)
r,S: nonnegative integer; r < S | floor(r/S) | 0
r,S,q: nonnegative integer; r < S | floor((q*S+r)/S) | q
r,S,q: nonnegative integer; r < S | mod(q*S+r,S) | r
"""
NEAR_MISSES = """
r: nonnegative integer; S: positive integer; r <= S | floor(r/S) | 0
r: integer; S: positive integer; r < S | floor(r/S) | 0
x: real | floor(x+1/2) | ceil(x-1/2)+0
n: integer | floor(n/2)+floor((n+1)/2) | n+1
n: integer; S: positive integer | ceil(n/S) | floor((n+S)/S)
n: integer; S: integer | ceil(n/S) | floor((n+S-1)/S)
n: real; a,b: positive real | floor(floor(n/a)/b) | floor(n/(a*b))
n: integer | abs(floor(n/2))-floor(abs(n)/2) | 0
n: integer | floor((2*n-1)/2) | n
n: integer | floor(n/3)+floor((n+1)/3) | n
n: integer; a,b: positive integer | floor(floor(n/a)/b) | floor(n/(a+b))
n: integer; a,b: integer; a != 0; b != 0 | floor(floor(n/a)/b) | floor(n/(a*b))
S: positive integer; u: integer; S divides u | floor((u+1)/S) | u/S
n: integer | mod(n^2,4) | mod(n,4)
n: integer; S: positive integer | mod(n+1,S) | mod(n,S)+1
n: integer | floor(3*n/4) | 3*floor(n/4)
n: integer | floor(floor(2*n/3)/2) | floor(n/2)
H: integer | floor((H-1)/2)+1 | floor(H/2)
x: real; a: integer; a != 0 | floor(floor(x)/a) | floor(x/a)
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs
