"""exp, log, sigmoid, tanh and powers of positive bases, each law with a near-miss."""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved, Refuted
from tests.prover.identities import lines, verdict_on

EQUAL = """
x,y: real | exp(x)*exp(y) | exp(x+y)
x: real | exp(x)^2 | exp(2*x)
x: real | exp(x/2)^2 | exp(x)
x: real | exp(x/2)*exp(x/3) | exp(5*x/6)
x: real | exp(x/4)^2 | exp(x/2)
x: real | exp(-x) | 1/exp(x)
x: real | sqrt(exp(2*x)) | exp(x)
x: real; n: integer | exp(x)^n | exp(n*x)
x,y: real | exp(x)^y | exp(x*y)
a: positive real; x,y: real | a^x*a^y | a^(x+y)
a,b: positive real; x: real | (a*b)^x | a^x*b^x
a: positive real; x,y: real | (a^x)^y | a^(x*y)
L: integer | 2^(L+1) | 2*2^L
L: integer | 4^L | 2^(2*L)
L: integer | 6^L | 2^L*3^L
L: integer | 2^L/2^(L-1) | 2
a,b: positive real | log(a*b) | log(a)+log(b)
a,b: positive real | log(a/b) | log(a)-log(b)
a: positive real | log(a^2) | 2*log(a)
a: positive real; n: real | log(a^n) | n*log(a)
a: positive real | log(sqrt(a)) | log(a)/2
x: real | log(exp(x)) | x
a: positive real | exp(log(a)) | a
a: positive real | exp(2*log(a)) | a^2
a: positive real | exp(log(a)/2) | sqrt(a)
a: positive real; n: real | exp(n*log(a)) | a^n
| log(8) | 3*log(2)
| log(8)/log(2) | 3
| log(6) | log(2)+log(3)
a: positive real | log(a,2) | log(a)/log(2)
x: real | sigmoid(x) | 1/(1+exp(-x))
x: real | sigmoid(x) | exp(x)/(1+exp(x))
x: real | 1-sigmoid(x) | sigmoid(-x)
x: real | tanh(x) | 2*sigmoid(2*x)-1
x: real | tanh(x/2) | 2*sigmoid(x)-1
x: real | exp(-x)/(1+exp(-x))^2 | sigmoid(x)*(1-sigmoid(x))
x: real | 1-tanh(x)^2 | 4/(exp(x)+exp(-x))^2
x: real | tanh(x) | (exp(x)-exp(-x))/(exp(x)+exp(-x))
x: real | tanh(-x) | -tanh(x)
x: real | log(sigmoid(x)) | -log(1+exp(-x))
x: real | log(1+exp(x)) | x+log(1+exp(-x))
x: real | log(1+exp(x))-log(1+exp(-x)) | x
a,b,c: real | exp(a-c)/(exp(a-c)+exp(b-c)) | exp(a)/(exp(a)+exp(b))
a,b: real; T: positive real | exp((a+b)/T) | exp(a/T)*exp(b/T)
a,b: real | exp(a)/(exp(a)+exp(b)) | sigmoid(a-b)
p: real in (0,1) | -p*log(p)-(1-p)*log(1-p) | p*log(1/p)+(1-p)*log(1/(1-p))
x: real | erf(x+x) | erf(2*x)
x: real | exp(x+1) | exp(1)*exp(x)
x: real | tanh(2*x) | 2*tanh(x)/(1+tanh(x)^2)
x: real | log(1+exp(x)) | relu(x)+log(1+exp(-abs(x)))
n: integer | (-2)^(n+1) | -2*(-2)^n
a: positive real | log(a^(1/3)) | log(a)/3
a: positive real; n: integer | sqrt(a^(2*n)) | a^n
x: real | log(exp(x)*exp(2*x)) | 3*x
"""
NEAR_MISSES = """
x: real | exp(x^2) | exp(x)^2
x,y: real | exp(x*y) | exp(x)*exp(y)
x,y: real | exp(x)+exp(y) | exp(x+y)
a,b: positive real | log(a+b) | log(a)+log(b)
x: real | 1-sigmoid(x) | sigmoid(x)
x: real | tanh(x) | 2*sigmoid(x)-1
L: integer | 2^(L+1) | 2^L+1
a: positive real; x,y: real | (a^x)^y | a^(x+y)
x: real | sigmoid(x)*(1-sigmoid(x)) | exp(-x)/(1+exp(-x))
L: integer | 6^L | 2^L+3^L
a: positive real | log(a^2) | log(a)^2
x: real | exp(x/2)^2 | exp(x/4)
n: integer | (-1)^(n+1) | (-1)^n
n: integer | (-2)^(2*n) | -4^n
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs
