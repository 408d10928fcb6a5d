"""The keys of one question: proved equal to themselves, told apart, with domains for every name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from symcnn.diagnosis import KINDS, MISTAKES, Diagnoser
from symcnn.diagnosis.mutants import mutants
from symcnn.errors import AuthorError
from symcnn.formula.conditions import Condition
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Rational
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, substitute
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.references import granted
from symcnn.prover.definedness import difference
from symcnn.prover.domains import Facts
from symcnn.reading import read
from symcnn.verifying.checker import Checker

Told: TypeAlias = tuple[str, str]  # severity and message


def resolved(assignment: Assignment, question: Question, text: str) -> Formula:
    """A key of the question with the keys of other questions in place of the names it uses."""
    formula = read(text, granted(assignment, question)).formula
    values = {
        name: resolved(assignment, used, used.key)
        for name, each in question.uses
        for used in [assignment.question(each)]
    }
    return substitute(formula, values) if values else formula


def check_keys(assignment: Assignment, question: Question) -> tuple[str, list[Told]]:
    """What became of the key, and what is odd about it and the other formulas of the question.

    Raises AuthorError for assumptions that contradict each other.
    """
    given = granted(assignment, question)
    key = resolved(assignment, question, question.key)
    try:
        checker = Checker(key, given, feedback="solution")
        itself = checker.judged(key)
    except AuthorError as error:
        raise AuthorError(f"question {question.id!r}: {error}") from error
    told: list[Told] = []
    if itself.kind != "proved":
        told.append(("error", f"the key is not proved equal to itself: {itself.kind}"))
    elif where := _limits(key, given):
        told.append(("warning", f"the key has a value only where {where}: say so in given"))
    bare = [name for name in free_names(key) if given.domain(name) is None]
    if bare:
        are = "has no domain and is" if len(bare) == 1 else "have no domain and are"
        told.append(("warning", f"{', '.join(bare)} {are} taken as real: say more in given"))
    told += _others(assignment, question, checker, {"the key": key})
    if not isinstance(key, Condition) and question.kind != "chain":
        told += _mistakes(question, key, given)
    return itself.kind, told


def _limits(key: Formula, given: Given) -> str:
    """Where the key has a value, as far as what is given does not say so; empty otherwise."""
    if isinstance(key, Condition):
        return ""
    signs = {
        "nonzero": "!= 0",
        "nonnegative": ">= 0",
        "positive": "> 0",
        "integer": "is an integer",
    }
    found = difference(key, Rational(0), Facts(given, (key,)))
    parts = [(part, "!= 0") for part in found.cancelled]
    parts += [(need.part, signs[need.kind]) for need in found.open if need.kind in signs]
    return " and ".join(dict.fromkeys(f"{plain(part)} {sign}" for part, sign in parts))


def _others(
    assignment: Assignment, question: Question, checker: Checker, keys: Mapping[str, Formula]
) -> list[Told]:
    """Conventions, milestones and the start, each against the key."""
    told: list[Told] = []
    known = dict(keys)
    for each in question.conventions:
        formula = resolved(assignment, question, each.key)
        same = _same(known, formula, checker.given)
        if same:
            told.append(("warning", f"the convention {each.name!r} is equal to {same}"))
        known[f"the convention {each.name!r}"] = formula
    lines = [("the start", question.start)] if question.start else []
    lines += [(f"the milestone {stone.key}", stone.key) for stone in question.milestones]
    for name, text in lines:
        kind = checker.check(resolved(assignment, question, text)).kind
        if kind == "refuted":
            told.append(("error", f"{name} is not equal to the key: no right chain passes it"))
        elif kind != "proved":
            told.append(("warning", f"{name} is not proved equal to the key: {kind}"))
    return told


def _same(known: Mapping[str, Formula], formula: Formula, given: Given) -> str:
    """The one of the known formulas that this is proved equal to."""
    for name, other in known.items():
        if Checker(other, given, feedback="solution").check(formula).kind == "proved":
            return name
    return ""


def _mistakes(question: Question, key: Formula, given: Given) -> list[Told]:
    """Mistakes that never happen with this key, and those that lead to the same formula."""
    credits = dict(question.mistakes)
    names = tuple(name for name, _ in given.domains)
    made = {KINDS[each.rank] for each in mutants(key, given, names, MISTAKES)}
    told: list[Told] = [
        ("warning", f"the mistake {kind} does not change this key")
        for kind in credits
        if kind not in made
    ]
    alike = Diagnoser(key, given).indistinguishable()
    for group in alike:
        shares = {credits.get(kind) for kind in group}
        if len(shares) > 1:
            told.append(
                ("warning", f"{' and '.join(group)} give the same formula, but not the same credit")
            )
    if alike:
        groups = "; ".join(" = ".join(group) for group in alike)
        told.append(("note", f"mistakes that cannot be told apart: {groups}"))
    return told
