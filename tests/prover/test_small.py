"""Small identities without FLINT: the certificate is the one that the full normal form gives."""

from __future__ import annotations

import sys

import flint  # noqa: F401  loaded, so that the full normal form is asked first
import pytest

from symcnn.claims import Equation, Proved
from symcnn.formula.domains import Given
from symcnn.prover import decide
from symcnn.prover.small import small_identity
from symcnn.reading import read

SAME = [
    ("(K + 1)^2", "K^2 + 2*K + 1"),
    ("H*W*C*(K^2 + D)", "C*H*K^2*W + D*H*W*C"),
    ("x/2 + x/3", "5*x/6"),
    ("0.5*x", "x/2"),
    ("(a - b)*(a + b)", "a^2 - b^2"),
]
OTHERS = [("(K + 1)^2", "K^2 + 1"), ("K", "k"), ("x/3", "0.333*x"), ("K/K", "1"), ("|x|", "x")]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_it_proves_what_flint_proves(
    left: str, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lhs, rhs = read(left).formula, read(right).formula
    assert small_identity(lhs, rhs) is not None
    with_flint = decide(Equation(lhs, rhs), Given())
    monkeypatch.delitem(sys.modules, "flint")
    assert decide(Equation(lhs, rhs), Given()) == with_flint
    assert isinstance(with_flint, Proved)


@pytest.mark.parametrize(("left", "right"), OTHERS)
def test_it_proves_nothing_else(left: str, right: str) -> None:
    assert small_identity(read(left).formula, read(right).formula) is None


def test_it_stops_at_its_size() -> None:
    f = read(" + ".join(f"a_{k}" for k in range(200))).formula
    assert small_identity(f, f) is None
    assert small_identity(read("(a + b)^9").formula, read("(b + a)^9").formula) is None
