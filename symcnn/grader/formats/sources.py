"""Files and folders -> the files of submissions in order, each with the student it is named for.

Links are not followed, hidden files are not seen. It may not know what the files say.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, TypeAlias

from symcnn.grader.formats import KNOWN, LIMITS
from symcnn.grader.formats.found import Trouble, Unusable, trouble
from symcnn.grader.ids import shown

_MOODLE = re.compile(r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_|$)")
_HIDDEN = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_RECORD = b'{\n"schema": 1,\n"symcnn": '
ZIP = "zip"


class Source(NamedTuple):
    """A file that may be a submission.

    ``load`` gives its bytes or raises Unusable; it works until the next source is asked for.
    """

    where: str
    owner: str
    owner_name: str
    suffix: str
    load: Callable[[], bytes]


class Refused(NamedTuple):
    """Something that is not read, and why."""

    where: str
    trouble: Trouble


Gathered: TypeAlias = Source | Refused


def gathered(paths: Sequence[Path]) -> Iterator[Gathered]:
    """Every file below the paths, in order."""
    several = len(paths) > 1
    for path in dict.fromkeys(paths):
        label = shown(path.name or str(path))
        try:
            mode = path.stat().st_mode
        except OSError as error:
            absent = isinstance(error, FileNotFoundError | NotADirectoryError)
            yield Refused(label, trouble("absent") if absent else unopened(error))
        except ValueError:  # a NUL in the name
            yield Refused(label, trouble("absent"))
        else:
            if stat.S_ISDIR(mode):
                yield from _of_folder(path, label, f"{label}/" if several else "")
            else:
                yield from _of_file(path, label, (path.name,), own=False)


def unopened(error: OSError) -> Trouble:
    """Why the system does not open a file."""
    return trouble("unopened", said=error.strerror or type(error).__name__)


def _of_folder(folder: Path, label: str, prefix: str) -> Iterator[Gathered]:
    files: list[tuple[str, ...]] = []
    refused: list[tuple[tuple[str, ...], Trouble]] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        if _is_run(folder.joinpath(*parts)):
            refused.append((parts, trouble("run")))
            continue
        try:
            with os.scandir(folder.joinpath(*parts)) as entries:
                for entry in entries:
                    _sort_in((*parts, entry.name), entry, waiting, files, refused)
        except OSError as error:
            refused.append((parts, unopened(error)))
    top = common_top(files)
    everything = [*((parts, None) for parts in files), *refused]
    empty = True
    for parts, why in sorted(everything, key=lambda each: each[0]):
        where = prefix + "/".join(shown(each) for each in parts)
        if why is not None:
            yield Refused(where or label, why)
            continue
        for each in _of_file(folder.joinpath(*parts), where, parts[top:], own=True):
            empty = empty and isinstance(each, Refused)
            yield each
    if empty:
        yield Refused(label, trouble("nobody", known=KNOWN))


def _sort_in(
    parts: tuple[str, ...],
    entry: os.DirEntry[str],
    folders: list[tuple[str, ...]],
    files: list[tuple[str, ...]],
    refused: list[tuple[tuple[str, ...], Trouble]],
) -> None:
    if is_hidden(entry.name):
        return
    if entry.is_symlink():
        refused.append((parts, trouble("link")))
    elif entry.is_dir():
        folders.append(parts)
    else:
        files.append(parts)


def _is_run(folder: Path) -> bool:
    """Whether a folder holds the record of a run; often it lies among the submissions."""
    try:
        with folder.joinpath("results.json").open("rb") as file:
            return file.read(len(_RECORD)) == _RECORD
    except OSError:
        return False


def is_hidden(name: str) -> bool:
    """Whether a name is one that people do not see.

    >>> is_hidden(".git"), is_hidden("__MACOSX"), is_hidden("ali.md")
    (True, True, False)
    """
    return name.startswith(".") or name in _HIDDEN


def _of_file(path: Path, where: str, parts: tuple[str, ...], *, own: bool) -> Iterator[Gathered]:
    suffix = suffix_of(parts[-1])
    if suffix == ZIP:
        from symcnn.grader.formats.archive import gathered_zip

        yield from gathered_zip(path, where, owner_of(parts) if own else None)
    elif suffix not in LIMITS:
        yield Refused(where, unknown(parts[-1]))
    else:
        yield Source(where, *owner_of(parts), suffix, lambda: loaded(path, LIMITS[suffix]))


def loaded(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file that is not too large. Raises Unusable."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unusable("special")
        if status.st_size > limit:
            raise Unusable("large", size=str(status.st_size), limit=str(limit))
        return path.read_bytes()
    except OSError as error:
        raise Unusable("unopened", said=error.strerror or type(error).__name__) from error


def suffix_of(name: str) -> str:
    """``md`` of ``ali.MD``."""
    return Path(name).suffix[1:].lower()


def unknown(name: str) -> Trouble:
    """That files with such a name are not read."""
    suffix = shown(Path(name).suffix[:20]) or shown(name[:60])
    return trouble("extension", suffix=suffix, known=f"{KNOWN}, .{ZIP}")


def common_top(files: Sequence[tuple[str, ...]]) -> int:
    """How many folders stand around all the files that are read: those name no student.

    >>> common_top([("class", "ali.md"), ("class", "sara.md")]), common_top([("ali", "hw1.md")])
    (1, 0)
    """
    read = [parts[:-1] for parts in files if suffix_of(parts[-1]) in (*LIMITS, ZIP)]
    if len(read) < 2:
        return 0
    levels = zip(*read, strict=False)
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))


def owner_of(parts: Sequence[str]) -> tuple[str, str]:
    """The id and the name of the student that a path is named for.

    Moodle writes both; else a file in a folder belongs to the folder, one at the top to itself.

    >>> owner_of(["Ali Karimi_12345_assignsubmission_file_", "x.md"]), owner_of(["7", "x.md"])
    (('12345', 'Ali Karimi'), ('7', ''))
    >>> owner_of(["40012345.md"])
    ('40012345', '')
    """
    for part in parts:
        moodle = _MOODLE.match(part)
        if moodle is not None:
            return moodle["id"], moodle["name"]
    return (Path(parts[0]).stem if len(parts) == 1 else parts[0]), ""
