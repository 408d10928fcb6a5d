"""Evidence that is looked at again: a forged verdict is not confirmed."""

from __future__ import annotations

from fractions import Fraction

from symcnn.claims import Claim, Equation, Finding, Proved, Refuted, Witness, claim
from symcnn.claims.certificate import Certificate
from symcnn.formula.domains import Given
from symcnn.prover import check_claim, confirm


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
