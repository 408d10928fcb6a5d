"""Evidence that is looked at again: a forged verdict is not confirmed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import (
    Claim,
    Derivation,
    Equation,
    Exhibit,
    Finding,
    Implies,
    Limit,
    Link,
    Proved,
    Refuted,
    Relation,
    Statement,
    Witness,
    claim,
)
from symcnn.claims.certificate import Certificate, Obligation
from symcnn.formula.domains import Given
from symcnn.formula.frozen import replace
from symcnn.prover import check_claim, confirm
from symcnn.prover.confirming import unconfirmed
from symcnn.prover.replay import replayed


@claim(expect=Proved, given="K: positive integer")
def square() -> Equation:
    """The square of a sum."""
    return Equation("(K+1)^2", "K^2 + 2*K + 1")


@claim(expect=Refuted, given="K: positive integer")
def wrong_square() -> Equation:
    """The square of a sum, without its middle term."""
    return Equation("(K+1)^2", "K^2 + 1")


def forged(of: Claim, verdict: Proved | Refuted) -> Finding:
    finding = check_claim(of)
    return Finding(of, finding.statement, finding.given, Given(), verdict)


def test_what_was_found_is_confirmed() -> None:
    assert confirm(check_claim(square))
    assert confirm(check_claim(wrong_square))


def test_a_forged_proof_is_not() -> None:
    assert not confirm(forged(wrong_square, Proved("said so", Certificate("as written", "x"))))


def test_a_witness_at_which_nothing_is_wrong_is_not() -> None:
    point = Witness((("K", Fraction(2)),), Fraction(9), Fraction(5))
    assert not confirm(forged(square, Refuted(point)))


CONFIRMED = (
    ("", "(x + y)^2", "x^2 + 2*x*y + y^2"),
    ("n: integer; a, b: positive integer", "floor(floor(n/a)/b)", "floor(n/(a*b))"),
    ("", "relu(x) - relu(-x)", "x"),
    ("", "tanh(x)", "2*sigmoid(2*x) - 1"),
    ("n: nonnegative integer", "Sum(x[i], (i, 0, n))", "Sum(x[i], (i, 0, n-1)) + x[n]"),
)


def found(given: str, lhs: str, rhs: str) -> Finding:
    @claim(expect=Proved, given=given)
    def stated() -> Equation:
        """Stated."""
        return Equation(lhs, rhs)

    return check_claim(stated)


@pytest.mark.parametrize("row", CONFIRMED, ids=[row[1] for row in CONFIRMED])
def test_certificates_are_replayed_and_corrupted_ones_are_not(row: tuple[str, str, str]) -> None:
    finding = found(*row)
    assert isinstance(finding.verdict, Proved)
    assert unconfirmed(finding) == ()
    assert confirm(finding)
    verdict = finding.verdict
    for bad in corrupted(verdict.certificate):
        assert not confirm(replace(finding, verdict=replace(verdict, certificate=bad)))


def corrupted(tree: Certificate) -> list[Certificate]:
    """The tree with one premise dropped, and with one obligation that says something else."""
    bad = [replace(tree, premises=tree.premises[1:])] if tree.premises else []
    if tree.obligation is not None:
        text = tree.obligation.text
        bad.append(replace(tree, obligation=replace(tree.obligation, text=f"1 + {text}")))
    for position, premise in enumerate(tree.premises):
        before, after = tree.premises[:position], tree.premises[position + 1 :]
        inner = corrupted(premise)
        bad += [replace(tree, premises=(*before, each, *after)) for each in inner]
    return bad


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("polynomial identity", "(x + 1)^2 = x^2 + 2*x + 1 over x",
         "(x + 1)^2 = x^2 + 3*x + 1 over x"),
        ("polynomial identity", "r^4 = x^2 over r; x modulo r^2 = x",
         "r^4 = 2*x^2 over r; x modulo r^2 = x"),
        ("enumeration", "3 < 4", "4 < 4"),
        ("equal text", "x + 1 = x + 1", "x + 1 = 1 + x"),
        ("law", "integer parts: floor(n + 1/2) = n with integer n",
         "integer parts: floor(n + 1/2) = n + 1 with integer n"),
        ("law", "integer parts: floor(n + x) = n + floor(x) with integer n",
         "integer parts: floor(n + x) = n + floor(x)"),
        ("law", "absolute values: abs(a*x) = a*abs(x) with positive a",
         "absolute values: abs(a*x) = a*abs(x)"),
        ("law", "roots: sqrt(x^2) = abs(x)", "roots: sqrt(x^2) = x"),
        ("law", "powers: x^(n + 1) = x*x^n with integer n, nonnegative n",
         "powers: x^(n + 1) = x*x^n with integer n"),
        ("law", "exponentials: exp(x)*exp(y) = exp(y + x)", "exponentials: exp(x) = exp(y)"),
        ("law", "logarithms: log(x*y) = log(x) + log(y)", "logarithms: log(x) = 2*log(x)"),
        ("law", "logarithms: log(sigmoid(x)) = x - log(exp(x) + 1)",
         "logarithms: log(sigmoid(x)) = x - log(exp(x) + 2)"),
        ("law", "logarithms: log(8*n, 2) = (log(n) + 3*log(2))/log(2) with positive n",
         "logarithms: log(8*n, 2) = (log(n) + 2*log(2))/log(2) with positive n"),
        ("law", "exponentials: sigmoid(y - x) = exp(y)/(exp(y) + exp(x))",
         "exponentials: sigmoid(y - x) = exp(x)/(exp(y) + exp(x))"),
        ("law", "exponentials: exp(-n*log(2)) = 1/2^n", "exponentials: exp(-n*log(2)) = 1/3^n"),
        ("law", "exponentials: tanh(x/2) = (exp(x) - 1)/(exp(x) + 1)",
         "exponentials: tanh(x) = (exp(x) - 1)/(exp(x) + 1)"),
        ("law", "powers: v^(-1/2) = 1/sqrt(v) with positive v", "powers: v^(1/2) = -sqrt(v)"),
        ("law", "powers: (1/2)^x = 1/2^x", "powers: (1/2)^x = 1/3^x"),
        ("law", "powers: (1 - r)^(t + 2) = (1 - r)^t - 2*r*(1 - r)^t + r^2*(1 - r)^t"
         " with positive 1 - r",
         "powers: (1 - r)^(t + 2) = (1 - r)^t - r*(1 - r)^t + r^2*(1 - r)^t with positive 1 - r"),
        ("law", "powers: 6^x = 2^x*3^x", "powers: 6^x = 2^x + 3^x"),
        ("law", "powers: (-1)^(2*n + 1) = -1 with integer n", "powers: (-1)^(2*n + 1) = -1"),
        ("law", "roots: sqrt(2)^(2*n) = 2^n", "roots: sqrt(2)^n = 2^n"),
        ("law", "powers: 2^(-x) = 1/2^x", "powers: a^(-x) = 1/a^x"),
        ("law", "absolute values: max(x, a*x) = (x*a + x - a*abs(x) + abs(x))/2"
         " with positive 1 - a", "absolute values: max(x, a*x) = (x*a + x - a*abs(x) + abs(x))/2"),
        ("law", "absolute values: max(x - t, 0) = x - t with positive x - t",
         "absolute values: max(x - t, 0) = x - t with positive x; t"),
        ("law", "integer parts: ceil(ceil(N/2)/2) = -floor(-N/4) with integer N",
         "integer parts: ceil(ceil(N/2)/2) = -floor(-N/4) + 1 with integer N"),
        ("law", "divisibility: S*n + 2*S = S*(n + 2) with integer n; S",
         "divisibility: S*n + 2*S = S*(n + 2) with integer S"),
        ("smt-lib", "(declare-const n Int) (assert (= (* 2 n) 1))",
         "(declare-const n Int) (assert (= (* 2 n) 2))"),
        ("hearsay", "1 = 1", "1 = 2"),
    ],
)  # fmt: skip
def test_an_obligation_is_computed_from_its_text(kind: str, right: str, wrong: str) -> None:
    assert replayed(Obligation(kind, right)) is (kind != "hearsay")
    assert not replayed(Obligation(kind, wrong))


def test_a_witness_with_another_value_is_not_confirmed() -> None:
    finding = check_claim(wrong_square)
    assert isinstance(finding.verdict, Refuted)
    moved = Witness((("K", Fraction(0)),))
    assert not confirm(replace(finding, verdict=replace(finding.verdict, witness=moved)))


def stated_as(statement: Statement, given: str = "") -> Finding:
    """The finding on a statement."""

    @claim(expect=Proved, given=given)
    def stated() -> Statement:
        """Stated."""
        return statement

    return check_claim(stated)


PROVED = (
    (Relation("x^2 + 1 > 0"), "x: real"),
    (Relation("2*x*y <= x^2 + y^2"), "x, y: real"),
    (Relation("0 < sigmoid(x) and sigmoid(x) < 1"), "x: real"),
    (Relation("S divides S*n + 2*S"), "S: positive integer; n: integer"),
    (Relation("x <= y"), "x, y: real; x <= y"),
    (Relation("2^n > n"), "n: nonnegative integer"),
    (Implies("x > 3", "x + 1 > 4"), "x: real"),
    (Implies("S divides n", "S*floor(n/S) = n"), "n, S: positive integer"),
    (Exhibit((("A", [[1, 2], [2, 4]]), ("v", [2, -1])), ("A*v = Vector([0, 0])",)), ""),
    (Equation("A*(B + A)", "A*B + A*A"), "A, B: matrix n x n; n: positive integer"),
    (Equation("Sum(x[i]*w[k-i], i)", "Sum(x[i]*w[k-i], (i, 0, n-1))"),
     "n: positive integer; k: integer; w: indexed real; x: indexed real support 0..n-1"),
    (Equation("log(x^2)", "2*log(abs(x))"), "x: real"),
)  # fmt: skip


@pytest.mark.parametrize("row", PROVED, ids=[str(row[0]) for row in PROVED])
def test_proofs_of_every_kind_are_confirmed_and_corrupted_ones_not(row: tuple) -> None:  # type: ignore[type-arg]
    finding = stated_as(*row)
    verdict = finding.verdict
    assert isinstance(verdict, Proved)
    assert unconfirmed(finding) == ()
    assert confirm(finding)
    for bad in corrupted(verdict.certificate):
        assert not confirm(replace(finding, verdict=replace(verdict, certificate=bad)))


REFUTED = (
    (Relation("x^2 > 0"), "x: real"),
    (Implies("x > 0", "x > 1"), "x: real"),
    (Exhibit((("A", [[1, 2], [2, 4]]),), ("det(A) = 1",)), ""),
    (Derivation("x + x", (Link("2*x", "add"), Link("x^2", "wrong"))), "x: real"),
    (Limit("n/(n+1)", "n", "infinity", "0"), "n: positive integer"),
    (Limit("n/(n+1)", "n", "infinity", "infinity"), "n: positive integer"),
    (Limit("1.1^n", "n", "infinity", "0"), "n: positive integer"),
    (Limit("(x^2-1)/(x-1)", "x", "1", "0"), "x: real"),
)


@pytest.mark.parametrize("row", REFUTED, ids=[str(row[0]) for row in REFUTED])
def test_refutations_of_every_kind_are_confirmed(row: tuple) -> None:  # type: ignore[type-arg]
    finding = stated_as(*row)
    assert isinstance(finding.verdict, Refuted)
    assert confirm(finding)


def test_a_moved_witness_of_an_implication_is_not_confirmed() -> None:
    finding = stated_as(Implies("x > 0", "x > 1"), "x: real")
    assert isinstance(finding.verdict, Refuted)
    for value in (-1, 2):
        moved = replace(finding.verdict, witness=Witness((("x", Fraction(value)),)))
        assert not confirm(replace(finding, verdict=moved))


def test_a_true_limit_that_is_called_wrong_is_not_confirmed() -> None:
    finding = stated_as(Limit("n/(n+1)", "n", "infinity", "1"), "n: positive integer")
    said = Refuted(Witness((), Fraction(0), Fraction(1)))
    assert not confirm(replace(finding, verdict=said))


def test_an_assumption_that_nobody_made_is_not_confirmed() -> None:
    finding = stated_as(Relation("x <= y"), "x, y: real; x <= y")
    assert isinstance(finding.verdict, Proved)
    elsewhere = replace(finding, given=Given(finding.given.domains, ()))
    assert "as written" in unconfirmed(elsewhere)
