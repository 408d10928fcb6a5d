"""Answers that are right for the student's own earlier value: what they were marked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import substitute
from symcnn.grader.marking.carried import earns
from symcnn.grader.marking.finding import Memo
from symcnn.grader.marking.reading import Unread, short_formula
from symcnn.grader.marking.references import Reference
from symcnn.grader.marks import Mark, Remark

if TYPE_CHECKING:
    from symcnn.grader.marking.asked import Asked
    from symcnn.grader.marking.formulas import Formulas


class Owned:
    """The key of a question for each set of own values that a student may bring along."""

    __slots__ = ("_asked", "_memo")

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._memo = Memo()

    def right_for(self, formula: Formula, earlier: Mapping[str, Mark]) -> tuple[Remark, ...] | None:
        """Remarks where the formula is right for own values that are wrong, else None."""
        own: dict[str, Formula] = {}
        wrong: dict[str, str] = {}
        for name, question in self._asked.question.uses:
            own[name] = self._asked.values[name]
            mark = earlier.get(question)
            if mark is None or not mark.answer:
                continue
            theirs = value_of(self._asked.sources[name], mark.answer)
            if theirs is not None and not self._asked.names.unknown(theirs):
                own[name] = theirs
                wrong[question] = short_formula(plain(theirs))
        if not wrong:
            return None
        asked = self._asked
        given = asked.reference.given
        key = tuple(own.items())

        def ready() -> tuple[Reference, bool]:
            ours = Reference(substitute(asked.raw, own), given, asked.tolerance)
            return ours, earns(asked.raw, own, given)

        reference, worth = self._memo.kept(key, ready)
        if not worth or reference.kind(formula) != "proved":
            return None
        tell = asked.tell
        told = tell.put(
            "carried",
            questions=tell.listed(list(wrong)),
            formula=tell.listed(list(wrong.values())),
        )
        return (Remark("verdict", "verdict", told),)


def value_of(judge: Formulas, text: str) -> Formula | None:
    """The value of an earlier answer that can be read and is not equal to the key."""
    answer = judge.read(text)
    if isinstance(answer, Unread) or len(answer.formulas) != 1:
        return None
    formula = substitute(answer.formulas[0], judge.asked.values)
    if isinstance(formula, Condition):
        return None
    return formula if judge.asked.reference.kind(formula) == "refuted" else None
