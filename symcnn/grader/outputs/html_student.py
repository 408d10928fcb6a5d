"""What the template of a student's page shows, as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symcnn.formula.frozen import frozen
from symcnn.grader.marks import Graded, Grading, Remark
from symcnn.grader.outputs.lines import typed
from symcnn.grader.outputs.mathematics import Typesetter, solution
from symcnn.grader.outputs.seen import Seen, has_later, seen, standing_seen
from symcnn.grader.outputs.summary import share
from symcnn.grader.outputs.texts import directed, isolated, one_line, spoken, visible
from symcnn.grader.outputs.words import say
from symcnn.verifying.feedback import LEVELS

_NAME = 200
_SET = ("formula", "matrix", "chain")  # a reading is shown even where it is the answer


@frozen
class Block:
    """One answer on the page of its student."""

    name: str
    state: str
    outcome: str
    amount: str
    bonus: bool
    prompt: str
    answer: str
    cut: str
    place: str
    read: tuple[tuple[str, Any], ...]
    remarks: tuple[tuple[str, str, tuple[tuple[str, Any, str], ...]], ...]


def one_student(graded: Graded, grading: Grading, setter: Typesetter) -> dict[str, Any]:
    """A student's page: standing, and a `Block` for each answer."""
    language = grading.assignment.language
    answers = seen(graded, grading.assignment, grading.phase)
    part = None if has_later(answers) else share(graded)
    total = graded.total
    altered = part is not None and total.exact != total.points
    return {
        "student": one_line(graded.student, _NAME),
        "name": one_line(graded.name, _NAME),
        "standing": standing_seen(graded, answers, language),
        "share": None if part is None else f"{float(part * 100):.1f}",
        "exact": say("exact", language, exact=total.exact, points=total.points) if altered else "",
        "problems": [visible(str(each)) for each in graded.problems],
        "blocks": [_block(each, setter, language) for each in answers],
    }


def _block(answer: Seen, setter: Typesetter, language: str) -> Block:
    from markupsafe import Markup

    text, note = typed(answer.answer, language)
    seen_at_once = not answer.read and answer.outcome == "right"
    said_anew = answer.read != answer.answer.strip() or answer.question.kind in _SET
    shown = answer.answer if seen_at_once else answer.read if said_anew else ""
    read = tuple(
        (visible(line), Markup(math))
        for line, math in setter.lines(answer.question, shown)
        if math or not seen_at_once
    )
    return Block(
        name=one_line(answer.question.id, _NAME),
        state=answer.state,
        outcome=say(answer.outcome, language),
        amount=answer.amount(language),
        bonus=answer.question.bonus,
        prompt=directed(spoken(answer.question.prompt), language),
        answer=text,
        cut=note,
        place=_place(answer.place, language),
        read=read,
        remarks=tuple(_by_level(answer, setter, language)),
    )


def _place(place: str, language: str) -> str:
    shown = isolated(one_line(place, _NAME), language)
    return say("place", language, place=shown) if place else ""


def _by_level(
    answer: Seen, setter: Typesetter, language: str
) -> Iterator[tuple[str, str, tuple[tuple[str, Any, str], ...]]]:
    """Level, its heading, and the remarks: text before a formula, the formula, text after it."""
    for level in LEVELS:
        own = [each for each in answer.remarks if each.level == level]
        if own:
            note = level == LEVELS[0] and not any(each.kind == "read" for each in own)
            label = say("note" if note else f"level_{level}", language)
            yield level, label, tuple(_remark(each, answer, setter, language) for each in own)


def _remark(
    remark: Remark, answer: Seen, setter: Typesetter, language: str
) -> tuple[str, Any, str]:
    from markupsafe import Markup

    before, formula, after = solution(remark, language)
    math = setter.math(answer.question, formula) if formula else ""
    if not math:
        return spoken(remark.text), Markup(""), ""
    return spoken(before), Markup(math), spoken(after)
