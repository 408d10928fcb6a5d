"""Asking the prover in text."""

from __future__ import annotations

from symcnn.claims import Equation, Relation, Verdict
from symcnn.formula.domains import Given
from symcnn.prover import decide
from symcnn.prover.domains import Facts
from symcnn.reading import read, read_given


def given(text: str) -> Given:
    """The assumptions, none for an empty text."""
    return read_given(text) if text else Given()


def equation(lhs: str, rhs: str, assumptions: str = "", needs: str = "") -> Verdict:
    """The verdict on ``lhs = rhs``."""
    granted = given(assumptions)
    sides = (read(side, granted).formula for side in (lhs, rhs))
    return decide(Equation(*sides), granted, given(needs))


def relation(condition: str, assumptions: str = "") -> Verdict:
    """The verdict on a condition."""
    granted = given(assumptions)
    return decide(Relation(read(condition, granted).formula), granted)


def facts(assumptions: str, *texts: str) -> Facts:
    """What is known, with the formulas of these texts."""
    granted = given(assumptions)
    return Facts(granted, tuple(read(text, granted).formula for text in texts))
