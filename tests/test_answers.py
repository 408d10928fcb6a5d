"""Every answer: verdicts as expected, no claim forgotten, true claims false once perturbed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symcnn.claims import (
    Claim,
    Derivation,
    Equation,
    Exhibit,
    HoldsUnder,
    Implies,
    Limit,
    Proved,
    Relation,
    Statement,
)
from symcnn.formula import Array, Compare, Formula, Not, Table
from symcnn.prover import check_claim
from symcnn.prover.statements import settle
from symcnn.resources import answer_files, load_answer

ANSWERS = Path(__file__).parent.parent / "answers"
FILES = answer_files((ANSWERS,))
CLAIMS = [
    pytest.param(claim, load_answer(path).problem.given, id=f"{answer_id}:{claim.name}")
    for answer_id, path in FILES.items()
    for claim in load_answer(path).claims
]
SWAPPED = {"<=": ">", "<": ">=", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def test_there_are_answers() -> None:
    assert "dl2/q4" in FILES


@pytest.mark.parametrize("path", sorted(ANSWERS.glob("*/**/*.py")), ids=lambda path: path.stem)
def test_every_claim_of_the_file_is_listed(path: Path) -> None:
    spec = importlib.util.spec_from_file_location("answer_under_test", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    defined = [value.name for value in vars(module).values() if isinstance(value, Claim)]
    listed = module.ANSWER.claims if hasattr(module, "ANSWER") else module.CLAIMS
    assert sorted(defined) == sorted(claim.name for claim in listed)


@pytest.mark.parametrize(("claim", "numbers"), CLAIMS)
def test_verdict_is_the_expected_one(claim: Claim, numbers: dict[str, int]) -> None:
    finding = check_claim(claim, numbers)
    assert finding.as_expected, finding.verdict


@pytest.mark.parametrize(("claim", "numbers"), CLAIMS)
def test_near_miss_is_refuted(claim: Claim, numbers: dict[str, int]) -> None:
    """What is proved stops being provable, and is refuted, after the smallest change."""
    if claim.expect not in (Proved, HoldsUnder):
        return
    statement = claim.statement(numbers)
    given = claim.granted(numbers)
    needs = claim.needed()
    near_misses = list(perturbed(statement))
    assert near_misses
    for near_miss in near_misses:
        assert settle(near_miss, given, needs).kind == "refuted", near_miss


def perturbed(statement: Statement) -> Iterator[Statement]:
    """Statements that differ by one small thing: 1 added to a side, a relation turned round."""
    match statement:
        case Equation(lhs, rhs):
            yield Equation(one_more(lhs), rhs)
        case Derivation(_, links):
            for position, link in enumerate(links):
                changed = replace(link, rhs=one_more(link.rhs))
                yield replace(statement, links=(*links[:position], changed, *links[position + 1 :]))
        case Relation(condition):
            yield Relation(opposite(condition))
        case Implies(premise, conclusion):
            yield Implies(premise, opposite(conclusion))
        case Exhibit(objects, relations):
            yield Exhibit(objects, (*relations[:-1], opposite(relations[-1])))
        case Limit(expression, variable, to, value):
            yield Limit(expression, variable, to, one_more(value))


def one_more(side: Any) -> Formula:
    """The side plus 1; an array with 1 added to its first, or to every, entry."""
    match side:
        case Table(size, entries):
            return Table(size, (entries[0] + 1, *entries[1:]))
        case Array(shape, variables, entry):
            return Array(shape, variables, entry + 1)
        case Formula() if has_arrays(side):
            children = list(side.children())
            place = max(k for k, child in enumerate(children) if has_arrays(child))
            children[place] = one_more(children[place])
            return side.rebuild(tuple(children))
    return side + 1


def has_arrays(side: Formula) -> bool:
    """Is the side worth an array?"""
    return isinstance(side, (Array, Table)) or any(map(has_arrays, side.children()))


def opposite(condition: Formula) -> Formula:
    """A condition that fails where this one holds."""
    if isinstance(condition, Compare) and condition.op in SWAPPED:
        return Compare(SWAPPED[condition.op], condition.lhs, condition.rhs)
    return Not(condition)
