"""Pseudonyms: who is who is known to ``roster-map.csv`` alone.

A pseudonym is a keyed hash of the id. The salt is made from all that the class handed in, which no
outsider has, and stays in the map, so that a second run with the map gives the same pseudonyms.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Iterable, Mapping, Sequence

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen, replace
from symcnn.grader.formats.csv_file import id_in, table
from symcnn.grader.formats.found import Unusable
from symcnn.grader.formats.words import told
from symcnn.grader.outputs.gradebook import cell, id_cell
from symcnn.grader.submission import Problem, Response, Submission

_HEADER = ["pseudonym", "student", "name", "salt"]
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none like another
_LENGTH = 6


@frozen
class RosterMap:
    """A salt, and the pseudonym of each student."""

    salt: str
    pairs: tuple[tuple[str, str], ...]


def salt_of(submissions: Iterable[Submission]) -> str:
    """A salt that the same class always has.

    >>> one, two = Submission("7"), Submission("8")
    >>> salt_of([one, two]) == salt_of([two, one]) != salt_of([one])
    True
    """
    whole = sorted((each.student, each.responses) for each in submissions)
    digest = hashlib.sha256()
    for student, responses in whole:
        parts = [student, *(part for name, each in responses for part in (name, each.text))]
        digest.update(repr(parts).encode())
    return digest.hexdigest()[:32]


def pseudonyms(submissions: Sequence[Submission], salt: str = "") -> dict[str, str]:
    """The pseudonym of each student, in the order of the pseudonyms.

    ``salt`` is that of an earlier map; without it the class makes one.

    >>> class_ = Submission("7"), Submission("8")
    >>> list(pseudonyms(class_, "a salt"))
    ['7', '8']
    >>> pseudonyms(class_, "a salt") == pseudonyms(class_[::-1], "a salt")
    True
    """
    key = (salt or salt_of(submissions)).encode()
    students = sorted({each.student for each in submissions})
    length = _LENGTH
    while True:
        names = {each: _pseudonym(each, key, length) for each in students}
        if len(set(names.values())) == len(names):
            return dict(sorted(names.items(), key=lambda pair: pair[1]))
        length += 1


def _pseudonym(student: str, key: bytes, length: int) -> str:
    number = int.from_bytes(hmac.new(key, student.encode(), hashlib.sha256).digest())
    return "S-" + "".join(_SIGNS[number >> 5 * place & 31] for place in range(length))


def anonymised(submission: Submission, names: Mapping[str, str]) -> Submission:
    """The submission without id, name of the student, names of files, and rows of a class.

    The answers stay as they are: a student who signs one is named there.

    >>> own = Submission("7", (("q", Response("K", "ali.md, line 2")),), "ali.md", "Ali")
    >>> anonymised(own, {"7": "S-AB2"}).responses[0][1].place
    'S-AB2, line 2'
    """
    pseudonym = names[submission.student]

    def hidden(place: str) -> str:
        rest = place.removeprefix(submission.source) if submission.source else place
        parts = [each for each in rest.split(", ") if each and not each.startswith("row ")]
        return ", ".join([pseudonym, *parts])

    return replace(
        submission,
        student=pseudonym,
        name="",
        source=pseudonym,
        responses=tuple(
            (question, Response(each.text, hidden(each.place)))
            for question, each in submission.responses
        ),
        problems=tuple(
            Problem(hidden(each.where), each.message, each.hint) for each in submission.problems
        ),
    )


def roster_map_csv(submissions: Iterable[Submission], names: Mapping[str, str], salt: str) -> str:
    """Who is who, by pseudonym; for staff alone.

    >>> print(roster_map_csv([Submission("7", name="=A()")], {"7": "S-AB2"}, "s").lstrip("\\ufeff"))
    pseudonym,student,name,salt
    S-AB2,7,'=A(),s
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    for each in sorted(submissions, key=lambda each: names[each.student]):
        writer.writerow([names[each.student], id_cell(each.student), cell(each.name), salt])
    return "\ufeff" + out.getvalue()


def read_roster_map(text: str, name: str = "roster-map.csv") -> RosterMap:
    """The map of an earlier run. Raises AuthorError for a text that is none.

    >>> read_roster_map("pseudonym,student,name,salt\\nS-AB2,'-7,,s\\n")
    RosterMap(salt='s', pairs=(('-7', 'S-AB2'),))
    """
    try:
        (_, header), *rows = table(text.removeprefix("\ufeff"))
    except (Unusable, ValueError) as error:
        said = told(error.trouble, name) if isinstance(error, Unusable) else f"{name}: it is empty"
        raise AuthorError(f"{said}; restore it, or delete it for new pseudonyms") from error
    found = [cells for _, cells in rows if any(each.strip() for each in cells)]
    salts = {cells[3] for cells in found if len(cells) == len(_HEADER)}
    if header != _HEADER or len(salts) != 1 or any(len(each) != len(_HEADER) for each in found):
        raise AuthorError(f"{name}: this is no roster map; restore it, or delete it for a new one")
    pairs = tuple((id_in(cells[1]), cells[0]) for cells in found)
    return RosterMap(salts.pop(), pairs)
