"""Products, factorials and binomials with symbolic bounds, each identity with a near-miss."""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved, Refuted, Undecided
from tests.prover.identities import lines, verdict_on

EQUAL = """
n: nonnegative integer; s: indexed real | Prod(s[i],(i,1,n)) | Prod(s[j],(j,1,n))
n: nonnegative integer; s: indexed real | Prod(s[i],(i,1,n)) | Prod(s[i+1],(i,0,n-1))
n: positive integer; s: indexed real | Prod(s[i],(i,1,n)) | s[n]*Prod(s[i],(i,1,n-1))
n: positive integer; s: indexed real | Prod(s[i],(i,1,n)) | s[1]*Prod(s[i],(i,2,n))
n: positive integer; s: indexed real | 1+3*Prod(s[i],(i,1,n+1)) | 1+3*s[n+1]*Prod(s[i],(i,1,n))
n: nonnegative integer; c: real | Prod(c,(i,1,n)) | c^n
n: nonnegative integer; c: real; s: indexed real | Prod(c*s[i],(i,1,n)) | c^n*Prod(s[i],(i,1,n))
n: integer; s,t: indexed real | Prod(s[i]*t[i],(i,1,n)) | Prod(s[i],(i,1,n))*Prod(t[i],(i,1,n))
n: integer; s: indexed real | Prod(s[i]^2,(i,1,n)) | Prod(s[i],(i,1,n))^2
m: integer >= 0;m <= n;s: indexed real|Prod(s[i],(i,1,m))*Prod(s[i],(i,m+1,n))|Prod(s[i],(i,1,n))
n: nonnegative integer; r: real | Prod(r^i,(i,0,n)) | r^(n*(n+1)/2)
n: nonnegative integer; u: indexed real | Prod(exp(u[i]),(i,1,n)) | exp(Sum(u[i],(i,1,n)))
n: positive integer | factorial(n) | n*factorial(n-1)
n: nonnegative integer | factorial(n+2) | (n+2)*(n+1)*factorial(n)
n: nonnegative integer | Prod(i,(i,1,n)) | factorial(n)
n: nonnegative integer | Prod(2*i,(i,1,n)) | 2^n*factorial(n)
n: integer; n >= 2 | factorial(n)/factorial(n-2) | n*(n-1)
n,k: nonnegative integer; k <= n | binomial(n,k) | factorial(n)/(factorial(k)*factorial(n-k))
n,k: nonnegative integer; k <= n | binomial(n,k) | binomial(n,n-k)
n: nonnegative integer | binomial(n,2) | n*(n-1)/2
"""
NEAR_MISSES = """
n: nonnegative integer; s: indexed real | Prod(s[i],(i,1,n)) | Prod(s[i+1],(i,1,n))
n: nonnegative integer; s: indexed real | Prod(s[i],(i,1,n)) | s[n]*Prod(s[i],(i,1,n-1))
n: nonnegative integer; s: indexed real | Prod(s[i],(i,1,n)) | s[1]*Prod(s[i],(i,2,n))
n: positive integer; s: indexed real | 1+3*Prod(s[i],(i,1,n+1)) | 1+3*s[n]*Prod(s[i],(i,1,n))
n: nonnegative integer; c: real | Prod(c,(i,0,n)) | c^n
n: integer; n >= -2; c: positive real | Prod(c,(i,1,n)) | c^n
n: integer; s,t: indexed real | Prod(s[i]+t[i],(i,1,n)) | Prod(s[i],(i,1,n))+Prod(t[i],(i,1,n))
n: positive integer; s: indexed real | Prod(s[i]^2,(i,1,n)) | Prod(s[i],(i,1,n))
m: integer >= 0;m <= n;s: indexed real|Prod(s[i],(i,1,m))*Prod(s[i],(i,m,n))|Prod(s[i],(i,1,n))
m, n: integer >= 0; s: indexed real | Prod(s[i],(i,1,m))*Prod(s[i],(i,m+1,n)) | Prod(s[i],(i,1,n))
n: nonnegative integer; r: real | Prod(r^i,(i,0,n)) | r^(n^2/2)
n: positive integer | factorial(n) | (n-1)*factorial(n-1)
n: nonnegative integer | factorial(n+2) | (n+2)*n*factorial(n)
n: nonnegative integer | Prod(2*i,(i,1,n)) | 2*factorial(n)
n,k: nonnegative integer; k <= n | binomial(n,k) | binomial(n,k+1)
n: nonnegative integer | binomial(n,2) | n*(n+1)/2
n: positive integer; n1, s: indexed real | Prod(n1[i],(i,1,n)) | Prod(s[i],(i,1,n))
n: indexed real; N: positive integer | Prod(n[i],(i,1,N)) | factorial(N)
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    assert isinstance(verdict_on(line), Refuted)


def test_factorials_of_negative_numbers_have_no_value() -> None:
    wide = verdict_on("n: nonnegative integer | n*factorial(n-1) | factorial(n)")
    assert isinstance(wide, Refuted | Undecided)
    inside = verdict_on("n: positive integer | n*factorial(n-1) | factorial(n)")
    assert isinstance(inside, Proved)
