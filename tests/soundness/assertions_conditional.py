"""Implications, relations under ``given``, and equations that hold under ``needs``."""

from __future__ import annotations

from random import Random

from symcnn.claims import Equation, Implies, Relation, Statement
from symcnn.formula import And, Compare, Formula
from symcnn.formula.plain import plain
from tests.soundness.assertions import Assertion, Made, Point, fails, judged, points, text_of
from tests.soundness.conditional import CONDITIONALS

_RULES = ("rounding", "signs", "inequalities")


def implications(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    return _conditional("implications", rng, seed, number, true=true)


def under_given(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    return _conditional("given", rng, seed, number, true=true)


def under_needs(rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    return _conditional("needs", rng, seed, number, true=true)


def _conditional(kind: str, rng: Random, seed: int, number: int, *, true: bool) -> Assertion | None:
    fact = rng.choice(CONDITIONALS)(rng)
    if not fact.premises and kind != "given":
        return None
    made = Made(fact.world, rng, rng.choice(_RULES))
    premises, conclusion = fact.premises, made.rewritten(fact.conclusion)
    if not true:
        changed = _with_slip(made, premises, conclusion)
        if changed is None:
            return None
        premises, conclusion = changed
    elif kind == "implications" and rng.random() < 0.5:
        premises = tuple(made.rewritten(each, 1) for each in premises)
    if not isinstance(conclusion, Compare) and kind == "needs":
        return None
    found = points(fact.world, rng, fact.repair)
    point = judged(premises, (conclusion,), found, true=true)
    if point is None:
        return None
    steps = tuple(made.steps) or ("as it is",)
    statement, given, needs = _placed(kind, premises, conclusion, fact.world.given())
    text = f"{text_of(premises)} => {plain(conclusion)}"
    free = (each for each in points(fact.world, rng, _free) if fails((), (conclusion,), each))
    outside = next(free, None) if kind == "needs" and true else None
    return Assertion(
        seed, number, kind, given, needs, statement, true, text, steps, point, outside
    )  # fmt: skip


def _free(point: Point, rng: Random) -> None:
    """The premises are not looked at."""


def _with_slip(
    made: Made, premises: tuple[Formula, ...], conclusion: Formula
) -> tuple[tuple[Formula, ...], Formula] | None:
    """A slip in the conclusion, or in one premise."""
    if not premises or made.rng.random() < 0.6:
        slipped = made.slipped(conclusion)
        return None if slipped is None else (premises, slipped)
    if made.rng.random() < 0.3:
        made.steps.append("slip: premises left out")
        return premises[1:], conclusion
    slipped = made.slipped(premises[0])
    return None if slipped is None else ((slipped, *premises[1:]), conclusion)


def _placed(
    kind: str, premises: tuple[Formula, ...], conclusion: Formula, domains: str
) -> tuple[Statement, str, str]:
    """The statement, what is given and what is needed."""
    stated: Statement = Relation(conclusion)
    if isinstance(conclusion, Compare) and conclusion.op == "=":
        stated = Equation(conclusion.lhs, conclusion.rhs)
    match kind:
        case "implications" if premises:
            premise = premises[0] if len(premises) == 1 else And(premises)
            return Implies(premise, conclusion), domains, ""
        case "needs":
            return stated, domains, text_of(premises)
    return stated, "; ".join(part for part in (domains, text_of(premises)) if part), ""
