"""The named mistakes of one key, for answers that are wrong; who makes them is `diagnosis`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.grader.assignment import Question
from symcnn.grader.marking.finding import Memo
from symcnn.grader.marking.references import Tolerance, number
from symcnn.grader.marks import NONE, Remark

if TYPE_CHECKING:
    from symcnn.diagnosis import Diagnoser


class Slips(NamedTuple):
    """What slips were found: the one that counts, the share that it leaves, and all their kinds.

    ``mutant`` is the key with the slip in it, which the answer was proved equal to.
    """

    first: str = ""
    share: Fraction = NONE
    kinds: tuple[str, ...] = ()
    mutant: Formula | None = None


NO_SLIPS = Slips()


class Naming:
    """Names the mistakes in answers to one key; the shares are the question's.

    Diagnosis is loaded where the first mistake is looked for: a bare verdict needs none of it.
    """

    __slots__ = ("_credits", "_given", "_key", "_memo", "_naming", "_tolerance", "lang")

    def __init__(
        self,
        key: Formula,
        given: Given,
        naming: Given,
        question: Question,
        tolerance: Tolerance | None,
        lang: str,
    ) -> None:
        self._key, self._given, self._naming = key, given, naming
        self._credits = dict(question.mistakes)
        self._tolerance = tolerance
        self._memo = Memo()
        self.lang = lang

    def of(self, formula: Formula) -> Slips:
        """The slips in a formula that was refuted; the one that leaves most comes first."""
        return self._memo.kept(formula, lambda: self._of(formula))

    def _of(self, formula: Formula) -> Slips:
        diagnoser = self._memo.kept("diagnoser", self._diagnoser)
        found, mutant = diagnoser.explained(formula, self._within(formula))
        kinds = tuple(dict.fromkeys(each.kind for each in found))
        if not kinds:
            return NO_SLIPS
        first = max(kinds, key=lambda kind: self._credits.get(kind, NONE))
        return Slips(first, self._credits.get(first, NONE), kinds, mutant)

    def _diagnoser(self) -> Diagnoser:
        from symcnn.diagnosis import Diagnoser

        return Diagnoser(self._key, self._given, self._naming)

    def _within(self, formula: Formula) -> Fraction:
        """How far a number may be off that follows from a mistake."""
        value = None if self._tolerance is None else number(formula)
        if self._tolerance is None or not isinstance(value, Fraction):
            return NONE
        size = self._tolerance.size
        return size * abs(value) if self._tolerance.relative else size

    def remarks(self, slips: Slips) -> tuple[Remark, ...]:
        """A sentence for each."""
        from symcnn.diagnosis import sentence

        ordered = dict.fromkeys((slips.first, *slips.kinds)) if slips.kinds else {}
        return tuple(Remark("hint", "mistake", sentence(kind, self.lang)) for kind in ordered)
