"""One mark explained: how the answer was read, what it was compared with, and how it was counted.

The answer is decided again, by the assignment of the record and the program of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symcnn.claims.as_text import given_lines
from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import PHASES, Assignment, Question
from symcnn.grader.marks import Mark
from symcnn.grader.people.counted import counted
from symcnn.grader.people.groups import ids_of
from symcnn.grader.people.runs import Run, mark_of, student_of
from symcnn.grader.people.tried import Tried, tried_chain, tried_formulas, tried_stopped

if TYPE_CHECKING:
    from symcnn.grader.marking import Marker


@frozen
class Told:
    """What the student is told in a phase, at the level that the question has then."""

    phase: str
    level: str
    words: tuple[str, ...]


@frozen
class Explanation:
    """A mark with all that it rests on, as texts.

    ``names`` are the domains, ``tried`` the keys that the answer was compared with, ``counted`` the
    arithmetic of the points, ``again`` the outcome that the program finds now, ``group`` the id
    by which a decision may mean this answer and those that marking calls equal.
    """

    student: str
    mark: Mark
    question: Question
    names: tuple[str, ...]
    tried: tuple[Tried, ...]
    counted: str
    told: tuple[Told, ...]
    again: str
    group: str = ""
    language: str = "en"


def explained(run: Run, student: str, question: str) -> Explanation:
    """How a mark of a run came about.

    Raises AuthorError, with the nearest id, for a student or a question that the run has not.
    """
    from symcnn.grader.marking import Marker

    graded = student_of(run.grading, student)
    mark = mark_of(graded, question)
    assignment = run.grading.assignment
    asked = assignment.question(mark.question)
    marker = Marker(assignment)
    earlier = {each.question: each for each in graded.marks if each.question != mark.question}
    stopped = mark.outcome == "undecided" and not mark.read  # and it would be once more
    if not stopped:
        again = marker.mark(mark.question, mark.answer, earlier)
        tried = _tried(marker, earlier, asked, again)
        if mark.outcome == "right" and not mark.read:  # seen at once: it was not read back then
            found = marker.judge(mark.question).find(mark.answer.strip(), earlier, detail=True)
            mark = mark._replace(read=found.read)
    else:
        again, tried = mark, (tried_stopped(assignment, asked, mark),)
    return Explanation(
        graded.student,
        mark,
        asked,
        _names(assignment, asked, tried),
        tried,
        counted(mark, asked, tried, assignment.language),
        tuple(_told(assignment, asked, mark)),
        again.outcome,
        "" if mark.outcome == "missing" else ids_of(mark)[0],
        assignment.language,
    )


def _names(assignment: Assignment, question: Question, tried: tuple[Tried, ...]) -> tuple[str, ...]:
    """The domains of the names that were compared, or else all that the question grants."""
    from symcnn.grader.marking.references import granted

    lines = dict.fromkeys(each.names for each in tried if each.names)
    if tried and all(each.kind == "invalid" for each in tried):
        lines = dict.fromkeys(given_lines(granted(assignment, question)))
    return (*lines, *(f"{other} = {name}" for other, name in question.aliases))


def _tried(
    marker: Marker, earlier: Mapping[str, Mark], question: Question, mark: Mark
) -> tuple[Tried, ...]:
    from symcnn.grader.marking.formulas import Formulas

    if not mark.answer.strip():
        return ()
    judge = marker.judge(question.id)
    language = marker.assignment.language
    if isinstance(judge, Formulas):
        return tried_formulas(judge, mark.answer, earlier, language)
    if question.kind == "chain":
        return tried_chain(marker.assignment, question, mark)
    return ()


def _told(assignment: Assignment, question: Question, mark: Mark) -> list[Told]:
    found = []
    for phase in PHASES:
        level = assignment.level(question, phase)
        found.append(Told(phase, level, tuple(each.text for each in mark.told(level))))
    return found
