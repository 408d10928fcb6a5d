"""Asking symcnn, and judging what it says against what is known."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from symcnn import Checker
from symcnn.claims import Equation, Statement
from symcnn.claims.statements import as_formula
from symcnn.errors import ParseError, SymcnnError
from symcnn.formula.domains import Given
from symcnn.formula.plain import plain
from symcnn.prover import settle
from symcnn.reading import read_given
from tests.soundness.adversaries import Adversary
from tests.soundness.cases import Case
from tests.soundness.generate import Pair

Decide = Callable[[Statement, Given, Given], Any]
DECIDE = "symcnn.prover:settle"


def found(name: str) -> Callable[..., Any]:
    """The function of a ``module:function``."""
    module, _, function = name.partition(":")
    result: Callable[..., Any] = getattr(import_module(module), function)
    return result


def decided(one: Case, decide: Decide) -> str:
    """The kind of the verdict about a pair or a statement, given as formulas."""
    given = read_given(one.given)
    if isinstance(one, Pair):
        kind: str = decide(Equation(one.lhs, one.rhs), given, Given()).kind
        return kind
    needs = read_given(one.needs or None)
    kind = decide(one.statement, given, needs).kind
    return kind


def by_checker(statement: Statement, given: Given, needs: Given) -> Any:
    """What a `Checker` finds for the text of the left side: ``--decide`` of the run takes it."""
    if not isinstance(statement, Equation) or needs.domains or needs.relations:
        return settle(statement, given, needs)
    checker, answer = Checker(statement.rhs, given), as_formula(statement.lhs, given)
    try:
        return checker.check(plain(answer))
    except ParseError:  # a family with other indices than it was declared with
        return checker.check(answer)


def is_wrong(one: Case, kind: str) -> bool:
    """What is true refuted, what is false proved, or proved alone what only holds under needs."""
    if not one.equal:
        return kind in ("proved", "holds_under")
    return kind == "refuted" or (kind == "proved" and getattr(one, "outside", None) is not None)


def answered(adversary: Adversary) -> str:
    """The kind of the verdict about an answer; "invalid" where it is refused with a reason."""
    from symcnn.verify import verify

    try:
        return verify(adversary.answer, against=adversary.key, given=adversary.given).kind
    except SymcnnError:
        return "invalid"
