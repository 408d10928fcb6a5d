"""The page of the queue: it holds its style, needs no script, and escapes everything."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcnn.grader.marks import Grading
from symcnn.grader.outputs.texts import amount, directed, one_line, spoken
from symcnn.grader.people.words import WORDS, word

if TYPE_CHECKING:
    from symcnn.grader.outputs.mathematics import Typesetter
    from symcnn.grader.people.queue import Entry

_TITLE = 200


def queue_page(grading: Grading, entries: Sequence[Entry]) -> str:
    """The page for these entries. Raises SheetError where its template is missing."""
    from symcnn.grader.outputs.html import environment
    from symcnn.grader.outputs.mathematics import Typesetter

    language = grading.assignment.language
    words = {key: texts[language == "fa"] for key, texts in WORDS.items()}
    title = one_line(grading.assignment.title, _TITLE)
    setter = Typesetter(grading.assignment)
    return (
        environment()
        .get_template("grader/queue.html.j2")
        .render(
            language=language,
            direction="rtl" if language == "fa" else "ltr",
            heading=f"{words['queue']}: {title}",
            title=title,
            words=words,
            waiting=word(
                "waiting",
                language,
                answers=sum(each.count for each in entries),
                all=sum(len(each.marks) for each in grading.students),
                groups=len(entries),
            ),
            questions=list(_questions(grading, entries)),
            blocks=[_block(grading, each, setter) for each in entries],
        )
    )


def _questions(grading: Grading, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """How many groups and answers of each question are open."""
    language = grading.assignment.language
    found = []
    for question in grading.assignment.questions:
        counts = [each.count for each in entries if each.question == question.id]
        if counts:
            groups, answers = amount(Fraction(len(counts)), language), Fraction(sum(counts))
            found.append((question.id, groups, amount(answers, language)))
    return found


def _block(grading: Grading, entry: Entry, setter: Typesetter) -> dict[str, Any]:
    """An entry with its formulas set."""
    assignment = grading.assignment
    language = assignment.language
    prompt = spoken(directed(entry.prompt, language))
    rubric = [(directed(text, language), points) for text, points in entry.rubric]
    sets = {"read": _set(entry, entry.read, setter), "key": _set(entry, entry.key, setter)}
    return {"entry": entry, "prompt": prompt, "rubric": rubric, **sets}


def _set(entry: Entry, text: str, setter: Typesetter) -> list[tuple[str, Any]]:
    from markupsafe import Markup

    from symcnn.grader.assignment import Question

    question = Question(entry.question, entry.kind)
    return [(line, Markup(math)) for line, math in setter.lines(question, text)]
