"""``symcnn grade``: marks submissions, writes the run, and says what is left for a person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from symcnn.commands.output import print_json, print_table
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.run import Options, Progress, Run, run_grading

_FULL, _PERSON, _NOTHING, _BUG, _INTERRUPTED = 0, 1, 2, 70, 130
_ROWS = 40  # students in the table; the outputs have them all
_STEPS = 10  # lines of progress where there is no terminal


def run(arguments: argparse.Namespace) -> int:
    """0 everything marked, 1 something left for a person, 2 nothing to mark, 70 a bug."""
    from symcnn.grader.running.batches import marker

    done = [0, 0]
    try:
        with _progress(done) as progress:
            found = run_grading(
                arguments.assignment,
                arguments.submissions,
                marker,
                Options(arguments.jobs, arguments.scheduler or "", progress=progress),
                output=arguments.output,
                phase=arguments.phase,
                decisions=arguments.decisions,
                roster=arguments.roster,
                anonymous=arguments.anonymous,
                formats=_formats(arguments.format),
            )
    except KeyboardInterrupt:
        _tell(f"interrupted: {done[0]} of {done[1]} submissions are marked and kept in")
        _tell(f"{arguments.output}; the same command goes on from there")
        return _INTERRUPTED
    _report(found, arguments.output, stderr=arguments.json)
    if arguments.json:
        from symcnn.grader.records import as_record

        print_json(as_record(found.grading))
    return _exit(found, full=arguments.require_full_marks)


def _formats(named: list[str] | None) -> list[str] | None:
    """What ``--format`` named, also as a list with commas."""
    return None if named is None else [name for each in named for name in each.split(",")]


def _exit(found: Run, *, full: bool) -> int:
    grading = found.grading
    if found.bugs:
        return _BUG
    if not grading.students:
        return _NOTHING
    if grading.open or found.people.private:
        return _PERSON
    return _PERSON if full and not all(map(_is_full, grading.students)) else _FULL


def _is_full(student: Graded) -> bool:
    return all(mark.points is not None and mark.points >= mark.of for mark in student.marks)


def _report(found: Run, output: Path, *, stderr: bool) -> None:
    """A table of the class, what a person has to know, and the bugs."""
    from symcnn.grader.outputs.texts import amount, visible

    grading = found.grading
    rows = [
        (
            visible(each.student),
            amount(each.total.points),
            amount(each.total.full),
            str(each.total.open or ""),
        )
        for each in grading.students[:_ROWS]
    ]
    if rows:
        heads = ("student", "points", "of", "open")
        print_table(heads, rows, title=visible(grading.assignment.title), stderr=stderr)
    stream = sys.stderr if stderr else sys.stdout
    if len(grading.students) > _ROWS:
        print(f"... and {len(grading.students) - _ROWS} more students", file=stream)
    for problem in dict.fromkeys((*found.people.private, *grading.problems)):
        _tell(visible(str(problem)))
    if found.people.absent:
        count = len(found.people.absent)
        _tell(f"{count} of the roster handed in nothing: {', '.join(found.people.absent)}")
    for bug in found.bugs:
        _tell(bug)
    if found.bugs:
        _tell("this is a bug in symcnn; please report it with the lines above")
    print(_summary(grading, output), file=stream)


def _summary(grading: Grading, output: Path) -> str:
    students, marks = len(grading.students), sum(len(each.marks) for each in grading.students)
    if not students:
        return "no submission could be used"
    told = f"{students} {'student' if students == 1 else 'students'}, {marks} answers"
    left = f"{grading.open} open: see {output / 'queue.html'}" if grading.open else "none open"
    return f"{told}, {left}; everything is in {output}"


def _tell(line: str) -> None:
    print(f"symcnn: {line}", file=sys.stderr)


@contextmanager
def _progress(done: list[int]) -> Iterator[Progress]:
    """A bar where standard error is a terminal, else a line now and then."""
    if not sys.stderr.isatty():
        yield _lines(done)
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("marking", total=None)

        def show(count: int, of: int) -> None:
            done[:] = count, of
            bar.update(task, completed=count, total=of)

        yield show


def _lines(done: list[int]) -> Progress:
    def show(count: int, of: int) -> None:
        before = done[0]
        done[:] = count, of
        if of and count and (count == of or count * _STEPS // of > before * _STEPS // of):
            print(f"marked {count} of {of} submissions", file=sys.stderr)

    return show
