"""Sums and products to symbolic bounds by induction, each identity with a near-miss."""

from __future__ import annotations

import pytest

from symcnn.claims.certificate import Certificate
from symcnn.claims.statements import Derivation, Link
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict
from symcnn.prover import decide
from symcnn.prover.induction import by_induction
from symcnn.prover.proof import Question
from symcnn.reading import read
from tests.prover.ask import facts, given, relation
from tests.prover.identities import lines, verdict_on

EQUAL = """
r: real; r != 1; n: nonnegative integer | Sum(r^i,(i,0,n)) | (1-r^(n+1))/(1-r)
r: real; n: nonnegative integer | (1-r)*Sum(r^i,(i,0,n)) | 1-r^(n+1)
n: nonnegative integer | Sum(2^i,(i,0,n-1)) | 2^n-1
r: real; r != 1; n: positive integer | Sum(i*r^i,(i,1,n)) | r*(1-(n+1)*r^n+n*r^(n+1))/(1-r)^2
n: positive integer | Sum(1/(i*(i+1)),(i,1,n)) | n/(n+1)
n: nonnegative integer | Sum(i*factorial(i),(i,0,n)) | factorial(n+1)-1
n: integer >= 0; s: indexed real | Sum((s[l]-1)*Prod(s[m],(m,1,l-1)),(l,1,n)) | Prod(s[m],(m,1,n))-1
n: positive integer | Prod(1+1/i,(i,1,n)) | n+1
n: nonnegative integer | Sum((-1)^i,(i,0,n)) | (1+(-1)^n)/2
n: integer; n >= -1 | Sum(2^i,(i,0,n)) | 2^(n+1)-1
"""
NEAR_MISSES = """
r: real; r != 1; n: nonnegative integer | Sum(r^i,(i,0,n)) | (1-r^n)/(1-r)
r: real; n: nonnegative integer | (1-r)*Sum(r^i,(i,0,n)) | 1-r^n
n: nonnegative integer | Sum(2^i,(i,0,n-1)) | 2^n
r: real; r != 1; n: positive integer | Sum(i*r^i,(i,1,n)) | r*(1-n*r^n+n*r^(n+1))/(1-r)^2
n: positive integer | Sum(1/(i*(i+1)),(i,1,n)) | (n-1)/n
n: nonnegative integer | Sum(i*factorial(i),(i,0,n)) | factorial(n+1)
n: integer >= 0; s: indexed real | Sum((s[l]-1)*Prod(s[m],(m,1,l)),(l,1,n)) | Prod(s[m],(m,1,n))-1
n: positive integer | Prod(1+1/i,(i,1,n)) | n
n: nonnegative integer | Sum((-1)^i,(i,0,n)) | (1-(-1)^n)/2
n: integer; n >= -3 | Sum(2^i,(i,0,n)) | 2^(n+1)-1
"""
JUMPS = """
n: nonnegative integer | Sum(1,(i,1,n)) | n + abs(n-3)/(n-3) + 1
n: nonnegative integer | Sum(2^i,(i,0,n)) | 2^(n+1) - abs(n-5)/(5-n)
"""
INEQUALITIES = """
n: nonnegative integer | 2^n >= n+1 | 2^n >= n+2
n: nonnegative integer | 2^n > n | 2^n > n+1
n: positive integer | Sum(1/i^2,(i,1,n)) <= 2-1/n | Sum(1/i^2,(i,1,n)) < 2-1/n
x: real; x >= -1; n: nonnegative integer | (1+x)^n >= 1+n*x | (1+x)^n >= 1+n*x+x^2
"""


@pytest.mark.parametrize("line", lines(EQUAL))
def test_equal_sides_are_proved_by_base_and_step(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Proved)
    assert found.method.startswith("induction on ")
    rule = found.certificate.premises[0]
    assert rule.rule == "base and step"
    assert len(rule.premises) >= 2


@pytest.mark.parametrize("line", lines(NEAR_MISSES))
def test_near_misses_are_refuted(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert found.witness.lhs != found.witness.rhs


@pytest.mark.parametrize("line", lines(JUMPS))
def test_a_step_over_a_point_without_value_proves_nothing(line: str) -> None:
    text, left, right = (part.strip() for part in line.split("|"))
    known = facts(text, left, right)
    sides = (read(side, given(text)).formula for side in (left, right))
    assert by_induction(Question(*sides, known), "n") is None
    assert isinstance(verdict_on(line), Refuted)


@pytest.mark.parametrize("line", lines(INEQUALITIES))
def test_inequalities_whose_difference_never_falls(line: str) -> None:
    text, true, false = (part.strip() for part in line.split("|"))
    found = relation(true, text)
    assert isinstance(found, Proved)
    assert found.method.startswith("induction on ")
    assert isinstance(relation(false, text), Refuted)


def test_a_bound_that_depends_on_the_name_is_no_ground_for_induction() -> None:
    text = "n: nonnegative integer; m: integer; m >= n"
    left, right = "Sum(2^i,(i,0,n))", "2^(n+1)-1"
    sides = (read(side, given(text)).formula for side in (left, right))
    assert by_induction(Question(*sides, facts(text, left, right)), "n") is not None
    tied = "n: nonnegative integer; x: indexed real support 0..n"
    sides = (read(side, given(tied)).formula for side in (left, right))
    assert by_induction(Question(*sides, facts(tied, left, right)), "n") is None


def chain(text: str, start: str, rhs: str, relation: str = "=", name: str = "n") -> Verdict:
    """The verdict on a derivation with one link by induction."""
    granted = given(text)
    link = Link(read(rhs, granted).formula, "by induction", relation, name)
    return decide(Derivation(read(start, granted).formula, (link,)), granted)


def test_links_by_induction_have_base_and_step() -> None:
    found = chain("n: nonnegative integer", "Sum(i,(i,1,n))", "n*(n+1)/2")
    assert isinstance(found, Proved)
    assert found.method == "induction on n"
    assert "base and step" in rules(found.certificate)
    assert isinstance(chain("n: nonnegative integer", "Sum(i,(i,1,n))", "n^2/2"), Refuted)


def test_inequality_links_by_induction() -> None:
    found = chain("n: nonnegative integer", "2^n", "n+1", ">=")
    assert isinstance(found, Proved)
    assert "base and step" in rules(found.certificate)
    assert isinstance(chain("n: nonnegative integer", "2^n", "n+2", ">="), Refuted)


def test_a_link_by_induction_on_a_name_that_it_lacks_is_undecided() -> None:
    found = chain("n: nonnegative integer", "Sum(i,(i,1,n))", "n*(n+1)/2", "=", "m")
    assert isinstance(found, Undecided)


def rules(certificate: Certificate) -> list[str]:
    """The rules of a certificate and of its premises."""
    inner = [rule for premise in certificate.premises for rule in rules(premise)]
    return [certificate.rule, *inner]
