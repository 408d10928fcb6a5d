"""Statements of every kind but plain equations, certainly true or certainly not.

True ones are made by sound rewritings of what holds; false ones have a slip, and the oracle knows a
point inside of what is assumed at which they fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from symcnn.claims import Statement
from symcnn.formula import Compare, Formula, Mul
from symcnn.formula.plain import plain
from tests.oracles import UNDEFINED, CannotEvaluate, agree, evaluate_text, undefined_somewhere
from tests.soundness.generate import LARGEST, OWN_RULES, STEPS, one_step, size
from tests.soundness.mutations import MUTATIONS
from tests.soundness.rewritings import ALGEBRA, Rule
from tests.soundness.rewritings_functions import CONDITIONS
from tests.soundness.worlds import World

Point = dict[str, Any]
TRIES = 24
ENOUGH = 4  # points at which a true statement is seen to hold


@dataclass(frozen=True)
class Assertion:
    """A statement inside of ``given`` and ``needs``, with the truth about it and how it was made.

    ``equal`` says that it is true: the name is that of the field of a `Pair`. ``outside`` is a
    point at which it fails inside of ``given`` alone, if one is known.
    """

    seed: int
    number: int
    kind: str
    given: str
    needs: str
    statement: Statement
    equal: bool
    text: str
    steps: tuple[str, ...]
    point: Point = field(default_factory=dict, compare=False)
    outside: Point | None = field(default=None, compare=False)

    def __str__(self) -> str:
        told = "true" if self.equal else f"false at {self.point}"
        return (
            f"statement {self.number} of seed {self.seed} ({self.kind}), {told}\n"
            f"  given {self.given}\n  needs {self.needs}\n  text  {self.text}\n"
            f"  by    {', '.join(self.steps)}"
        )


class Made:
    """A formula on its way: rewritten step by step, or with a slip."""

    def __init__(self, world: World, rng: Random, kind: str = "") -> None:
        self.world, self.rng = world, rng
        self.steps: list[str] = []
        self._own = OWN_RULES.get(kind, ())

    def rewritten(self, formula: Formula, most: int = 2) -> Formula:
        """The same by at most so many sound steps; a comparison side by side."""
        if isinstance(formula, Compare):
            return self._condition(formula, most)
        for _ in range(self.rng.randint(0, most)):
            rules = self._own if self._own and self.rng.random() < 0.5 else ALGEBRA
            formula = self._stepped(formula, rules)
        return formula

    def _condition(self, condition: Compare, most: int) -> Formula:
        sides = [self.rewritten(side, most) for side in (condition.lhs, condition.rhs)]
        found: Formula = Compare(condition.op, *sides)
        whole = condition.op not in ("=", "divides", "~") and self.rng.random() < 0.3
        return self._stepped(found, CONDITIONS) if whole else found

    def _stepped(self, formula: Formula, rules: tuple[Rule, ...]) -> Formula:
        step = one_step(formula, rules, self.world, self.rng)
        if step is None or size(step[1]) > LARGEST:
            return formula
        self.steps.append(step[0])
        return step[1]

    def slipped(self, formula: Formula) -> Formula | None:
        """The formula with a small slip in it."""
        step = one_step(formula, MUTATIONS, self.world, self.rng)
        if step is None:
            return None
        self.steps.append("slip: " + step[0])
        return step[1]


def truth(condition: Formula, point: Point) -> bool | None:
    """True, False, or None where a side has no value or the oracle does not know.

    An equation is false as well where the left side alone has no value.
    """
    try:
        if isinstance(condition, Compare) and condition.op == "=":
            lhs, rhs = (
                evaluate_text(plain(side), point, STEPS, reach=16) for side in condition.children()
            )
            if undefined_somewhere(lhs) or undefined_somewhere(rhs):
                return None
            return agree(lhs, rhs)
        found = evaluate_text(plain(condition), point, STEPS, reach=16)
    except CannotEvaluate:
        return None
    return None if found is UNDEFINED else bool(found)


def fails(
    premises: tuple[Formula, ...], conclusions: tuple[Formula, ...], point: Point
) -> bool | None:
    """A conclusion is false where all premises hold; None where a premise does not hold."""
    if not all(truth(premise, point) for premise in premises):
        return None
    found = [truth(each, point) for each in conclusions]
    if False in found:
        return True
    return None if None in found else False


def points(
    world: World, rng: Random, repair: Callable[[Point, Random], None], count: int = TRIES
) -> Iterator[Point]:
    """Points of the world, two of three made to satisfy the premises."""
    for turn in range(count):
        point = world.point(rng)
        if turn % 3:
            try:
                repair(point, rng)
            except (CannotEvaluate, ZeroDivisionError):
                continue
        yield point


def judged(
    premises: tuple[Formula, ...],
    conclusions: tuple[Formula, ...],
    found: Iterator[Point],
    *,
    true: bool,
) -> Point | None:
    """A point where all is seen: of a true statement that it holds, of a false one that not."""
    witness: Point | None = None
    held = 0
    for point in found:
        failed = fails(premises, conclusions, point)
        if failed and true:
            shown = "; ".join(map(plain, (*premises, *conclusions)))
            raise AssertionError(f"the generator is wrong: {shown}\nat {point}")
        if failed is not None and failed is not true:
            witness = witness or point
            held += 1
            if not true or held == ENOUGH:
                return witness
    return witness


def text_of(conditions: tuple[Formula, ...]) -> str:
    """Conditions as ``given`` takes them."""
    return "; ".join(map(plain, conditions))


def scaled(rng: Random, *factors: Formula) -> Formula:
    """A product of some of the factors."""
    chosen = rng.sample(factors, rng.randint(1, len(factors)))
    return chosen[0] if len(chosen) == 1 else Mul(tuple(chosen))
