"""The formal statement: domains of all names, the assumptions that matter, letters of sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcnn.claims import Equation, Exhibit, Finding, Implies, Limit, Proved, Statement, claim
from symcnn.claims.statements import sides_of
from symcnn.formula import Array, Compare, Formula, Index, Rational, Sum, Symbol, Unknown
from symcnn.formula.domains import Domain, Given
from symcnn.formula.latex_words import ENGLISH
from symcnn.sheet.formal import number_set, quantified
from symcnn.sheet.language import read_language
from symcnn.sheet.statement_lines import statement_lines, with_formulas
from tests.sheet import sample

EN = read_language("en", (Path(__file__).resolve().parents[2] / "templates",))
K, N, S, i = (Symbol(name) for name in "KNSi")
ONE, TWO = Rational(1), Rational(2)


@claim(expect=Proved)
def anything() -> Statement:
    """Anything."""
    return Equation(K, K)


def said(statement: Statement, given: Given = Given()) -> str:  # noqa: B008
    finding = Finding(anything, statement, given, Given(), sample.verdicts()["entries"])
    return quantified(finding, EN)


@pytest.mark.parametrize(
    ("domain", "latex"),
    [
        (Domain("integer"), r"\mathbb{Z}"),
        (Domain("integer", ONE), r"\mathbb{Z}_{\ge 1}"),
        (Domain("integer", ONE, TWO), r"\{1, \dots, 2\}"),
        (Domain("integer", None, TWO), r"\mathbb{Z}_{\le 2}"),
        (Domain("real", nonzero=True), r"\mathbb{R} \setminus \{0\}"),
        (Domain("real", Rational(0), low_open=True), r"\mathbb{R}_{> 0}"),
        (Domain("real", Rational(0), ONE, low_open=True), "(0, 1]"),
    ],
)
def test_sets_of_numbers(domain: Domain, latex: str) -> None:
    assert number_set(domain, ENGLISH) == latex


def test_names_of_one_domain_stand_together_in_order() -> None:
    given = Given((("K", sample.COUNT), ("N", sample.COUNT), ("S", Domain())))
    assert said(Equation(N * S, K), given) == (
        r"for all $N, K \in \mathbb{Z}_{\ge 1}$; $S \in \mathbb{R}$"
    )


def test_undeclared_names_are_integers_where_they_count() -> None:
    statement = Equation(Sum(Index("x", (i,)), "i", ONE, N), S)
    assert said(statement) == r"for all $x_{i}, S \in \mathbb{R}$; $N \in \mathbb{Z}$"
    assert "o" not in said(Equation(Array((N,), ("o",), Symbol("o")), K)).replace("for", "")


def test_only_assumptions_about_the_names_are_printed() -> None:
    relations = (Compare("<=", K, N), Compare("=", Symbol("C_out"), 50), Compare("<", N, S))
    text = said(Equation(K, K), Given((), relations))
    assert r"$K \le N$, $N < S$" in text  # N comes in through K, S through N
    assert "C" not in text.replace("\\", "")


def test_functions_families_and_matrices() -> None:
    given = Given(
        (
            ("f", Domain("function")),
            ("x", Domain("real", indices=1, support=((Rational(0), Rational(9)),))),
            ("A", Domain("matrix", shape=(N, K))),
        )
    )
    text = said(Equation(Unknown("f", (Index("x", (i,)), K)), Symbol("A")), given)
    assert r"$f : \mathbb{R}^{2} \to \mathbb{R}$ (smooth)" in text
    assert r"$x_{i} \in \mathbb{R}\ (0 \le i \le 9)$" in text
    assert r"$A \in \mathbb{R}^{N \times K}$" in text


def test_what_the_statement_names_itself_is_not_free() -> None:
    assert said(Exhibit((("K", ONE),), (Compare("=", K, 1),))) == ""
    assert "K" not in said(Limit(N / K, "K", Rational(0), N))


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (Equation(K, N), [("K", "=", "N")]),
        (Implies(Compare("<", K, N), Compare("<", 0, N)), [("K < N", r"\implies", "0 < N")]),
        (Limit(K, "K", ONE, ONE), [(r"\lim_{K \to 1} K", "=", "1")]),
        (Exhibit((("K", ONE),), (Compare("!=", K, 2),)), [("K", "=", "1"), ("K", r"\ne", "2")]),
    ],
)
def test_every_statement_has_lines(statement: Statement, lines: list[tuple[str, str, str]]) -> None:
    shown = statement_lines(statement, ENGLISH)
    assert [(line.left, line.relation, line.right) for line in shown] == lines
    assert with_formulas(statement, sides_of(statement)) == statement


def test_a_chain_starts_once_and_has_all_its_links() -> None:
    statement = sample.forward.build()
    shown = statement_lines(statement, ENGLISH)
    assert [bool(line.left) for line in shown] == [True, False]
    changed: tuple[Formula, ...] = (ONE, TWO, K)
    assert sides_of(with_formulas(statement, changed)) == changed
