"""A run that was recorded: its marks, and the symcnn that made them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.grader.ids import folded_id, near, shown
from symcnn.grader.marks import Graded, Grading, Mark
from symcnn.grader.records import RESULTS, read_results


@frozen
class Run:
    """The record of a run; ``version`` is that of the symcnn which made it."""

    grading: Grading
    version: str = ""


def read_run(run: Path) -> Run:
    """The record that ``symcnn grade -o RUN`` has written.

    Raises AuthorError for a directory without one, and for one that cannot be read.
    """
    grading = read_results(run)
    return Run(grading, _version(run / RESULTS if run.is_dir() else run))


def _version(path: Path) -> str:
    """The version stands near the beginning of the record."""
    from json import loads

    record: Any = loads(path.read_bytes())
    return str(record.get("symcnn", ""))


def student_of(grading: Grading, name: str) -> Graded:
    """The student of that id, in whatever digits it is typed.

    Raises AuthorError with the nearest id where there is none.
    """
    wanted = folded_id(name)
    for each in grading.students:
        if each.student == wanted:
            return each
    known = sorted(each.student for each in grading.students)
    meant = near(wanted, known)
    hint = f"did you mean {meant}?" if meant else _listed("students", known)
    raise AuthorError(f"there is no student {shown(wanted)!r} in this run; {hint}")


def mark_of(graded: Graded, question: str) -> Mark:
    """The mark of a question. Raises AuthorError with the nearest id where there is none."""
    mark = graded.mark(question)
    if mark is None:
        known = [each.question for each in graded.marks]
        meant = near(question, known)
        hint = f"did you mean {meant}?" if meant else _listed("questions", known)
        raise AuthorError(f"there is no question {shown(question)!r} in this run; {hint}")
    return mark


def _listed(what: str, known: list[str]) -> str:
    """Some of the ids that there are.

    >>> _listed("questions", ["q1", "q2"]), _listed("students", [])
    ('its questions are q1, q2', 'it has no students')
    """
    if not known:
        return f"it has no {what}"
    more = f" and {len(known) - 8} more" if len(known) > 8 else ""
    return f"its {what} are {', '.join(known[:8])}{more}"
