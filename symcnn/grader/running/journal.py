"""The journal of a run: a line for each submission, kept as soon as it is marked.

A line holds a checksum and the digest of all that its marks depend on. A run that was killed takes
the lines whose digest still holds and marks the rest; a torn line is none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from hashlib import blake2b
from json import JSONEncoder, dumps, loads
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import symcnn
from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment
from symcnn.grader.atomic import write_bytes
from symcnn.grader.records import as_record
from symcnn.grader.submission import Submission

NAME = "journal.jsonl"
_STOREYS = ("formula", "reading", "claims", "prover", "diagnosis", "verifying", "grader/marking")
_MARKING = (*(f"{each}/**/*.py" for each in _STOREYS), "grader/*.py", "grader/running/*.py")
_HEAD, _MIDDLE, _TAIL = b'{"check":"', b'","line":', b"}\n"
_told = JSONEncoder(separators=(",", ":"), check_circular=False).encode
_BEGIN = len(_HEAD) + 8


def line_of(body: Any) -> bytes:
    """A value as one line of JSON with its checksum.

    >>> line_of(["d", "7", []])
    b'{"check":"5880cb0e","line":["d","7",[]]}\\n'
    """
    text = _told(body).encode("ascii")
    return b"%b%08x%b%b%b" % (_HEAD, crc32(text), _MIDDLE, text, _TAIL)


def body_of(line: bytes) -> Any:
    """The value of a line, None for one that is damaged.

    >>> body_of(line_of(["d", 1])), body_of(line_of(["d", 1])[:-1])
    (['d', 1], None)
    """
    if not (line.startswith(_HEAD) and line.endswith(_TAIL)):
        return None
    text = line[_BEGIN + len(_MIDDLE) : -len(_TAIL)]
    if line[len(_HEAD) : _BEGIN + len(_MIDDLE)] != b"%08x%b" % (crc32(text), _MIDDLE):
        return None
    return loads(text)


def digest_of(line: bytes) -> str:
    """The digest with which the body of a sound line begins, found without reading it all.

    >>> digest_of(line_of(["a digest", 1]))
    'a digest'
    """
    begin = _BEGIN + len(_MIDDLE) + 2
    return line[begin : line.index(b'"', begin)].decode("ascii")


def digests(assignment: Assignment, *, detail: bool) -> Callable[[Submission], str]:
    """Gives a submission the digest of everything on which its marks depend.

    That is its text, the assignment, this version of symcnn, and whether details are made.
    """
    told = [sources(), detail, as_record(assignment)]
    base = blake2b(dumps(told).encode("ascii"), digest_size=16)

    def digest(submission: Submission) -> str:
        answers = [(name, each.text, each.place) for name, each in submission.responses]
        own = base.copy()
        own.update(dumps((submission.student, answers, submission.unclear)).encode("ascii"))
        return own.hexdigest()

    return digest


def sources() -> str:
    """The version with a digest of what marks depend on: in a checkout it changes without one."""
    root = Path(symcnn.__file__).parent
    found = blake2b(digest_size=16)
    for pattern in _MARKING:
        for path in sorted(root.glob(pattern)):
            found.update(path.relative_to(root).as_posix().encode())
            found.update(path.read_bytes())
    return f"{symcnn.__version__} {found.hexdigest()}"


class Journal:
    """The journal in the directory of a run; a context manager that keeps other runs out.

    `taken` maps the digests that were marked before to their lines. Lines that are torn, of another
    run, or of a submission that could not be marked as it should, are dropped.
    """

    __slots__ = ("_file", "_lines", "_lock", "_path", "taken")

    def __init__(self, directory: Path, wanted: Collection[str]) -> None:
        """Raises AuthorError where another run writes there, OSError where nobody can."""
        directory.mkdir(parents=True, exist_ok=True)
        self._path = directory / NAME
        self._lock = _locked(directory)
        with ExitStack() as stack:
            stack.callback(self._unlock)
            self.taken = self._kept(frozenset(wanted))
            self._lines = dict(self.taken)
            self._file = self._path.open("ab", buffering=0)
            stack.pop_all()

    def _kept(self, wanted: Collection[str]) -> dict[str, bytes]:
        data = self._path.read_bytes() if self._path.exists() else b""
        kept: dict[str, bytes] = {}
        for line in data.splitlines(keepends=True):
            body = body_of(line)
            if body is not None and body[0] in wanted and not body[3]:
                kept.setdefault(body[0], line)
        write_bytes(self._path, b"".join(kept.values()))
        return kept

    def add(self, line: bytes) -> None:
        """Keeps a line. The system has it when this returns: killing this process loses none."""
        self._file.write(line)
        self._lines[digest_of(line)] = line

    def finish(self, order: Iterable[str]) -> None:
        """Puts the lines into the order of these digests: the same run has the same journal."""
        self._file.close()
        write_bytes(self._path, b"".join(self._lines[each] for each in order))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)


def _locked(directory: Path) -> int | None:
    """Holds the directory until it is closed, or this process ends in whatever way."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # not on this system
        return None
    held = os.open(directory, os.O_RDONLY)
    try:
        flock(held, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(held)
        hint = "wait for it, or name another directory with -o"
        raise AuthorError(f"{directory}: another run is writing there; {hint}") from None
    except OSError:  # a file system without locks
        os.close(held)
        return None
    return held
