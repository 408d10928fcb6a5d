"""Roots and fractional powers; batch normalisation without epsilon under scaling."""

from __future__ import annotations

import pytest

from symcnn.claims.verdict import Proved, Refuted
from tests.prover.identities import lines, verdict_on

EQUAL = """
x: real | sqrt(x^2) | abs(x)
a,b: nonnegative real | sqrt(a*b) | sqrt(a)*sqrt(b)
v: positive real; alpha: real | sqrt(alpha^2*v) | abs(alpha)*sqrt(v)
gamma,x,mu: real; alpha: real; alpha != 0; s: positive real | gamma*(alpha*x-alpha*mu)/sqrt(alpha^2*s) | sign(alpha)*gamma*(x-mu)/sqrt(s)
gamma,x,mu: real; alpha: positive real; s: positive real | gamma*(alpha*x-alpha*mu)/sqrt(alpha^2*s) | gamma*(x-mu)/sqrt(s)
gamma,x,mu: real; alpha: real; alpha < 0; s: positive real | gamma*(alpha*x-alpha*mu)/sqrt(alpha^2*s) | -gamma*(x-mu)/sqrt(s)
a: positive real | 1/sqrt(a) | sqrt(a)/a
| 1/(sqrt(2)-1) | sqrt(2)+1
| sqrt(8) | 2*sqrt(2)
| sqrt(6) | sqrt(2)*sqrt(3)
| sqrt(1/2) | sqrt(2)/2
a,b: positive real; a != b | 1/(sqrt(a)-sqrt(b)) | (sqrt(a)+sqrt(b))/(a-b)
a: positive real | a^(3/2) | a*sqrt(a)
a: positive real | a^(1/2) | sqrt(a)
a: positive real | sqrt(sqrt(a)) | a^(1/4)
x: real | root(x^3,3) | x
x,y: real | root(x*y,3) | root(x,3)*root(y,3)
x: nonnegative real | x^(1/3) | root(x,3)
x: real | root(x^4,4) | abs(x)
a,b: positive real | sqrt(a/b) | sqrt(a)/sqrt(b)
s: positive real; eps: positive real | 1/sqrt(s+eps)^3 | (s+eps)^(-3/2)
x,y: real | sqrt(x^2+2*x*y+y^2) | abs(x+y)
x: real | sqrt(abs(x))^2 | abs(x)
x: real | root(-x,3) | -root(x,3)
x: real | root(x^2,4) | sqrt(abs(x))
a: positive real | a^(1/6)*a^(1/3) | sqrt(a)
v: positive real | 1/sqrt(4*v) | sqrt(v)/(2*v)
"""  # noqa: E501
NEAR_MISSES = """
x: real | sqrt(x^2) | x
a,b: nonnegative real | sqrt(a+b) | sqrt(a)+sqrt(b)
v: positive real; alpha: real | sqrt(alpha^2*v) | alpha*sqrt(v)
gamma,x,mu: real; alpha: real; alpha != 0; s: positive real | gamma*(alpha*x-alpha*mu)/sqrt(alpha^2*s) | gamma*(x-mu)/sqrt(s)
gamma,x,mu: real; alpha,s,eps: positive real | gamma*(alpha*x-alpha*mu)/sqrt(alpha^2*s+eps) | gamma*(x-mu)/sqrt(s+eps)
x: real | root(x^4,4) | x
 | sqrt(6) | sqrt(2)+sqrt(4)
a: positive real | a^(3/2) | a+sqrt(a)
a: positive real | sqrt(sqrt(a)) | a^(1/3)
x: real | root(-x,3) | root(x,3)
x: real | Bracket(x<0)/(sqrt(x^2+2*x+1)-x-1)+sqrt(x^2+2*x+1)+1+x | Bracket(x<0)/(sqrt(x^2+2*x+1)-x-1)
"""  # noqa: E501


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs
