"""The submissions of a recorded run, to be marked again: what was handed in, and nothing found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment
from symcnn.grader.ids import shown
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.roster import Enrolled, Roster
from symcnn.grader.submission import Problem, Response, Submission


@frozen
class Again:
    """Submissions and roster as the record has them; ``problems`` tell what it does not have."""

    submissions: tuple[Submission, ...]
    roster: Roster
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
    columns = (new,) if new else ()
    enrolled = (
        Enrolled(each.student, each.name, ((new, each.factor),) if new else ())
        for each in recorded.students
    )
    return Again(
        tuple(submission_of(each) for each in recorded.students),
        Roster(tuple(enrolled), columns),
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
    for question in assignment.questions:
        if question.id not in before:
            yield Problem(
                question.id,
                "the run holds no answers to it, because it was no question then",
                "mark the files themselves with `symcnn grade`",
            )
    for question in recorded.assignment.questions:
        if question.id not in after:
            yield Problem(question.id, "it is no question any more; its answers are left out")
    if recorded.problems:
        yield Problem("", f"{len(recorded.problems)} problems of the first run are not told again")


def check_places(run: Path, output: Path | None) -> Path:
    """The directory of the second run. Raises AuthorError where it is that of the first."""
    if output is None:
        raise AuthorError("name the directory of the second run with -o RUN2")
    first = run if run.is_dir() else run.parent
    if first.resolve() == output.resolve() or (output.exists() and output.samefile(first)):
        raise AuthorError(f"{output} is the first run: name another directory with -o")
    return output
