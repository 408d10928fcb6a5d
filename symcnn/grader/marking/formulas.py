"""Answers that are a formula: proved, right under a convention, refuted, and what that is worth.

Numbers and matrices build on it. What a wrong answer earns depends on its value alone, so it is
found once for each normal form; what its form is worth depends on how it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcnn.errors import ParseError
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula, Pow, Rational, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.traverse import substitute, walk
from symcnn.grader.marking import evidence
from symcnn.grader.marking.asked import Asked
from symcnn.grader.marking.calculation import broken, calculated
from symcnn.grader.marking.finding import FULL, WRONG, Finding, Plainly
from symcnn.grader.marking.forms import has_form
from symcnn.grader.marking.normal import shortened, text_group
from symcnn.grader.marking.owned import Owned
from symcnn.grader.marking.reading import (
    Answer,
    Unread,
    answer_of,
    reading_of,
    short_formula,
    why_unknown,
    why_unread,
)
from symcnn.grader.marking.sides import same_sides
from symcnn.grader.marking.wrong import Valued, Worth, Wrong
from symcnn.grader.marks import Mark, Remark


class Formulas(Wrong):
    """Marks the answers to a question of type formula."""

    __slots__ = ("_owned", "_plain")

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        question = asked.question
        self._owned = Owned(asked) if question.uses and question.carried else None
        self._plain = not (
            asked.conventions
            or question.mistakes
            or question.conditional
            or question.entries
            or self._owned
        )

    @property
    def alone(self) -> bool:
        """Not where a student's earlier answers count."""
        return self._owned is None

    @property
    def plainly(self) -> Plainly | None:
        """Common notation, where right is right and wrong earns nothing."""
        asked = self.asked
        if asked.names.aliases or asked.values or asked.identity or asked.tolerance is not None:
            return None
        outcomes = {} if self.question.form else {"proved": "right"}
        if self._plain:
            outcomes["refuted"] = "wrong"
        checker = asked.reference.checker
        proves = checker.proves if "proved" in outcomes else None
        right = Finding("right", FULL, "", self._verdict_right(), "", "right")
        return Plainly(checker.quick_kind, outcomes, proves, right) if outcomes else None

    def read(self, text: str) -> Answer | Unread:
        """The formulas that the text may mean, in names of the question only."""
        names, tell = self.asked.names, self.asked.tell
        try:
            reading = reading_of(text, names)
        except ParseError as error:
            return why_unread(error, tell)
        answer = answer_of(reading, names)
        if not isinstance(self.asked.raw, Condition):
            answer = calculated(answer, names)
        for each in answer.steps or answer.formulas:
            unknown = names.unknown(each) if reading.new_names else ()
            if unknown:
                return why_unknown(unknown, names, tell)
            if isinstance(each, Condition) != isinstance(self.asked.raw, Condition):
                asked = "formula-for" if isinstance(self.asked.raw, Condition) else "condition-for"
                code = f"{asked}-{'condition' if asked == 'formula-for' else 'formula'}"
                return Unread((tell.remark("readable", "read", code),))
        return answer

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """What is found about a text; ``earlier`` are the student's marks by question."""
        answer = self.read(text)
        if isinstance(answer, Unread):
            return self._unread(text, answer.remarks, detail)
        if answer.steps:
            return self._calculation(text, answer, earlier, detail)
        first, *others = answer.formulas
        found = self._judged(first, earlier, detail)
        for other in others:
            again = self._judged(other, earlier, detail=False)
            if (again.outcome, again.share) != (found.outcome, found.share):
                tell = self.asked.tell
                told = tell.say("ambiguous", first=plain(first), second=plain(other))
                return self._unread(text, (Remark("readable", "read", told),), detail)
        if not detail:
            return found
        shown = plain(first)
        return found._replace(read=shown, remarks=(*self._as_read(answer, shown), *found.remarks))

    def _calculation(
        self, text: str, answer: Answer, earlier: Mapping[str, Mark], detail: bool
    ) -> Finding:
        """Marked as its last side, where the sides before it are worth the same."""
        found = self._judged(answer.formulas[0], earlier, detail)
        others = (self._judged(each, earlier, detail=False) for each in answer.steps[:-1])
        alike = all(_worth(each) == _worth(found) for each in others)
        if not detail:
            return found if alike else Finding("undecided", None)
        tell = self.asked.tell
        shown = " = ".join(map(plain, answer.steps))
        remarks = list(self._as_read(answer, shown))
        if found.outcome != "right" or not alike:
            for left, right in broken(answer.steps, self.asked.reference.given):
                equality = f"{plain(left)} = {plain(right)}"
                remarks.append(
                    tell.remark("where", "line", "step", equality=short_formula(equality))
                )
        if alike:
            read = plain(answer.formulas[0])
            return found._replace(read=read, remarks=(*remarks, *found.remarks))
        remarks.append(tell.remark("verdict", "verdict", "steps"))
        return Finding("undecided", None, "", (*remarks, *self.solution()), "", text_group(text))

    def _as_read(self, answer: Answer, shown: str) -> tuple[Remark, ...]:
        tell = self.asked.tell
        found = [tell.remark("readable", "read", "read", formula=short_formula(shown))]
        if answer.named:
            found.append(tell.remark("readable", "note", "named", name=answer.named))
        for alias, name in answer.alias:
            found.append(tell.remark("readable", "note", "alias", alias=alias, name=name))
        return tuple(found)

    def _unread(self, text: str, remarks: tuple[Remark, ...], detail: bool) -> Finding:
        if not detail:
            return Finding("unreadable", None)
        return Finding("unreadable", None, "", (*remarks, *self.solution()), "", text_group(text))

    def _judged(self, written: Formula, earlier: Mapping[str, Mark], detail: bool) -> Finding:
        """The finding about one formula, without how it was read."""
        formula = self._standard(substitute(written, self.asked.values))
        kind = self._kind(formula)
        if kind == "proved":
            return self._proved(written, formula, detail)
        if kind == "refuted":
            return self._refuted(written, formula, earlier, detail)
        tell = self.asked.tell
        valued = self._valued(formula)
        if kind == "invalid":
            remarks = (self._no_value(written), *self.solution())
            return Finding("unreadable", None, "", remarks, "", self._group(valued))
        worth = self._kept("convention", valued, self._by_convention)
        if worth is not None:
            return self._worth_told(worth, written, valued, detail)
        code = "identity" if self.asked.identity else "undecided"
        if not detail:
            return Finding("undecided", None)
        remarks = (tell.remark("verdict", "verdict", code), *self.solution())
        return Finding("undecided", None, "", remarks, "", self._group(valued))

    def _no_value(self, written: Formula) -> Remark:
        """Why it has no value anywhere."""
        tell = self.asked.tell
        bare = self.asked.names.without_index(written)
        if not bare:
            return tell.remark("readable", "read", "undefined")
        parts = {"names": tell.listed(bare), "example": tell.ltr(f"{bare[0]}[i]")}
        return Remark("readable", "read", tell.put("index-missing", **parts))

    def _kind(self, formula: Formula) -> str:
        kind = self._kind_of(formula)
        if kind == "proved" and self.asked.identity:
            key = self.asked.reference.formula
            return kind if same_sides(formula, key) else "undecided"
        return kind

    def _proved(self, written: Formula, formula: Formula, detail: bool) -> Finding:
        share, outcome = self._in_form(written, FULL, "right")
        if not detail:
            return Finding(outcome, share)
        group = "right" if outcome == "right" else f"form: {shortened(plain(written))}"
        remarks = self._verdict_right() if outcome == "right" else self._form_told()
        if self._divides(formula):
            remarks += self._kept("domain", self._valued(formula), self._domain)
        if outcome != "right":
            remarks += self.solution()
        return Finding(outcome, share, "", remarks, "", group)

    def _verdict_right(self) -> tuple[Remark, ...]:
        return (self.asked.tell.remark("verdict", "verdict", "right"),)

    def _in_form(self, written: Formula, share: Fraction, outcome: str) -> tuple[Fraction, str]:
        """Share and outcome of what is right, written like this."""
        form = self.question.form
        if not form or not share or has_form(written, form):
            return share, outcome
        return share * self.question.form_credit, "form"

    def _form_told(self) -> tuple[Remark, ...]:
        tell = self.asked.tell
        told = tell.put("form", form=tell.say(f"form {self.question.form}"))
        return (Remark("verdict", "form", told),)

    def _divides(self, formula: Formula) -> bool:
        """Something that may be 0 is divided by."""
        return any(
            isinstance(node, Pow)
            and isinstance(node.exponent, Rational)
            and node.exponent.value < 0
            and not self._never_0(node.base)
            for node in walk(formula)
        )

    def _never_0(self, base: Formula) -> bool:
        if isinstance(base, Rational):
            return base.value != 0
        if isinstance(base, Symbol):
            return base.name in self.asked.nonzero
        return self.asked.facts.is_nonzero(base)

    def _domain(self, formula: Formula) -> tuple[Remark, ...]:
        return evidence.domain(self._result(formula), self.asked.tell)

    def _refuted(
        self, written: Formula, formula: Formula, earlier: Mapping[str, Mark], detail: bool
    ) -> Finding:
        if self._plain and not detail:
            return WRONG
        valued = self._valued(formula)
        worth = self._kept("worth", valued, self._worth)
        own = None if self._owned is None else self._owned.right_for(formula, earlier)
        if own is not None and self.question.carried > worth.share:
            share, outcome = self._in_form(written, self.question.carried, "carried")
            if not detail:
                return Finding(outcome, share)
            remarks = (*own, *(self._form_told() if outcome == "form" else ()), *self.solution())
            return Finding(outcome, share, "", remarks, "", self._group(valued))
        return self._worth_told(worth, written, valued, detail)

    def _worth_told(self, worth: Worth, written: Formula, valued: Valued, detail: bool) -> Finding:
        outcome, share = worth.outcome, worth.share
        if worth.convention >= 0:
            share, outcome = self._in_form(written, share, outcome)
        if not detail:
            return Finding(outcome, share)
        group = self._group(valued)
        if worth.convention >= 0:
            remarks = self._convention_told(worth.convention)
            remarks += self._form_told() if outcome == "form" else ()
            remarks += () if share == FULL else self.solution()
            return Finding(outcome, share, "", remarks, "", group)
        slips, remarks = self._kept("told", valued, self._told)
        return Finding(outcome, share, "", remarks, slips.first, group)


def _worth(found: Finding) -> tuple[str, Fraction | None]:
    """What tells the sides of a calculation apart: only the last one has to be in a form."""
    return ("right", FULL) if found.outcome == "form" else (found.outcome, found.share)
