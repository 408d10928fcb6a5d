"""What a wrong answer is worth, and what is told about it: both depend on its value alone.

So they are found once for each normal form, from a formula that stands for all answers with it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import NamedTuple, TypeVar

from symcnn.claims.verdict import Refuted
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.grader.assignment import Question
from symcnn.grader.marking import evidence
from symcnn.grader.marking.asked import Asked
from symcnn.grader.marking.canonical import canonical
from symcnn.grader.marking.conditions import Conditions, earning
from symcnn.grader.marking.finding import FULL, Memo
from symcnn.grader.marking.normal import Normal, normal, shortened
from symcnn.grader.marking.reading import short_formula
from symcnn.grader.marking.slips import NO_SLIPS, Slips
from symcnn.grader.marks import NONE, Remark
from symcnn.prover.array_parts import holds_arrays
from symcnn.verifying.result import Result

T = TypeVar("T")


class Worth(NamedTuple):
    """What a wrong answer earns, and why: the number of a convention, slips, conditions."""

    outcome: str
    share: Fraction
    convention: int = -1
    slips: Slips = NO_SLIPS
    conditions: Conditions | None = None


class Valued(NamedTuple):
    """An answer with its normal form, if it has one, and a key of its value."""

    formula: Formula
    normal: Normal | None
    key: Hashable


class Wrong:
    """Refuted answers to one question."""

    __slots__ = ("_memo", "asked")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._memo = Memo()

    @property
    def question(self) -> Question:
        """The question."""
        return self.asked.question

    def solution(self) -> tuple[Remark, ...]:
        """The right answer, told at the level "solution"."""
        shown = short_formula(self.asked.reference.text)
        return (self.asked.tell.remark("solution", "key", "key", formula=shown),)

    def _convention_told(self, number: int) -> tuple[Remark, ...]:
        convention, _ = self.asked.conventions[number]
        tell = self.asked.tell
        told = tell.put("convention", name=convention.name)
        first = Remark("verdict", "verdict", told if convention.name else tell.say("right"))
        note = (Remark("verdict", "note", convention.note),) if convention.note else ()
        return (first, *note)

    def _standard(self, formula: Formula) -> Formula:
        """One formula for all that are the same but for the order of terms and factors.

        Where the key is rational the normal form does more.
        """
        asked = self.asked
        if asked.rational or normal(formula, asked.packing) is not None:
            return formula
        return formula if holds_arrays(formula, asked.facts) else canonical(formula)

    def _kind_of(self, formula: Formula) -> str:
        """The verdict on an answer beside the key."""
        kind = self.asked.reference.kind
        if self.asked.rational:
            return kind(formula)
        return self._memo.kept(("kind", formula), lambda: kind(formula))

    def _worth(self, formula: Formula) -> Worth:
        """What a refuted answer earns: the largest share that there is a reason for."""
        found = [Worth("wrong", NONE)]
        question = self.question
        if question.conditional:
            conditions = self._conditions(formula)
            if conditions is not None:
                found.append(Worth("conditional", question.conditional, conditions=conditions))
        if question.mistakes:
            slips = self.asked.slips.of(formula)
            if slips.share:
                found.append(Worth("partial", slips.share, slips=slips))
        convention = self._by_convention(formula)
        if convention is not None:
            found.append(convention)
        return max(reversed(found), key=lambda each: (each.share, each.convention >= 0))

    def _by_convention(self, formula: Formula) -> Worth | None:
        best: Worth | None = None
        for number, (convention, reference) in enumerate(self.asked.conventions):
            if (best is None or convention.credit > best.share) and (
                reference.kind(formula) == "proved"
            ):
                outcome = "right" if convention.credit == FULL else "partial"
                outcome = outcome if convention.credit else "wrong"
                best = Worth(outcome, convention.credit, number)
        return best

    def _conditions(self, formula: Formula) -> Conditions | None:
        """Conditions under which it would be right, and that pin nothing.

        A condition is right under any assumption that settles it and the key, so it earns nothing.
        """
        if isinstance(formula, Condition):
            return None
        verdict = self._evidence(formula).verdict
        if not isinstance(verdict, Refuted):
            return None
        reference = self.asked.reference
        return earning(verdict.holds_when, reference.given, (formula, reference.formula))

    def _result(self, formula: Formula) -> Result:
        return self.asked.reference.checker.judged(formula)

    def _evidence(self, formula: Formula) -> Result:
        """The result for a refuted answer, or for the key with the slip that it is equal to."""
        mutant = None if self.asked.rational else self.asked.slips.of(formula).mutant
        if mutant is None or holds_arrays(formula, self.asked.facts):
            return self._result(formula)
        result = self._memo.kept(("mutant", mutant), lambda: self._result(mutant))
        return result if result.kind == "refuted" else self._result(formula)

    def _told(self, formula: Formula) -> tuple[Slips, tuple[Remark, ...]]:
        """Why a refuted answer is wrong."""
        tell = self.asked.tell
        slips = self.asked.slips.of(formula)
        found = [tell.remark("verdict", "verdict", "wrong")]
        result = self._evidence(formula)
        found += self._where(formula, result)
        found += self.asked.slips.remarks(slips)
        found += self._condition_told(formula, result)
        found += evidence.witness(result, tell)
        return slips, (*found, *self.solution())

    def _where(self, formula: Formula, result: Result) -> tuple[Remark, ...]:
        return evidence.where(result.where, formula, self.asked.tell)

    def _condition_told(self, formula: Formula, result: Result) -> tuple[Remark, ...]:
        verdict = result.verdict
        if not isinstance(verdict, Refuted) or not verdict.holds_when:
            return ()
        if isinstance(formula, Condition):
            return ()
        reference, tell = self.asked.reference, self.asked.tell
        sides = formula, reference.formula
        earned = earning(verdict.holds_when, reference.given, sides)
        if earned is None:
            return evidence.condition(verdict.holds_when[0], formula, tell, "condition")
        return evidence.condition(earned, formula, tell, "conditional")

    def _valued(self, formula: Formula) -> Valued:
        found = normal(formula, self.asked.packing, self.asked.facts)
        return Valued(formula, found, formula if found is None else found.key)

    def _kept(self, what: str, valued: Valued, make: Callable[[Formula], T]) -> T:
        """``make`` of the representative of all answers with this value."""
        formula, found, key = valued
        return self._memo.kept(
            (what, key), lambda: make(formula if found is None else found.formula())
        )

    def _group(self, valued: Valued) -> str:
        """The same for answers that are proved equal to each other."""
        formula, found, key = valued
        return self._memo.kept(
            ("group", key), lambda: shortened(plain(formula) if found is None else found.text())
        )
