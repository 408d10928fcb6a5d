"""Markdown: a report for each student, and the class for staff."""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.lines import heading
from symcnn.grader.outputs.markdown_text import code, fence, paragraph, prose
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.seen import STATES, Seen, called, seen, standing, standing_seen
from symcnn.grader.outputs.summary import mistakes, per_question
from symcnn.grader.outputs.texts import amount, directed, one_line
from symcnn.grader.outputs.words import say

_NAME = 120
_MOST = 20
_PROBLEMS = 200


def markdown(grading: Grading) -> dict[str, str]:
    """``markdown/class.md`` and a file for each student."""
    names = file_names(each.student for each in grading.students)
    files = {"markdown/class.md": class_report(grading, names)}
    for each in grading.students:
        files[f"markdown/{names[each.student]}.md"] = student_report(each, grading)
    return files


def student_report(graded: Graded, grading: Grading) -> str:
    """The whole page of a student."""
    language = grading.assignment.language
    title = f"# {prose(one_line(grading.assignment.title, _NAME))}"
    return page([title, *student_blocks(graded, grading)], language)


def page(blocks: Iterable[str], language: str) -> str:
    """The blocks as a document that runs the way of its language."""
    text = "\n\n".join(each for each in blocks if each)
    return f'<div dir="rtl">\n\n{text}\n\n</div>\n' if language == "fa" else f"{text}\n"


def student_blocks(graded: Graded, grading: Grading, level: int = 2) -> list[str]:
    """Standing, table and answers of a student; headings begin at ``level``."""
    language = grading.assignment.language
    answers = seen(graded, grading.assignment, grading.phase)
    told = prose(standing_seen(graded, answers, language))
    blocks = [f"**{prose(one_line(called(graded), _NAME))}**: {told}"]
    blocks += [paragraph(str(each), "> ", "> ") for each in graded.problems]
    blocks.append(_table(answers, language))
    for each in answers:
        blocks += _answer(each, language, level)
    return blocks


def _table(answers: Iterable[Seen], language: str) -> str:
    heads = [say(each, language) for each in ("question", "outcome", "mark")]
    rows = [heads, ["---"] * 3]
    for each in answers:
        rows.append([_question(each, language), say(each.outcome, language), each.amount(language)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _question(answer: Seen, language: str) -> str:
    name = prose(one_line(answer.question.id, _NAME))
    return f"{name} ({say('bonus', language)})" if answer.question.bonus else name


def _answer(answer: Seen, language: str, level: int) -> list[str]:
    name = _question(answer, language)
    blocks = [f"{'#' * level} {name}: {heading(answer, language)}"]
    if answer.question.prompt:
        blocks.append(paragraph(directed(answer.question.prompt, language)))
    if answer.answer:
        blocks += [f"{say('answer', language)}:", fence(answer.answer, language)]
    if answer.read and answer.read != answer.answer:
        if "\n" in answer.read:
            blocks += [f"{say('read', language)}:", fence(answer.read, language)]
        else:
            blocks.append(f"{say('read', language)}: {code(answer.read, language)}")
    remarks = [paragraph(each.text, "- ", "  ") for each in answer.remarks]
    return [*blocks, "\n".join(remarks)]


def class_report(grading: Grading, names: dict[str, str]) -> str:
    """The class: totals, questions, mistakes, files that could not be used."""
    language = grading.assignment.language
    blocks = [f"# {prose(one_line(grading.assignment.title, _NAME))}"]
    blocks += class_blocks(grading, names)
    return page(blocks, language)


def class_blocks(grading: Grading, names: dict[str, str]) -> list[str]:
    """The parts of the class report; students are links to the files that ``names`` gives."""
    language = grading.assignment.language
    if not grading.students:
        return [say("empty", language), *problem_blocks(grading)]
    rows = (student_row(each, grading, names) for each in grading.students)
    return [
        *problem_blocks(grading),
        f"## {say('students', language)}",
        "\n".join([*table_head(grading), *rows]),
        *question_blocks(grading),
    ]


def question_blocks(grading: Grading) -> list[str]:
    """How each question fared, and the commonest mistakes."""
    language = grading.assignment.language
    blocks = [f"## {say('questions', language)}", _questions(grading)]
    found = mistakes(grading)
    if found:
        blocks.append(f"## {say('mistakes', language)}")
        rows = [
            paragraph(f"{each.count} × {each.question}: {each.text}", "- ", "  ")
            for each in found[:_MOST]
        ]
        blocks.append("\n".join(rows))
    return blocks


def table_head(grading: Grading) -> list[str]:
    """The two lines above the students."""
    language = grading.assignment.language
    heads = [say(each, language) for each in ("student", "name", "sum")]
    return [f"| {' | '.join(heads)} |", "| --- | --- | --- |"]


def student_row(graded: Graded, grading: Grading, names: dict[str, str] | None = None) -> str:
    """The row of a student: what they may be told, with a link to their page for staff."""
    language = grading.assignment.language
    shown = prose(one_line(graded.student, _NAME))
    if names is not None:
        shown = f"[{shown}]({names[graded.student]}.md)"
        told = standing(graded.total, language)
    else:
        told = standing_seen(graded, seen(graded, grading.assignment, grading.phase), language)
    return f"| {shown} | {prose(one_line(graded.name, _NAME))} | {prose(told)} |"


def _questions(grading: Grading) -> str:
    language = grading.assignment.language
    heads = [say("question", language), *(say(each, language) for each in STATES)]
    rows = [heads, ["---"] * len(heads)]
    for each in per_question(grading):
        counts = [amount(each.counts[state], language) for state in STATES]
        rows.append([prose(one_line(each.question.id, _NAME)), *counts])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def problem_blocks(grading: Grading) -> list[str]:
    """What is wrong with files, so that somebody looks at them."""
    if not grading.problems:
        return []
    language = grading.assignment.language
    lines = [paragraph(str(each), "- ", "  ") for each in grading.problems[:_PROBLEMS]]
    left = len(grading.problems) - len(lines)
    if left:
        lines.append(f"- {say('more', language, count=left)}")
    return [f"## {say('problems', language)}", "\n".join(lines)]
