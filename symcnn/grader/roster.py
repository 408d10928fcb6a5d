"""The roster: a CSV file with student, name and columns of exact factors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, hidden
from symcnn.grader.formats.csv_file import id_in, table
from symcnn.grader.formats.found import Unusable
from symcnn.grader.formats.sources import loaded
from symcnn.grader.formats.texts import text_of
from symcnn.grader.formats.words import field_of, told
from symcnn.grader.ids import fault_of_id, folded_id, near, shown

MAX_BYTES = 16_000_000
_NUMBER = re.compile(r"\d{1,12}([.]\d{1,12})?|\d{1,12}\s*/\s*\d{1,12}|\d{1,12}([.]\d{1,12})?\s*%")


@frozen
class Enrolled:
    """A student of the class; ``factors`` by column."""

    student: str
    name: str = ""
    factors: tuple[tuple[str, Fraction], ...] = ()


@frozen
class Roster:
    """The students in the order of the file, and the names of the columns with factors."""

    students: tuple[Enrolled, ...]
    columns: tuple[str, ...] = ()
    _by_id: Mapping[str, Enrolled] = hidden()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {each.student: each for each in self.students})

    def find(self, student: str) -> Enrolled | None:
        """The student with that id, in any of its spellings; None for one who is not enrolled."""
        return self._by_id.get(folded_id(student))

    def name(self, student: str) -> str:
        """The name of a student; empty for one who is not enrolled."""
        found = self.find(student)
        return "" if found is None else found.name

    def factor(self, student: str, column: str) -> Fraction:
        """The factor of a student, 1 for one who has none. AuthorError for an unknown column.

        >>> roster = Roster((Enrolled("7", "Ali", (("late", Fraction(9, 10)),)),), ("late",))
        >>> roster.factor("7", "late"), roster.factor("8", "late")
        (Fraction(9, 10), Fraction(1, 1))
        """
        if column not in self.columns:
            meant = near(column, self.columns)
            have = f"it has {', '.join(self.columns)}" if self.columns else "it has none"
            hint = f"did you mean {meant}?" if meant else have
            raise AuthorError(f"the roster has no column {column!r}; {hint}")
        found = self.find(student)
        return dict(found.factors).get(column, Fraction(1)) if found is not None else Fraction(1)


def read_roster(path: str | Path) -> Roster:
    """The roster of a file; see `roster_of` for what is in it. Raises AuthorError.

    >>> read_roster("absent.csv")
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: absent.csv: the file cannot be opened: No such file or directory; ...
    """
    name = shown(Path(path).name)
    try:
        return roster_of(text_of(loaded(Path(path), MAX_BYTES)), name)
    except Unusable as error:
        raise AuthorError(str(told(error.trouble, name))) from error


def roster_of(text: str, name: str) -> Roster:
    """The roster in a text: columns student and name, and any others with factors.

    A factor is exact: ``0.9``, ``9/10``, ``90%``; nothing means 1. Raises AuthorError with row and
    column for what is no factor, and for an id that is missing or stands twice.

    >>> roster_of("student,name,late\\n۷,Ali,90%\\n8,Sara,\\n", "class.csv").students[0].factors
    (('late', Fraction(9, 10)),)
    """
    try:
        rows = list(table(text))
    except Unusable as error:
        raise AuthorError(str(told(error.trouble, name))) from error
    if not rows:
        raise AuthorError(f"{name}: it is empty; begin with student,name")
    (first, header), *rest = rows
    fields = [field_of(each) for each in header]
    if fields.count("student") != 1 or fields.count("name") > 1:
        raise AuthorError(f"{name}, row {first}: begin the header with student,name")
    student = fields.index("student")
    named = fields.index("name") if "name" in fields else None
    columns = {
        at: title.strip()
        for at, title in enumerate(header)
        if at not in (student, named) and title.strip()
    }
    if len(set(columns.values())) < len(columns):
        raise AuthorError(f"{name}, row {first}: a column stands twice; rename one")
    found: dict[str, int] = {}
    students = []
    for number, cells in rest:
        if not any(each.strip() for each in cells):
            continue
        row = [*cells, *[""] * (len(header) - len(cells))]
        where = f"{name}, row {number}"
        if len(row) > len(header) and any(each.strip() for each in row[len(header) :]):
            raise AuthorError(f"{where}: more cells than the header has; quote texts with commas")
        who = folded_id(id_in(row[student]))
        if not who or fault_of_id(who):
            raise AuthorError(f"{where}: {shown(who)!r} is no student's id; write it as text")
        if who in found:
            raise AuthorError(f"{where}: {who} stands in row {found[who]} already; delete one")
        found[who] = number
        factors = (
            (title, _factor(row[at], f"{where}, column {shown(title)}"))
            for at, title in columns.items()
        )
        called = "" if named is None else shown(" ".join(row[named].split()))
        students.append(Enrolled(who, called, tuple(factors)))
    return Roster(tuple(students), tuple(columns.values()))


def _factor(cell: str, where: str) -> Fraction:
    text = folded_id(cell).replace("٫", ".").replace("٪", "%")
    if not text:
        return Fraction(1)
    try:
        if _NUMBER.fullmatch(text):
            share = text.endswith("%")
            return Fraction("".join(text.rstrip("%").split())) / (100 if share else 1)
    except ZeroDivisionError:
        pass
    raise AuthorError(f"{where}: {shown(cell.strip()[:40])!r} is no factor; write 0.9, 9/10 or 90%")
