"""A class marked: assignment and submissions in, a `Grading` out, and the directory of the run.

Marking itself happens in children of the marking server, or on a cluster; here the lines that come
from there are kept, put into order, and everything is written. Without clocks and without chance:
the same input has the same files, whether the run was killed in between or not.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, replace
from symcnn.grader.assignment import PHASES, Assignment
from symcnn.grader.atomic import write_files, write_text
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.records import RESULTS, results_text
from symcnn.grader.running.batches import Item, Make, item_of, marked_here, marker
from symcnn.grader.running.gathering import Class, gathered
from symcnn.grader.running.journal import Journal, body_of, digest_of, digests
from symcnn.grader.running.limits import Limits, can_fork
from symcnn.grader.running.rows import Numbers, mark_of
from symcnn.grader.running.run_words import told
from symcnn.grader.submission import Problem, Submission

if TYPE_CHECKING:
    from symcnn.grader.people.decisions import Decisions
    from symcnn.grader.roster import Roster

PathLike: TypeAlias = "str | Path"
Progress: TypeAlias = Callable[[int, int], None]


@frozen
class Options:
    """How a run is done; none of it changes a mark."""

    jobs: int = 1
    scheduler: str = ""
    limits: Limits = Limits()
    progress: Progress | None = None


@frozen
class Run:
    """What was found, the class, and the traceback of each bug that marking showed."""

    grading: Grading
    people: Class
    bugs: tuple[str, ...] = ()


def grade(
    assignment: Assignment | PathLike,
    submissions: PathLike | Iterable[PathLike | Submission],
    *,
    output: PathLike | None = None,
    jobs: int = 1,
    phase: str = "before",
    decisions: Decisions | PathLike | None = None,
    roster: Roster | PathLike | None = None,
    anonymous: bool = False,
    formats: Iterable[str] | None = None,
    detail: bool = True,
    scheduler: str = "",
    progress: Progress | None = None,
) -> Grading:
    """Marks submissions against an assignment, each in processes with limits.

    ``submissions`` are values, or files, folders and zips of them. With ``output``, a directory,
    the record of the run and the outputs named in ``formats`` are written there, and a run that
    was killed goes on where it was. ``jobs`` is how many processes mark at a time; ``scheduler`` is
    the address of a dask.distributed cluster to mark on instead. ``phase`` says how much students
    are told: "before" or "after" the due date. ``decisions`` are what people decided (where the
    assignment is a file: ``decisions.yaml`` beside it, unless another is named). ``anonymous``
    puts pseudonyms everywhere. Without ``detail`` there are verdicts and points, and no words.
    ``progress`` is called with the numbers of submissions that are marked and that there are.

    It may be called in any thread. An answer that takes too long or too much memory stays open, as
    does one that shows a bug; nobody else's mark depends on it. Raises AuthorError for an
    assignment that cannot be used, before anything is marked, and ToolMissing without the extra
    that ``scheduler`` needs.

    >>> from fractions import Fraction
    >>> from symcnn.grader.assignment import Question
    >>> from symcnn.grader.submission import Response
    >>> macs = Question("q1", "formula", Fraction(2), key="K^2*C", given="K, C: positive integer")
    >>> sent = Submission("7", (("q1", Response("C K K")),))
    >>> [student] = grade(Assignment("Costs", (macs,)), [sent]).students
    >>> student.marks[0].outcome, student.total.points
    ('right', Fraction(2, 1))
    """
    return run_grading(
        assignment,
        submissions,
        marker,
        Options(jobs, scheduler, progress=progress),
        output=None if output is None else Path(output),
        phase=phase,
        decisions=decisions,
        roster=roster,
        anonymous=anonymous,
        formats=formats,
        detail=detail,
    ).grading


def run_grading(
    assignment: Assignment | PathLike,
    submissions: PathLike | Iterable[PathLike | Submission],
    make: Make,
    options: Options,
    *,
    output: Path | None = None,
    phase: str = "before",
    decisions: Decisions | PathLike | None = None,
    roster: Roster | PathLike | None = None,
    anonymous: bool = False,
    formats: Iterable[str] | None = None,
    detail: bool = True,
) -> Run:
    """What `grade` does, with what marks (``make``) and how (``options``) as arguments."""
    from symcnn.grader.outputs import formats_of

    if phase not in PHASES:
        raise AuthorError(f"there is no phase {phase!r}: one of {', '.join(PHASES)}")
    if options.jobs < 1:
        raise AuthorError(f"{options.jobs} processes mark nothing: name 1 or more")
    chosen = formats_of(formats)
    asked = _asked(assignment)
    said = _said(decisions, assignment, asked)
    people = gathered(submissions, asked, roster, anonymous=anonymous, output=output)
    lines = _lines(people, make, asked, output, options, detail=detail)
    run = _put_together(people, lines, asked, phase)
    if said is not None:
        from symcnn.grader.people.deciding import decided

        run = replace(run, grading=decided(run.grading, people.known_as(said)))
    if output is not None:
        _write(output, run.grading, people, chosen)
    return run


def _asked(assignment: Assignment | PathLike) -> Assignment:
    if isinstance(assignment, Assignment):
        return assignment
    from symcnn.grader.assignments.assignment_file import load_assignment

    return load_assignment(Path(assignment))


def _said(
    decisions: Decisions | PathLike | None,
    assignment: Assignment | PathLike,
    asked: Assignment,
) -> Decisions | None:
    """What people decided: what the caller names, else the file beside that of the assignment."""
    if decisions is None and not isinstance(assignment, Assignment):
        beside = Path(assignment).parent / "decisions.yaml"
        decisions = beside if beside.exists() else None
    if isinstance(decisions, str | Path):
        from symcnn.grader.people.decisions import load_decisions

        return load_decisions(Path(decisions), asked)
    return decisions


def _lines(
    people: Class,
    make: Make,
    assignment: Assignment,
    output: Path | None,
    options: Options,
    *,
    detail: bool,
) -> dict[str, bytes]:
    """The line of each student; with a directory, those that stand in its journal are taken."""
    digest = digests(assignment, detail=detail)
    items = [item_of(each, digest(each)) for each in people.submissions]
    order = [each.digest for each in items]
    if output is None:
        return _marked(items, {}, make, assignment, options, detail, lambda line: None)
    with Journal(output, order) as journal:
        lines = _marked(items, journal.taken, make, assignment, options, detail, journal.add)
        journal.finish(order)
    return lines


def _marked(
    items: list[Item],
    taken: Mapping[str, bytes],
    make: Make,
    assignment: Assignment,
    options: Options,
    detail: bool,
    keep: Callable[[bytes], None],
) -> dict[str, bytes]:
    lines = dict(taken)
    tell = options.progress or (lambda done, of: None)
    tell(len(lines), len(items))
    left = [each for each in items if each.digest not in lines]
    if left:
        with closing(_way(left, make, assignment, options, detail)) as coming:
            for line in coming:
                keep(line)
                lines[digest_of(line)] = line
                tell(len(lines), len(items))
    return lines


def _way(
    items: list[Item], make: Make, assignment: Assignment, options: Options, detail: bool
) -> Generator[bytes, None, None]:
    """Where marking is done: on a cluster, in children with limits, or else in this process."""
    if options.scheduler:
        from symcnn.grader.running.cluster import marked_on_cluster

        return marked_on_cluster(options.scheduler, make, assignment, items, options.limits, detail)
    if can_fork():
        from symcnn.grader.running.isolated import marked_isolated

        jobs, limits = options.jobs, options.limits
        return marked_isolated(make, assignment, items, detail=detail, jobs=jobs, limits=limits)
    import warnings

    told = "this system has no fork: answers are marked in one process, without limits"
    warnings.warn(told, RuntimeWarning, stacklevel=2)
    return marked_here(make, assignment, items, detail=detail)


def _put_together(
    people: Class, lines: Mapping[str, bytes], assignment: Assignment, phase: str
) -> Run:
    from symcnn.grader.totals import total

    bodies = {body[1]: body for body in map(body_of, lines.values())}
    numbers = Numbers()
    students, problems, bugs = [], list(people.problems), []
    for each, factor in zip(people.submissions, people.factors, strict=True):
        _, _, rows, trouble = bodies[each.student]
        answers = dict(each.responses)
        marks = tuple(
            [
                mark_of(row, question, answers.get(question.id), numbers)
                for row, question in zip(rows, assignment.questions, strict=True)
            ]
        )
        sum_of = total(marks, assignment, factor)
        students.append(
            Graded(each.student, marks, sum_of, each.name, each.source, factor, each.problems)
        )
        for question, code, seen in trouble:
            problems.append(_stopped(each, question, code, seen, assignment.language))
            if code == "bug":
                bugs.append(f"{each.student}, {question}:\n{seen}")
    return Run(Grading(assignment, tuple(students), tuple(problems), phase), people, tuple(bugs))


def _stopped(each: Submission, question: str, code: str, seen: str, language: str) -> Problem:
    """What staff are told about an answer that was not marked to the end."""
    last = seen.strip().rpartition("\n")[2]
    why = f"{told(code, language)} ({last})" if last else told(code, language)
    return Problem(f"{each.student}, {question}", why)


def _write(output: Path, grading: Grading, people: Class, formats: tuple[str, ...]) -> None:
    """Every file of the run; its record comes last, when all others are there."""
    from os import environ

    from symcnn.grader.outputs import rendered
    from symcnn.grader.people.queue import rendered_queue

    shown = rendered(grading, formats, environ)  # Classroom 50 tells there whose submission it is
    files = {**shown, **rendered_queue(grading), **people.files}
    write_files(output, files)
    write_text(output / RESULTS, results_text(grading))
