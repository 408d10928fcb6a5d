"""Evidence that is looked at again: a forged verdict is not confirmed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.claims import Claim, Equation, Finding, Proved, Refuted, Witness, claim
from symcnn.claims.certificate import Certificate, Obligation
from symcnn.formula.domains import Given
from symcnn.formula.frozen import replace
from symcnn.prover import check_claim, confirm
from symcnn.prover.confirm import unconfirmed
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
