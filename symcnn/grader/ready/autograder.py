"""What the autograder zip runs on Gradescope: one submission in, ``results/results.json`` out.

Who handed in stands in ``submission_metadata.json``; what a file says about that is not looked at.
A damaged file is told to the student, and everything else is marked. Where marking itself cannot be
done nothing is written, so that Gradescope shows a failure and no student a zero.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from symcnn.errors import SymcnnError
from symcnn.grader.assignment import Assignment
from symcnn.grader.atomic import write_text
from symcnn.grader.ids import folded_id
from symcnn.grader.ready.compiled import loaded
from symcnn.grader.ready.gradescope_zip import ASSIGNMENT
from symcnn.grader.submissions import read_together

_NOBODY = "student"


def main(arguments: Sequence[str] | None = None) -> int:
    """``[--check] AUTOGRADER``: marks; with ``--check`` only looks whether that is possible."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["--check"]:
            checked(Path(words[1]))
        else:
            autograde(Path(words[0]))
    except SymcnnError as error:
        print(f"symcnn: {error}", file=sys.stderr)
        return 2
    return 0


def checked(autograder: Path) -> None:
    """Makes the keys ready once. Raises AuthorError where they cannot be used."""
    from symcnn.grader.marking import Marker

    Marker(_assignment(autograder))


def autograde(autograder: Path) -> None:
    """Marks what lies in ``submission`` and writes ``results/results.json``.

    Raises AuthorError for a damaged assignment.
    """
    from symcnn.grader.outputs import rendered
    from symcnn.grader.run import grade

    assignment = _assignment(autograder)
    submission = read_together(
        [autograder / "submission"],
        who(autograder / "submission_metadata.json"),
        [each.id for each in assignment.questions],
        language=assignment.language,
    )
    grading = grade(assignment, [submission])
    result = rendered(grading, ["gradescope"])["gradescope/results.json"]
    write_text(autograder / "results" / "results.json", result)


def who(metadata: Path) -> str:
    """The student's number, e-mail or id on Gradescope; of a group, the first one's.

    >>> who(Path("there is no such file"))
    'student'
    """
    try:
        told: Any = json.loads(metadata.read_text(encoding="utf-8"))
        user = told["users"][0]
        found = next(str(user[key]) for key in ("sid", "email", "id") if user.get(key))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration):
        return _NOBODY
    return folded_id(found).replace("/", "_")[:80] or _NOBODY


def _assignment(autograder: Path) -> Assignment:
    return loaded((autograder / "source" / ASSIGNMENT).read_bytes(), ASSIGNMENT)


if __name__ == "__main__":
    sys.exit(main())
