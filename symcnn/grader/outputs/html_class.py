"""What the template of the class summary shows, as values. For staff: nothing is cut."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symcnn.grader.marks import Grading
from symcnn.grader.outputs.plots import Histogram, histogram, stacked
from symcnn.grader.outputs.seen import STATES, standing
from symcnn.grader.outputs.summary import (
    MistakeSummary,
    QuestionSummary,
    distribution,
    median,
    mistakes,
    per_question,
    share,
)
from symcnn.grader.outputs.texts import DIGITS, amount, one_line, spoken, visible
from symcnn.grader.outputs.words import say

_NAME = 200
_MOST_MISTAKES = 20


def whole_class(grading: Grading, names: dict[str, str]) -> dict[str, Any]:
    """The class summary; ``names`` gives the files of the students."""
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
        "text": spoken(each.text),
        "count": _count(each.count, language),
        "width": each.count * 1000 // most,
    }


def _joined(parts: list[str], language: str) -> str:
    return ("، " if language == "fa" else ", ").join(parts)


def _count(number: int, language: str) -> str:
    return _digits(str(number), language)


def _digits(text: str, language: str) -> str:
    return text.translate(DIGITS) if language == "fa" else text
