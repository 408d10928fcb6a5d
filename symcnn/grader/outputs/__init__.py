"""What a run writes besides its record, each format from the same `Grading`.

``gradescope/``, ``github/``, ``classroom/``, ``check50/``, ``markdown/`` and the pages of students
in ``html/`` hold what students may be told in the phase of the run; ``gradebook.csv``,
``markdown/class.md`` and ``html/index.html`` are for staff. ``junit.xml`` tells of each student
what that student may be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcnn.errors import AuthorError
from symcnn.grader.marks import Grading

FORMATS = ("gradescope", "github", "classroom", "junit", "check50", "csv", "markdown", "html")
USUAL = ("csv", "html", "markdown")
ALL = "all"
_NOTHING: Mapping[str, str] = {}


def formats_of(names: Iterable[str] | None) -> tuple[str, ...]:
    """The formats that are asked for, each once, in the order of `FORMATS`.

    None means the usual ones. Raises AuthorError for a name that is none of them.

    >>> formats_of(["html", "csv", "html"]), formats_of(["all"]) == FORMATS
    (('csv', 'html'), True)
    """
    if names is None:
        return USUAL
    wanted = set(names)
    unknown = sorted(wanted - {*FORMATS, ALL})
    if unknown:
        raise AuthorError(
            f"there is no output format {unknown[0]!r}: one of {', '.join(FORMATS)}, or {ALL}"
        )
    return tuple(each for each in FORMATS if ALL in wanted or each in wanted)


def rendered(
    grading: Grading,
    formats: Iterable[str] | None = None,
    environment: Mapping[str, str] = _NOTHING,
) -> dict[str, str]:
    """The text of each file by its relative name, the same for the same grading.

    ``environment`` is what Classroom 50's runner says of a submission; other formats need none.
    Raises AuthorError for an unknown format.

    >>> from symcnn.grader.assignment import Assignment
    >>> sorted(rendered(Grading(Assignment("A", ()), ()), ["csv", "junit"]))
    ['gradebook.csv', 'junit.xml']
    """
    files: dict[str, str] = {}
    for name in formats_of(formats):
        files.update(_rendered(name, grading, environment))
    return files


def _rendered(name: str, grading: Grading, environment: Mapping[str, str]) -> dict[str, str]:
    match name:
        case "gradescope":
            from symcnn.grader.outputs.gradescope import gradescope

            return gradescope(grading)
        case "github":
            from symcnn.grader.outputs.github import github

            return github(grading)
        case "classroom":
            from symcnn.grader.outputs.classroom import classroom

            return classroom(grading, environment)
        case "junit":
            from symcnn.grader.outputs.junit import junit

            return junit(grading)
        case "check50":
            from symcnn.grader.outputs.check50 import check50

            return check50(grading)
        case "csv":
            from symcnn.grader.outputs.gradebook import gradebook

            return gradebook(grading)
        case "markdown":
            from symcnn.grader.outputs.markdown import markdown

            return markdown(grading)
        case _:
            from symcnn.grader.outputs.html import html

            return html(grading)
