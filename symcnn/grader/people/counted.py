"""The arithmetic of a mark's points in one line: which share, and which rule of the question."""

from __future__ import annotations

from fractions import Fraction

from symcnn.grader.assignment import Question
from symcnn.grader.marks import Mark
from symcnn.grader.outputs.texts import amount
from symcnn.grader.people.tried import Tried
from symcnn.grader.people.words import word

_RULES = {
    "conditional": "rule-conditional",
    "form": "rule-form",
    "carried": "rule-carried",
    "right": "rule-right",
    "wrong": "rule-wrong",
    "missing": "rule-missing",
    "statement": "rule-statement",
}


def counted(mark: Mark, question: Question, tried: tuple[Tried, ...], language: str) -> str:
    """How the points came about.

    >>> half = Mark("q", "partial", Fraction(1), Fraction(2), mistake="bias-once")
    >>> asked = Question("q", "formula", Fraction(2), mistakes=(("bias-once", Fraction(1, 2)),))
    >>> counted(half, asked, (), "en")
    '2 x 0.5 = 1: the mistake bias-once leaves this share'
    """
    if mark.points is None:
        return word("counted-open", language)
    if mark.by:
        return word("counted-by", language, points=mark.points, of=mark.of, by=mark.by)
    share = mark.points / mark.of if mark.of else Fraction(0)
    sum_of = f"{amount(mark.of)} x {amount(share)} = {amount(mark.points)}"
    return word("counted", language, sum=sum_of, rule=_rule(mark, question, tried, language))


def _rule(mark: Mark, question: Question, tried: tuple[Tried, ...], language: str) -> str:
    name = _convention(mark, question, tried)
    if name:
        return word("rule-convention", language, name=name)
    if mark.outcome == "partial":
        if dict(question.mistakes).get(mark.mistake):
            return word("rule-mistake", language, name=mark.mistake)
        if question.kind == "matrix":
            return word("rule-entries", language)
        if question.kind == "chain":
            return word("rule-milestones", language)
        return word("rule-partial", language)
    return word(_RULES.get(mark.outcome, "rule-partial"), language)


def _convention(mark: Mark, question: Question, tried: tuple[Tried, ...]) -> str:
    """The convention that the points are the credit of, empty where there is none."""
    if mark.outcome not in ("right", "partial", "wrong"):
        return ""
    if any(each.what != "convention" and each.kind == "proved" for each in tried):
        return ""
    credits = {each.name: each.credit for each in question.conventions}
    holding = (each.name for each in tried if each.what == "convention" and each.kind == "proved")
    return next((name for name in holding if mark.points == mark.of * credits[name]), "")
