"""The HTML report: the class for staff, and a page for each student that can be sent alone.

Pages hold their style and need no script and no other file. Everything but the formulas that our
own printer set is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcnn.errors import SheetError
from symcnn.formula.frozen import frozen
from symcnn.grader.marks import LEVELS, Graded, Grading, Remark
from symcnn.grader.outputs.lines import typed
from symcnn.grader.outputs.mathematics import Typesetter
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.plots import Histogram, histogram, stacked
from symcnn.grader.outputs.seen import (
    STATES,
    Seen,
    has_later,
    seen,
    standing,
    standing_seen,
)
from symcnn.grader.outputs.summary import (
    MistakeSummary,
    QuestionSummary,
    distribution,
    median,
    mistakes,
    per_question,
    share,
)
from symcnn.grader.outputs.texts import DIGITS, amount, isolated, one_line, spoken, visible
from symcnn.grader.outputs.words import Words, say

if TYPE_CHECKING:
    from jinja2 import Environment

_NAME = 200
_MOST_MISTAKES = 20
_SET = ("formula", "matrix", "chain")  # a reading is shown even where it is the answer


def html(grading: Grading) -> dict[str, str]:
    """``html/index.html`` and a page for each student. Raises SheetError for missing templates."""
    environment = _environment()
    names = file_names(each.student for each in grading.students)
    common = _common(grading)
    report = environment.get_template("grader/report.html.j2")
    files = {"html/index.html": report.render(common | _class(grading, names))}
    page = environment.get_template("grader/student.html.j2")
    setter = Typesetter(grading.assignment)
    for each in grading.students:
        shown = page.render(common | _student(each, grading, setter))
        files[f"html/{names[each.student]}.html"] = shown
    return files


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from symcnn.resources import template_directories

    places = [str(each) for each in template_directories()]
    if not places:
        raise SheetError("there are no templates: install symcnn anew")
    return Environment(
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
        loader=FileSystemLoader(places),
    )


def _common(grading: Grading) -> dict[str, Any]:
    language = grading.assignment.language
    return {
        "word": Words(language),
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "title": one_line(grading.assignment.title, _NAME),
    }


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
    remarks: tuple[tuple[str, tuple[str, ...]], ...]


def _student(graded: Graded, grading: Grading, setter: Typesetter) -> dict[str, Any]:
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
    said_anew = answer.read != answer.answer.strip() or answer.question.kind in _SET
    read = tuple(
        (visible(line), Markup(math))
        for line, math in setter.lines(answer.question, answer.read if said_anew else "")
    )
    return Block(
        name=one_line(answer.question.id, _NAME),
        state=answer.state,
        outcome=say(answer.outcome, language),
        amount=answer.amount(language),
        bonus=answer.question.bonus,
        prompt=spoken(answer.question.prompt),
        answer=text,
        cut=note,
        place=_place(answer.place, language),
        read=read,
        remarks=tuple(_by_level(answer.remarks)),
    )


def _place(place: str, language: str) -> str:
    shown = isolated(one_line(place, _NAME), language)
    return say("place", language, place=shown) if place else ""


def _by_level(remarks: tuple[Remark, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for level in LEVELS:
        told = tuple(spoken(each.text) for each in remarks if each.level == level)
        if told:
            yield level, told


def _class(grading: Grading, names: dict[str, str]) -> dict[str, Any]:
    language = grading.assignment.language
    found = mistakes(grading)
    most = max((each.count for each in found), default=0)
    whole = sum(not each.total.open for each in grading.students)
    return {
        "tiles": [
            (_count(len(grading.students), language), say("students", language)),
            (_count(whole, language), say("students_marked", language)),
            (_count(grading.open, language), say("answers_open", language)),
            *_tile(median(grading), language),
        ],
        "students": [
            {
                "file": f"{names[each.student]}.html",
                "id": one_line(each.student, _NAME),
                "name": one_line(each.name, _NAME),
                "standing": standing(each.total, language),
                "open": each.total.open,
            }
            for each in grading.students
        ],
        "problems": [visible(str(each)) for each in grading.problems],
        "histogram": _histogram(grading),
        "none_marked": _none_marked(grading),
        "states": [(state, say(state, language)) for state in STATES],
        "questions": [_question(each, language) for each in per_question(grading)],
        "mistakes": [_mistake(each, most, language) for each in found[:_MOST_MISTAKES]],
        "more": say("more", language, count=len(found) - _MOST_MISTAKES)
        if len(found) > _MOST_MISTAKES
        else "",
    }


def _tile(share_of: Fraction | None, language: str) -> list[tuple[str, str]]:
    if share_of is None:
        return []
    percent = _digits(f"{float(share_of * 100):.0f}", language)
    return [(percent + ("٪" if language == "fa" else " %"), say("median", language))]


def _histogram(grading: Grading) -> dict[str, Any]:
    language = grading.assignment.language
    bars = distribution(grading)
    told = [say("bin", language, low=each.low, high=each.high, count=each.count) for each in bars]
    drawn: Histogram = histogram(bars)
    return {
        "columns": [
            (each, _count(each.count, language), _count(each.low, language))
            for each in drawn.columns
        ],
        "lines": [(y, _count(count, language)) for y, count in drawn.lines],
        "width": drawn.width,
        "height": drawn.height,
        "end": _count(100, language),
        "told": _joined(told, language),
    }


def _none_marked(grading: Grading) -> str:
    count = sum(share(each) is None for each in grading.students)
    return say("none_marked", grading.assignment.language, count=count) if count else ""


def _question(each: QuestionSummary, language: str) -> dict[str, Any]:
    mean = None if each.mean is None else f"{float(each.mean):.2f}".rstrip("0").rstrip(".")
    return {
        "id": one_line(each.question.id, _NAME),
        "bonus": each.question.bonus,
        "pieces": [(piece, _count(piece.count, language)) for piece in stacked(each.counts)],
        "told": _joined(
            [
                f"{say(state, language)} {_count(n, language)}"
                for state, n in each.counts.items()
                if n
            ],
            language,
        ),
        "mean": "" if mean is None else _digits(mean, language),
        "of": amount(each.question.points, language),
    }


def _mistake(each: MistakeSummary, most: int, language: str) -> dict[str, Any]:
    return {
        "question": one_line(each.question, _NAME),
        "name": visible(each.name),
        "text": one_line(each.text, 400),
        "count": _count(each.count, language),
        "width": each.count * 1000 // most,
    }


def _joined(parts: list[str], language: str) -> str:
    return ("، " if language == "fa" else ", ").join(parts)


def _count(number: int, language: str) -> str:
    return _digits(str(number), language)


def _digits(text: str, language: str) -> str:
    return text.translate(DIGITS) if language == "fa" else text
