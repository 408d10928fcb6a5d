"""Names of files for students: safe on every system, different for different students.

An id is text that a stranger chose: nothing of it may leave the directory, name a device, or meet
another id on a disk that takes ``Ali`` and ``ali`` for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

# Names of files that stand in the same directory as those of the students.
TAKEN = frozenset({"class", "index", "result", "results", "release-body", "github-output"})
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"}
)
_OTHER = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 60
_MARK = 6


def file_names(students: Iterable[str]) -> dict[str, str]:
    """A name without ending for each id; an id that had to be changed bears a mark of itself.

    >>> file_names(["9812", "../x", "Ali", "ali"])
    {'9812': '9812', '../x': 'x-d6b96a', 'Ali': 'Ali-862ef3', 'ali': 'ali-94419b'}
    """
    ids = list(dict.fromkeys(students))
    plain = {each: _plain(each) for each in ids}
    count = Counter(name.lower() for name in plain.values())
    kept = {each for each in ids if each and plain[each] == each and count[each.lower()] == 1}
    used = {each.lower() for each in kept}
    names = {}
    for each, name in plain.items():
        names[each] = name if each in kept else _marked(name or "student", each, used)
    return names


def _marked(name: str, student: str, used: set[str]) -> str:
    """The name with as much of the id's digest as tells it from all others; added to ``used``."""
    digest = sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    length = _MARK
    while f"{name}-{digest[:length]}".lower() in used:
        length += 1
    marked = f"{name}-{digest[:length]}"
    used.add(marked.lower())
    return marked


def _plain(student: str) -> str:
    folded = unicodedata.normalize("NFKD", student)
    name = _OTHER.sub("-", folded).strip("-_.")[:_LONGEST].strip("-_.")
    device = name.partition(".")[0].lower() in _DEVICES
    return "_" + name if device or name.lower() in TAKEN else name
