"""Who is in a class: submissions from files or values, the roster, and pseudonyms where asked for.

After this nobody needs to know where a submission came from. Nothing here is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, replace
from symcnn.grader.assignment import Assignment
from symcnn.grader.running.run_words import told
from symcnn.grader.submission import Problem, Submission

if TYPE_CHECKING:
    from symcnn.grader.people.decisions import Decisions
    from symcnn.grader.roster import Roster

PathLike: TypeAlias = "str | Path"
ROSTER_MAP = "roster-map.csv"
_NOBODY: Mapping[str, str] = {}
_ONE = Fraction(1)


@frozen
class Class:
    """The submissions by id, each with the student's factor, and the files of the class itself.

    ``problems`` stand in outputs. ``private`` ones may name students where outputs must not: only
    who runs the program is told. ``names`` maps ids to pseudonyms; ``absent`` handed in nothing.
    """

    submissions: tuple[Submission, ...]
    factors: tuple[Fraction, ...]
    problems: tuple[Problem, ...] = ()
    private: tuple[Problem, ...] = ()
    absent: tuple[str, ...] = ()
    names: Mapping[str, str] = _NOBODY
    files: Mapping[str, str] = _NOBODY

    def known_as(self, decisions: Decisions) -> Decisions:
        """The decisions with pseudonyms for ids, where there are pseudonyms."""
        items = tuple(
            replace(each, student=self.names.get(each.student, each.student))
            for each in decisions.items
        )
        return replace(decisions, items=items)


def gathered(
    submissions: PathLike | Iterable[PathLike | Submission],
    assignment: Assignment,
    roster: Roster | PathLike | None = None,
    *,
    anonymous: bool = False,
    output: Path | None = None,
) -> Class:
    """The class. An earlier ``roster-map.csv`` in ``output`` keeps the pseudonyms what they were.

    Raises AuthorError for a roster that cannot be used, and for two values with one id.

    >>> people = gathered([Submission("8"), Submission("7")], Assignment("A", ()))
    >>> [each.student for each in people.submissions]
    ['7', '8']
    """
    found, problems = _read(submissions, assignment)
    if isinstance(roster, str | Path):
        from symcnn.grader.roster import read_roster

        roster = read_roster(roster)
    found, factors, strangers, absent = _enrolled(found, roster, assignment)
    problems += strangers
    if not anonymous:
        return Class(found, factors, problems, problems, absent)
    return _hidden(Class(found, factors, problems, problems, absent), assignment, output)


def _read(
    submissions: PathLike | Iterable[PathLike | Submission], assignment: Assignment
) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    given = [submissions] if isinstance(submissions, str | Path) else list(submissions)
    values = [each for each in given if isinstance(each, Submission)]
    paths = [each for each in given if not isinstance(each, Submission)]
    problems: tuple[Problem, ...] = ()
    if paths:
        from symcnn.grader.submissions import read_submissions

        questions = [each.id for each in assignment.questions]
        read, problems = read_submissions(paths, questions, language=assignment.language)
        values += read
    values.sort(key=lambda each: each.student)
    for one, other in pairwise(values):
        if one.student == other.student:
            raise AuthorError(f"two submissions have the id {one.student!r}: give each its own")
    return tuple(values), problems


def _enrolled(
    submissions: tuple[Submission, ...], roster: Roster | None, assignment: Assignment
) -> tuple[tuple[Submission, ...], tuple[Fraction, ...], tuple[Problem, ...], tuple[str, ...]]:
    """Names and factors of the roster; who is not in it, and who handed in nothing."""
    column = assignment.totals.factor
    if roster is None:
        if column:
            raise AuthorError(f"the totals have a factor {column!r}: name its --roster")
        return submissions, (_ONE,) * len(submissions), (), ()
    known = tuple(
        replace(each, name=roster.name(each.student) or each.name) for each in submissions
    )
    factors = tuple(roster.factor(each.student, column) if column else _ONE for each in submissions)
    strangers = tuple(
        Problem(each.source or each.student, told("stranger", assignment.language, each.student))
        for each in submissions
        if roster.find(each.student) is None
    )
    present = {each.student for each in submissions}
    absent = tuple(each.student for each in roster.students if each.student not in present)
    return known, factors, strangers, absent


def _hidden(people: Class, assignment: Assignment, output: Path | None) -> Class:
    """The class under pseudonyms, in their order."""
    from symcnn.grader.anonymous import (
        anonymised,
        pseudonyms,
        read_roster_map,
        roster_map_csv,
        salt_of,
    )

    salt = salt_of(people.submissions)
    earlier = None if output is None else output / ROSTER_MAP
    if earlier is not None and earlier.exists():
        salt = read_roster_map(earlier.read_text(encoding="utf-8"), str(earlier)).salt
    names = pseudonyms(people.submissions, salt)
    pairs = [
        (anonymised(each, names), factor)
        for each, factor in zip(people.submissions, people.factors, strict=True)
    ]
    pairs.sort(key=lambda pair: pair[0].student)
    count = len(people.problems)
    hidden = (Problem("", told("hidden", assignment.language, count)),) if count else ()
    return replace(
        people,
        submissions=tuple(each for each, _ in pairs),
        factors=tuple(factor for _, factor in pairs),
        problems=hidden,
        names=names,
        files={ROSTER_MAP: roster_map_csv(people.submissions, names, salt)},
    )
