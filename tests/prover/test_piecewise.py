"""Absolute values, signs, max, min, ReLU, cases, brackets; guarded divisors of zero."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims.verdict import Proved, Refuted
from symcnn.formula.nodes import Symbol
from symcnn.formula.polynomials import polynomial
from symcnn.prover.piecewise import Numbers, sorted_by_sign
from tests.prover.identities import lines, verdict_on

EQUAL = """
x: real; a: positive real | relu(a*x) | a*relu(x)
x,y: real | abs(x*y) | abs(x)*abs(y)
x: real | abs(x)^2 | x^2
x: real | sign(x)*abs(x) | x
x: real | sign(x)*x | abs(x)
x,y: real | sign(x*y) | sign(x)*sign(y)
x: real | sign(x)^3 | sign(x)
x: real; x != 0 | sign(x)^2 | 1
x: real; x != 0 | x/abs(x) | sign(x)
x: real; x != 0 | abs(x)/x | sign(x)
x: nonzero real; y: real | y*x*sign(1/x)*abs(1/x) | y
x,y: real | max(x,y)+min(x,y) | x+y
x,y: real | max(x,y)*min(x,y) | x*y
x,y: real | max(x,y) | (x+y+abs(x-y))/2
x,y: real | max(x,y) | x+relu(y-x)
x,y,z: real | max(x,max(y,z)) | max(max(x,y),z)
x,y,z: real | max(x,y,z) | max(z,y,x)
x,y,z: real | max(x+z,y+z) | max(x,y)+z
x: real | relu(x)-relu(-x) | x
x: real | relu(x)+relu(-x) | abs(x)
x: real | relu(relu(x)) | relu(x)
x: real | relu(x)*relu(-x) | 0
x: real | relu(x)^2 | x*relu(x)
x: real | max(0,min(x,1)) | min(1,max(x,0))
x: real | max(0,min(x,1)) | relu(x)-relu(x-1)
x: real | relu(x) | x*Bracket(x>0)
x: real | relu(x) | x*Bracket(x>=0)
x: real | Cases((x,x>0),(0,x<=0)) | relu(x)
x: real; a: real in (0,1) | max(x,a*x) | relu(x)-a*relu(-x)
x: real; a: real in (0,1) | max(x,a*x) | Cases((x,x>0),a*x)
x: real; a: real in (0,1) | Cases((x,0<x),a*x) | max(a*x,x)
x: real | abs(abs(x)-1) | max(abs(x)-1,1-abs(x))
x,y: real | abs(x+y)*abs(x-y) | abs(x^2-y^2)
x,y: real | max(abs(x),abs(y)) | (abs(x+y)+abs(x-y))/2
x: real | relu(x)^3 | x^2*relu(x)
x,y: real | Bracket(x>y)+Bracket(x<y)+Bracket(x=y) | 1
x,y: real | Bracket(x>=y) | 1-Bracket(x<y)
x: real | relu(-2*x) | 2*relu(-x)
x,y: real; x > y | max(x,y) | x
x,y: real; x >= y | relu(x-y) | x-y
x,y: real; x >= y | abs(x-y) | x-y
x,y: real | (relu(x)-relu(-x))*y | x*y
x: real | relu(x)/(relu(x)+1) | Cases((x/(x+1),x>0),0)
x: real | Cases((1/x,x!=0),0)*x | Bracket(x!=0)
x: real | x*Bracket(x!=0)/x | Bracket(x!=0)
x: real | relu(x)+relu(x-1)+relu(x-2)-relu(-x) | x+relu(x-1)+relu(x-2)
x,y,z: real | abs(x)+abs(y)+abs(z) | relu(x)+relu(-x)+relu(y)+relu(-y)+relu(z)+relu(-z)
x,y,z: real | max(x,y)+max(y,z)+max(z,x)-min(x,y)-min(y,z)-min(z,x) | 2*(max(x,y,z)-min(x,y,z))
x,S: positive real | Bracket(x>1)*abs(x)^2/S | Bracket(x>1)*x^2/S
x,y: real; y != 0 | abs(x/y) | abs(x)/abs(y)
"""
NEAR_MISSES = """
x: real; a: real in (1,2) | max(x,a*x) | Cases((x,x>0),a*x)
x: real; a: real in (0,1) | max(x,a*x) | Cases((x,x<0),a*x)
x: real; a: real in (0,1) | min(x,a*x) | Cases((x,x>0),a*x)
x: real; a: real in (0,1) | max(x,a*x) | Cases((x,x>1),a*x)
x,a: real | relu(a*x) | a*relu(x)
x: real | sign(x)^2 | 1
x,y: real | abs(x+y) | abs(x)+abs(y)
x: real | sign(x)*sign(x) | 1
x,y: real | max(x,y) | x+relu(x-y)
x: real | relu(x)-relu(-x) | abs(x)
x,y,z: real | max(x*z,y*z) | z*max(x,y)
x: real | relu(x)^2 | x^2
x: real | Cases((x,x>=1),0) | relu(x)
x,y: real; x >= y | max(x,y) | y
x: real | max(0,min(x,1)) | relu(x)-relu(x-2)
x,y: real | relu(x+y) | relu(x)+relu(y)
x: real | Bracket(x<0)/(x-abs(x))+x+abs(x) | Bracket(x<0)/(x-abs(x))
x: real | Bracket(x<0)/(x-abs(x))+x+abs(x)+(x-abs(x))^2 | Bracket(x<0)/(x-abs(x))+(x-abs(x))^2
x: real | Cases((1/(x-abs(x)),x<0),0)+x+abs(x) | Cases((1/(x-abs(x)),x<0),0)
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved(line: str) -> None:
    assert isinstance(verdict_on(line), Proved)


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs


def test_points_without_a_value_belong_to_no_cell() -> None:
    inverse = polynomial(Symbol("x") ** -1)
    points: list[Numbers] = [{"x": 0}, {"x": 2}, {"x": -3}, {"x": Fraction(1, 2)}]
    sides = sorted_by_sign(inverse, points)
    assert [[each["x"] for each in sides[op]] for op in "><="] == [[2, Fraction(1, 2)], [-3], []]
