"""Keys that ship with symcnn: a student could compare answers with them at home.

Loads every answer there is, so only the check of an assignment asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from symcnn.errors import AuthorError, ParseError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula, Rational
from symcnn.formula.traverse import free_names, walk
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.assignments.key_check import Told, resolved
from symcnn.grader.marking.references import granted
from symcnn.verifying.checker import Checker
from symcnn.verifying.keys import from_claim

_KNOWN_BY_CHANCE = 1000  # a number below this is no secret of one claim
_NODES = 3  # nor is a formula that is shorter


class Reference(NamedTuple):
    """What a claim may be compared with."""

    claim: str
    formula: Formula


class Shipped:
    """The references of every claim that is found."""

    def __init__(self, answers: Sequence[str | Path] = ()) -> None:
        self.answers = answers

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Loaded when the first key is compared."""
        return tuple(_references(self.answers))

    def told(self, assignment: Assignment, question: Question) -> list[Told]:
        """A warning for the first claim that the key is equal to."""
        key = resolved(assignment, question, question.key)
        if _is_common(key):
            return []
        names, shape = set(free_names(key)), _shape(key)
        checker = Checker(key, granted(assignment, question), feedback="solution")
        for each in self.references:
            if set(free_names(each.formula)) != names or _shape(each.formula) != shape:
                continue
            try:
                kind = checker.check(each.formula).kind
            except AuthorError:
                continue
            if kind == "proved":
                command = f"`symcnn verify --against {each.claim}`"
                return [("warning", f"the key ships with symcnn: students can run {command}")]
        return []


def _references(answers: Sequence[str | Path]) -> Iterator[Reference]:
    from symcnn.resources import load_answer, select

    for answer_id, path in select([], [Path(each) for each in answers]):
        answer = load_answer(path)
        for claim in answer.claims:
            try:
                [formula, *_] = from_claim(claim, answer.problem.given).references
            except (AuthorError, ParseError):
                continue  # without a formula to compare with
            yield Reference(f"{answer_id}:{claim.name}", formula)


def _is_common(key: Formula) -> bool:
    if isinstance(key, Condition):
        return True
    if isinstance(key, Rational):
        return abs(key.value) < _KNOWN_BY_CHANCE and Fraction(key.value).denominator == 1
    return sum(1 for _ in walk(key)) < _NODES


def _shape(formula: Formula) -> object:
    """What two formulas that are equal have in common at sight."""
    if isinstance(formula, Table):
        return formula.size
    if isinstance(formula, Array):
        sizes = [each.value if isinstance(each, Rational) else None for each in formula.shape]
        return None if None in sizes else tuple(int(size) for size in sizes if size is not None)
    return "number"
