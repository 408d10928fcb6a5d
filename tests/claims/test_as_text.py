"""Statements, domains and verdicts as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import (
    Certificate,
    Derivation,
    Equation,
    Exhibit,
    HoldsUnder,
    Implies,
    Limit,
    Link,
    Proved,
    Refuted,
    Relation,
    Undecided,
    Verdict,
    Witness,
)
from symcnn.claims.as_text import (
    domain_text,
    given_lines,
    statement_lines,
    verdict_lines,
    witness_text,
)
from symcnn.claims.statements import Statement, resolve
from symcnn.formula.domains import Given
from symcnn.formula.values import ArrayValue, Family, Polynomial, Undefined
from symcnn.reading import read, read_given

LEAF = Certificate("known", "K = K")
DOMAINS = [
    "positive integer",
    "nonnegative integer",
    "integer <= -1",
    "integer",
    "integer >= 2",
    "integer <= 5",
    "integer in [0, K - 1]",
    "real",
    "positive real",
    "nonnegative real",
    "nonzero real",
    "real > 3",
    "real < 3",
    "real in (0, 1]",
    "indexed real",
    "indexed positive integer",
    "indexed by 2 real",
    "indexed real support 0..9",
    "indexed by 2 real support 0..3 x 0..K - 1",
    "matrix n x m",
    "vector n",
    "function",
]


@pytest.mark.parametrize("text", DOMAINS)
def test_a_domain_is_printed_as_it_may_be_given(text: str) -> None:
    domain = read_given(f"x: {text}").domain("x")
    assert domain is not None
    assert read_given(f"x: {domain_text(domain)}").domain("x") == domain
    assert domain_text(domain) == text


def test_names_of_one_domain_are_said_together() -> None:
    given = read_given("K, N: positive integer; x: real; K divides N")
    assert given_lines(given) == ["K, N: positive integer", "x: real", "K divides N"]
    assert given_lines(given, ("x", "K", "unknown")) == [
        "x: real",
        "K: positive integer",
        "K divides N",
    ]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (Equation("K+1", "N"), ["K + 1 = N"]),
        (Relation("x ~ 0.50"), ["x ~ 0.50"]),
        (Implies("K > 1", "K > 0"), ["if K > 1 then K > 0"]),
        (Exhibit((("K", 2),), ("K*K = 4",)), ["K := 2", "K*K = 4"]),
        (Limit("1/L", "L", 0, 1), ["1/L -> 1 as L -> 0"]),
        (
            Derivation("K+K", (Link("2*K", "add"), Link("3*K", "grow", "<=", "K"))),
            ["K + K", "  = 2*K    (add)", "  <= 3*K    (grow, by induction on K)"],
        ),
    ],
    ids=lambda case: type(case).__name__,
)
def test_statements(statement: Statement, lines: list[str]) -> None:
    assert statement_lines(resolve(statement, Given())) == lines


@pytest.mark.parametrize(
    ("witness", "text"),
    [
        (Witness((("K", Fraction(1, 2)),), Fraction(1), Fraction(2)),
         "at K = 1/2: left 1, right 2"),
        (Witness(()), ""),
        (Witness((), Fraction(1), Undefined("division by zero")),
         "left 1, right undefined (division by zero)"),
        (Witness((("w", Family({(0,): Fraction(1), (1,): Fraction(1), (3,): Fraction(1)})),)),
         "at w[0..1] = 1, w[3] = 1, w = 0 elsewhere"),
        (Witness((("w", Family({(0, 1): Fraction(1), (0, 2): Fraction(1), (1, 3): Fraction(1)})),)),
         "at w[0, 1..2] = 1, w[1, 3] = 1, w = 0 elsewhere"),
        (Witness((("A", ArrayValue((1, 2), (Fraction(1), Fraction(2)))),)),
         "at A = Matrix([[1, 2]])"),
        (Witness((("phi", Polynomial((Fraction(1), Fraction(2)))),)), "at phi(t) = 1 + 2*t"),
    ],
)  # fmt: skip
def test_witnesses(witness: Witness, text: str) -> None:
    assert witness_text(witness) == text


@pytest.mark.parametrize(
    ("verdict", "lines"),
    [
        (Proved("rule", LEAF), ["proved by rule"]),
        (Proved("rule", LEAF, read("K != 0").formula), ["proved by rule", "where K != 0"]),
        (HoldsUnder((read("a > 0").formula, read("b = 0").formula), "rule", LEAF),
         ["holds under a > 0; b = 0, by rule",
          "the assumptions are sufficient; no counterexample outside them"]),
        (HoldsUnder((read("a > 0").formula,), "rule", LEAF, Witness((("a", Fraction(-1)),))),
         ["holds under a > 0, by rule", "false without them at a = -1"]),
        (Refuted(Witness((("a", Fraction(-1)),)), ((read("a > 0").formula,),), "shapes differ", 1),
         ["refuted in step 2 at a = -1", "shapes differ", "holds when a > 0"]),
        (Undecided("too hard", ("one", "two"), "a bound"),
         ["undecided: too hard", "tried: one, two", "would help: a bound"]),
    ],
)  # fmt: skip
def test_verdicts(verdict: Verdict, lines: list[str]) -> None:
    assert verdict_lines(verdict) == lines
