"""Pairs of formulas that are certainly equal or certainly not, reproducible by (seed, number).

An equal partner is the base after one to four sound rewritings. An unequal one has a slip as well,
and the oracle knows a point of the domain where the two texts have different values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from symcnn.formula import And, Bracket, Compare, Formula, Not, Or, Pow, Rational
from symcnn.formula.plain import plain
from symcnn.formula.traverse import bound_variables, scoped_child, walk
from tests.oracles import CannotEvaluate, agree, evaluate_text, undefined_somewhere
from tests.soundness.classes import CLASSES
from tests.soundness.mutations import MUTATIONS
from tests.soundness.rewritings import ALGEBRA, Place, Rule
from tests.soundness.rewritings_functions import CONDITIONS, EXPONENTIALS, ROUNDING, SIGNS
from tests.soundness.rewritings_sums import MATRICES, SUMS
from tests.soundness.worlds import World

OWN_RULES: dict[str, tuple[Rule, ...]] = {
    "rounding": ROUNDING, "signs": SIGNS, "exponentials": EXPONENTIALS, "sums": SUMS,
    "families": SUMS, "matrices": MATRICES, "inequalities": CONDITIONS, "supports": SUMS,
    "squares": MATRICES,
}  # fmt: skip
LARGEST = 90  # nodes of one side
_POINTS = 6
STEPS = 30_000


class GeneratorBug(AssertionError):
    """A rewriting changed the value: the generator is wrong, not the prover."""


@dataclass(frozen=True)
class Pair:
    """``lhs = rhs`` inside of ``given``, with the truth about it and how it was made."""

    seed: int
    number: int
    kind: str
    given: str
    lhs: Formula
    rhs: Formula
    lhs_text: str
    rhs_text: str
    equal: bool
    steps: tuple[str, ...]
    point: dict[str, Any] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        told = "equal" if self.equal else f"unequal at {self.point}"
        return (
            f"pair {self.number} of seed {self.seed} ({self.kind}), {told}\n"
            f"  given {self.given}\n  lhs   {self.lhs_text}\n  rhs   {self.rhs_text}\n"
            f"  by    {', '.join(self.steps)}"
        )


def pairs(seed: int, count: int, start: int = 0) -> Iterator[Pair]:
    """The pairs number start, start + 1, ...; half of them equal, all classes in turn."""
    for number in range(start, start + count):
        yield pair(seed, number)


def pair(seed: int, number: int) -> Pair:
    """One pair. Raises GeneratorBug if the oracle denies that a rewriting is sound."""
    rng = Random(f"symcnn {seed} {number}")
    kind = list(CLASSES)[number % len(CLASSES)]
    equal = number // len(CLASSES) % 2 == 0
    while True:
        made = _try(rng, seed, number, kind, equal)
        if made is not None:
            return made


def _try(rng: Random, seed: int, number: int, kind: str, equal: bool) -> Pair | None:
    base, world = CLASSES[kind](rng)
    steps: list[str] = []
    partner = base
    if not equal:
        slipped = one_step(partner, MUTATIONS, world, rng)
        if slipped is None:
            return None
        name, partner = slipped
        steps.append("slip: " + name)
    for _ in range(rng.randint(1, 4) if equal else rng.randint(0, 2)):
        rules = OWN_RULES.get(kind, ())
        chosen = rules if rules and rng.random() < 0.6 else ALGEBRA
        step = one_step(partner, chosen, world, rng)
        if step is not None and size(step[1]) <= LARGEST:
            steps.append(step[0])
            partner = step[1]
    if partner == base or not steps:
        return None
    lhs, rhs = (partner, base) if rng.random() < 0.5 or not equal else (base, partner)
    texts = plain(lhs), plain(rhs)
    point = _judge(texts, world, rng, equal, steps)
    if point is None:
        return None
    return Pair(seed, number, kind, world.given(), lhs, rhs, *texts, equal, tuple(steps), point)


def _judge(
    texts: tuple[str, str], world: World, rng: Random, equal: bool, steps: list[str]
) -> dict[str, Any] | None:
    """A point where both sides are defined: of an unequal pair one where they differ."""
    found: dict[str, Any] | None = None
    for _ in range(2 if equal else _POINTS):
        point = world.point(rng)
        try:
            left, right = (evaluate_text(text, point, STEPS, reach=16) for text in texts)
        except CannotEvaluate:
            continue
        missing = undefined_somewhere(left), undefined_somewhere(right)
        same = agree(left, right)
        if equal and (missing[0] != missing[1] or same is False):
            raise GeneratorBug(f"{texts[0]}\n{texts[1]}\nat {point}: {left}, {right}\nby {steps}")
        if any(missing):
            continue
        if equal:
            found = found or point
        elif same is False:
            return point
    return found


def size(formula: Formula) -> int:
    """The number of nodes."""
    return sum(1 for _ in walk(formula))


Spot = tuple[tuple[int, ...], Formula, frozenset[str]]


def _spots(node: Formula, path: tuple[int, ...], bound: frozenset[str]) -> Iterator[Spot]:
    """Every node with its path and the variables bound around it; literal exponents stay out."""
    yield path, node, bound
    inner = bound.union(bound_variables(node))
    scoped = scoped_child(node)
    for position, child in enumerate(node.children()):
        if isinstance(node, Pow) and position == 1 and isinstance(child, Rational):
            continue
        yield from _spots(child, (*path, position), inner if position == scoped else bound)


def one_step(
    formula: Formula, rules: tuple[Rule, ...], world: World, rng: Random
) -> tuple[str, Formula] | None:
    """The first rule that applies somewhere, tried in random order."""
    spots = list(_spots(formula, (), frozenset()))
    for rule in rng.sample(rules, len(rules)):
        for path, node, bound in rng.sample(spots, len(spots)):
            if not _applies(rule, node):
                continue
            after = rule(node, Place(world, bound, rng))
            if after is not None and after != node:
                return rule.__name__, replaced(formula, path, after)
    return None


def _applies(rule: Rule, node: Formula) -> bool:
    """Conditions have rewritings of their own, and a bracket stays visible in its product."""
    if rule in MUTATIONS or not isinstance(node, Bracket | And | Or | Not | Compare):
        return True
    return rule in CONDITIONS and isinstance(node, Compare)


def replaced(node: Formula, path: tuple[int, ...], after: Formula) -> Formula:
    if not path:
        return after
    children = list(node.children())
    children[path[0]] = replaced(children[path[0]], path[1:], after)
    return node.rebuild(tuple(children))
