"""Asking symcnn, and judging what it says against what is known."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from symcnn.claims import Equation
from symcnn.errors import SymcnnError
from symcnn.formula.domains import Given
from symcnn.reading import read_given
from tests.soundness.adversaries import Adversary
from tests.soundness.generate import Pair

Decide = Callable[[Equation, Given], Any]
DECIDE = "symcnn.prover:decide"


def found(name: str) -> Callable[..., Any]:
    """The function of a ``module:function``."""
    module, _, function = name.partition(":")
    result: Callable[..., Any] = getattr(import_module(module), function)
    return result


def decided(pair: Pair, decide: Decide) -> str:
    """The kind of the verdict about ``lhs = rhs``, given as formulas."""
    kind: str = decide(Equation(pair.lhs, pair.rhs), read_given(pair.given)).kind
    return kind


def is_wrong(pair: Pair, kind: str) -> bool:
    """An equal pair refuted, or an unequal one proved."""
    return kind == ("refuted" if pair.equal else "proved")


def answered(adversary: Adversary) -> str:
    """The kind of the verdict about an answer; "invalid" where it is refused with a reason."""
    from symcnn.verify import verify

    try:
        return verify(adversary.answer, against=adversary.key, given=adversary.given).kind
    except SymcnnError:
        return "invalid"
