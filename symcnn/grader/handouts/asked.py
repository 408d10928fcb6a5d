"""What a form shows of each question: prompt, points, how to type; never a key, never a rubric."""

from __future__ import annotations

import re
from fractions import Fraction

from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.handouts.blank_words import word
from symcnn.grader.outputs.texts import amount


@frozen
class Asked:
    """A question as a form shows it; every text may hold ``$...$`` and `` `code` ``."""

    id: str
    points: str
    prompt: str
    options: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]


def asked(assignment: Assignment) -> tuple[Asked, ...]:
    """Every question of the assignment.

    >>> whole = Assignment("A", (Question("a", "truth", Fraction(1, 2), "Is it?", key="true"),))
    >>> asked(whole)[0].points, asked(whole)[0].hints
    ('0.5 points', ('Write true or false.',))
    """
    return tuple(
        Asked(
            each.id,
            worth(each, assignment.language),
            each.prompt,
            each.options,
            tuple(_hints(each, assignment.language)),
        )
        for each in assignment.questions
    )


def worth(question: Question, language: str) -> str:
    """The points of a question in words."""
    if question.kind == "statement":
        return word("none", language)
    one = question.points == 1
    told = word("point" if one else "points", language, points=amount(question.points, language))
    return word("bonus", language, points=told) if question.bonus else told


def _given(question: Question) -> str:
    """What the question grants, without names that stand for answers to other questions."""
    if question.kind == "number":
        return ""
    hidden = dict(question.uses)
    items = []
    for item in re.split(r"[;\n]", question.given):
        names, colon, domain = item.partition(":")
        kept = [each for each in map(str.strip, names.split(",")) if each not in hidden]
        if not colon or kept:
            told = f"{', '.join(kept)}:{domain}" if colon and hidden else item
            items.append(" ".join(told.split()))
    return "; ".join(each for each in items if each)


def _hints(question: Question, language: str) -> list[str]:
    def say(code: str, **values: str) -> str:
        return word(code, language, **values)

    hints = []
    given = _given(question)
    if given:
        hints.append(say("given", given=given))
    if question.kind == "number" and question.tolerance:
        share = question.tolerance.replace("%", " %")
        hints.append(say("near", tolerance=share))
    elif question.kind == "truth":
        hints.append(say("reason" if question.reason else "truth"))
    elif question.kind == "choice":
        hints.append(say("choice", example=", ".join(name for name, _ in question.options[:2])))
    elif question.kind != "formula":
        hints.append(say(question.kind))
    if question.unit:
        hints.append(say("unit", unit=amount(Fraction(question.unit), language)))
    if question.start:
        hints.append(say("start", start=" ".join(question.start.split())))
    if question.form:
        hints.append(say("number form" if question.form == "number" else question.form))
    if question.aliases:
        pairs = [say("alias", other=other, name=name) for other, name in question.aliases]
        hints.append(say("aliases", aliases=say("or").join(pairs)))
    return hints


def instructions(assignment: Assignment, medium: str) -> tuple[str, ...]:
    """How answers are typed, for all questions; ``medium`` adds its own sentence."""
    extra = {"tex": "dollars", "ipynb": "dollars", "csv": "rows", "yaml": "block"}.get(medium)
    codes = ["place", "formula", "names", *([extra] if extra else [])]
    told = [word(code, assignment.language) for code in codes]
    if assignment.given:
        given = " ".join(assignment.given.split())
        told.append(word("given", assignment.language, given=given))
    return tuple(told)
