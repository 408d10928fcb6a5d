"""What the reference needs shows what the candidate needs; beside it what it does not show."""

from __future__ import annotations

import pytest

from symcnn.claims.certificate import Obligation
from symcnn.claims.verdict import Proved, Refuted, Undecided
from symcnn.formula.values import Undefined
from symcnn.prover.replay import replayed
from tests.prover.identities import lines, verdict_on

SHOWN = """
x: real | log(x^2) | 2*log(abs(x))
x: real | 2*log(abs(x)) | log(x^2)
x: real | log(x^2) | 2*log(x)
a, b: real | log(a*b) | log(a) + log(b)
a, b: real | log(a*b) | log(-a) + log(-b)
a, b: real | log(a/b) | log(a) - log(b)
a, b: real | log(-a*b) | log(-a) + log(b)
a, b, c: real | log(a*b*c^2) | log(a*b) + 2*log(abs(c))
a, b: real | log((a-b)^2) | 2*log(abs(b-a))
a: real | log(a^4) | 4*log(abs(a))
"""
UNDEFINED_SOMEWHERE = """
x: real | log(x) | log(x^2)/2
x: real | 2*log(x) | log(x^2)
a, b: real | log(a) + log(b) | log(a*b)
a, b: real | log(a) - log(b) | log(a/b)
a, b, c: real | log(a*b) + 2*log(c) | log(a*b*c^2)
n: nonnegative integer | n*factorial(n-1) | factorial(n)
n: integer | factorial(n)/factorial(n) | 1
"""
OTHER_VALUES = """
x: real | log(x^2) | 2*log(abs(x)) + 1
x: real | log(x^2) | log(abs(x))^2
a, b: real | log(a*b) | log(a)*log(b)
a, b: positive real | log(a+b) | log(a) + log(b)
"""


@pytest.mark.parametrize("line", lines(SHOWN))
def test_defined_wherever_the_reference_is(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Proved)
    assert found.domain is None


@pytest.mark.parametrize("line", lines(UNDEFINED_SOMEWHERE))
def test_a_point_without_a_value_is_the_witness(line: str) -> None:
    found = verdict_on(line)
    assert isinstance(found, Refuted)
    assert isinstance(found.witness.lhs, Undefined)
    assert not isinstance(found.witness.rhs, Undefined)


@pytest.mark.parametrize("line", lines(OTHER_VALUES))
def test_other_values_are_refuted(line: str) -> None:
    assert isinstance(verdict_on(line), Refuted)


def test_no_point_in_common() -> None:
    assert isinstance(verdict_on("a, b: real | log(a*b) | log(-a) + log(b)"), Undecided)


def test_a_factor_that_vanishes_is_printed_and_no_witness() -> None:
    found = verdict_on("n: integer | n*(n-1)/n | n-1")
    assert isinstance(found, Proved)
    assert found.domain is not None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("x^2 = x^2 with nonzero x", True),
        ("x^2 = x^2 with positive abs(x), nonzero x", True),
        ("x^2 = x^2", False),
        ("x^2 = x^2 with nonzero y", False),
        ("x^3 = x^3 with nonzero x", False),
        ("a*b = a*b with positive a; b", True),
        ("a*b = a*b with positive a", False),
        ("2*a = 2*a with positive a", True),
        ("-a = -1*a with positive a", False),
        ("abs(x)*a = a*abs(x) with positive a, nonzero x", True),
        ("x^2 = abs(x)^2 with nonzero x", True),
        ("x = abs(x) with nonzero x", False),
    ],
)
def test_what_is_granted_makes_it_positive(text: str, holds: bool) -> None:
    assert replayed(Obligation("law", f"shared definedness: {text}")) is holds
