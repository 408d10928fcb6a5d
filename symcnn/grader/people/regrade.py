"""The submissions of a recorded run, to be marked again: what was handed in, and nothing found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, replace
from symcnn.grader.assignment import Assignment
from symcnn.grader.ids import shown
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.people.problem_words import problem
from symcnn.grader.roster import Enrolled, Roster
from symcnn.grader.running.gathering import ROSTER_MAP
from symcnn.grader.submission import Problem, Response, Submission

if TYPE_CHECKING:
    from symcnn.grader.people.decisions import Decisions

_PLACES = {
    "gradescope": "gradescope",
    "github": "github",
    "classroom": "classroom",
    "junit": "junit.xml",
    "check50": "check50",
    "csv": "gradebook.csv",
    "markdown": "markdown",
    "html": "html",
}


@frozen
class Again:
    """Submissions and roster as the record has them; ``problems`` tell what it does not have."""

    submissions: tuple[Submission, ...]
    roster: Roster | None
    problems: tuple[Problem, ...] = ()


def again(recorded: Grading, assignment: Assignment) -> Again:
    """What there is to mark against an assignment, which may be another one than the recorded.

    Raises AuthorError where the assignment wants a factor that the record does not hold.

    >>> again(Grading(Assignment("A", ()), ()), Assignment("A", ())).submissions
    ()
    """
    old, new = recorded.assignment.totals.factor, assignment.totals.factor
    if new and new != old:
        had = f"with the factors of {shown(old)!r}" if old else "without factors"
        raise AuthorError(
            f"totals.factor names the column {shown(new)!r}, but the run was marked {had}; "
            "mark the files themselves with `symcnn grade --roster`"
        )
    enrolled = (
        Enrolled(each.student, each.name, ((new, each.factor),)) for each in recorded.students
    )
    return Again(
        tuple(submission_of(each) for each in recorded.students),
        Roster(tuple(enrolled), (new,)) if new else None,
        tuple(_lost(recorded, assignment)),
    )


def submission_of(graded: Graded) -> Submission:
    """What a student handed in: the texts and their places, without any mark."""
    responses = tuple(
        (each.question, Response(each.answer, each.place))
        for each in graded.marks
        if each.outcome != "missing" or each.answer
    )
    return Submission(graded.student, responses, graded.source, graded.name, graded.problems)


def _lost(recorded: Grading, assignment: Assignment) -> Iterator[Problem]:
    before = {each.id for each in recorded.assignment.questions}
    after = {each.id for each in assignment.questions}
    language = assignment.language
    for question in assignment.questions:
        if question.id not in before:
            yield problem("new-question", language, question.id)
    for question in recorded.assignment.questions:
        if question.id not in after:
            yield problem("old-question", language, question.id)
    if recorded.problems:
        yield problem("old-problems", language, "", count=len(recorded.problems))


def second_place(run: Path, output: Path | None) -> Path:
    """The directory of the second run. Raises AuthorError where it is that of the first."""
    if output is None:
        raise AuthorError("name the directory of the second run with -o RUN2")
    first = directory_of(run)
    if first.resolve() == output.resolve() or (output.exists() and output.samefile(first)):
        raise AuthorError(f"{output} is the first run: name another directory with -o")
    return output


def directory_of(run: Path) -> Path:
    """The directory of a run that may be named by its record."""
    return run if run.is_dir() else run.parent


def formats_in(run: Path) -> tuple[str, ...]:
    """The formats that a run has written."""
    here = directory_of(run)
    return tuple(name for name, place in _PLACES.items() if (here / place).exists())


def pseudonyms_in(run: Path) -> Mapping[str, str]:
    """The pseudonyms of an anonymous run by id, none of another one. Raises AuthorError."""
    path = directory_of(run) / ROSTER_MAP
    if not path.exists():
        return {}
    from symcnn.grader.anonymous import read_roster_map

    return dict(read_roster_map(path.read_text(encoding="utf-8"), str(path)).pairs)


def decisions_for(
    path: Path | None, assignment: Path, asked: Assignment, names: Mapping[str, str]
) -> Decisions | None:
    """What people decided, with pseudonyms for ids; None where there is no file.

    Without a path it is the file beside the assignment. Raises what `load_decisions` does.
    """
    beside = assignment.parent / "decisions.yaml"
    if path is None and not beside.exists():
        return None
    from symcnn.grader.people.decisions import load_decisions

    found = load_decisions(path or beside, asked)
    items = (replace(e, student=names.get(e.student, e.student)) for e in found.items)
    return replace(found, items=tuple(items))
